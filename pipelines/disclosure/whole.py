"""Tables in whole numbers: counts of people cannot be halves, so neither can the tables that protect them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipelines.disclosure.programmes import UnsolvedError
from pipelines.disclosure.propagation import TOLERANCE
from pipelines.disclosure.witness import Alternatives, prices

if TYPE_CHECKING:
    from pipelines.disclosure.lines import Flags, Floats
    from pipelines.disclosure.system import System

# Multiples of one change beyond this prove nothing more.
MOST_MULTIPLES = 1e6


def multiples(change: Floats, rise: Floats, fall: Floats) -> float:
    """Count how often changes can be made before a cell has no more room to rise or fall.

    >>> multiples(np.array([2.0, -2.0]), np.array([np.inf, 0.0]), np.array([0.0, 7.0]))
    3.0
    """
    room = np.where(change > 0, rise, fall)
    return float(np.floor(room / np.abs(change) + TOLERANCE).min(initial=MOST_MULTIPLES))


def in_whole_numbers(system: System, hidden: Flags, floor: Floats, cell: int, table: Floats) -> Floats | None:
    """Turn a change in fractions into one in whole numbers that moves the cell as far; None where none is found.

    Looks among the cells it changes and hidden ones nearby, then among all cells of its lines.
    """
    lines, moving = system.lines, table != 0
    touched = np.bincount(lines.line, weights=moving[lines.cell], minlength=lines.line_count) > 0
    nearby = np.bincount(lines.cell, weights=touched[lines.line], minlength=len(moving)) > 0
    change = np.sign(table[cell]) * np.floor(np.abs(table[cell]) + TOLERANCE)
    for cells in (np.flatnonzero(moving | (nearby & hidden)), np.flatnonzero(nearby)):
        part = system.part(cells)
        tables = Alternatives(part, floor[cells], prices(part, hidden[cells]), whole=True)
        try:
            found = tables.cheapest(int(np.searchsorted(cells, cell)), change)
        except UnsolvedError:  # out of time: nothing was found here
            continue
        if found is not None:
            whole_table = np.zeros(len(hidden))
            whole_table[cells] = np.where(part.whole, np.rint(found), found)
            return whole_table
    return None
