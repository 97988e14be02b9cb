"""The analyst's own workbook back, with every problem marked where it stands and listed on a sheet of its own."""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from pipelines.checking.problem_sheet import add_problem_sheet, plain
from pipelines.reading import read
from schemas.problems import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook as Book

    from pipelines.checking.report import Report
    from pipelines.reading import Workbook
    from schemas.problems import Problem

AUTHOR = "Throughline"
FILLS = {"error": "FFFBD9C4", "query": "FFE6DDF3"}
# Beyond this many marks nobody reads them one by one, and the list on the sheet Problems serves better.
_MARKS = 2_000
# Parts of a workbook that openpyxl would drop or change as it saves.
_LOST = re.compile(
    r"xl/(charts|media|pivot|slicer|timeline|externalLinks|threadedComments|model|ctrlProps|diagrams)|xl/drawings/drawing"
)
_SPARKLINES = b"sparkline"


def annotate(path: Path, report: Report, out: Path) -> None:
    """Write a copy of the file with its problems marked. UserError where nothing of the file may be kept.

    An Excel workbook is kept as it is; where saving would lose something of it (charts, pictures), or it is no
    Excel workbook, its rows go into a fresh one.
    """
    if report.exit_code == 2 and report.kind is None:
        raise UserError(f"No copy of {report.file} is written: {report.problems[0].message}")
    workbook = read(path)
    book = _kept(path) if workbook.format == "xlsx" and not _would_lose(path) else _fresh(workbook)
    _mark(book, report.problems)
    add_problem_sheet(book, report)
    try:
        book.save(out)
    except OSError as why:
        raise UserError(f"{out} cannot be written: {why.strerror}.") from why


def _kept(path: Path) -> Book:
    from openpyxl import load_workbook

    book = load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.comment.author == AUTHOR:
                    _unmark(cell)  # pyright: ignore[reportArgumentType] - a cell with a comment is a whole cell
    return book


def _fresh(workbook: Workbook) -> Book:
    """A new workbook of the visible sheets' rows, every text as text."""
    from openpyxl import Workbook as Empty

    book = Empty()
    for place, sheet in enumerate(sheet for sheet in workbook.sheets if sheet.visible):
        page: Any = book.active if place == 0 else book.create_sheet()
        page.title = re.sub(r"[\[\]:*?/\\]", " ", sheet.name)[:31] or "Sheet"
        for number, row in enumerate(sheet.rows, 1):
            for column, value in enumerate(row, 1):
                if value is not None:
                    page.cell(number, column, plain(value) if isinstance(value, str) else value)
    return book


def _would_lose(path: Path) -> bool:
    with zipfile.ZipFile(path) as parts:
        if any(_LOST.match(name) for name in parts.namelist()):
            return True
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        return any(_SPARKLINES in parts.read(name) for name in sheets)


def _mark(book: Book, problems: tuple[Problem, ...]) -> None:
    places: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.sheet in book.sheetnames and problem.cell and problem.severity in FILLS:
            places[problem.sheet, problem.cell].append(problem)
    for (sheet, address), found in list(places.items())[:_MARKS]:
        _mark_cell(_whole_cell(book[sheet], address), found)


def _mark_cell(cell: Cell, found: list[Problem]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    worst = "error" if any(problem.severity == "error" for problem in found) else "query"
    cell.fill = PatternFill("solid", fgColor=FILLS[worst])
    words = "\n\n".join(f"{problem.message}\n{problem.fix}".strip() for problem in found)
    before = f"{cell.comment.text}\n\n" if cell.comment is not None else ""
    cell.comment = Comment(f"{before}{words}", AUTHOR, height=140, width=360)


def _unmark(cell: Cell) -> None:
    """Take off the marks of an earlier check, so that a file checked twice is not marked twice."""
    from openpyxl.styles import PatternFill

    cell.comment = None
    if cell.fill.fgColor.rgb in FILLS.values():
        cell.fill = PatternFill()


def _whole_cell(sheet: Any, address: str) -> Cell:  # noqa: ANN401 - openpyxl has no stubs
    """The cell, or the first of those it is merged with: only that one can carry a mark."""
    for merged in sheet.merged_cells.ranges:
        if address in merged:
            return sheet.cell(merged.min_row, merged.min_col)
    return sheet[address]
