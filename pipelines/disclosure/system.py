"""One linked system of figures: what is known, what must be hidden, and how wide each small number must stay."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from pipelines.disclosure.lines import linked
from pipelines.disclosure.propagation import TOLERANCE, Bounds, propagated

if TYPE_CHECKING:
    from pipelines.disclosure.lines import Flags, Floats, Lines, Whole


@dataclass(frozen=True)
class System:
    """Figures that may be hidden, and the lines between them; arrays have one entry a cell.

    `values` is NaN where an agency itself hid the figure. `primary` cells must be hidden and stay uncertain from
    `low_target` to `high_target`; `forced` cells must be hidden, no more; `whole` ones count something. `worth`
    is how much a figure would be missed, 1 the usual. Known figures are folded into the lines.
    """

    values: Floats
    lines: Lines
    primary: Flags
    forced: Flags
    lower: Floats
    upper: Floats
    low_target: Floats
    high_target: Floats
    whole: Flags
    need: tuple[float, float]
    worth: Floats

    @property
    def if_nothing_is_zero(self) -> Floats:
        """The lower bounds of a reader who believes that a hidden cell is never a zero; true zeros keep theirs."""
        return np.where(self.values >= 1, np.maximum(self.lower, 1.0), self.lower)

    @property
    def must_hide(self) -> Flags:
        """Cells hidden whatever else is decided."""
        return self.primary | self.forced

    def bounds(self, hidden: Flags, lower: Floats | None = None) -> Bounds:
        """Propagate what a reader sees when `hidden` is hidden, believing hidden cells are at least `lower`."""
        least = self.lower if lower is None else lower
        low, high = np.where(hidden, least, self.values), np.where(hidden, self.upper, self.values)
        return propagated(self.lines.settled(~hidden, self.values), low, high)

    def short(self, low: Floats, high: Floats) -> Flags:
        """Primary cells whose interval does not cover what it must."""
        return self.primary & ((low > self.low_target + TOLERANCE) | (high < self.high_target - TOLERANCE))

    def part(self, cells: Whole) -> System:
        """Cut out some cells with the lines that touch them, renumbered in order."""
        return System(
            values=self.values[cells],
            lines=self.lines.part(cells),
            primary=self.primary[cells],
            forced=self.forced[cells],
            lower=self.lower[cells],
            upper=self.upper[cells],
            low_target=self.low_target[cells],
            high_target=self.high_target[cells],
            whole=self.whole[cells],
            need=self.need,
            worth=self.worth[cells],
        )

    def capped(self, low: Floats, high: Floats) -> System:
        """Ask no more than this interval gives, as hiding more than everything is impossible; but never a point."""
        low_target, high_target = np.maximum(self.low_target, low), np.minimum(self.high_target, high)
        low_target = np.where(high_target - low_target < 1, np.maximum(low, high_target - 1), low_target)
        high_target = np.where(high_target - low_target < 1, np.minimum(high, low_target + 1), high_target)
        return replace(self, low_target=low_target, high_target=high_target)

    def widened(self) -> System:
        """Ask one more on either side, to tell a point from an interval that its bounds keep narrow."""
        low_target, high_target = self.low_target - 1, self.high_target + 1
        return replace(
            self,
            low_target=np.maximum(low_target, self.lower),
            high_target=np.minimum(high_target, self.upper),
        )


def targets(values: Floats, need: tuple[float, float], lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
    """Return the interval a reader must be unable to narrow, for each cell.

    With `need` (1, 5) a hidden 4 must be able to be anything from 1 to 9: as low as the smallest number worth hiding,
    or one less than it is, and five more. So nobody can tell it from another small number, nor guess it within one.
    An unknown figure (NaN) gets what would serve every value from 1 to 5 it may have; `windows.placed` moves that to
    where it can be.

    >>> low, high = targets(np.array([1.0, 4.0, 9.0, np.nan]), (1, 5), np.zeros(4), np.full(4, np.inf))
    >>> low.tolist(), high.tolist()
    ([0.0, 1.0, 8.0, 0.0], [6.0, 9.0, 14.0, 10.0])
    """
    down, up = need
    unknown = np.isnan(values)
    low = np.where(values <= up, np.minimum(values - down, down), values - down)
    low, high = np.where(unknown, 0.0, low), np.where(unknown, 2.0 * up, values + up)
    return np.maximum(low, lower), np.minimum(high, upper)


def counting(values: Floats, lines: Lines) -> Flags:
    """Flag cells that must be whole: neither means nor linked, by plain sums, to a figure in fractions."""
    plain = np.ones(len(values), dtype=bool)
    plain[lines.cell[np.abs(lines.coefficient) != 1]] = False
    group, _ = linked(lines)
    fractions = plain & ~np.isnan(values) & (values != np.rint(values))
    return plain & ~np.isin(group, group[fractions])
