"""What an agency itself hid: how wide it must stay, placed where the figures it did supply put it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pipelines.disclosure.propagation import propagated

if TYPE_CHECKING:
    from pipelines.disclosure.system import System

# Bounds are valid after any number of rounds; what is still moving after these lies where lines cross.
ROUNDS = 20


def placed(system: System) -> System:
    """Move the targets of unknown figures that cannot be small to where they must be.

    An agency's `c` is small and must look like anything from 0 to 10. But a total nobody supplied may have parts that
    come to 50: it need not look smaller, only like anything from 50 to 60.
    """
    unknown = np.isnan(system.values)
    if not unknown.any():
        return system
    least = np.where(unknown, system.lower, system.values)
    most = np.where(unknown, system.upper, system.values)
    low = propagated(system.lines.settled(~unknown, system.values), least, most, ROUNDS).low
    large = unknown & (low > system.need[1])
    width = 2.0 * system.need[1]
    below = np.maximum(np.minimum(low, system.upper - width), system.lower)
    return replace(
        system,
        low_target=np.where(large, below, system.low_target),
        high_target=np.where(large, np.minimum(below + width, system.upper), system.high_target),
    )
