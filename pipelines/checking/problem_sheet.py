"""The sheet Problems of an annotated copy: what to do first, where, and why, each line a way to its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemas.rule import rules_of

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook as Book

    from pipelines.checking.report import Report
    from schemas.problems import Problem

NAME = "Problems"
_COLUMNS = (
    ("To do", 16),
    ("Where", 16),
    ("Value", 18),
    ("What is wrong", 62),
    ("How to put it right", 52),
    ("Why it matters", 52),
)
_TO_DO = {"error": "Put right", "query": "Explain or check", "note": "For information"}
_BLUE, _TINT = "FF12436D", {"error": "FFFBD9C4", "query": "FFE6DDF3", "note": "FFF5F7F9"}
_FIRST = 5


def add_problem_sheet(book: Book, report: Report) -> None:
    """Put the sheet first in the workbook, in place of one an earlier check left there."""
    from openpyxl.styles import Font

    if NAME in book.sheetnames:
        book.remove(book[NAME])
    sheet = book.create_sheet(NAME, 0)
    book.active = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    sheet["A1"], sheet["A2"] = "What this check found", report.summary()
    sheet["A1"].font = Font(name="Calibri", size=18, bold=True, color=_BLUE)
    _heading(sheet)
    order = {"error": 0, "query": 1, "note": 2}
    reasons = {rule.name: rule.reason for kind in ("figures", "file") for rule in rules_of(kind)}
    for row, problem in enumerate(sorted(report.problems, key=lambda each: order[each.severity]), _FIRST):
        _line(sheet, row, problem, reasons.get(problem.rule, ""), book)
    _settings(sheet, len(report.problems))


def plain(text: str) -> str:
    """A text that no spreadsheet runs: an apostrophe before what would be a formula, no control characters.

    >>> plain("=1+1"), plain("-3"), plain("quiet")
    ("'=1+1", "'-3", 'quiet')
    """
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    return f"'{clean}" if clean.lstrip().startswith(("=", "+", "-", "@")) or clean[:1] in ("\t", "\r") else clean


def _heading(sheet: Any) -> None:  # noqa: ANN401 - openpyxl has no stubs
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for column, (title, width) in enumerate(_COLUMNS, 1):
        cell = sheet.cell(_FIRST - 1, column, title)
        cell.font = Font(name="Calibri", bold=True, color="FFFFFFFF")
        cell.fill = PatternFill("solid", fgColor=_BLUE)
        cell.alignment = Alignment(vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = width


def _line(sheet: Any, row: int, problem: Problem, reason: str, book: Book) -> None:  # noqa: ANN401 - as above
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.hyperlink import Hyperlink

    place = f"{problem.sheet}!{problem.cell}" if problem.cell else (problem.sheet or "The file")
    words = (_TO_DO[problem.severity], place, problem.value or "", problem.message, problem.fix, reason)
    for column, text in enumerate(words, 1):
        cell = sheet.cell(row, column)
        cell.value = plain(text)
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.cell(row, 1).fill = PatternFill("solid", fgColor=_TINT[problem.severity])
    if problem.cell and problem.sheet in book.sheetnames:
        link = sheet.cell(row, 2)
        quoted = problem.sheet.replace("'", "''")
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{quoted}'!{problem.cell}")
        link.font = Font(name="Calibri", color=_BLUE, underline="single")


def _settings(sheet: Any, count: int) -> None:  # noqa: ANN401 - openpyxl has no stubs
    sheet.freeze_panes = f"A{_FIRST}"
    if count:
        sheet.auto_filter.ref = f"A{_FIRST - 1}:F{_FIRST - 1 + count}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_FIRST - 1}:{_FIRST - 1}"
