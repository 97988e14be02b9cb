"""Checks one file from reading to report; whatever is wrong with it, the answer is a report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.checking import by_layouts, notes
from pipelines.checking.as_read import as_read
from pipelines.checking.asides import without_asides
from pipelines.checking.asked import Asked
from pipelines.checking.beside import Beside, either_or, explained, read_beside
from pipelines.checking.cells import table
from pipelines.checking.contested import contested
from pipelines.checking.cover import identify, read_cover
from pipelines.checking.cover_cells import kept, placed
from pipelines.checking.hidden import about_hidden
from pipelines.checking.judging import judge
from pipelines.checking.mended import covers_a_name, mended, nothing_beside, on_cover, reasons_for
from pipelines.checking.named_beside import NAME_WITHHELD, name_shown, named_beside
from pipelines.checking.nil import with_nil_return
from pipelines.checking.person_level import FILE_NAME, asked_about, asking, looked_through, refusing
from pipelines.checking.person_read import without_read
from pipelines.checking.report import Report, with_verdict
from pipelines.checking.rows import joined
from pipelines.checking.sheets import recognise, tables
from pipelines.checking.sign_off import stood_by
from pipelines.checking.stated import NOTHING_STATED, with_stated
from pipelines.checking.stories_beside import stories_beside
from pipelines.checking.totals import set_aside
from pipelines.checking.usual import usual_ranges
from pipelines.checking.whole_file import (
    TOO_WORDY,
    about_template,
    fingerprint,
    from_reading,
    is_too_wordy,
    not_it,
    unexpected,
)
from pipelines.reading import read
from pipelines.reading.words import UNSHOWN
from schemas.catalogue import catalogue
from schemas.problems import Problem, UserError
from schemas.returns import kinds
from schemas.returns.by_value import joined_keys
from schemas.returns.context import Context
from schemas.returns.facts import KEY
from schemas.rules import file, file_contents, file_sender

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from pipelines.checking.asked import History
    from pipelines.checking.cover import Identity
    from pipelines.checking.laid_out import Match
    from pipelines.checking.log_file import Held
    from pipelines.checking.rows import Rows
    from pipelines.checking.sheets import Tables
    from pipelines.checking.stated import Stated
    from pipelines.reading import Workbook
    from schemas.layouts.layout import Layout
    from schemas.returns import Kind
    from schemas.returns.mends import Mend


_FIGURES = "figures"


def check(  # noqa: PLR0913 - what the caller may know beside the file
    path: Path,
    *,
    kind: str | None = None,
    history: History | None = None,
    today: date,
    expected: tuple[str, str] | None = None,
    held: Held | None = None,
    moderating: bool = False,
    layouts: Sequence[Layout] = (),
    stated: Stated = NOTHING_STATED,
    mends: Sequence[Mend] | None = None,
    said: Callable[[str], None] | None = None,
) -> Report:
    """Check a file as a return. `expected`: the agency and period owed, where they are known beforehand.

    `history`: the figures the agency sent earlier, or a function of agency and period that gives them once the file has
    said whose it is and of which period. `held`: a function of kind and sender that gives the records that stand of a
    log, by sheet. `moderating`: the business unit sends its moderated scores and grades. `layouts`: those by which an
    agency's own spreadsheet may be read. `stated`: whose the file is and for when, where it does not say so itself.
    `mends`: answers its sender has mended (an empty list of whoever may yet mend some), taken for the file's own. `said`
    is told what is being done.

    Never raises for a bad file: what cannot be used is a refused report with exit code 2. UserError for a mend that will
    not do.
    """
    tell: Callable[[str], object] = said or str  # whoever does not ask is told nothing
    tell("Reading")
    try:
        workbook = read(path)
    except UserError as why:
        problem = file.CANNOT_BE_READ.problem({"sentence": str(why)})
        return _refused(path.name, fingerprint(path), [problem])
    tell("Checking row by row")
    asked = Asked(history, today, expected, held, moderating, tuple(layouts), stated, mends)
    return _workbook(workbook, kind, asked)


def check_workbook(  # noqa: PLR0913 - as above
    workbook: Workbook,
    *,
    kind: str | None = None,
    history: History | None = None,
    today: date,
    expected: tuple[str, str] | None = None,
    held: Held | None = None,
    moderating: bool = False,
    layouts: Sequence[Layout] = (),
    stated: Stated = NOTHING_STATED,
    mends: Sequence[Mend] | None = None,
) -> Report:
    """Check a workbook already read; see `check`."""
    asked = Asked(history, today, expected, held, moderating, tuple(layouts), stated, mends)
    return _workbook(workbook, kind, asked)


def _workbook(workbook: Workbook, kind: str | None, asked: Asked) -> Report:
    if is_too_wordy(workbook):
        return _refused(
            name_shown(workbook.file_name), workbook.sha256, [file.CANNOT_BE_READ.problem({"sentence": TOO_WORDY})]
        )
    signs, doubtful = looked_through(workbook, asked.today)
    personal = refusing(signs)
    if personal:
        named = any(found.place == FILE_NAME for found in signs)
        name = NAME_WITHHELD if named else name_shown(workbook.file_name)
        return _refused(name, workbook.sha256, personal)
    as_it_came, workbook = workbook, mended(workbook, asked.mends) if asked.mends else workbook
    match = by_layouts.fitting(workbook, kind, asked.layouts)
    found = recognise(workbook) if match is None else None
    if match is not None:
        report = _by_layout(workbook, match, asked)
    elif found is None or (kind is not None and kind != found.id):
        # Who keeps a spreadsheet of their own is helped by what it lacks, and not by the template.
        problems = [*by_layouts.fits_none(workbook, asked.layouts, asked.stated), not_it(workbook, found, kind)]
        return _refused(workbook.file_name, workbook.sha256, problems)
    else:
        nothing_beside(asked.mends or ())
        report = _checked(workbook, found, asked)
    unread = without_read(workbook, kinds()[str(report.kind)], report.records) if report.records else workbook
    if doubtful and report.records:
        doubtful = asked_about(unread, asked.today)
    doubtful = (*doubtful, *stories_beside(unread, None if match else found, report.problems))
    if doubtful:
        report = replace(report, problems=(*report.problems, *asking(doubtful)), original_may_be_kept=False)
        report = report if report.verdict == "refused" else with_verdict(report)
    if UNSHOWN in workbook.notes or covers_a_name(as_it_came, asked.mends or ()):
        report = replace(report, original_may_be_kept=False)
    return replace(report, cover=kept(report.cover))


def _by_layout(workbook: Workbook, match: Match, asked: Asked) -> Report:
    from pipelines.checking.laid_out import as_laid_out, claims, tidy

    mends = tuple(asked.mends or ())
    said, disputed = claims(workbook, match, asked.stated)
    kind = kinds()[_FIGURES]
    cover, about_sign_off = stood_by(said | on_cover(mends), kind, asked.today, moderating=asked.moderating)
    problems = [*disputed, *from_reading(workbook), *about_sign_off]
    report = replace(_refused(workbook.file_name, workbook.sha256, problems), kind=kind.id, cover=cover, mends=mends)
    if disputed:
        return report
    given = reasons_for(workbook, mends)
    laid = tidy(workbook, match, cover, asked.today, given=given, stands=asked.has_come)
    report = replace(report, as_read=None if asked.mends is None else laid.read)
    report = _of_sender(report, workbook, laid.rows, laid.whose, asked, about=laid.problems, blank=0)
    # What nobody could name was sent all the same: it is a figure that is not taken, and no figure fewer.
    report = replace(report, rows=report.rows + laid.unnamed)
    return replace(report, problems=tuple(as_laid_out(report.problems, match.layout)))


def _checked(workbook: Workbook, kind: Kind, asked: Asked) -> Report:
    mends = tuple(asked.mends or ())
    said, otherwise = with_stated(read_cover(workbook, kind) | on_cover(mends), asked.stated)
    cover, about_sign_off = stood_by(said, kind, asked.today, moderating=asked.moderating)
    problems = [*otherwise, *from_reading(workbook), *about_sign_off, *named_beside(workbook, kind)]
    report = replace(
        _refused(name_shown(workbook.file_name), workbook.sha256, problems),
        kind=kind.id,
        cover=cover,
        template_version=cover.get("template_version", ""),
        mends=mends,
    )
    if otherwise:
        return report
    if kind.is_log:
        # Who checks figures need not load all that judges a log.
        from pipelines.checking.log_file import LogAsked, check_log

        report = replace(report, problems=(*about_template(cover, kind, None), *report.problems))
        return check_log(workbook, kind, report, LogAsked(asked.held, asked.today, asked.moderating))
    where = tables(workbook, kind)
    report = replace(report, problems=(*report.problems, *where.problems))
    if where.fatal:
        report = replace(
            report, problems=(*report.problems, *by_layouts.fits_none(workbook, asked.layouts, asked.stated))
        )
    else:
        report = _whose(report, workbook, kind, where, asked)
    return replace(report, problems=tuple(placed(report.problems, workbook, kind)))


def _whose(report: Report, workbook: Workbook, kind: Kind, where: Tables, asked: Asked) -> Report:
    """Find out whose return it is and for when; only then can its rows be judged."""
    is_typed = workbook.format != "csv"
    cells = [table(sheet, found, kind.data, typed=is_typed, categorical=True) for sheet, found in where.found]
    rows, unclear = contested(joined(cells), where.found)
    report = replace(report, problems=(*report.problems, *unclear))
    whose = identify(report.cover, rows.text, asked.today, kind=kind)
    blank = sum(each.blank for each in cells)
    report = replace(report, as_read=None if asked.mends is None else as_read(rows, where))
    return _of_sender(report, workbook, rows, whose, asked, about=notes.on_numbers(cells), blank=blank)


def _of_sender(  # noqa: PLR0913 - what was read, and what is known beside it
    report: Report,
    workbook: Workbook,
    rows: Rows,
    whose: Identity,
    asked: Asked,
    *,
    about: Sequence[Problem],
    blank: int,
) -> Report:
    """Judge the rows as those of their sender, once it is known whose they are and for when."""
    wrong = unexpected(whose, asked.expected)
    report = replace(
        report,
        agency_id=whose.agency_id,
        period_id=whose.period.id if whose.period else None,
        rows=len(rows.text),
        problems=(
            *about_template(report.cover, kinds()[_FIGURES], whose.period),
            *report.problems,
            *whose.problems,
            *wrong,
            *about,
        ),
    )
    if whose.agency_id is None or whose.period is None or wrong:
        return report
    past = asked.past(whose.agency_id, whose.period)
    context = Context(catalogue(), whose.agency_id, whose.period, asked.today, past, usual_ranges)
    beside = read_beside(workbook, kinds()[_FIGURES].notes, context)
    hidden = about_hidden(workbook, rows, whose.period)
    report = replace(report, problems=(*report.problems, *beside.problems, *hidden))
    context = replace(context, accounts=explained(beside))
    return _judged(report, rows, context, beside, blank=blank)


def _judged(report: Report, rows: Rows, context: Context, beside: Beside, *, blank: int) -> Report:
    asides = without_asides(rows, context)
    rows, totals = set_aside(asides.rows)
    judged = judge(rows, context)
    figures, nil = with_nil_return(judged.figures, len(rows.text), report.cover, context)
    if context.period.end >= context.today:
        figures = figures.iloc[:0]
    beside, figures, on_both = either_or(beside, figures, context)
    problems = [
        *report.problems,
        *file_sender.approval(report.cover, kind_id="figures"),
        *asides.problems,
        *totals,
        *nil,
        *judged.problems,
        *notes.on_markers(rows),
        *notes.on_formulas(rows),
        *on_both,
    ]
    # What stands already, or is said by another row, is neither a figure of this return nor one that is kept out of it.
    count = max(len(rows.text) + asides.unnamed - judged.as_before - judged.repeated, len(figures))
    if count:
        sent = judged.sent | set(joined_keys(figures, KEY))
        problems += notes.on_absent(sent, set(beside.not_held["indicator_id"]), context)
    elif beside.not_held.empty:
        beneath = f" ({blank:,} rows stand empty)" if blank else ""
        problems.append(file_contents.NOTHING_FILLED.problem({"rows": beneath}))
    found = replace(report, rows=count, rows_accepted=len(figures), figures=figures, problems=tuple(problems))
    return with_verdict(replace(found, commentary=beside.commentary, not_held=beside.not_held))


def _refused(file: str, sha256: str, problems: list[Problem]) -> Report:
    return Report(file, sha256, None, None, None, "refused", 2, 0, 0, tuple(problems))
