"""How far a reader must think each small number could lie: an interval whose two ends are real tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipelines.disclosure.lines import Flags, Floats, Lines, Whole, are_trees, linked, split_by
from pipelines.disclosure.programmes import Programme, UnsolvedError, are_whole
from pipelines.disclosure.propagation import TOLERANCE, propagated

if TYPE_CHECKING:
    from pipelines.disclosure.system import System


def attained(system: System, hidden: Flags) -> tuple[Floats, Floats]:
    """Return how low and how high each hidden primary cell can be, as far as it must (its targets) and no further.

    Exact arithmetic where lines of hidden cells do not cross; elsewhere programmes that know the shown cells only,
    each end confirmed by a table in whole numbers. Where nothing could be confirmed, low is above high.
    """
    lines = system.lines.settled(~hidden, system.values).distinct()
    cell_group, line_group = linked(lines)
    tree = are_trees(lines, cell_group, line_group)[cell_group]
    low, high = system.lower.copy(), system.upper.copy()
    easy = np.flatnonzero(hidden & tree)
    bounds = propagated(lines.part(easy), system.lower[easy], system.upper[easy])
    low[easy], high[easy] = bounds.low, bounds.high
    concerned = np.isin(cell_group, cell_group[system.primary & hidden])
    for cells in split_by(np.flatnonzero(hidden & ~tree & concerned), cell_group):
        low[cells], high[cells] = _Reader(lines.part(cells), system, cells).interval()
    contradicted = low > high + TOLERANCE
    low, high = np.maximum(low, system.low_target), np.minimum(high, system.high_target)
    return np.where(contradicted, np.inf, low), np.where(contradicted, -np.inf, high)


class _Reader:
    """One group of crossing hidden cells as a reader sees it, and the extremes of all tables found so far."""

    def __init__(self, lines: Lines, system: System, cells: Whole) -> None:
        self.lines, self.lower, self.upper = lines, system.lower[cells], system.upper[cells]
        self.low_target, self.high_target = system.low_target[cells], system.high_target[cells]
        self.primary, self.whole = np.flatnonzero(system.primary[cells]), system.whole[cells]
        self.low, self.high = np.full(len(cells), np.inf), np.full(len(cells), -np.inf)
        self.programme = Programme(lines, self.lower, self.upper)

    def interval(self) -> tuple[Floats, Floats]:
        """Push every primary cell to its targets, unless a table found for another one has."""
        table = self.programme.solve()
        if table is None:
            return self.low, self.high
        self._take(table)
        for cell in self.primary:
            if self.high[cell] < self.high_target[cell] - TOLERANCE:
                self._push(int(cell), 1.0)
            if self.low[cell] > self.low_target[cell] + TOLERANCE:
                self._push(int(cell), -1.0)
        return self.low, self.high

    def _push(self, cell: int, sign: float) -> None:
        """Find the table in which the cell is highest (or lowest), up to its target."""
        far = self._extreme(self.programme, cell, sign)
        if far is None or self._take(far):
            return
        exact = Programme(self.lines, self.lower, self.upper, whole=self.whole)
        found = self._extreme(exact, cell, sign)
        if found is not None:
            self._take(np.where(self.whole, np.rint(found), found))

    def _extreme(self, programme: Programme, cell: int, sign: float) -> Floats | None:
        """Solve for one end of one cell; a search out of time has found nothing."""
        ends = (self.lower[cell], self.high_target[cell]) if sign > 0 else (self.low_target[cell], self.upper[cell])
        programme.bound([cell], [ends[0]], [ends[1]])
        programme.price_one(cell, -sign)
        try:
            return programme.solve()
        except UnsolvedError:
            return None
        finally:
            programme.price_one(cell, 0.0)
            programme.bound([cell], [self.lower[cell]], [self.upper[cell]])

    def _take(self, table: Floats) -> bool:
        """Note the extremes of a table if it is in whole numbers; say whether it is."""
        if not np.isfinite(table).all() or not are_whole(table[self.whole]):
            return False
        self.low, self.high = np.minimum(self.low, table), np.maximum(self.high, table)
        return True
