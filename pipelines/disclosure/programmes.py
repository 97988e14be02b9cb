"""Linear and whole-number programmes over lines, solved again and again from the last answer (HiGHS)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from highspy import Highs

    from pipelines.disclosure.lines import Flags, Floats, Lines

Simplex = Literal["dual", "primal"]

# A whole-number programme that is not solved in this time counts as not solved at all: the cell is not safe.
SECONDS_FOR_WHOLE_NUMBERS = 5.0
# HiGHS: a primal solution was found.
FEASIBLE = 2
# Answers this close to a whole number are it; HiGHS keeps lines to 1e-7.
WHOLE_WITHIN = 1e-6


class UnsolvedError(ArithmeticError):
    """The solver gave up, for want of time or numerical ground; nothing may be concluded from it."""


class Programme:
    """Find `x` with the lines adding to zero and lower <= x <= upper at least cost; keeps its last basis.

    All arrays have one entry a cell of the lines. `solve` answers None where no such `x` exists.
    """

    def __init__(
        self, lines: Lines, lower: Floats, upper: Floats, *, simplex: Simplex = "primal", whole: Flags | None = None
    ) -> None:
        """Load the model once; `whole` marks the cells that must be whole numbers.

        Primal simplex goes on fastest when only the costs change, dual when bounds do.
        """
        import highspy  # slow, and the command line passes here

        starts = np.searchsorted(lines.line, np.arange(lines.line_count + 1))
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = lines.cell_count, lines.line_count
        model.col_cost_ = np.zeros(lines.cell_count)
        model.col_lower_, model.col_upper_ = lower, upper
        model.row_lower_ = model.row_upper_ = -lines.offset
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_, model.a_matrix_.index_ = starts.astype(np.int32), lines.cell.astype(np.int32)
        model.a_matrix_.value_ = lines.coefficient
        if whole is not None:
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            model.integrality_ = [kinds[int(flag)] for flag in whole]
        self._columns = np.arange(lines.cell_count, dtype=np.int32)
        self._status = highspy.HighsModelStatus
        self._highs = _quiet(highspy.Highs(), simplex, whole is not None)
        self._highs.passModel(model)

    def bound(self, cells: Floats | list[int], lower: Floats | list[float], upper: Floats | list[float]) -> None:
        """Change the bounds of some cells."""
        for cell, low, high in zip(cells, lower, upper, strict=True):
            self._highs.changeColBounds(int(cell), float(low), float(high))

    def price(self, costs: Floats) -> None:
        """Change every cell's cost."""
        self._highs.changeColsCost(len(costs), self._columns, costs)

    def price_one(self, cell: int, cost: float) -> None:
        """Change one cell's cost."""
        self._highs.changeColCost(cell, cost)

    def forget(self) -> None:
        """Start the next solve from nothing changed, not from the last answer."""
        self._highs.clearSolver()

    def solve(self) -> Floats | None:
        """Return the cheapest `x`, all infinite where the cost has no floor, or None where there is no `x`."""
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == self._status.kOptimal:
            return np.asarray(self._highs.getSolution().col_value)
        if status in {self._status.kUnbounded, self._status.kUnboundedOrInfeasible}:
            return np.full(len(self._columns), np.inf)
        if status == self._status.kInfeasible:
            return None
        if status == self._status.kTimeLimit and self._highs.getInfo().primal_solution_status == FEASIBLE:
            return np.asarray(self._highs.getSolution().col_value)  # not the cheapest, but it fits
        raise UnsolvedError(f"The solver stopped without an answer ({self._highs.modelStatusToString(status)}).")


def _quiet(highs: Highs, simplex: Simplex, whole: bool) -> Highs:  # noqa: FBT001  private
    """Set the solver to say nothing, use one thread, and answer the same every time."""
    highs.setOptionValue("output_flag", False)  # noqa: FBT003  the solver's own signature
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", 1)
    if whole:
        highs.setOptionValue("time_limit", SECONDS_FOR_WHOLE_NUMBERS)
        highs.setOptionValue("mip_rel_gap", 0.1)
    else:
        highs.setOptionValue("solver", "simplex")
        highs.setOptionValue("presolve", "off")
        highs.setOptionValue("simplex_strategy", {"dual": 1, "primal": 4}[simplex])
    return highs


def are_whole(numbers: Floats) -> bool:
    """Say whether an answer is in whole numbers throughout."""
    return bool(np.all(np.abs(numbers - np.rint(numbers)) < WHOLE_WITHIN))


def snapped(numbers: Floats) -> Floats:
    """Take the solver's last-digit noise off whole numbers."""
    finite = np.where(np.isfinite(numbers), numbers, 0.0)
    return np.where(np.abs(finite - np.rint(finite)) < WHOLE_WITHIN, np.rint(numbers), numbers)
