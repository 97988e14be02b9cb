"""The last look before publishing: which small numbers does this pattern fail to protect?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from pipelines.disclosure.attained import attained
from pipelines.disclosure.given import flags_of
from pipelines.disclosure.groups import in_faulty_groups
from pipelines.disclosure.lines import linked
from pipelines.disclosure.propagation import TOLERANCE
from pipelines.disclosure.release import release_of
from pipelines.disclosure.windows import placed

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from pipelines.disclosure.lines import Flags, Whole
    from pipelines.disclosure.system import System


def audit(  # noqa: PLR0913  the contract's arguments
    values: ArrayLike,
    constraints: Any,  # noqa: ANN401  any dense or scipy.sparse matrix
    hidden: ArrayLike,
    primary: ArrayLike,
    *,
    need: tuple[float, float] = (1, 5),
    lower: ArrayLike = 0.0,
    upper: ArrayLike | None = None,
    fixed: ArrayLike | None = None,
    workers: int = 1,
) -> list[int]:
    """List the primary cells a reader can narrow below the need, recover, or simply see; publish only if none.

    Takes what `protect` took and the pattern to publish, and trusts nothing of how that was found. Interval
    arithmetic where the hidden cells' lines do not cross (exact there); elsewhere two linear programmes a small
    number, its two ends confirmed by a table in whole numbers, independent groups in `workers` threads. A bound that
    would stay as narrow with everything hidden is accepted, an exact one never.

    >>> audit([1, 7, 8], [[1, 1, -1]], [True, False, False], [True, False, False])
    [0]
    """
    release = release_of(values, constraints, primary, need=need, lower=lower, upper=upper, fixed=fixed)
    system = placed(release.system)
    covered = (flags_of(hidden, system.values, "hidden") | np.isnan(system.values)) & ~release.fixed
    group, _ = linked(system.lines)
    partly_shown = np.isin(group, group[~covered])
    failing = system.primary & (~covered | (in_faulty_groups(system, group) & partly_shown))
    failing |= _needlessly_narrow(system, covered, group, workers)
    return [int(cell) for cell in np.flatnonzero(failing)]


def _needlessly_narrow(system: System, covered: Flags, group: Whole, workers: int) -> Flags:
    """Flag cells narrower than the need where hiding their whole group would make them wider, and exact ones."""
    narrow = system.short(*attained(system, covered, workers))
    cells = np.flatnonzero(np.isin(group, group[narrow]))
    part = replace(system.part(cells), primary=narrow[cells]).widened()
    low, high = attained(part, covered[cells], workers)
    least, most = attained(part, np.ones(len(cells), dtype=bool), workers)
    low_target, high_target = system.low_target[cells], system.high_target[cells]
    avoidable = np.maximum(low, low_target) > np.maximum(least, low_target) + TOLERANCE
    avoidable |= np.minimum(high, high_target) < np.minimum(most, high_target) - TOLERANCE
    exact = ~(high - low >= 1 - TOLERANCE)
    narrow[cells] &= avoidable | exact
    return narrow
