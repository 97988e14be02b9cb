"""A spreadsheet as an agency keeps one: cells with their formats, and cells merged over others."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter import Workbook

# As a percentage, shown as one by its format: 0.839 reads 83.9%.
PERCENT, MONTH, BOLD, PLAIN = "0.0%", "mmm-yy", "bold", ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, and how it is shown."""

    value: str | float | date | None = None
    shown: str = PLAIN


EMPTY = Cell()
# First row, first column, last row, last column, counted from 0.
Span = tuple[int, int, int, int]


@dataclass
class Page:
    """One sheet. `head`: the rows of its headings, counted from 0."""

    rows: list[list[Cell]]
    head: tuple[int, ...]
    merged: list[Span] = field(default_factory=list[Span])

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max(len(row) for row in self.rows)


@dataclass
class Wide:
    """A workbook by the names of its sheets; `tables` names those with figures."""

    name: str
    pages: dict[str, Page]
    tables: tuple[str, ...]

    def write(self, folder: Path) -> Path:
        """Write it as a workbook to a folder; gives the file."""
        import xlsxwriter

        path = folder / f"{self.name}.xlsx"
        with xlsxwriter.Workbook(path, {"in_memory": True, "strings_to_urls": False}) as book:
            for name, page in self.pages.items():
                _write(book, name, page)
        return path


def cells(*values: str | float | date | None, shown: str = PLAIN) -> list[Cell]:
    """Values as a row of cells, all shown in one way."""
    return [Cell(value, shown) for value in values]


def _write(book: Workbook, name: str, page: Page) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 46)
    formats = {
        PLAIN: None,
        BOLD: book.add_format({"bold": True, "text_wrap": True, "align": "center"}),
        PERCENT: book.add_format({"num_format": PERCENT}),
        MONTH: book.add_format({"num_format": MONTH, "bold": True}),
    }
    for top, left, bottom, right in page.merged:
        sheet.merge_range(top, left, bottom, right, "", formats[BOLD])
    for at, row in enumerate(page.rows):
        for column, cell in enumerate(row):
            if isinstance(cell.value, date):
                sheet.write_datetime(at, column, cell.value, formats[cell.shown])  # pyright: ignore[reportArgumentType] - a date will do
            elif cell.value is not None:
                sheet.write(at, column, cell.value, formats[cell.shown])
