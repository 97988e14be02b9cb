"""What an audience may see of small numbers, and which cells that hides for their own sake."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipelines.disclosure.given import figures_of, flags_of
from pipelines.disclosure.refusals import Fault, ProtectionError, Reason

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from pipelines.disclosure.lines import Flags


@dataclass(frozen=True)
class Policy:
    """One audience's disclosure policy; the default is the Department for Education's.

    Counts of people from `low` to `high` are hidden. `show_zero`: a true zero is shown. `secondary`: others are
    hidden so that the small ones cannot be worked out. `rounding`: figures are rounded to its multiples after the
    exact ones were audited. `drops`: what is not published at all, such as ("wards",).

    >>> Policy().need
    (1, 5)
    """

    low: int = 1
    high: int = 5
    show_zero: bool = True
    secondary: bool = True
    rounding: int | None = None
    drops: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a policy that hides nothing or rounds to nothing."""
        if not 1 <= self.low <= self.high:
            raise ValueError(
                f"Counts from {self.low} to {self.high} cannot be hidden. Give 1 or more, the smaller first."
            )
        if self.rounding is not None and self.rounding < 1:
            raise ValueError(f"A policy rounds to multiples of {self.rounding}. Give 1 or more, or none.")

    @property
    def need(self) -> tuple[int, int]:
        """The range a reader must be unable to narrow, as `protect` takes it."""
        return self.low, self.high


def primary_cells(counts: ArrayLike, policy: Policy, protected: ArrayLike) -> Flags:
    """Flag the cells to hide for their own sake: small counts of people, and those an agency itself hid (NaN).

    `protected` says of each cell whether it counts people; staff, actions and returns are not hidden for smallness.
    Raises ProtectionError where people are counted below zero.

    >>> primary_cells([0, 1, 5, 6, 3], Policy(), [True, True, True, True, False]).tolist()
    [False, True, True, False, False]
    """
    figures = figures_of(counts)
    people = flags_of(protected, figures, "protected")
    impossible = np.flatnonzero(people & (figures < 0))
    if len(impossible):
        raise ProtectionError([Fault(Reason.OUT_OF_BOUNDS, impossible, impossible)])
    # Strictly between whole numbers: a full-time equivalent of half a person is small too.
    small = (figures > policy.low - 1) & (figures < policy.high + 1) & (figures != 0)
    small |= (figures == 0) & (not policy.show_zero)
    return people & (small | np.isnan(figures))
