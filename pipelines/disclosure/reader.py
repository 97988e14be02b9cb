"""One group of crossing hidden cells as a reader sees it: which whole-number tables could stand behind what is shown."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pipelines.disclosure.programmes import Programme, UnsolvedError, are_whole, snapped
from pipelines.disclosure.propagation import TOLERANCE
from pipelines.disclosure.whole import in_whole_numbers, multiples
from pipelines.disclosure.witness import Alternatives

if TYPE_CHECKING:
    from pipelines.disclosure.lines import Floats, Lines, Whole
    from pipelines.disclosure.system import System

# The solver keeps lines to 1e-7, and rounding its answers may move each cell by 1e-6; a line of whole numbers that is
# off is off by one.
FITS_WITHIN = 1e-5


class Reader:
    """Tables that fit everything shown, and how low and high each cell is in those found so far.

    Starts from a table worked out from the shown cells alone. The least change of it that takes a cell where it must
    be able to go is nearly always in whole numbers, and so is every multiple of that change; the most extreme table,
    which seldom is, and the search for one in whole numbers are left for the cells where that fails.
    """

    def __init__(self, system: System, lines: Lines, cells: Whole) -> None:
        """Take the `cells` of one group; in `lines` the shown cells are settled already."""
        self.system = replace(system.part(cells), lines=lines.part(cells))
        self.primary, self.whole = np.flatnonzero(self.system.primary), self.system.whole
        self.low, self.high = np.full(len(cells), np.inf), np.full(len(cells), -np.inf)
        self.programme = self._programme()
        self.changes: Alternatives | None = None

    def interval(self) -> tuple[Floats, Floats]:
        """Push every primary cell to its targets, unless a table found for another one has."""
        with suppress(UnsolvedError):  # what is not confirmed by then counts as not possible
            self._start()
            for cell in self.primary:
                self._push(int(cell), 1.0)
                self._push(int(cell), -1.0)
        return self.low, self.high

    def _start(self) -> None:
        """Find any table at all in whole numbers, to change from there."""
        table = self.programme.solve()
        if table is None:
            raise UnsolvedError("No table fits what is shown.")
        if not self._take(table):
            with suppress(UnsolvedError):  # out of time: each cell is then searched on its own
                table = self._programme(whole=True).solve()
        if table is not None and self._take(table):
            start = replace(self.system, values=np.where(self.whole, np.rint(table), table))
            self.changes = Alternatives(start, start.lower, np.ones(len(table)))

    def _push(self, cell: int, sign: float) -> None:
        """Take a cell to its target, or as far as it goes: by least changes, else by the most extreme table."""
        if self._varied(cell, sign, self._target(cell, sign)):
            return
        far = self._extreme(self.programme, cell, sign)
        if far is None or self._take(far):
            return
        nearest = sign * np.floor(sign * far[cell] + TOLERANCE) if self.whole[cell] else far[cell]
        if np.isfinite(nearest) and self._varied(cell, sign, float(nearest)):
            return
        found = self._extreme(self._programme(whole=True), cell, sign)
        if found is not None:
            self._take(found)

    def _varied(self, cell: int, sign: float, aim: float) -> bool:
        """Change the first table as little as takes the cell to its aim, with every multiple; say whether one does."""
        if self.changes is None or self._reached(cell, sign, aim):
            return self._reached(cell, sign, aim)
        start = self.changes.system
        try:
            table = self.changes.cheapest(cell, aim - start.values[cell])
        except UnsolvedError:  # no ground to go on from; the most extreme tables are searched without it
            self.changes = None
            return False
        if table is not None and not are_whole(table[self.whole]):
            table = in_whole_numbers(start, np.ones(len(table), dtype=bool), start.lower, cell, table)
        if table is not None:
            rise, fall, moved = start.upper - start.values, start.values - start.lower, table != 0
            for step in (table, -table):
                self._take(start.values + multiples(step[moved], rise[moved], fall[moved]) * step)
        return self._reached(cell, sign, aim)

    def _extreme(self, programme: Programme, cell: int, sign: float) -> Floats | None:
        """Solve for one end of one cell; a search out of time has found nothing."""
        lower, upper, target = self.system.lower[cell], self.system.upper[cell], self._target(cell, sign)
        programme.bound([cell], [lower if sign > 0 else target], [target if sign > 0 else upper])
        programme.price_one(cell, -sign)
        try:
            return programme.solve()
        except UnsolvedError:
            return None
        finally:
            programme.price_one(cell, 0.0)
            programme.bound([cell], [lower], [upper])

    def _programme(self, *, whole: bool = False) -> Programme:
        """Set up all tables that fit, in fractions or in whole numbers."""
        system = self.system
        return Programme(system.lines, system.lower, system.upper, whole=system.whole if whole else None)

    def _target(self, cell: int, sign: float) -> float:
        """Return how far up or down the cell must be able to go."""
        return float((self.system.high_target if sign > 0 else self.system.low_target)[cell])

    def _reached(self, cell: int, sign: float, aim: float) -> bool:
        """Say whether a table found so far takes the cell as far."""
        best = self.high[cell] if sign > 0 else self.low[cell]
        return bool(sign * (best - aim) >= -TOLERANCE)

    def _take(self, table: Floats) -> bool:
        """Note the extremes of a table if it is in whole numbers and fits what is shown; say whether it does."""
        if not np.isfinite(table).all() or not are_whole(table[self.whole]):
            return False
        table = snapped(np.where(self.whole, np.rint(table), table))
        if not self._fits(table):
            return False
        self.low, self.high = np.minimum(self.low, table), np.maximum(self.high, table)
        return True

    def _fits(self, table: Floats) -> bool:
        """Add every line up again: no word of the solver is taken for it."""
        system, terms = self.system, self.system.lines.coefficient * table[self.system.lines.cell]
        off = np.abs(system.lines.per_line(terms) + system.lines.offset) > FITS_WITHIN
        outside = (table < system.lower - TOLERANCE) | (table > system.upper + TOLERANCE)
        return not (off.any() or outside.any())
