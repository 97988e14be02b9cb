"""Search a sheet's XML for marks while calamine, which lets other threads run, reads the same sheet's values."""

from __future__ import annotations

from threading import Thread

from pipelines.reading.addresses import address
from pipelines.reading.parts import Parts, Refusal
from pipelines.reading.scanning import Marks, exact_last_column, marks

TYPE_CHECKING = False  # importing typing would cost the child 7 ms a file
if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

CELLS_LIMIT = 5_000_000
TAKEN_TOGETHER = 25  # `marks` does not tell columns A to Z apart


class Search(Thread):
    """The marks of one sheet, found in a thread of their own."""

    def __init__(self, parts: Parts, path: str, percent_styles: set[int]) -> None:
        """Begin to search at once."""
        super().__init__(daemon=True)
        self._parts, self._path, self._styles = parts, path, percent_styles
        self._found: Marks | Refusal = Refusal("")
        self.start()

    def run(self) -> None:
        """Keep a refusal for the one who asks for the marks."""
        try:
            self._found = marks(self._parts.blocks(self._path), self._styles)
        except Refusal as refusal:
            self._found = refusal

    def marks(self) -> Marks:
        """Wait for the marks. Raises Refusal where the sheet's XML does not hold what it promised."""
        self.join()
        if isinstance(self._found, Refusal):
            raise self._found
        return self._found

    def refuse_far_cells(self, name: str) -> None:
        """Refuse a sheet whose first and last cells span more room than a reader may take."""
        found = self.marks()
        patched = [*found.errors, *found.uncalculated]
        last_row = max([found.last_row, *(row for row, _ in patched)])
        last_column = max([found.last_column, *(column for _, column in patched)])
        if last_column <= TAKEN_TOGETHER and (last_row + 1) * (last_column + 1) > CELLS_LIMIT:
            last_column = exact_last_column(self._parts.blocks(self._path))
        if (last_row + 1) * (last_column + 1) > CELLS_LIMIT:
            corner = f"{name}!{address(last_row, last_column)}"
            raise Refusal(f"reaches out to {corner}. Delete the rows and columns beyond the table and send it again.")


def sheet_and_marks(
    book: CalamineWorkbook, number: int, search: Search | None, *, is_careful: bool
) -> tuple[CalamineSheet, Marks]:
    """One sheet's values and marks; a careful reading knows how far the cells reach before calamine makes room."""
    if not search:
        return book.get_sheet_by_index(number), Marks()
    if is_careful:
        search.refuse_far_cells(book.sheet_names[number])
    sheet = book.get_sheet_by_index(number)
    search.refuse_far_cells(sheet.name)
    return sheet, search.marks()
