"""A sheet's cells as the parent keeps them: columns of numbered values, which read as rows where somebody wants rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, cast, overload

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipelines.reading.workbook import Value

VALUES = frozenset({str, int, float, bool, date, datetime})
_SENT = np.dtype("=u4")
# Rows put together at a time where somebody goes through all of them.
_STEP = 10_000


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column: its different values, the empty cell first, and the number of the value in each row (from 0).

    Values that are equal but not alike, as 1 and True, have numbers of their own.
    """

    values: list[Value]
    codes: np.ndarray

    @classmethod
    def of(cls, cells: Iterable[Value]) -> Column:
        """The column of some cells.

        >>> Column.of(["a", None, "a", ""]).codes.tolist()
        [1, 0, 1, 2]
        """
        known: dict[tuple[type, Value], int] = {(type(None), None): 0}
        codes = [known.setdefault((type(cell), cell), len(known)) for cell in cells]
        return cls([value for _, value in known], np.array(codes, dtype=np.intp))

    def compact(self) -> Column:
        """The same without values that stand in no row any more: who looks through the values must not meet them.

        >>> Column([None, "a", "b"], np.array([2, 2])).compact().values
        [None, 'b']
        """
        used = np.union1d([0], self.codes).astype(np.intp)
        return Column([self.values[number] for number in used.tolist()], np.searchsorted(used, self.codes))

    def filled(self) -> np.ndarray:
        """Whether each row holds anything; an empty text is nothing."""
        return np.array([value not in (None, "") for value in self.values], dtype=bool)[self.codes]

    def last(self) -> int:
        """The last row (from 0) in which anything stands; -1 where nothing does.

        >>> Column.of(["a", "", "b", None, ""]).last()
        2
        """
        is_filled = np.array([value not in (None, "") for value in self.values], dtype=bool)
        # From the end, a piece at a time: nearly always the last row is filled, and a long column is not gone through.
        for stop in range(len(self.codes) if is_filled.any() else 0, 0, -_STEP):
            found = np.flatnonzero(is_filled[self.codes[max(stop - _STEP, 0) : stop]])
            if len(found):
                return max(stop - _STEP, 0) + int(found[-1])
        return -1

    def where(self, numbers: Iterable[int]) -> np.ndarray:
        """The rows (from 0) in which one of some values stands, given by their numbers."""
        wanted = np.zeros(len(self.values), dtype=bool)
        wanted[list(numbers)] = True
        return np.flatnonzero(wanted[self.codes])


class Grid(Sequence["list[Value]"]):
    """Rows of equal length that exist only while somebody looks at them; equal to a list of the same rows."""

    def __init__(self, rows: int, columns: Sequence[Column]) -> None:
        """So many rows of these columns, each at least as long."""
        self._rows = rows
        self.columns = tuple(Column(column.values, column.codes[:rows]) for column in columns)

    @classmethod
    def of(cls, rows: Sequence[Sequence[Value]]) -> Grid:
        """The grid of some rows; a short one ends in empty cells.

        >>> list(Grid.of([["a"], ["b", 1]]))
        [['a', None], ['b', 1]]
        """
        return cls(len(rows), [Column.of(cells) for cells in zip_longest(*rows)])

    def __len__(self) -> int:
        """How many rows there are."""
        return self._rows

    @overload
    def __getitem__(self, at: int) -> list[Value]: ...
    @overload
    def __getitem__(self, at: slice) -> Grid: ...
    def __getitem__(self, at: int | slice) -> list[Value] | Grid:
        """One row, or some of them, of which none is put together yet."""
        if isinstance(at, slice):
            kept = range(self._rows)[at]
            return Grid(len(kept), [Column(column.values, column.codes[at]) for column in self.columns])
        if not -self._rows <= at < self._rows:
            raise IndexError(at)
        return [column.values[column.codes[at]] for column in self.columns]

    def __iter__(self) -> Iterator[list[Value]]:
        """Each row in turn, a number of them put together at a time."""
        for start in range(0, self._rows, _STEP):
            some = slice(start, min(start + _STEP, self._rows))
            cells = [map(column.values.__getitem__, column.codes[some].tolist()) for column in self.columns]
            yield from map(list, zip(*cells, strict=True)) if cells else ([] for _ in range(some.start, some.stop))

    def __eq__(self, other: object) -> bool:
        """Whether the rows are the same, also as those of a list."""
        return isinstance(other, Sequence) and len(self) == len(other) and list(self) == list(other)

    __hash__ = None  # pyright: ignore[reportAssignmentType] - as of a list

    def __repr__(self) -> str:
        """How large it is; a sheet's cells are never printed by accident."""
        return f"Grid({self._rows} rows of {len(self.columns)} cells)"


def sheet_of(columns: Sequence[Column]) -> Grid:
    """The cells of some columns, blank last rows left out. Raises ValueError where one is longer than another."""
    if len({len(each.codes) for each in columns}) > 1:
        raise ValueError("columns that are not equally long")
    last = max((each.last() for each in columns), default=-1)
    return Grid(last + 1, columns if last >= 0 else [])


def column(said: dict[str, Any]) -> Column:
    """A column as a child has sent it. Raises ValueError where it makes no sense."""
    rows, values, codes = said["rows"], said["column"], said["codes"]
    numbers = np.frombuffer(codes, dtype=_SENT)
    if type(rows) is not int or len(numbers) != rows:
        raise ValueError("a column of no size")
    if not isinstance(values, list) or not values or values[0] is not None:
        raise ValueError("a column of no values")
    if not set(map(type, cast("list[Value]", values)[1:])) <= VALUES or (rows and int(numbers.max()) >= len(values)):
        raise ValueError("a value nobody could have sent")
    # Nearly all columns have few different values: narrow numbers are quick to go through and small to keep.
    return Column(values, numbers.astype(np.min_scalar_type(len(values))))
