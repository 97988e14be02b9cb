"""Groups of linked cells: which method fits each, and their patterns put together again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pipelines.disclosure.caching import Cache, content_key, remember, remembered
from pipelines.disclosure.closed import smallest_first
from pipelines.disclosure.crossing import hide_witnesses
from pipelines.disclosure.filling import filled
from pipelines.disclosure.lines import Flags, Whole, are_trees, broken_lines, linked, split_by
from pipelines.disclosure.programmes import UnsolvedError
from pipelines.disclosure.propagation import TOLERANCE
from pipelines.disclosure.refusals import GivenAwayError
from pipelines.disclosure.windows import placed

if TYPE_CHECKING:
    from pipelines.disclosure.system import System


def concerned(system: System) -> Whole:
    """List the cells of groups with a small number in a line; most of a release has none and is done with here."""
    group, _ = linked(system.lines)
    in_lines = np.zeros(len(group), dtype=bool)
    in_lines[system.lines.cell] = True
    touched = np.zeros(int(group.max(initial=-1)) + 1, dtype=bool)
    touched[group[system.primary]] = True
    return np.flatnonzero(touched[group] & in_lines)


def settled(system: System, cache: Cache, workers: int) -> tuple[Flags, Flags]:
    """Return hidden cells, and small numbers that stay known; each group by the method that fits it."""
    system = placed(replace(system, lines=system.lines.distinct()))
    group, line_group = linked(system.lines)
    hidden, unsafe = system.must_hide.copy(), system.primary & in_faulty_groups(system, group)
    sound = ~np.isin(group, group[unsafe])
    tree = np.flatnonzero(are_trees(system.lines, group, line_group)[group] & sound)
    hidden[tree], unsafe[tree], stuck = _by_closed_rule(system.part(tree), group[tree])
    crossing = np.setdiff1d(np.flatnonzero(sound), tree[~stuck])
    parts = split_by(crossing, group)
    for cells, (pattern, lost) in zip(parts, _by_witness([system.part(p) for p in parts], cache, workers), strict=True):
        hidden[cells], unsafe[cells] = pattern, lost
    return hidden, unsafe


def in_faulty_groups(system: System, group: Whole) -> Flags:
    """Flag cells of groups where a line does not add up or a figure is out of its bounds: nothing holds there."""
    broken = np.isin(system.lines.line, broken_lines(system.values, system.lines))
    outside = (system.values < system.lower - TOLERANCE) | (system.values > system.upper + TOLERANCE)
    faulty = np.union1d(group[system.lines.cell[broken]], group[outside])
    return np.isin(group, faulty)


def _by_closed_rule(system: System, group: Whole) -> tuple[Flags, Flags, Flags]:
    """Return hidden cells, cells known even with everything hidden, and cells of groups left to the witnesses."""
    everything = system.bounds(np.ones(len(group), dtype=bool))
    nothing = system.bounds(np.isnan(system.values))
    unsafe = system.primary & ~(everything.high - everything.low >= 1 - TOLERANCE)
    unsafe |= system.primary & np.isin(group, group[nothing.low > nothing.high + TOLERANCE])
    sound = np.flatnonzero(~np.isin(group, group[unsafe]))
    hidden, stuck = system.must_hide.copy(), np.zeros(len(group), dtype=bool)
    numbers = np.unique(group[sound], return_inverse=True)[1]
    possible = system.capped(everything.low, everything.high).part(sound)
    hidden[sound], stuck[sound] = smallest_first(possible, numbers)
    return hidden, unsafe, stuck


def _by_witness(systems: list[System], cache: Cache, workers: int) -> list[tuple[Flags, Flags]]:
    """Return each group's hidden cells and its cells that stay known, from memory where it was solved before."""
    keys = [content_key(system) for system in systems]
    known = [remembered(cache, key, system) for key, system in zip(keys, systems, strict=True)]
    with ThreadPoolExecutor(max(1, workers)) as pool:
        new = [number for number, pattern in enumerate(known) if pattern is None]
        found = dict(zip(new, pool.map(_search, [systems[number] for number in new]), strict=True))
    for number, (pattern, lost) in found.items():
        if not lost.any():
            remember(cache, keys[number], pattern)
    none = [np.zeros(len(system.values), dtype=bool) for system in systems]
    return [found.get(n, (pattern, none[n])) for n, pattern in enumerate(known)]  # pyright: ignore[reportReturnType]


def _search(system: System) -> tuple[Flags, Flags]:
    """Search one group; where no figures fit it, or the solver gives up, all its small numbers are lost."""
    lost = np.zeros(len(system.values), dtype=bool)
    try:
        return hide_witnesses(filled(system)), lost
    except GivenAwayError as error:
        lost[error.cells] = True
    except UnsolvedError:
        lost |= system.primary
    return system.must_hide.copy(), lost
