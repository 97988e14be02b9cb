"""Every table in whole numbers that fits what is shown: tried out one by one, with no linear programme to trust."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

# No small table of these tests has a count near it.
MOST = 60


def with_margins(core: object) -> tuple[np.ndarray, np.ndarray]:
    """A table of any dimension with all its totals, and the lines (sums to nothing) that make each."""
    table = np.asarray(core, dtype=float)
    for axis in range(table.ndim):
        table = np.concatenate([table.sum(axis=axis, keepdims=True), table], axis=axis)
    number, lines = np.arange(table.size).reshape(table.shape), []
    for axis in range(table.ndim):
        for line in np.moveaxis(number, axis, 0).reshape(table.shape[axis], -1).T:
            row = np.zeros(table.size)
            row[line[0]], row[line[1:]] = -1, 1
            lines.append(row)
    return table.ravel(), np.array(lines)


@dataclass(frozen=True)
class Shown:
    """What a reader sees: some cells, the lines, and that counts are whole and not below nothing."""

    values: np.ndarray
    lines: np.ndarray
    hidden: np.ndarray

    @cached_property
    def parts(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """The cells of each line and their signs."""
        return [(np.flatnonzero(line), line[np.flatnonzero(line)]) for line in self.lines]

    def can_be(self, cell: int, number: int) -> bool:
        """Whether some table that fits has this number in the cell."""
        low = np.where(self.hidden, 0.0, np.nan_to_num(self.values))
        high = np.where(self.hidden, float(MOST), np.nan_to_num(self.values))
        low[cell] = high[cell] = number
        return self._fits(low, high)

    def all_of(self, cell: int, most: int) -> list[int]:
        """Every number up to `most` that the cell can be."""
        return [number for number in range(most + 1) if self.can_be(cell, number)]

    def _fits(self, low: np.ndarray, high: np.ndarray) -> bool:
        if not self._tightened(low, high):
            return False
        free = np.flatnonzero(high > low)
        if not len(free):
            return True
        cell = free[np.argmin((high - low)[free])]
        for number in range(int(low[cell]), int(high[cell]) + 1):
            below, above = low.copy(), high.copy()
            below[cell] = above[cell] = number
            if self._fits(below, above):
                return True
        return False

    def _tightened(self, low: np.ndarray, high: np.ndarray) -> bool:
        """Rule out, line by line, numbers that leave the others nothing; False where a cell has none left."""
        moved = True
        while moved:
            moved = False
            for cells, sign in self.parts:
                least = np.where(sign > 0, low[cells], -high[cells])
                most = np.where(sign > 0, high[cells], -low[cells])
                least, most = least.sum() - least, most.sum() - most
                floor = np.maximum(low[cells], np.where(sign > 0, -most, least))
                roof = np.minimum(high[cells], np.where(sign > 0, -least, most))
                if np.any(floor > roof):
                    return False
                moved |= bool(np.any(floor > low[cells]) or np.any(roof < high[cells]))
                low[cells], high[cells] = floor, roof
        return True
