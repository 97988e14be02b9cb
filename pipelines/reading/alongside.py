"""Search a sheet's XML for marks while calamine, which lets other threads run, reads the same sheet's values."""

from __future__ import annotations

from threading import Thread

from pipelines.reading.addresses import address
from pipelines.reading.parts import CELLS_LIMIT, Parts, Refusal
from pipelines.reading.scanning import Marks, marks

TYPE_CHECKING = False  # importing typing would cost the child 7 ms a file
if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


class Search(Thread):
    """The marks of one sheet, found in a thread of their own."""

    def __init__(self, parts: Parts, path: str, percent_styles: set[int], *, is_careful: bool) -> None:
        """Begin to search at once."""
        super().__init__(daemon=True)
        self._parts, self._path, self._styles, self._is_careful = parts, path, percent_styles, is_careful
        self._found: Marks | Refusal = Refusal("")
        self.start()

    def run(self) -> None:
        """Keep a refusal for the one who asks for the marks."""
        try:
            self._found = marks(self._parts.blocks(self._path), self._styles, is_careful=self._is_careful)
        except Refusal as refusal:
            self._found = refusal

    def marks(self) -> Marks:
        """Wait for the marks. Raises Refusal where the sheet's XML does not hold what it promised."""
        self.join()
        if isinstance(self._found, Refusal):
            raise self._found
        return self._found


def sheet_and_marks(
    book: CalamineWorkbook, number: int, search: Search | None, *, is_careful: bool
) -> tuple[CalamineSheet, Marks]:
    """One sheet's values and marks; a careful reading knows how far the cells reach before calamine makes room."""
    if not search:
        return book.get_sheet_by_index(number), Marks()
    if is_careful:
        found = search.marks()
        spent(found.last_row, found.last_column, CELLS_LIMIT, book.sheet_names[number])
    return book.get_sheet_by_index(number), search.marks()


def spent(last_row: int, last_column: int, room: int, name: str) -> int:
    """The room for cells that is left after a sheet. Raises Refusal where its corners lie too far apart."""
    left = room - (last_row + 1) * (last_column + 1)
    if left < 0:
        corner = f"{name}!{address(last_row, last_column)}"
        raise Refusal(f"reaches out to {corner}. Delete the rows and columns beyond the table and send it again.")
    return left
