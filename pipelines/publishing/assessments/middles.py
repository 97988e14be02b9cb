"""The middle of a group's scores as a reader may have it: to the nearest 5, and as it was told until six more have replied.

Decision 0025 says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.measures.self_assessment import Spread
    from pipelines.publishing.logs.spreads_before import SpreadTold

# One more reply moves a median by little; to the nearest this, mostly by nothing.
COARSE = 5
# So many replies more or fewer before numbers that were told change.
ENOUGH_NEW = 6


@dataclass(frozen=True, slots=True)
class Middle:
    """Median and quartiles as a release gives them, of how many scores, and how many have a critical one not met.

    `is_repeated`: these are the numbers told before, as too few have replied since.
    """

    n: int
    lower: float
    median: float
    upper: float
    unmet: int | None
    exact: bool
    is_repeated: bool = False

    @property
    def words(self) -> str:
        """The middle in a sentence."""
        many = f"as last published, of {self.n} replies" if self.is_repeated else f"{self.n} replies"
        about = "" if self.exact else f" To the nearest {COARSE}."
        return f"Median {self.median:.0f}%, the middle half from {self.lower:.0f}% to {self.upper:.0f}%; {many}.{about}"


def middle_of(found: Spread, unmet: int | None, told: Sequence[SpreadTold], *, exact: bool) -> Middle:
    """A group's middle now, or as the latest of the publications that `told` it had it.

    It is that of now where every one of them had as many replies and the same numbers, or six more or fewer: two releases
    side by side then tell of no handful.
    """
    lower, median, upper = (rounded(each, exact=exact) for each in found[1:])
    now = Middle(found.n, lower, median, upper, unmet, exact)
    if all(_tells_no_few(one, now) for one in told):
        return now
    last = told[-1]
    flags = [one.unmet for one in told if one[1:5] == last[1:5] and one.unmet is not None]
    return Middle(last.replied, *_numbers(last), flags[-1] if flags else None, exact=False, is_repeated=True)


def rounded(percent: float, *, exact: bool) -> float:
    """A percentage as it is, or to the nearest 5.

    >>> rounded(66.7, exact=False), rounded(66.7, exact=True)
    (65.0, 66.7)
    """
    return percent if exact else float(COARSE * round(percent / COARSE))


def _tells_no_few(one: SpreadTold, now: Middle) -> bool:
    if one.replied == now.n:
        return _numbers(one) == (now.lower, now.median, now.upper)
    return abs(one.replied - now.n) >= ENOUGH_NEW


def _numbers(one: SpreadTold) -> tuple[float, float, float]:
    lower, median, upper = (rounded(each, exact=False) for each in one[2:5])
    return lower, median, upper
