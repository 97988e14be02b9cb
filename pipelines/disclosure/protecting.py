"""Protection of a whole release: hide small numbers, and as few others as keep them from being worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pipelines.disclosure.diagnosing import faults_of
from pipelines.disclosure.groups import concerned, settled
from pipelines.disclosure.lines import Flags, linked
from pipelines.disclosure.refusals import ProtectionError
from pipelines.disclosure.release import Release, release_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from pipelines.disclosure.caching import Cache


def protect(  # noqa: PLR0913  the contract's arguments
    values: ArrayLike,
    constraints: Any,  # noqa: ANN401  any dense or scipy.sparse matrix
    primary: ArrayLike,
    *,
    need: tuple[float, float] = (1, 5),
    lower: ArrayLike = 0.0,
    upper: ArrayLike | None = None,
    fixed: ArrayLike | None = None,
) -> Flags:
    """Return which cells to hide, one flag a cell, so that no primary cell can be narrowed below the need.

    `values` has one number a cell, NaN where an agency itself hid it (always hidden, treated as primary);
    `constraints @ values == 0`, lines by cells, dense or sparse; `fixed` cells are known elsewhere and stay shown.
    Lines that do not cross are settled by the closed rule, the others by witnesses. The need is capped at what hiding
    everything would give. Raises ValueError for what are no figures, flags or bounds, and ProtectionError naming the
    cells that are still exactly known with everything hidden, and why.

    >>> protect([3, 0, 20, 30, 53], [[1, 1, 1, 1, -1]], [True, False, False, False, False]).tolist()
    [True, False, True, False, False]
    """
    return protect_components(values, constraints, primary, need=need, lower=lower, upper=upper, fixed=fixed)


def protect_components(  # noqa: PLR0913  the contract's arguments
    values: ArrayLike,
    constraints: Any,  # noqa: ANN401  any dense or scipy.sparse matrix
    primary: ArrayLike,
    *,
    need: tuple[float, float] = (1, 5),
    lower: ArrayLike = 0.0,
    upper: ArrayLike | None = None,
    fixed: ArrayLike | None = None,
    also_hidden: ArrayLike | None = None,
    worth: ArrayLike | None = None,
    cache: Cache | None = None,
    workers: int = 1,
) -> Flags:
    """Protect as `protect` does, keeping solved groups in `cache` and solving crossing ones in `workers` threads.

    `also_hidden` cells stay hidden (an earlier publication hid them) but need no protection of their own. `worth`
    says how much each cell would be missed: where one or another must be hidden, it is the one worth less. The solver
    lets other threads run: two workers took 0.55 of the time of one.
    """
    release = release_of(
        values, constraints, primary, need=need, lower=lower, upper=upper, fixed=fixed, also_hidden=also_hidden,
        worth=worth,
    )  # fmt: skip
    system, known = release.system, release.fixed
    hidden, unsafe = system.must_hide & ~known, system.must_hide & known
    cells = concerned(system)
    hidden[cells], lost = settled(system.part(cells), {} if cache is None else cache, workers)
    hidden[known] = False
    unsafe[cells] |= lost
    if unsafe.any():
        raise _refusal(release, unsafe, hidden)
    return hidden


def _refusal(release: Release, unsafe: Flags, hidden: Flags) -> ProtectionError:
    """Say what cannot be protected and why, and hide all that is linked to it, cells known elsewhere too."""
    group, _ = linked(release.lines)
    return ProtectionError(faults_of(release, unsafe), hidden | np.isin(group, group[unsafe]))
