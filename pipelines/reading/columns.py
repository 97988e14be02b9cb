"""Turn rows into columns for the way from child to parent: each different value once, and for every row its number.

Labels repeat and so do numbers: a column of 100,000 cells has a few hundred different values. The child counts them
out, the parent looks each up once, and no row is put together again unless somebody asks for it.
"""

from __future__ import annotations

from array import array
from itertools import zip_longest

TYPE_CHECKING = False  # importing typing would cost the child 7 ms a file
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

LARGEST_WHOLE = 2.0**53  # beyond it a float no longer holds every whole number
CODE = "I"  # four bytes: a sheet has at most 1,048,576 rows, and so no more values in a column
EMPTY = 0
AT_ONCE = 50_000  # values on one line: a million would need their room three times over


class Known(dict[object, int]):
    """The number of each different value of a column; 0 is the empty cell, however it is stored."""

    def __init__(self) -> None:
        """Know the two ways of being empty."""
        super().__init__({None: EMPTY, "": EMPTY})
        self._next = 1

    def __missing__(self, value: object) -> int:
        """Give a value that was not met before the next number."""
        number = self[value] = self._next
        self._next += 1
        return number

    def values_in_order(self) -> list[Any]:
        """The values by their number: whole numbers as int, truth values as they were."""
        found: list[Any] = [None] * self._next
        for value, number in self.items():
            found[number] = _plain(value)
        found[EMPTY] = None
        return found


class Columns:
    """A sheet's cells, taken in row by row and given out column by column."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self.rows = 0
        self.known: list[Known] = []
        self.codes: list[array[int]] = []

    def add(self, rows: Sequence[Iterable[Any]], left: int = 0) -> None:
        """Take in some rows that begin at a column; those that are shorter than others end in empty cells."""
        for place, cells in enumerate(zip_longest(*rows), start=left):
            if place == len(self.known):
                self.widen()
            if bool in set(map(type, cells)):
                # 1 and True are one key to a dictionary, and two values.
                cells = [(cell,) if cell.__class__ is bool else cell for cell in cells]  # noqa: PLW2901 - the same cells
            self.codes[place].extend(map(self.known[place].__getitem__, cells))
        self.rows += len(rows)
        self.fill()

    def widen(self) -> None:
        """One more column, empty in all rows so far."""
        self.known.append(Known())
        self.codes.append(array(CODE, bytes(array(CODE).itemsize * self.rows)))

    def fill(self) -> None:
        """Make every column as long as there are rows."""
        for codes in self.codes:
            if (missing := self.rows - len(codes)) > 0:
                codes.frombytes(bytes(codes.itemsize * missing))

    def patch(self, texts: dict[tuple[int, int], str]) -> None:
        """Put texts where cells were left empty, at (row, column), making room where they lie outside."""
        if not texts:
            return
        self.rows = max(self.rows, 1 + max(row for row, _ in texts))
        for _ in range(len(self.known), 1 + max(column for _, column in texts)):
            self.widen()
        self.fill()
        for (row, column), text in texts.items():
            self.codes[column][row] = self.codes[column][row] or self.known[column][text]

    def records(self) -> Iterator[dict[str, Any]]:
        """What the child says of each column in turn; a column that is said is forgotten, as there may be no room for two.

        >>> some = Columns()
        >>> some.add([["a", 1.0], ["a", 2.5], ["", True]])
        >>> [said["column"] for said in some.records()]
        [[None, 'a'], [None, 1, 2.5, True]]
        """
        while self.known:
            values = self.known.pop(0).values_in_order()
            for start in range(0, len(values) - AT_ONCE, AT_ONCE):
                yield {"values": values[start : start + AT_ONCE]}
            rest = values[len(values) - 1 - (len(values) - 1) % AT_ONCE :]
            yield {"rows": self.rows, "column": rest, "codes": self.codes.pop(0).tobytes()}


def _plain(value: Any) -> Any:  # noqa: ANN401 - a cell holds anything
    if value.__class__ is tuple:
        return value[0]
    if value.__class__ is float and value.is_integer() and abs(value) < LARGEST_WHOLE:
        return int(value)
    return value
