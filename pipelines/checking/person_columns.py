"""Columns of one sheet in which single people could be listed: what each holds, in which rows, under which heading.

Each different value of a column is looked at once; which rows it stands in is counted with arrays. So the work grows with
the different texts of a sheet and not with its cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import numpy as np

from schemas.returns.meaning import meaning
from schemas.returns.signs import NOTHING, Sign
from schemas.returns.single_signs import sign_of_day, sign_of_text, signs_of_numbers

if TYPE_CHECKING:
    from pipelines.reading import Value
    from pipelines.reading.grid import Column

_COUNTED = (int, float)
# Blank rows inside a list part it no further than this.
_GAP = 3
# Of blocks that chance has made in a column of thousands of counts only the longest are weighed; a list is longer.
_MOST = 8
_OF_MONEY = frozenset("£$€")
# A title and a hint may stand over the headings.
_TITLES = 3


@dataclass(frozen=True, slots=True, eq=False)
class Signs:
    """One column with what each of its rows could be; the flags are those of `Sign`, `found` all there are in it."""

    at: int
    column: Column
    flags: np.ndarray
    filled: np.ndarray
    found: int

    @classmethod
    def of(cls, at: int, column: Column) -> Signs:
        """Look at each different value of a column once."""
        numbers = [n for n, value in enumerate(column.values) if type(value) in _COUNTED]
        by_value = np.zeros(len(column.values), dtype=np.int32)
        by_value[numbers] = signs_of_numbers(np.array([column.values[n] for n in numbers], dtype=np.float64))
        for n, value in enumerate(column.values):
            if type(value) not in _COUNTED:
                by_value[n] = int(_sign(value))
        found = int(np.bitwise_or.reduce(by_value)) if len(by_value) else 0
        return cls(at, column, by_value[column.codes], column.filled(), found)

    def runs(self, wanted: Sign, least: int) -> list[np.ndarray]:
        """The rows of the longest blocks in which the wanted cells stand close together, most of the cells there being such."""
        if not self.found & int(wanted):
            return []  # most signs stand nowhere in a column
        rows = np.flatnonzero(self.flags & int(wanted))
        if len(rows) < least:
            return []
        ends = np.append(np.flatnonzero(np.diff(rows) > _GAP) + 1, len(rows))
        starts = np.append(0, ends[:-1])
        so_far = np.append(0, np.cumsum(self.filled))
        there = so_far[rows[ends - 1] + 1] - so_far[rows[starts]]
        found = np.flatnonzero((ends - starts >= least) & (2 * (ends - starts) > there))
        longest = found[np.argsort(starts[found] - ends[found], kind="stable")][:_MOST].tolist()
        return [rows[starts[n] : ends[n]] for n in longest]

    def share(self, wanted: Sign, rows: np.ndarray) -> float:
        """Which share of the filled cells from the first to the last of some rows is such."""
        part = slice(int(rows[0]), int(rows[-1]) + 1)
        filled = np.count_nonzero(self.filled[part])
        return np.count_nonzero(self.flags[part] & int(wanted)) / filled if filled else 0.0

    def values(self, rows: np.ndarray) -> list[Value]:
        """The different values of some rows."""
        return [self.column.values[number] for number in np.unique(self.column.codes[rows]).tolist()]

    def different(self, rows: np.ndarray) -> int:
        """How many different values stand in some rows."""
        return len(np.unique(self.column.codes[rows]))

    def heading(self, rows: np.ndarray) -> tuple[str, int]:
        """The heading of a block by meaning and its row: the nearest text above that is nothing like it; ("", -1) for none."""
        first = int(rows[0])
        alike = int(np.bitwise_or.reduce(self.flags[rows])) & ~int(Sign.LABEL | Sign.PERIOD | Sign.NAME_SHAPED)
        is_text = np.array([isinstance(value, str) and bool(value.strip()) for value in self.column.values], dtype=bool)
        above = np.flatnonzero(is_text[self.column.codes[:first]] & (self.flags[:first] & alike == 0))
        if not len(above):
            return "", -1
        row = int(above[-1])
        return meaning(str(self.column.values[self.column.codes[row]])), row

    def is_of_money(self, row: int) -> bool:
        """Whether the cell of a row says that sums of money stand below it, by its sign alone; False for row -1."""
        said = self.column.values[self.column.codes[row]] if row >= 0 else None
        return isinstance(said, str) and not _OF_MONEY.isdisjoint(said)

    def tops(self, row: int) -> list[tuple[str, int]]:
        """The first cells of the filled run a cell stands in, by meaning, with their rows: where a heading stands among names."""
        blank = np.flatnonzero(~self.filled[:row])
        top = int(blank[-1]) + 1 if len(blank) else 0
        cells = ((at, self.column.values[self.column.codes[at]]) for at in range(top, min(top + _TITLES, row + 1)))
        return [(meaning(cell), at) for at, cell in cells if isinstance(cell, str)]


def looked_at(columns: tuple[Column, ...]) -> list[Signs]:
    """Every column of a sheet, looked at."""
    return [Signs.of(at, column) for at, column in enumerate(columns)]


def _sign(value: Value) -> Sign:
    if isinstance(value, str):
        return sign_of_text(value)
    if isinstance(value, datetime):
        return sign_of_day(value.date())
    return sign_of_day(value) if isinstance(value, date) else NOTHING
