"""What an agency itself hid: how wide it must stay, placed where its shown totals let it be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pipelines.disclosure.intervals import extremes
from pipelines.disclosure.lines import Floats, ProtectionError, are_trees, linked, split_by
from pipelines.disclosure.programmes import UnsolvedError

if TYPE_CHECKING:
    from pipelines.disclosure.system import System


def placed(system: System) -> System:
    """Move the targets of unknown figures into what they could be with everything hidden that can be.

    An agency's `c` is small, but a total nobody supplied may be known to be 34 or more: it must then look like
    anything from 34 to 44, not from 0 to 10.
    """
    unknown = np.isnan(system.values)
    if not unknown.any():
        return system
    low, high = _possible(system)
    window = system.high_target - system.low_target
    low_target = np.clip(system.low_target, low, np.maximum(high - window, low))
    high_target = np.minimum(low_target + window, high)
    return replace(
        system,
        low_target=np.where(unknown, low_target, system.low_target),
        high_target=np.where(unknown, high_target, system.high_target),
    )


def _possible(system: System) -> tuple[Floats, Floats]:
    """Return the least and greatest each unknown figure could be; where nothing fits, its bounds."""
    group, line_group = linked(system.lines)
    tree = are_trees(system.lines, group, line_group)[group]
    bounds = system.part(np.flatnonzero(tree)).bounds(np.ones(int(tree.sum()), dtype=bool))
    low, high = system.lower.copy(), system.upper.copy()
    low[tree], high[tree] = bounds.low, bounds.high
    unknown = np.isnan(system.values)
    for cells in split_by(np.flatnonzero(~tree & np.isin(group, group[unknown])), group):
        asked = np.flatnonzero(unknown[cells])
        try:
            least, most = extremes(system.lines.part(cells), system.lower[cells], system.upper[cells], asked)
        except (ProtectionError, UnsolvedError):  # nothing fits, or nothing is known: protection itself will say so
            continue
        low[cells[asked]], high[cells[asked]] = least[asked], most[asked]
    return low, high
