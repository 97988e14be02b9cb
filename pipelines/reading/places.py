"""Where cells stand in a sheet's XML: from their own reference, or by counting where a writer left references out."""

from __future__ import annotations

import re
from functools import cache

from pipelines.reading.layout import attributes

TYPE_CHECKING = False  # importing typing would cost the child 7 ms a file
if TYPE_CHECKING:
    from collections.abc import Iterator

FILLED = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>(?!</c>)')
REFERENCE = re.compile(rb"([A-Za-z]{1,3})(\d{1,7})")
PLACED = re.compile(rb"<(row|c)\b([^>]*)>")
Place = tuple[int, int]


class Places:
    """Where cells stand: from their own reference, or by counting where a writer left references out."""

    def __init__(self, rows: bytes, row_before: int) -> None:
        """Count through the rows only if some cell has no reference."""
        self._rows = rows
        plain = rows.count(b'<c r="')
        self._is_counted = plain == 0 or plain != rows.count(b"<c ")
        self._counted = dict(_counted(rows, row_before)) if self._is_counted else {}

    def filled(self, at: int) -> Place | None:
        """The place of the cell whose tag begins at `at`, if there is anything in the cell."""
        if self._is_counted:
            return self._counted.get(at)
        tag = FILLED.match(self._rows, at)
        return _place(*tag.groups()) if tag else None

    def start(self, at: int) -> int:
        """Where the cell begins that the text at `at` belongs to."""
        start = max(self._rows.rfind(b"<c ", 0, at), 0)
        return max(self._rows.rfind(b"<c>", start, at), start)

    def corner(self) -> Place:
        """The last row and the last column in which there is anything."""
        places = (
            self._counted.values() if self._is_counted else {_place(*found) for found in FILLED.findall(self._rows)}
        )
        return max((row for row, _ in places), default=-1), max((column for _, column in places), default=-1)


def _place(letters: bytes, digits: bytes) -> Place:
    return int(digits) - 1, column_number(letters)


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
            named = REFERENCE.fullmatch(reference)
            row, column = _place(*named.groups()) if named else (row, column + 1)
            if not tag.group(2).endswith(b"/") and not rows.startswith(b"</c>", tag.end()):
                yield tag.start(), (row, column)
