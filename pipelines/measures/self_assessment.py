"""What a self-assessment comes to: what a score counts, a standard's score, a move, and the spread of a group.

Scores are 0 to 3; a standard's score is a percentage of the most its statements could count. Pure: numbers in, numbers
out, None where there is no number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST = 3
# What a 3 counts while nothing shows the difference it makes.
WITHOUT_IMPACT = 2


class Shift(NamedTuple):
    """Two scores over the same statements, in % of the most they could count: `n` statements, and after less before."""

    n: int
    before: float
    after: float

    @property
    def change(self) -> float:
        """After less before, in percentage points."""
        return self.after - self.before


class Spread(NamedTuple):
    """The middle of a group and of its halves, in the unit of what was given; `n` is how many it is of."""

    n: int
    lower: float
    median: float
    upper: float


def counted(points: int | None, *, has_impact: bool) -> int | None:
    """What a score counts: its points, but 2 for a 3 without evidence of impact; None for what does not apply.

    ValueError outside 0 to 3. Source: the partnership's own rule (domain: a 3 means shown to make a difference).

    >>> counted(3, has_impact=True), counted(3, has_impact=False), counted(1, has_impact=False), counted(None, has_impact=True)
    (3, 2, 1, None)
    """
    if points is None:
        return None
    if not 0 <= points <= MOST:
        msg = f"{points} is no score. Give 0 to {MOST}, or None for what does not apply."
        raise ValueError(msg)
    return points if points < MOST or has_impact else WITHOUT_IMPACT


def standard_percent(points: Iterable[int | None]) -> float | None:
    """The score of a standard: the mean of its statements that apply, as % of 3; None where none applies.

    100 x sum / (3 n). A statement that does not apply (None) counts neither for nor against.

    >>> standard_percent([3, 2, None, 1]), standard_percent([None]), standard_percent([])
    (66.66666666666667, None, None)
    """
    applying = [each for each in points if each is not None]
    return 100 * sum(applying) / (MOST * len(applying)) if applying else None


def shift(pairs: Iterable[tuple[int | None, int | None]]) -> Shift | None:
    """Two scores over the statements that have points both times; None where no statement has.

    Each is 100 x sum / (3 n) over those n alone, so that a statement asked only once moves nothing.

    >>> shift([(3, 2), (2, 2), (1, None)])
    Shift(n=2, before=83.33333333333333, after=66.66666666666667)
    """
    both = [(before, after) for before, after in pairs if before is not None and after is not None]
    if not both:
        return None
    most = MOST * len(both)
    return Shift(len(both), 100 * sum(b for b, _ in both) / most, 100 * sum(a for _, a in both) / most)


def spread(values: Sequence[float]) -> Spread:
    """Median and quartiles of a group; ValueError for an empty one.

    Quartiles by linear interpolation between the values in order (Hyndman and Fan 1996, definition 7, the default of R
    and numpy): the value at 1 + (n - 1) p. Of six or more no quartile is the lowest or the highest value.

    >>> spread([20, 40, 60, 80, 90, 100])
    Spread(n=6, lower=45.0, median=70.0, upper=87.5)
    """
    if not len(values):
        raise ValueError("A spread needs at least one value.")
    lower, median, upper = (float(each) for each in np.quantile(np.asarray(values, dtype=float), [0.25, 0.5, 0.75]))
    return Spread(len(values), lower, median, upper)


def nearest_score(percent: float) -> int:
    """The score, 0 to 3, that a percentage is nearest to; of two as near, the lower: nobody is told more than is so.

    ValueError outside 0 to 100.

    >>> [nearest_score(percent) for percent in (0, 100 / 6, 50, 67, 84, 100)]
    [0, 0, 1, 2, 3, 3]
    """
    if not 0 <= percent <= 100:
        msg = f"{percent} is no share of the most. Give 0 to 100."
        raise ValueError(msg)
    points = round(percent * MOST / 100, 9)  # 1 in 6 is not more than half a point
    below = int(points)
    return below + (points - below > 0.5)
