"""How far apart several eyes are that look at the same thing: each on 0 to 100, and the range between them.

The range orders a list so that the widest comes first. It is nobody's score, and no test of whether eyes differ by more
than chance: they measure different things on one line (decision 0028).
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Literal

from schemas.published.assuring import ENOUGH

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

# Half the line: “in place everywhere” beside “fewer than one case in five good”. A quarter: one point of three, nearly.
FAR, APART = 50.0, 25.0
# Below it, most of those asked, or most cases, say the opposite of full marks.
CONTRARY = 50.0
_HIGHEST_POINT = 3

Apart = Literal["far", "apart", "close", "alone"]


@dataclass(frozen=True, slots=True)
class Eye:
    """One eye: its name, where it lies from 0 to 100, and how many are behind it.

    `n` is the cases graded, the replies, or the agencies of a median; None for one organisation's word on itself, which
    no number stands behind. ValueError outside 0 to 100.
    """

    name: str
    percent: float | None
    n: int | None = None

    def __post_init__(self) -> None:
        """Refuse a place that is not on the line."""
        if self.percent is not None and not 0 <= self.percent <= 100:
            msg = f"{self.name} lies at {self.percent}, which is not between 0 and 100."
            raise ValueError(msg)

    @property
    def counts(self) -> bool:
        """Whether it has enough behind it to be compared."""
        return self.percent is not None and (self.n is None or self.n >= ENOUGH)


def of_points(points: Sequence[float]) -> float | None:
    """Where scores of 0 to 3 lie: 100 × their mean ÷ 3; None where there are none.

    >>> of_points([3, 2, 1]), of_points([])
    (66.66666666666667, None)
    """
    return 100 * sum(points) / (_HIGHEST_POINT * len(points)) if points else None


def of_share(part: float, whole: float) -> float | None:
    """Where a share lies, of cases graded good or better or of replies that agree: 100 × part ÷ whole.

    None where there are none; ValueError unless 0 <= part <= whole.

    >>> of_share(3, 9)
    33.333333333333336
    """
    if not 0 <= part <= whole:
        msg = f"{part} is no part of {whole}."
        raise ValueError(msg)
    return 100 * part / whole if whole else None


def middle(places: Collection[float]) -> float | None:
    """Where the middle one of several organisations lies, their median; None of fewer than six.

    >>> middle([40, 50, 60, 80, 90, 100]), middle([40, 50, 60, 80, 100])
    (70.0, None)
    """
    return float(median(places)) if len(places) >= ENOUGH else None


def disagreement(eyes: Collection[Eye]) -> float | None:
    """The points from the lowest eye to the highest, of those with enough behind them; None where fewer than two have.

    max(percent) − min(percent)

    >>> disagreement([Eye("self", 100.0), Eye("audit", 40.0, 10), Eye("survey", 20.0, 5)])
    60.0
    """
    places = [eye.percent for eye in eyes if eye.percent is not None and eye.counts]
    return max(places) - min(places) if len(places) > 1 else None


def ends(eyes: Collection[Eye]) -> tuple[str, str] | None:
    """The names of the highest and the lowest eye that count, the first named of equals; None where they are level.

    >>> ends([Eye("self", 100.0), Eye("audit", 40.0, 10)])
    ('self', 'audit')
    """
    if not disagreement(eyes):
        return None
    known = [(eye.percent, eye.name) for eye in eyes if eye.percent is not None and eye.counts]
    highest, lowest = max(known, key=lambda each: each[0]), min(known, key=lambda each: each[0])
    return highest[1], lowest[1]


def apart(between: float | None) -> Apart:
    """How far apart in a word, so that no page needs to show the number.

    >>> apart(50), apart(49.9), apart(25), apart(24.9), apart(None)
    ('far', 'apart', 'apart', 'close', 'alone')
    """
    if between is None:
        return "alone"
    return "far" if between >= FAR else "apart" if between >= APART else "close"


def against_full_marks(others: Collection[Eye]) -> tuple[str, ...]:
    """The eyes that speak against an organisation that gave itself full marks: below half, with enough behind them.

    >>> against_full_marks([Eye("audit", 49.9, 6), Eye("survey", 50.0, 80)])
    ('audit',)
    """
    return tuple(eye.name for eye in others if eye.counts and eye.percent is not None and eye.percent < CONTRARY)
