"""The closed rule: where lines do not cross, hide the smallest cells of a line until its small numbers are safe.

Works on every group of linked cells of a release at once; each round hides at most one more cell a line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipelines.disclosure.propagation import TOLERANCE, Bounds

if TYPE_CHECKING:
    from pipelines.disclosure.lines import Flags, Whole
    from pipelines.disclosure.system import System


def smallest_first(system: System, group: Whole) -> tuple[Flags, Flags]:
    """Return the hidden cells, and the cells of groups this rule could not settle (`group`: one number a cell).

    A line with a single hidden cell gives it away, so it gets a second. A small number needs the other hidden cells
    of its line to sum to what it must be able to rise by; true zeros cannot, and stay shown while others can.
    """
    hidden, stuck = system.must_hide.copy(), np.zeros(int(group.max(initial=-1)) + 1, dtype=bool)
    todo = np.arange(len(group))
    while len(todo):
        part = system.part(todo)
        unsafe, doubtful, widen = _weak_spots(part, hidden[todo], group[todo])
        chosen = todo[_next_smallest(part, hidden[todo], widen)]
        hidden[chosen] = True
        moved = _groups(group[chosen], len(stuck))
        still_unsafe = _groups(group[todo[unsafe]], len(stuck))
        stuck |= still_unsafe & ~moved
        unsettled = (still_unsafe | _groups(group[todo[doubtful]], len(stuck))) & moved
        todo = todo[unsettled[group[todo]]]
    return hidden, stuck[group]


def _groups(numbers: Whole, count: int) -> Flags:
    """Flag the groups that occur."""
    return np.bincount(numbers, minlength=count) > 0


def _weak_spots(system: System, hidden: Flags, group: Whole) -> tuple[Flags, Flags, Flags]:
    """Return unsafe cells, cells a reader who rules out zeros could narrow to fewer than the need, and lines to widen.

    Such a reader is right where zeros are never hidden: two hidden ones under a shown 2 are then exact. In a group,
    lines with one hidden cell come first: that cell is known, and weakens the other lines it is in.
    """
    bounds, wary = system.bounds(hidden), system.bounds(hidden, system.if_nothing_is_zero)
    unsafe = system.short(bounds.low, bounds.high)
    small = system.primary & (system.values <= system.need[1])
    doubtful = small & (wary.high < np.minimum(system.need[1], system.upper) - TOLERANCE)
    weak = (unsafe[bounds.lines.cell] & _too_narrow(system, bounds)) | (
        doubtful[wary.lines.cell] & (wary.entry_high < system.need[1] - TOLERANCE)
    )
    widen = np.bincount(bounds.lines.line[weak], minlength=system.lines.line_count) > 0
    lonely = bounds.lines.per_line(np.ones(len(bounds.lines.cell))) == 1
    line_group = np.zeros(system.lines.line_count, dtype=np.int64)
    line_group[system.lines.line] = group[system.lines.cell]
    count = int(group.max(initial=-1)) + 1
    urgent = _groups(line_group[lonely], count)[line_group]
    in_need = _groups(line_group[widen], count)[line_group]
    return unsafe, doubtful, in_need & np.where(urgent, lonely, widen)


def _too_narrow(system: System, bounds: Bounds) -> Flags:
    """Entries whose own line already narrows the cell below its target."""
    cell = bounds.lines.cell
    too_high = bounds.entry_low > system.low_target[cell] + TOLERANCE
    return too_high | (bounds.entry_high < system.high_target[cell] - TOLERANCE)


def _next_smallest(system: System, hidden: Flags, widen: Flags) -> Whole:
    """Choose in each line to widen the cell worth least and smallest; those at their lower bound only when none is left."""
    shown = ~hidden[system.lines.cell] & widen[system.lines.line]
    line, cell = system.lines.line[shown], system.lines.cell[shown]
    value = system.values[cell]
    order = np.lexsort((cell, value, system.worth[cell], value <= system.lower[cell], line))
    _, first = np.unique(line[order], return_index=True)
    return np.unique(cell[order][first])
