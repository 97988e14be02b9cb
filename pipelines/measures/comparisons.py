"""How a figure stands: against the one before, against others, against a benchmark, and over a whole year."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipelines.measures.years import YearValue, annualise, year_value

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Change", "Polarity", "Rank", "YearValue", "annualise", "change", "position", "rank_among", "year_value"]

Polarity = Literal["higher", "lower", "neutral"]

_POLARITIES = ("higher", "lower", "neutral")
_SAME = 1e-9  # of the larger figure: nearer than this is no difference, only float arithmetic


@dataclass(frozen=True)
class Change:
    """A difference in words. `judgement`: better, worse, same, or "" where no direction is better or nothing is known.

    `difference` is NaN and `direction` "" where either figure is missing.
    """

    difference: float
    direction: Literal["up", "down", "same", ""]
    judgement: Literal["better", "worse", "same", ""]
    words: str


def change(latest: float | None, earlier: float | None, polarity: Polarity, unit: str, decimals: int = 1) -> Change:
    """How far a figure moved, in the words of its unit; a percent moves by points.

    >>> change(27.4, 24.2, "lower", "percent")
    Change(difference=3.2, direction='up', judgement='worse', words='up 3.2 points')
    >>> change(634, 649, "neutral", "count").words
    'down 15'
    """
    _check(polarity)
    if latest is None or math.isnan(latest):
        return Change(math.nan, "", "", "no figure")
    if earlier is None or math.isnan(earlier):
        return Change(math.nan, "", "", "no earlier figure to compare with")
    gap = round(latest - earlier, 10)
    if abs(gap) <= _SAME * max(abs(latest), abs(earlier)):
        return Change(0.0, "same", "" if polarity == "neutral" else "same", "unchanged")
    direction = "up" if gap > 0 else "down"
    good = (gap > 0) == (polarity == "higher")
    judgement = "" if polarity == "neutral" else "better" if good else "worse"
    return Change(gap, direction, judgement, _moved(gap, unit, decimals))


@dataclass(frozen=True)
class Rank:
    """A place among `of`, best first, ties sharing the better place; `quartile` 1 is best, None among fewer than 4."""

    rank: int
    of: int
    quartile: int | None


def rank_among(value: float | None, others: Iterable[float | None], polarity: Polarity) -> Rank | None:
    """Where a figure comes among others that have one; None for a neutral measure, which has no best.

    >>> rank_among(24.2, [20.0, 22.6, 27.0], "lower")
    Rank(rank=3, of=4, quartile=3)
    """
    _check(polarity)
    known = [float(other) for other in others if other is not None and not math.isnan(other)]
    if polarity == "neutral" or value is None or math.isnan(value) or not known:
        return None
    better = sum(other > value if polarity == "higher" else other < value for other in known)
    size = len(known) + 1
    return Rank(better + 1, size, math.ceil(4 * (better + 1) / size) if size >= 4 else None)


def position(
    value: float | None, benchmark: float | None, polarity: Polarity, interval: Iterable[float] | None = None
) -> str:
    """Ahead of, behind or in line with a benchmark; higher, lower or similar where no direction is better.

    In line (similar) when the interval, lower and upper, covers the benchmark, or without one when they are equal; ""
    where either figure is missing.

    >>> position(24.2, 22.6, "lower"), position(24.2, 22.6, "lower", interval=(22.5, 26.0)), position(9, 7, "neutral")
    ('behind', 'in line', 'higher')
    """
    _check(polarity)
    if value is None or benchmark is None or math.isnan(value) or math.isnan(benchmark):
        return ""
    lower, upper = (value, value) if interval is None else interval
    slack = _SAME * max(abs(value), abs(benchmark))
    covered = lower - slack <= benchmark <= upper + slack
    if polarity == "neutral":
        return "similar" if covered else "higher" if value > benchmark else "lower"
    if covered:
        return "in line"
    return "ahead" if (value > benchmark) == (polarity == "higher") else "behind"


def _moved(gap: float, unit: str, decimals: int) -> str:
    """A difference without a false sense of precision: whole things whole, everything else to so many decimals."""
    is_whole = gap == round(gap) and not unit.startswith(("per", "rate"))
    text = f"{abs(gap):,.{0 if is_whole else decimals}f}"
    if float(text.replace(",", "")) == 0:
        return "barely changed"
    if unit == "percent":
        text = f"{abs(gap):,.{decimals}f} point{'' if abs(gap) == 1 else 's'}"
    return f"{'up' if gap > 0 else 'down'} {text}"


def _check(polarity: str) -> None:
    if polarity not in _POLARITIES:
        msg = f"polarity is {polarity!r}; it must be higher, lower or neutral."
        raise ValueError(msg)
