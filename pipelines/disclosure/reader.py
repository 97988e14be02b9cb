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
        self.open = np.ones(len(cells), dtype=bool)
        self.primary, self.whole = np.flatnonzero(self.system.primary), self.system.whole
        self.low, self.high = np.full(len(cells), np.inf), np.full(len(cells), -np.inf)
        self.programme = self._programme()

    def interval(self) -> tuple[Floats, Floats]:
        """Push every primary cell to its targets, unless a table found for another one has."""
        with suppress(UnsolvedError):  # what is not confirmed by then counts as not possible
            self._search()
        return self.low, self.high

    def _search(self) -> None:
        """Look for tables until every primary cell has been as far as it must, or cannot go there."""
        start = self._start()
        if start is not None:
            self._vary(start)
        for cell in self.primary:
            for sign in (1.0, -1.0):
                if not self._reached(int(cell), sign):
                    self._push(int(cell), sign)

    def _start(self) -> Floats | None:
        """Find any table at all, in whole numbers."""
        table = self.programme.solve()
        if table is None or self._take(table):
            return table
        try:
            table = self._programme(whole=True).solve()
        except UnsolvedError:  # out of time: each cell is then searched on its own
            return None
        return table if table is not None and self._take(table) else None

    def _vary(self, start: Floats) -> None:
        """Change a table as little as takes each cell where it must be able to go, and take every multiple of that."""
        start = np.where(self.whole, np.rint(start), start)
        system = replace(self.system, values=start)
        changes = Alternatives(system, system.lower, np.ones(len(start)))
        for cell in self.primary:
            for sign in (1.0, -1.0):
                change = self._target(int(cell), sign) - start[cell]
                if self._reached(int(cell), sign) or change * sign <= TOLERANCE:
                    continue
                table = changes.cheapest(int(cell), change)
                if table is not None and not are_whole(table[self.whole]):
                    table = in_whole_numbers(system, self.open, system.lower, int(cell), table)
                if table is None:
                    continue
                rise, fall = system.upper - start, start - system.lower
                for step in (table, -table):
                    self._take(start + multiples(step[step != 0], rise[step != 0], fall[step != 0]) * step)

    def _push(self, cell: int, sign: float) -> None:
        """Find the table in which the cell is highest (or lowest), up to its target."""
        far = self._extreme(self.programme, cell, sign)
        if far is None or self._take(far):
            return
        found = self._extreme(self._programme(whole=True), cell, sign)
        if found is not None:
            self._take(found)

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

    def _reached(self, cell: int, sign: float) -> bool:
        """Say whether a table found so far takes the cell as far as it must go."""
        best = self.high[cell] if sign > 0 else self.low[cell]
        return bool(sign * (best - self._target(cell, sign)) >= -TOLERANCE)

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
