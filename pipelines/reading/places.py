"""Where cells stand in a sheet's XML: from their own reference, or by counting where a writer left references out."""

from __future__ import annotations

import re
from functools import cache

from pipelines.reading.layout import attributes

TYPE_CHECKING = False  # importing typing would cost the child 7 ms a file
if TYPE_CHECKING:
    from collections.abc import Iterator

PLACED = re.compile(rb"<(row|c)\b([^>]*)>")
Place = tuple[int, int]


class Places:
    """Where cells stand: from their own reference, or by counting where a writer left references out."""

    def __init__(self, rows: bytes, row_before: int) -> None:
        """Count through the rows only if some cell has no reference."""
        self._rows = rows
        plain = rows.count(b'<c r="')
        self.is_counted = plain == 0 or plain != rows.count(b"<c ")
        self._counted = dict(_counted(rows, row_before)) if self.is_counted else {}

    def cell(self, at: int) -> tuple[Place, bool, int] | None:
        """The cell whose tag begins at `at`: its place, whether anything is in it, and where its tag ends."""
        rows = self._rows
        end = rows.find(b">", at)
        if end < 0 or not rows.startswith((b"<c ", b"<c>"), at):
            return None
        place = self._counted.get(at) if self.is_counted else _place(rows[at + 6 : rows.find(b'"', at + 6, end)])
        is_filled = not rows.startswith(b"/", end - 1) and not rows.startswith(b"</c>", end + 1)
        return (place, is_filled, end + 1) if place else None

    def around(self, at: int) -> tuple[Place, bool, int] | None:
        """The cell that the text at `at` belongs to."""
        start = max(self._rows.rfind(b"<c ", 0, at), self._rows.rfind(b"<c>", 0, at))
        return self.cell(start) if start >= 0 else None

    def all(self) -> Iterator[Place]:
        """Every counted place, for writers that leave references out."""
        yield from self._counted.values()


def _place(reference: bytes) -> Place | None:
    """A cell's place from its reference, if it is one."""
    letters = reference.rstrip(b"0123456789")
    digits = reference[len(letters) :]
    is_reference = 0 < len(letters) <= 3 and 0 < len(digits) <= 7 and letters.isalpha()
    return (int(digits) - 1, column_number(letters)) if is_reference else None


@cache
def column_number(letters: bytes) -> int:
    """A column's number, counted from 0, from its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def _counted(rows: bytes, row: int) -> Iterator[tuple[int, Place]]:
    """Each filled cell's place by where its tag begins, counting on where a row or cell has no reference."""
    column = -1
    for tag in PLACED.finditer(rows):
        facts = attributes(tag.group(2))
        reference = facts.get("r", b"")
        if tag.group(1) == b"row":
            row, column = (int(reference) - 1 if reference.isdigit() else row + 1), -1
        else:
            row, column = _place(reference) or (row, column + 1)
            if not tag.group(2).endswith(b"/"):
                yield tag.start(), (row, column)
