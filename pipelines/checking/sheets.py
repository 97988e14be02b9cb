"""Which sheets of a file hold the return's rows, and what to say of the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.checking.echo import heading_shown
from pipelines.checking.headings import Headings, find
from pipelines.reading import address, column_letters
from schemas.returns import kinds
from schemas.returns.heading_words import is_in_thousands
from schemas.returns.kind import LOG_COVER
from schemas.returns.meaning import known_by, meaning
from schemas.rules import file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.reading import Sheet, Workbook
    from schemas.problems import Problem
    from schemas.returns import Kind, SheetLayout

# A cover's answers stand at the top.
_COVER_ROWS = 30
# Other files often sent here by mistake, by headings only they have.
_OTHERS = {
    "official statistics in the Department for Education's layout; load it with throughline benchmarks": frozenset(
        {"time period", "time identifier", "geographic level"}
    ),
    "a scorecard with the quarters side by side; a layout says how it is read": frozenset({"q1", "q2", "q3", "q4"}),
    "a budget": frozenset({"agreed", "received"}),
}


@dataclass(frozen=True)
class Tables:
    """The sheets that hold the rows, each with its headings, and what was noticed. `fatal` says nothing can be read."""

    found: tuple[tuple[Sheet, Headings], ...]
    problems: tuple[Problem, ...]
    fatal: bool


def recognise(workbook: Workbook) -> Kind | None:
    """The kind of return the file says it is, or else the one its columns are those of, where they are those of one.

    Of several kinds with columns of the same headings the one wins that can be read without a missing one.
    """
    stated = _stated(workbook)
    if stated is not None and any(_score(workbook, layout) > (False, 0) for layout in stated.sheets):
        return stated
    scores = {kind.id: max(_score(workbook, layout) for layout in kind.sheets) for kind in kinds().values()}
    # Figures first: a table of figures shares many headings with the logs, and its own columns may be misnamed.
    best = max(("figures", *scores), key=lambda kind_id: scores[kind_id])
    return kinds()[best] if scores[best] > (False, 0) else None


def _stated(workbook: Workbook) -> Kind | None:
    """The kind a cover names."""
    known = known_by((kind.id, (kind.id, kind.title)) for kind in kinds().values())
    labels = {meaning(label) for label in LOG_COVER["kind"]}
    for sheet in (s for s in workbook.sheets[:2] if s.visible):
        for row in sheet.rows[:_COVER_ROWS]:
            told = [cell for cell in row[:4] if isinstance(cell, str) and cell.strip()]
            if len(told) > 1 and meaning(told[0]) in labels and meaning(told[1]) in known:
                return kinds()[known[meaning(told[1])]]
    return None


def looks_like(workbook: Workbook) -> str:
    """What a file that is no known return looks like, as the tail of a sentence; empty where it looks like nothing."""
    for title, marks in _OTHERS.items():
        for sheet in workbook.sheets:
            for row in sheet.rows[:30]:
                if marks <= {meaning(cell) for cell in row if isinstance(cell, str)}:
                    return f": it looks like {title}"
    return ""


def tables(workbook: Workbook, kind: Kind) -> Tables:
    """Find the sheets with the return's columns; name those missing, hidden, renamed, or left unread."""
    found: list[tuple[Sheet, Headings]] = []
    problems: list[Problem] = []
    fatal = False
    for sheet in _readable(workbook, kind):
        headings = find(sheet, kind.data)
        if not sheet.visible:
            problems += (
                [file.SHEET_HIDDEN.problem({"sheet": sheet.name}, sheet=sheet.name)] if holds_data(sheet) else []
            )
        elif headings is None:
            problems += (
                [file.SHEET_UNREAD.problem({"sheet": sheet.name}, sheet=sheet.name)] if holds_data(sheet) else []
            )
        else:
            faulty = [*about_columns(sheet, headings, kind.data), *_in_thousands(sheet, headings)]
            fatal |= any(problem.severity == "error" for problem in faulty)
            problems += faulty
            found.append((sheet, headings))
    if not found:
        names = ", ".join(sheet.name for sheet in workbook.sheets)
        problems.append(file.SHEET_MISSING.problem({"missing": kind.data.name, "sheets": names}))
    return Tables(tuple(found), (*problems, *_renamed(workbook, found, kind)), fatal or not found)


def _readable(workbook: Workbook, kind: Kind) -> Iterator[Sheet]:
    beside = {meaning(name) for name in ("Cover", *kind.unread, *(layout.name for layout in kind.notes))}
    for sheet in workbook.sheets:
        if workbook.format == "csv" or meaning(sheet.name) not in beside:
            yield sheet


def about_columns(sheet: Sheet, headings: Headings, layout: SheetLayout) -> Iterator[Problem]:
    """What is wrong with a sheet's headings: missing, doubled, not read."""
    expected = ", ".join(column.heading for column in layout.columns)
    here = ", ".join(layout.column(name).heading for name in headings.columns if name not in headings.empty)
    if headings.unread:
        here += f"; not known: {', '.join(heading_shown(text) for _, text in headings.unread[:8])}"
    for missing in headings.missing(layout):
        words = {"sheet": sheet.name, "missing": missing, "headings": here, "expected": expected}
        yield file.COLUMN_MISSING.problem(words, sheet=sheet.name, row=headings.first_row)
    for name, places in headings.doubled.items():
        letters = " and ".join(column_letters(place) for place in places)
        words = {"sheet": sheet.name, "heading": layout.column(name).heading, "columns": letters}
        yield file.COLUMN_DOUBLED.problem(words, sheet=sheet.name, row=headings.first_row)
    if headings.guessed:
        taken = ", ".join(
            f"“{heading_shown(text)}” read as {layout.column(name).heading}" for text, name in headings.guessed
        )
        yield file.COLUMN_GUESSED.problem({"sheet": sheet.name, "headings": taken}, sheet=sheet.name)
    if headings.unread:
        unread = ", ".join(f"{heading_shown(text)} ({column_letters(column)})" for column, text in headings.unread[:8])
        yield file.COLUMN_UNREAD.problem({"sheet": sheet.name, "headings": unread}, sheet=sheet.name)


def _in_thousands(sheet: Sheet, headings: Headings) -> Iterator[Problem]:
    """An error where the words above the figures, or right under their headings, say that they are thousands."""
    for at, row in enumerate(sheet.rows[: headings.first_row + 1]):
        for column, cell in enumerate(row):
            if isinstance(cell, str) and is_in_thousands(cell):
                words = {"sheet": sheet.name, "where": f"{sheet.name}!{address(at, column)}"}
                yield file.IN_THOUSANDS.problem(words, sheet=sheet.name, cell=address(at, column), row=at + 1)
                return


def _renamed(workbook: Workbook, found: list[tuple[Sheet, Headings]], kind: Kind) -> list[Problem]:
    names = {meaning(kind.data.name), meaning(kind.paste)}
    if workbook.format == "csv" or any(meaning(sheet.name) in names for sheet, _ in found):
        return []
    return [
        file.SHEET_RENAMED.problem({"sheet": sheet.name, "wanted": kind.data.name}, sheet=sheet.name)
        for sheet, _ in found
    ]


def _score(workbook: Workbook, layout: SheetLayout) -> tuple[bool, int]:
    """Whether a sheet has all the columns the layout cannot do without, and how many of its columns it has."""
    found = [headings for sheet in workbook.sheets if (headings := find(sheet, layout))]
    return max(((not each.missing(layout), len(each.columns)) for each in found), default=(False, 0))


def holds_data(sheet: Sheet) -> bool:
    """Whether anything stands on a sheet."""
    return any(column.last() >= 0 for column in sheet.columns)
