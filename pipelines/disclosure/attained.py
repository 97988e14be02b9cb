"""How far a reader must think each small number could lie: an interval whose two ends are real tables."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from pipelines.disclosure.lines import Flags, Floats, Lines, Whole, are_trees, linked, split_by
from pipelines.disclosure.propagation import TOLERANCE, propagated
from pipelines.disclosure.reader import Reader

if TYPE_CHECKING:
    from pipelines.disclosure.system import System


def attained(system: System, hidden: Flags, workers: int = 1) -> tuple[Floats, Floats]:
    """Return how low and how high each hidden primary cell can be, as far as it must (its targets) and no further.

    Exact arithmetic where lines of hidden cells do not cross; elsewhere programmes that know the shown cells only,
    each end confirmed by a table in whole numbers, one group of cells a worker. Where nothing could be confirmed, low
    is above high.
    """
    lines = system.lines.settled(~hidden, system.values).distinct()
    cell_group, line_group = linked(lines)
    tree = are_trees(lines, cell_group, line_group)[cell_group]
    low, high = system.lower.copy(), system.upper.copy()
    easy = np.flatnonzero(hidden & tree)
    bounds = propagated(lines.part(easy), system.lower[easy], system.upper[easy])
    low[easy], high[easy] = bounds.low, bounds.high
    concerned = np.isin(cell_group, cell_group[system.primary & hidden])
    groups = split_by(np.flatnonzero(hidden & ~tree & concerned), cell_group)
    for cells, interval in zip(groups, _read(system, lines, groups, workers), strict=True):
        low[cells], high[cells] = interval
    contradicted = low > high + TOLERANCE
    low, high = np.maximum(low, system.low_target), np.minimum(high, system.high_target)
    return np.where(contradicted, np.inf, low), np.where(contradicted, -np.inf, high)


def _read(system: System, lines: Lines, groups: list[Whole], workers: int) -> list[tuple[Floats, Floats]]:
    """Read every group of crossing cells, the largest first so that no worker is left with it at the end."""
    largest_first = sorted(range(len(groups)), key=lambda number: -len(groups[number]))

    def interval(number: int) -> tuple[Floats, Floats]:
        return Reader(system, lines, groups[number]).interval()

    with ThreadPoolExecutor(max(1, workers)) as pool:
        found = pool.map(interval, largest_first)
        by_number = dict(zip(largest_first, found, strict=True))
    return [by_number[number] for number in range(len(groups))]
