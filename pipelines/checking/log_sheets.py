"""Which sheet of a file holds which sheet of a log, and what to say of those that are missing or left over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.checking.cells import table
from pipelines.checking.headings import Headings, find
from pipelines.checking.log_totals import without_totals
from pipelines.checking.rows import Rows, joined
from pipelines.checking.sheets import about_columns, holds_data
from schemas.returns.meaning import meaning
from schemas.rules import file, log

if TYPE_CHECKING:
    from pipelines.reading import Sheet, Workbook
    from schemas.problems import Problem
    from schemas.returns import Kind, SheetLayout


@dataclass(frozen=True)
class LogTables:
    """The filled rows of each sheet of the log that the file has, and what was noticed; `fatal`: a sheet lacks a column."""

    rows: dict[str, Rows]
    problems: tuple[Problem, ...]


def log_tables(workbook: Workbook, kind: Kind, instrument_id: str = "") -> LogTables:
    """Find each sheet of the log by its name, else by its columns; hidden, unread and missing ones are named.

    A sheet for one instrument only is missed where the cover names that one.
    """
    beside = {meaning(name) for name in ("Cover", *kind.unread)}
    free = [s for s in workbook.sheets if workbook.format == "csv" or meaning(s.name) not in beside]
    found: dict[str, Rows] = {}
    problems: list[Problem] = []
    for layout, sheet, headings in _matched(free, kind):
        free.remove(sheet)
        faulty = list(about_columns(sheet, headings, layout))
        problems += faulty
        if not any(problem.severity == "error" for problem in faulty):
            rows = joined([table(sheet, headings, layout, typed=workbook.format != "csv")])
            found[layout.name], totals = without_totals(rows, layout)
            problems += totals
    return LogTables(found, (*problems, *_left_over(free), *_missing(found, problems, kind, instrument_id)))


def _matched(free: list[Sheet], kind: Kind) -> list[tuple[SheetLayout, Sheet, Headings]]:
    """Each sheet of the log with the file's sheet for it: first by name, then whichever has most of its columns."""
    made: list[tuple[SheetLayout, Sheet, Headings]] = []
    waiting, sheets = list(kind.sheets), [sheet for sheet in free if sheet.visible]
    for layout in kind.sheets:
        for sheet in sheets:
            headings = find(sheet, layout) if meaning(sheet.name) == meaning(layout.name) else None
            if headings is not None:
                made.append((layout, sheet, headings))
                sheets.remove(sheet)
                waiting.remove(layout)
                break
    for layout in waiting:
        scored = [(len(h.columns), -n, sheet, h) for n, sheet in enumerate(sheets) if (h := find(sheet, layout))]
        fit = [each for each in scored if not each[3].missing(layout)]
        if fit:
            _, _, sheet, headings = max(fit, key=lambda each: each[:2])
            made.append((layout, sheet, headings))
            sheets.remove(sheet)
    return sorted(made, key=lambda each: kind.sheets.index(each[0]))


def _left_over(sheets: list[Sheet]) -> list[Problem]:
    said = ((s, file.SHEET_UNREAD if s.visible else file.SHEET_HIDDEN) for s in sheets if holds_data(s))
    return [fault.problem({"sheet": sheet.name}, sheet=sheet.name) for sheet, fault in said]


def _missing(found: dict[str, Rows], problems: list[Problem], kind: Kind, instrument_id: str) -> list[Problem]:
    faulty = {problem.sheet for problem in problems if problem.severity == "error"}
    asked = (layout.name for layout in kind.sheets if layout.only_for in ("", instrument_id))
    names = [name for name in asked if name not in found and name not in faulty]
    if not found or not names:
        return []
    return [log.NOT_READ.problem({"names": " or ".join(names)})]
