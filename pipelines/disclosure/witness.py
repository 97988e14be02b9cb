"""Where lines cross: find, for each small number, the cheapest other table in which it differs, and hide that table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipelines.disclosure.lines import Flags, Floats, Lines
from pipelines.disclosure.programmes import Programme, snapped

if TYPE_CHECKING:
    from pipelines.disclosure.system import System

# A cell already hidden costs next to nothing to change, but not nothing: no pointless rings of changes.
COST_OF_HIDDEN = 1e-3
# When a cell cannot change as much as asked, changing it further outweighs any cost of hiding.
COST_OF_NOT_MOVING = 1e6

# A true zero tells readers something no other small figure may; it is hidden only where larger ones would cost more.
COST_OF_A_ZERO = 3.0


def prices(system: System, hidden: Flags) -> Floats:
    """Price a change of each cell by one: larger figures are missed more, by what each is worth; hidden ones hardly."""
    shown = np.where(system.values == 0, COST_OF_A_ZERO, 1.0 + 0.3 * np.log1p(np.maximum(system.values, 0.0)))
    return np.where(hidden, COST_OF_HIDDEN, shown * system.worth)


class Alternatives:
    """Other tables that a reader could not rule out: changes `d` with the lines unmoved and no cell out of bounds.

    A cell's change is rise minus fall, two columns, so that the cost of a change is its size.
    """

    def __init__(self, system: System, least: Floats, cost: Floats, *, whole: bool = False) -> None:
        """Prepare the programme; `least` is how low each cell may go, `cost` the price of changing it by one."""
        self.system, lines, count = system, system.lines, len(system.values)
        self.limits = np.concatenate([system.upper - system.values, np.maximum(system.values - least, 0.0)])
        self.count, self.whole = count, system.whole
        line = np.concatenate([lines.line, lines.line])
        order = np.argsort(line, kind="stable")
        cell = np.concatenate([lines.cell, lines.cell + count])[order]
        coefficient = np.concatenate([lines.coefficient, -lines.coefficient])[order]
        doubled = Lines(line[order], cell, coefficient, np.zeros(lines.line_count), 2 * count)
        kinds = np.concatenate([self.whole, self.whole]) if whole else None
        self.programme = Programme(doubled, np.zeros(2 * count), self.limits, simplex="dual", whole=kinds)
        self.programme.price(np.concatenate([cost, cost]))

    def cheapest(self, cell: int, change: float, least: float | None = None) -> Floats | None:
        """Return the cheapest change of the table in which the cell changes by `change`, if there is one.

        With `least`, by anything from `least` to `change`, as far as it goes.
        """
        column, opposite = (cell, cell + self.count) if change > 0 else (cell + self.count, cell)
        moves = [column, opposite]
        self.programme.bound(moves, [abs(change if least is None else least), 0.0], [abs(change), 0.0])
        if least is not None:
            self.programme.price_one(column, -COST_OF_NOT_MOVING)
        self.programme.forget()  # a witness changes few cells: from no change at all it is found 5 times as fast
        table = self.programme.solve()
        self.programme.bound(moves, [0.0, 0.0], list(self.limits[moves]))
        self.programme.price_one(column, COST_OF_HIDDEN)
        if table is None:
            return None
        return snapped(table[: self.count] - table[self.count :])

    def forgive(self, cells: Flags) -> None:
        """Price cells that are hidden by now at next to nothing."""
        for cell in np.flatnonzero(cells):
            self.programme.price_one(int(cell), COST_OF_HIDDEN)
            self.programme.price_one(int(cell) + self.count, COST_OF_HIDDEN)
