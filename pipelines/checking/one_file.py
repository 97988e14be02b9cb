"""Checks one file from reading to report; whatever is wrong with it, the answer is a report."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from pipelines.checking import notes
from pipelines.checking.as_read import as_read
from pipelines.checking.beside import Beside, on_not_held, read_beside
from pipelines.checking.cells import table
from pipelines.checking.cover import identify, read_cover
from pipelines.checking.judging import judge
from pipelines.checking.mended import covers_a_name, mended, on_cover
from pipelines.checking.nil import with_nil_return
from pipelines.checking.person_level import FILE_NAME, findings
from pipelines.checking.report import Report, no_figures, with_verdict
from pipelines.checking.rows import joined
from pipelines.checking.sheets import looks_like, recognise, tables
from pipelines.checking.sign_off import stood_by
from pipelines.checking.totals import set_aside
from pipelines.reading import guard, read
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

    import pandas as pd

    from pipelines.checking.cover import Identity
    from pipelines.checking.log_file import Held
    from pipelines.checking.rows import Rows
    from pipelines.checking.sheets import Tables
    from pipelines.reading import Workbook
    from schemas.periods import Period
    from schemas.returns import Kind
    from schemas.returns.mends import Mend

    History: TypeAlias = pd.DataFrame | Callable[[str, str], pd.DataFrame | None]


def check(  # noqa: PLR0913 - what the caller may know beside the file
    path: Path,
    *,
    kind: str | None = None,
    history: History | None = None,
    today: date,
    expected: tuple[str, str] | None = None,
    held: Held | None = None,
    moderating: bool = False,
    mends: Sequence[Mend] | None = None,
    said: Callable[[str], None] | None = None,
) -> Report:
    """Check a file as a return. `expected`: the agency and period owed, where they are known beforehand.

    `history`: the figures the agency sent earlier, or a function of agency and period that gives them once the file has
    said whose it is and of which period. `held`: a function of kind and sender that gives the records that stand of a
    log, by sheet. `moderating`: the business unit sends its moderated scores and grades. `mends`: answers its sender has
    mended (an empty list of whoever may yet mend some), taken for the file's own. `said` is told what is being done.

    Never raises for a bad file: what cannot be used is a refused report with exit code 2. UserError for a mend that will
    not do.
    """
    tell = said or _nobody
    tell("Reading")
    try:
        workbook = read(path)
    except UserError as why:
        problem = file.CANNOT_BE_READ.problem({"sentence": str(why)})
        return _refused(path.name, _fingerprint(path), [problem])
    tell("Checking row by row")
    return check_workbook(
        workbook,
        kind=kind,
        history=history,
        today=today,
        expected=expected,
        held=held,
        moderating=moderating,
        mends=mends,
    )


@dataclass(frozen=True)
class _Asked:
    """What the caller knows beside the file."""

    history: History | None
    today: date
    expected: tuple[str, str] | None
    held: Held | None
    moderating: bool
    mends: tuple[Mend, ...] | None = None

    def past(self, agency_id: str, period: Period) -> pd.DataFrame:
        """The figures the agency sent earlier; none where nobody knows any."""
        found = self.history(agency_id, period.id) if callable(self.history) else self.history
        return no_figures() if found is None else found


def check_workbook(  # noqa: PLR0913 - as above
    workbook: Workbook,
    *,
    kind: str | None = None,
    history: History | None = None,
    today: date,
    expected: tuple[str, str] | None = None,
    held: Held | None = None,
    moderating: bool = False,
    mends: Sequence[Mend] | None = None,
) -> Report:
    """Check a workbook already read; see `check`."""
    signs = findings(workbook)
    personal = [
        file.PERSON_LEVEL.problem({"what": found.what, "place": found.place}, sheet=found.sheet) for found in signs
    ]
    if personal:
        named = any(found.place == FILE_NAME for found in signs)
        return _refused("a file whose name is withheld" if named else workbook.file_name, workbook.sha256, personal)
    as_it_came, workbook = workbook, mended(workbook, mends) if mends else workbook
    found = recognise(workbook)
    if found is None or (kind is not None and kind != found.id):
        return _refused(workbook.file_name, workbook.sha256, [_not_it(workbook, found, kind)])
    asked = _Asked(history, today, expected, held, moderating, None if mends is None else tuple(mends))
    report = _checked(workbook, found, asked)
    return replace(report, original_may_be_kept=False) if covers_a_name(as_it_came, asked.mends or ()) else report


def _checked(workbook: Workbook, kind: Kind, asked: _Asked) -> Report:
    mends = asked.mends or ()
    said = {**read_cover(workbook, kind), **on_cover(mends)}
    cover, about_sign_off = stood_by(said, kind, asked.today, moderating=asked.moderating)
    problems = [*_about_template(cover, kind), *_from_reading(workbook), *about_sign_off]
    report = replace(
        _refused(workbook.file_name, workbook.sha256, problems),
        kind=kind.id,
        cover=cover,
        template_version=cover.get("template_version", ""),
        mends=mends,
    )
    if kind.is_log:
        # Who checks figures need not load all that judges a log.
        from pipelines.checking.log_file import LogAsked, check_log

        return check_log(workbook, kind, report, LogAsked(asked.held, asked.today, asked.moderating))
    where = tables(workbook, kind)
    report = replace(report, problems=(*report.problems, *where.problems))
    if where.fatal:
        return report
    return _whose(report, workbook, kind, where, asked)


def _whose(report: Report, workbook: Workbook, kind: Kind, where: Tables, asked: _Asked) -> Report:
    """Find out whose return it is and for when; only then can its rows be judged."""
    is_typed = workbook.format != "csv"
    cells = [table(sheet, found, kind.data, typed=is_typed, categorical=True) for sheet, found in where.found]
    rows = joined(cells)
    whose = identify(report.cover, rows.text, asked.today, kind=kind)
    wrong = _unexpected(whose, asked.expected)
    report = replace(
        report,
        agency_id=whose.agency_id,
        period_id=whose.period.id if whose.period else None,
        rows=len(rows.text),
        problems=(*report.problems, *whose.problems, *wrong, *notes.on_numbers(cells)),
        as_read=None if asked.mends is None else as_read(rows, where),
    )
    if whose.agency_id is None or whose.period is None or wrong:
        return report
    past = asked.past(whose.agency_id, whose.period)
    context = Context(catalogue(), whose.agency_id, whose.period, asked.today, past)
    beside = read_beside(workbook, kind.notes, context)
    report = replace(report, problems=(*report.problems, *beside.problems))
    return _judged(report, rows, context, beside, blank=sum(each.blank for each in cells))


def _judged(report: Report, rows: Rows, context: Context, beside: Beside, *, blank: int) -> Report:
    rows, totals = set_aside(rows)
    judged = judge(rows, context)
    figures, nil = with_nil_return(judged.figures, len(rows.text), report.cover, context)
    if context.period.end >= context.today:
        figures = figures.iloc[:0]
    problems = [
        *report.problems,
        *file_sender.approval(report.cover, kind_id="figures"),
        *totals,
        *nil,
        *judged.problems,
        *notes.on_markers(rows),
        *notes.on_formulas(rows),
        *on_not_held(beside, figures),
    ]
    count = max(len(rows.text), len(figures))
    if count:
        sent = judged.sent | set(joined_keys(figures, KEY))
        problems += notes.on_absent(sent, set(beside.not_held["indicator_id"]), context)
    elif beside.not_held.empty:
        beneath = f" ({blank:,} rows stand empty)" if blank else ""
        problems.append(file_contents.NOTHING_FILLED.problem({"rows": beneath}))
    found = replace(report, rows=count, rows_accepted=len(figures), figures=figures, problems=tuple(problems))
    return with_verdict(replace(found, commentary=beside.commentary, not_held=beside.not_held))


def _about_template(cover: dict[str, str], kind: Kind) -> list[Problem]:
    stated = cover.get("template_version", "")
    if stated in ("", kind.template_version):
        return []
    words = {"found": stated[:40], "current": kind.template_version}
    if stated in kind.older_templates:
        return [file_sender.TEMPLATE_OLD.problem({**words, "difference": kind.older_templates[stated]}, sheet="Cover")]
    return [file_sender.TEMPLATE_UNKNOWN.problem(words, sheet="Cover")]


def _from_reading(workbook: Workbook) -> list[Problem]:
    return [file_contents.READER_NOTE.problem({"sentence": note}) for note in workbook.notes]


def _unexpected(whose: Identity, expected: tuple[str, str] | None) -> list[Problem]:
    if expected is None or whose.agency_id is None or whose.period is None:
        return []
    if (whose.agency_id, whose.period.id) == expected:
        return []
    words = {"agency_id": whose.agency_id, "period_id": whose.period.id}
    return [file_sender.NOT_EXPECTED.problem({**words, "wanted_agency": expected[0], "wanted_period": expected[1]})]


def _not_it(workbook: Workbook, found: Kind | None, asked: str | None) -> Problem:
    if found is None:
        return file.KIND_NOT_KNOWN.problem({"looks": looks_like(workbook)})
    wanted = kinds()[asked].title if asked in kinds() else asked
    return file.ANOTHER_KIND.problem({"found": found.title, "asked": wanted})


def _refused(file: str, sha256: str, problems: list[Problem]) -> Report:
    return Report(file, sha256, None, None, None, "refused", 2, 0, 0, tuple(problems))


def _nobody(_: str) -> None:
    """Whoever does not ask is told nothing."""


def _fingerprint(path: Path) -> str:
    try:
        if not path.is_file() or path.stat().st_size > guard.limit_of(path):
            return ""  # a device or a pipe would never end
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:  # a missing file or a folder has no fingerprint, and the report says why it was refused
        return ""
