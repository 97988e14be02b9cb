"""The audit of figures that are withheld whatever their size: does a release let any of them be worked out?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pipelines.disclosure.lines import lines_of
from pipelines.disclosure.propagation import TOLERANCE, propagated

if TYPE_CHECKING:
    from pipelines.disclosure.lines import Flags, Floats, Lines, Whole
    from pipelines.disclosure.propagation import Bounds

# A reader who can say that a count lies within so many of a number knows it well enough.
_LEAST_WIDTH = 5.0
_SHARE = 0.1


def worked_out(  # noqa: PLR0913, PLR0917  the contract's arguments, as its neighbours have them
    values: Floats,
    constraints: Any,  # noqa: ANN401  any dense or scipy.sparse matrix
    hidden: Flags,
    withheld: Flags,
    lower: Floats,
    upper: Floats,
    known: Flags | None = None,
) -> Whole:
    """The numbers of the withheld cells that are shown, or that shown ones narrow to less than 5 or a tenth of their size.

    `known` cells are told already and stay so, hidden or not. What they tell of a withheld cell by themselves no release
    can take back: a cell counts only where what is shown beside them narrows it further than they did alone.

    Interval arithmetic along every line until nothing moves: exact where lines do not cross; it trusts nothing of how
    the pattern was found. A cell as narrow with nothing shown at all (it is bounded by what it is) tells no more.

    >>> lines, truth = [[1, 1, -1]], np.array([30.0, 50.0, 80.0])
    >>> where = np.array([True, False, False]), np.array([True, False, False]), np.zeros(3), np.full(3, np.inf)
    >>> worked_out(truth, lines, *where).tolist()
    [0]
    >>> hiding_the_total = np.array([True, False, True])
    >>> worked_out(truth, lines, hiding_the_total, *where[1:]).tolist()
    []
    >>> worked_out(truth, lines, *where, known=np.array([False, True, True])).tolist()
    []
    """
    told = np.zeros(len(values), dtype=bool) if known is None else known
    asked = withheld & ~told
    if not asked.any():
        return np.zeros(0, dtype=np.int64)
    covered = (hidden & ~told) | np.isnan(values)
    whole = lines_of(constraints, len(values))
    found = _from(whole, values, ~covered, lower, upper)
    wanted = np.minimum(upper - lower, np.maximum(_LEAST_WIDTH, _SHARE * np.abs(np.nan_to_num(values))))
    narrow = asked & covered & ~(found.high - found.low >= wanted)
    if narrow.any() and told.any():
        before = _from(whole, values, told & ~np.isnan(values), lower, upper)
        narrow &= (found.low > before.low + TOLERANCE) | (found.high < before.high - TOLERANCE)
    return np.flatnonzero((asked & ~covered) | narrow).astype(np.int64)


def _from(whole: Lines, values: Floats, shown: Flags, lower: Floats, upper: Floats) -> Bounds:
    """What the shown cells and the lines between all of them let a reader prove of every cell."""
    return propagated(whole.settled(shown, np.nan_to_num(values)), lower, upper)
