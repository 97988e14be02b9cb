"""The last look before publishing: which small numbers does this pattern fail to protect?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pipelines.disclosure.attained import attained
from pipelines.disclosure.groups import in_faulty_groups
from pipelines.disclosure.lines import lines_of, linked
from pipelines.disclosure.propagation import TOLERANCE
from pipelines.disclosure.system import one_a_cell, system_of
from pipelines.disclosure.windows import placed

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


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
) -> list[int]:
    """List the primary cells a reader can narrow below the need, recover, or simply see; publish only if none.

    Takes what `protect` took and the pattern to publish, and trusts nothing of how that was found. Interval
    arithmetic where the hidden cells' lines do not cross (exact there); elsewhere two linear programmes a small
    number, its two ends confirmed by a table in whole numbers. A bound that would stay as narrow with everything
    hidden is accepted, an exact one never.

    >>> audit([1, 7, 8], [[1, 1, -1]], [True, False, False], [True, False, False])
    [0]
    """
    figures = np.asarray(values, dtype=np.float64)
    count = len(figures)
    none = np.zeros(count, dtype=bool)
    known = none if fixed is None else one_a_cell(fixed, count, bool, "fixed")
    small, lines = one_a_cell(primary, count, bool, "primary"), lines_of(constraints, count)
    system = placed(system_of(figures, lines, small, forced=none, fixed=known, need=need, lower=lower, upper=upper))
    covered = (one_a_cell(hidden, count, bool, "hidden") | np.isnan(figures)) & ~known
    group, _ = linked(system.lines)
    partly_shown = np.isin(group, group[~covered])
    failing = system.primary & (~covered | (in_faulty_groups(system, group) & partly_shown))
    low, high = attained(system, covered)
    narrow = system.short(low, high)
    cells = np.flatnonzero(np.isin(group, group[narrow]))
    least, most = attained(system.part(cells), np.ones(len(cells), dtype=bool))
    avoidable = (low[cells] > least + TOLERANCE) | (high[cells] < most - TOLERANCE)
    exact = ~(most - least >= 1 - TOLERANCE)
    failing[cells] |= narrow[cells] & (avoidable | exact)
    return [int(cell) for cell in np.flatnonzero(failing)]
