"""A workbook held in memory as plain tables, so that one good return can be spoilt in many ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sample_data.files import Cell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Table = list[list[Cell]]


@dataclass
class Book:
    """Sheets by name, each a table whose first row holds the headings."""

    sheets: dict[str, Table]
    hidden: tuple[str, ...] = ()

    @property
    def figures(self) -> Table:
        """The sheet of figures."""
        return self.sheets["Figures"]

    def row(self, indicator_id: str, breakdown: str = "All") -> list[Cell]:
        """The first row of an indicator that is split in that way.

        Raises KeyError naming the indicator where the return has none.
        """
        place = self.figures[0].index("Breakdown")
        for row in self.figures[1:]:
            if row[0] == indicator_id and row[place] == breakdown:
                return row
        raise KeyError(f"{indicator_id} split by {breakdown} is not in the return")

    def put(self, indicator_id: str, heading: str, cell: Cell, breakdown: str = "All") -> None:
        """Write one cell of an indicator's row."""
        self.row(indicator_id, breakdown)[self.figures[0].index(heading)] = cell

    def column(self, heading: str, cell: Cell) -> None:
        """Write one cell into every row of figures."""
        place = self.figures[0].index(heading)
        for row in self.figures[1:]:
            row[place] = cell

    def rename(self, heading: str, new: str) -> None:
        """Change a heading of the figures."""
        self.figures[0][self.figures[0].index(heading)] = new

    def answer(self, question: str, answer: Cell) -> None:
        """Change an answer on the cover."""
        for row in self.sheets["Cover"]:
            if row[0] == question:
                row[1] = answer


def write(book: Book, path: Path) -> Path:
    """Write the sheets as an Excel workbook."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"strings_to_urls": False, "strings_to_formulas": False}) as workbook:
        for name, table in book.sheets.items():
            sheet = workbook.add_worksheet(name)
            fill(sheet, table)
            if name in book.hidden:
                sheet.hide()
    return path


def fill(sheet: object, table: Sequence[Sequence[Cell]]) -> None:
    """Write every cell that holds something."""
    for number, cells in enumerate(table):
        for column, cell in enumerate(cells):
            if cell not in (None, ""):
                sheet.write(number, column, cell)  # pyright: ignore[reportAttributeAccessIssue] - xlsxwriter has no stubs
