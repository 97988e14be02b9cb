"""Where lines cross: find, for each small number, the cheapest other table in which it differs, and hide that table."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pipelines.disclosure.lines import Flags, Floats, Lines
from pipelines.disclosure.programmes import Programme, UnsolvedError, are_whole
from pipelines.disclosure.system import System

# A cell already hidden costs next to nothing to change, but not nothing: no pointless rings of changes.
COST_OF_HIDDEN = 1e-3
# Changes smaller than this are the solver's noise.
UNCHANGED_WITHIN = 1e-6
# Multiples of one witness beyond this prove nothing more.
MOST_MULTIPLES = 1e6


class Alternatives:
    """Other tables that a reader could not rule out: changes `d` with the lines unmoved and no cell out of bounds.

    A cell's change is rise minus fall, two columns, so that the cost of a change is its size.
    """

    def __init__(self, system: System, least: Floats, cost: Floats, *, whole: bool = False) -> None:
        """Prepare the programme; `least` is how low each cell may go, `cost` the price of changing it by one."""
        lines, count = system.lines, len(system.values)
        self.rise, self.fall = system.upper - system.values, np.maximum(system.values - least, 0.0)
        self.count = count
        order = np.argsort(np.concatenate([lines.line, lines.line]), kind="stable")
        doubled = Lines(
            np.concatenate([lines.line, lines.line])[order],
            np.concatenate([lines.cell, lines.cell + count])[order],
            np.concatenate([lines.coefficient, -lines.coefficient])[order],
            np.zeros(lines.line_count),
            2 * count,
        )
        limits = np.concatenate([self.rise, self.fall])
        kinds = np.concatenate([system.whole, system.whole]) if whole else None
        self.programme = Programme(doubled, np.zeros(2 * count), limits, kinds)
        self.programme.price(np.concatenate([cost, cost]))

    def cheapest(self, cell: int, change: float, fall: float) -> Floats | None:
        """Return the cheapest change of the table in which `cell` changes by exactly `change`; `fall` is its own."""
        both = [cell, cell + self.count]
        up, down = max(change, 0.0), max(-change, 0.0)
        if up > self.rise[cell] or down > fall:
            return None
        self.programme.bound(both, [up, down], [up, down])
        table = self.programme.solve()
        self.programme.bound(both, [0.0, 0.0], [self.rise[cell], self.fall[cell]])
        return None if table is None else table[: self.count] - table[self.count :]
