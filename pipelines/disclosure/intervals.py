"""The auditor: what a reader can prove about each hidden cell, worked out from the shown ones alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pipelines.disclosure.lines import Floats, Lines, ProtectionError, lines_of, linked, split_by
from pipelines.disclosure.programmes import Programme, UnsolvedError, snapped
from pipelines.disclosure.propagation import TOLERANCE
from pipelines.disclosure.release import bounds_of, figures_of, flags_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


def feasible_intervals(
    values: ArrayLike,
    constraints: Any,  # noqa: ANN401  any dense or scipy.sparse matrix
    hidden: ArrayLike,
    lower: ArrayLike = 0.0,
    upper: ArrayLike | None = None,
) -> tuple[Floats, Floats]:
    """Return the least and greatest value each cell can have, for a reader who sees only the cells not hidden.

    `values` has one number a cell (NaN is unknown, so hidden); `constraints` is dense or sparse, lines by cells, with
    `constraints @ values == 0`; bounds are one number or one a cell. Shown cells get their value twice. Two linear
    programmes a hidden cell, one model for each group of cells, solved again from its last answer; a bound already
    reached by another cell's answer is not asked for. Looks at no hidden value.
    Raises ProtectionError where the shown figures contradict each other.

    >>> low, high = feasible_intervals([1, 7, 30, 38], [[1, 1, 1, -1]], [True, True, False, False])
    >>> low.tolist(), high.tolist()
    ([0.0, 0.0, 30.0, 38.0], [8.0, 8.0, 30.0, 38.0])
    """
    figures = figures_of(values)
    covered = flags_of(hidden, figures, "hidden") | np.isnan(figures)
    least, most = bounds_of(lower, upper, figures)
    low, high = np.where(covered, least, figures), np.where(covered, most, figures)
    lines = lines_of(constraints, len(figures)).settled(~covered, figures)
    for cells in split_by(np.unique(lines.cell), linked(lines)[0]):
        try:
            low[cells], high[cells] = _extremes(lines.part(cells), least[cells], most[cells])
        except UnsolvedError as error:
            raise ProtectionError(f"{error} Nothing can be said about {len(cells)} hidden cells.", cells) from error
    return low, high


def _extremes(lines: Lines, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
    """Minimise and maximise every cell of one group."""
    programme = Programme(lines, lower, upper)
    table = programme.solve()
    if table is None:
        raise ProtectionError("The shown figures contradict each other. Check that every line adds up.", np.arange(0))
    low, high = table.copy(), table.copy()
    for cell in range(lines.cell_count):
        for sign, reached, bound in ((1.0, low, lower), (-1.0, high, upper)):
            if abs(reached[cell] - bound[cell]) <= TOLERANCE:
                continue
            programme.price_one(cell, sign)
            table = programme.solve()
            programme.price_one(cell, 0.0)
            if table is None:
                raise UnsolvedError("The solver lost a table it had found.")
            _widen(low, high, table, cell, sign)
    return snapped(low), snapped(high)


def _widen(low: Floats, high: Floats, table: Floats, cell: int, sign: float) -> None:
    """Take in one more table that fits what is shown; without end where the solver found none."""
    if not np.isfinite(table).all():
        (low if sign > 0 else high)[cell] = -sign * np.inf
        return
    np.minimum(low, table, out=low)
    np.maximum(high, table, out=high)
