"""The witness method for one group of crossing lines: hide cells until every small number has a way up and a way down.

Protection holds by construction: each witness is another table that fits everything shown, and hiding more cells
later only adds tables. Source: the attacker problems of Fischetti and Salazar-González, solved one at a time.
"""

from __future__ import annotations

import numpy as np

from pipelines.disclosure.lines import Flags, Floats, ProtectionError
from pipelines.disclosure.programmes import UnsolvedError, are_whole
from pipelines.disclosure.propagation import TOLERANCE
from pipelines.disclosure.system import System
from pipelines.disclosure.witness import COST_OF_HIDDEN, Alternatives

# Multiples of one witness beyond this prove nothing more.
MOST_MULTIPLES = 1e6


def hide_witnesses(system: System) -> Flags:
    """Return the hidden cells of one group whose figures are all known (an agency's hidden ones filled in).

    Raises ProtectionError with the cells that stay exactly known even when everything here is hidden.
    """
    search = _Search(system)
    primary = np.flatnonzero(system.primary)
    largest_first = primary[np.argsort(-system.values[primary], kind="stable")]  # their tables often serve the others
    lost = [cell for cell in largest_first if not search.serve(int(cell))]
    if lost:
        cells = np.sort(np.array(lost, dtype=np.int64))
        raise ProtectionError(f"{len(cells)} small numbers stay exactly known whatever else is hidden.", cells)
    return search.hidden


class _Search:
    """What is hidden so far, and how far each cell is already known to be able to move."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.hidden = system.must_hide.copy()
        self.up, self.down = np.zeros(len(self.hidden)), np.zeros(len(self.hidden))
        self.programmes: dict[str, Alternatives] = {}

    def serve(self, cell: int) -> bool:
        """Let one cell rise and fall as it must, or as it can; say whether it can move at all."""
        rise = self.system.high_target[cell] - self.system.values[cell]
        fall = self.system.values[cell] - self.system.low_target[cell]
        if self.up[cell] < rise - TOLERANCE:
            self._move(cell, rise)
        if self.down[cell] < fall - TOLERANCE:
            self._move(cell, -fall)
        return max(self.up[cell], self.down[cell]) > 1 - TOLERANCE

    def _move(self, cell: int, change: float) -> None:
        """Hide the cheapest table in which the cell changes so much, or as much as it can."""
        table = self._tables("wary").cheapest(cell, change)
        if table is None:
            table = self._tables("plain").cheapest(cell, change)
        if table is None:
            table = self._tables("plain").cheapest(cell, change, least=0.0)
        if table is None or not are_whole(table[self.system.whole]):
            table = self._in_whole_numbers(cell, change)
        if table is None:
            self.hidden[:] = True
            return
        fresh = (table != 0) & ~self.hidden
        self.hidden |= fresh
        for programme in self.programmes.values():
            programme.forgive(fresh)
        self._learn(table)

    def _in_whole_numbers(self, cell: int, change: float) -> Floats | None:
        """Look for a table of whole numbers where the cheapest was in fractions; None where time runs out."""
        try:
            table = self._tables("whole").cheapest(cell, change)
            return self._tables("whole").cheapest(cell, change, least=0.0) if table is None else table
        except UnsolvedError:
            return None

    def _tables(self, kind: str) -> Alternatives:
        """Return the programme of one kind, made on first use: `wary` takes no cell down to zero but the one asked."""
        if kind not in self.programmes:
            system = self.system
            cost = np.where(self.hidden, COST_OF_HIDDEN, 1.0 + np.log1p(np.maximum(system.values, 0.0)))
            least = system.if_nothing_is_zero if kind == "wary" else system.lower
            self.programmes[kind] = Alternatives(system, least, cost, whole=kind == "whole")
        return self.programmes[kind]

    def _learn(self, table: Floats) -> None:
        """Note how far this table, its multiples and its opposite move every cell."""
        system = self.system
        rise, fall = system.upper - system.values, system.values - system.if_nothing_is_zero
        forth, back = max(1.0, _multiples(table, rise, fall)), _multiples(-table, rise, fall)
        self.up = np.maximum(self.up, np.maximum(forth * table, -back * table))
        self.down = np.maximum(self.down, np.maximum(-forth * table, back * table))


def _multiples(table: Floats, rise: Floats, fall: Floats) -> float:
    """Count how often a change can be made before a cell leaves its bounds."""
    room = np.where(table > 0, rise, np.maximum(fall, 0.0))[table != 0]
    times = np.floor(room / np.abs(table[table != 0]) + TOLERANCE)
    return float(times.min(initial=MOST_MULTIPLES))
