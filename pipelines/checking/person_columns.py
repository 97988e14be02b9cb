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
from schemas.returns.single_signs import NOTHING, Sign, sign_of_day, sign_of_number, sign_of_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.reading import Value
    from pipelines.reading.grid import Column

# Blank rows inside a list part it no further than this.
_GAP = 3
# A heading stands this near above its list, where the list has one.
_NEAR = 3


@dataclass(frozen=True, slots=True, eq=False)
class Signs:
    """One column with what each of its rows could be; the flags are those of `Sign`."""

    at: int
    column: Column
    flags: np.ndarray
    filled: np.ndarray

    @classmethod
    def of(cls, at: int, column: Column) -> Signs:
        """Look at each different value of a column once."""
        by_value = np.array([int(_sign(value)) for value in column.values], dtype=np.int32)
        return cls(at, column, by_value[column.codes], column.filled())

    def runs(self, wanted: Sign, least: int) -> Iterator[np.ndarray]:
        """The rows of each block in which the wanted cells stand close together, most of the cells there being such."""
        rows = np.flatnonzero(self.flags & int(wanted))
        if len(rows) < least:
            return
        for block in np.split(rows, np.flatnonzero(np.diff(rows) > _GAP) + 1):
            there = np.count_nonzero(self.filled[block[0] : block[-1] + 1])
            if len(block) >= least and 2 * len(block) > there:
                yield block

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
        """The heading of a block by meaning and its row; ("", -1) where no text stands near above it."""
        for row in range(int(rows[0]) - 1, max(int(rows[0]) - 1 - _NEAR, -1), -1):
            value = self.column.values[self.column.codes[row]]
            if isinstance(value, str) and value.strip():
                return meaning(value), row
        return "", -1


def looked_at(columns: tuple[Column, ...]) -> list[Signs]:
    """Every column of a sheet, looked at."""
    return [Signs.of(at, column) for at, column in enumerate(columns)]


def _sign(value: Value) -> Sign:
    if isinstance(value, str):
        return sign_of_text(value)
    if isinstance(value, bool) or value is None:
        return NOTHING
    if isinstance(value, datetime):
        return sign_of_day(value.date())
    return sign_of_day(value) if isinstance(value, date) else sign_of_number(value)
