"""The auditor: what a reader can prove about each hidden cell, worked out from the shown ones alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pipelines.disclosure.given import bounds_of, figures_of, flags_of
from pipelines.disclosure.lines import Floats, Lines, Whole, broken_lines, lines_of, linked, split_by
from pipelines.disclosure.programmes import Programme, UnsolvedError, snapped
from pipelines.disclosure.propagation import TOLERANCE
from pipelines.disclosure.refusals import Fault, ProtectionError, Reason

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
    Raises ProtectionError where the shown figures contradict each other, ValueError for what are no figures or bounds.

    >>> low, high = feasible_intervals([1, 7, 30, 38], [[1, 1, 1, -1]], [True, True, False, False])
    >>> low.tolist(), high.tolist()
    ([0.0, 0.0, 30.0, 38.0], [8.0, 8.0, 30.0, 38.0])
    """
    figures = figures_of(values)
    covered = flags_of(hidden, figures, "hidden") | np.isnan(figures)
    least, most = bounds_of(lower, upper, figures)
    low, high = np.where(covered, least, figures), np.where(covered, most, figures)
    whole = lines_of(constraints, len(figures))
    _refuse_what_does_not_add_up(np.where(covered, np.nan, figures), whole)
    lines = whole.settled(~covered, figures)
    for cells in split_by(np.unique(lines.cell), linked(lines)[0]):
        try:
            extremes = _extremes(lines.part(cells), least[cells], most[cells])
        except UnsolvedError as error:
            raise _refusal(Reason.UNSOLVED, cells, cells[:0]) from error
        if extremes is None:
            around = np.isin(whole.line, whole.line[np.isin(whole.cell, cells)])
            raise _refusal(Reason.CONTRADICTION, cells, np.unique(whole.cell[around]))
        low[cells], high[cells] = extremes
    return low, high


def _refuse_what_does_not_add_up(shown: Floats, lines: Lines) -> None:
    """Stop at shown figures that contradict each other in a line without a hidden cell: no reader could trust them."""
    wrong = np.unique(lines.cell[np.isin(lines.line, broken_lines(shown, lines))])
    if len(wrong):
        raise _refusal(Reason.CONTRADICTION, wrong, wrong)


def _refusal(reason: Reason, cells: Whole, because: Whole) -> ProtectionError:
    """Say why nothing can be said of these cells."""
    return ProtectionError([Fault(reason, cells, because)], cannot="cannot be worked out")


def _extremes(lines: Lines, lower: Floats, upper: Floats) -> tuple[Floats, Floats] | None:
    """Minimise and maximise every cell of one group; None where no table fits what is shown."""
    programme = Programme(lines, lower, upper)
    table = programme.solve()
    if table is None:
        return None
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
