"""Why small numbers stay known whatever is hidden: told apart once it is certain that they do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pipelines.disclosure.attained import attained
from pipelines.disclosure.lines import broken_lines, linked, split_by
from pipelines.disclosure.programmes import Programme, UnsolvedError
from pipelines.disclosure.propagation import TOLERANCE
from pipelines.disclosure.refusals import Fault, Reason

if TYPE_CHECKING:
    from pipelines.disclosure.lines import Flags, Lines, Whole
    from pipelines.disclosure.release import Release
    from pipelines.disclosure.system import System


def faults_of(release: Release, unsafe: Flags) -> list[Fault]:
    """Say why the unsafe cells are so: one fault for each reason and group of linked cells.

    Tried in this order, the first that holds: the cell itself is known elsewhere; a line does not add up; a figure is
    out of its bounds; no numbers fit what is known; what is known elsewhere gives it away; lines and bounds do; none.
    """
    group, _ = linked(release.lines)
    cells = np.flatnonzero(np.isin(group, group[unsafe]))
    system, whole = release.system.part(cells), replace(release.system, lines=release.lines).part(cells)
    unsafe, fixed, group = unsafe[cells], release.fixed[cells], group[cells]
    found: list[Fault] = []
    left = unsafe.copy()
    for reason, affected, causes in _reasons(system, whole.lines, fixed, unsafe):
        for lost in split_by(np.flatnonzero(left & affected), group):
            because = np.flatnonzero(causes & (group == group[lost[0]]))
            found.append(Fault(reason, cells[lost], cells[because]))
        left &= ~affected
    return found


def _reasons(system: System, lines: Lines, fixed: Flags, unsafe: Flags) -> list[tuple[Reason, Flags, Flags]]:
    """Return every reason with the cells it would explain and the cells that would cause it, surest first."""
    group, _ = linked(system.lines)
    lines_at_fault = np.isin(lines.line, broken_lines(system.values, system.lines))
    broken = _flags(lines.cell[lines_at_fault], len(unsafe))
    outside = (system.values < system.lower - TOLERANCE) | (system.values > system.upper + TOLERANCE)
    unfit = _unfit(system, group)
    given_away = _narrow(system, unsafe)
    nothing = np.zeros(len(unsafe), dtype=bool)
    return [
        (Reason.KNOWN_ELSEWHERE, fixed & system.must_hide, fixed & system.must_hide),
        (Reason.CONTRADICTION, np.isin(group, group[broken & ~fixed]), broken),
        (Reason.OUT_OF_BOUNDS, np.isin(group, group[outside & ~fixed]), outside & ~fixed),
        (Reason.CONTRADICTION, np.isin(group, group[unfit]), _in_lines_with(lines, unfit)),
        (Reason.KNOWN_ELSEWHERE, given_away & ~_narrow(replace(system, lines=lines), unsafe), _beside(lines, fixed)),
        (Reason.NO_ROOM, given_away, nothing),
        (Reason.UNSOLVED, ~nothing, nothing),
    ]


def _flags(cells: Whole, count: int) -> Flags:
    """Flag the cells listed."""
    flags = np.zeros(count, dtype=bool)
    flags[cells] = True
    return flags


def _in_lines_with(lines: Lines, some: Flags) -> Flags:
    """Flag every cell of the lines these are in."""
    touched = lines.per_line(some[lines.cell]) > 0
    return _flags(lines.cell[touched[lines.line]], len(some))


def _beside(lines: Lines, fixed: Flags) -> Flags:
    """Flag fixed cells in a line with one that is not."""
    return fixed & _in_lines_with(lines, ~fixed)


def _unfit(system: System, group: Whole) -> Flags:
    """Flag figures hidden at their source for which no numbers fit what is known."""
    unknown = np.isnan(system.values)
    lines, unfit = system.lines.settled(~unknown, system.values), np.zeros(len(group), dtype=bool)
    for cells in split_by(np.flatnonzero(unknown), group):
        try:
            fitting = Programme(lines.part(cells), system.lower[cells], system.upper[cells]).solve()
        except UnsolvedError:  # not known to be impossible
            continue
        unfit[cells] = fitting is None
    return unfit


def _narrow(system: System, unsafe: Flags) -> Flags:
    """Flag unsafe cells that have one value only, even with everything hidden that is not folded into the lines."""
    everything = np.ones(len(unsafe), dtype=bool)
    low, high = attained(replace(system, primary=unsafe).widened(), everything)
    return unsafe & (low <= high) & (high - low < 1 - TOLERANCE)  # low above high: no table was found, narrow or wide
