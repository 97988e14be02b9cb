"""A ratio as a dot on its interval, on a log scale with a line at 1: one small picture a row, one scale for all."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log2
from typing import TYPE_CHECKING

from app.widgets.html import Html, tag
from app.widgets.svg import path, picture

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEFT, _RIGHT = 4.0, 96.0
_TICKS = {-4: "1/16", -3: "1/8", -2: "1/4", -1: "1/2"}


@dataclass(frozen=True, slots=True)
class LogScale:
    """From 2 to the power `low` to 2 to the power `high`, always with 1 inside."""

    low: int
    high: int

    def x(self, ratio: float) -> float:
        """Where a ratio lies, 0 at the left and 100 at the right.

        >>> LogScale(-1, 1).x(1), LogScale(-1, 1).x(2)
        (50.0, 96.0)
        """
        share = (log2(ratio) - self.low) / (self.high - self.low)
        return _LEFT + (_RIGHT - _LEFT) * min(max(share, 0.0), 1.0)

    @property
    def words(self) -> str:
        """Its ends, for those who see no scale."""
        return f"{_named(self.low)} to {_named(self.high)} times"


def scale_over(bounds: Iterable[float]) -> LogScale:
    """The scale in doublings that holds every bound; at least from a half to two.

    >>> scale_over([0.7, 3.1]), scale_over([])
    (LogScale(low=-1, high=2), LogScale(low=-1, high=1))
    """
    known = [log2(bound) for bound in bounds if bound > 0]
    return LogScale(min(-1, floor(min(known, default=0))), max(1, ceil(max(known, default=0))))


def dotted(value: float, bounds: tuple[float, float], scale: LogScale, alt: str, *, stands_out: bool) -> Html:
    """The picture of one ratio; a hollow square where it differs from 1, a small dot where it may not."""
    shapes = _lines(scale) + path([(scale.x(bound), 50) for bound in bounds], "s-usual", 1.6)
    kind = "unusual" if stands_out else "usual"
    dot = tag("span", cls=f"pt pt-{kind}", style=f"left:{scale.x(value):.1f}%;top:50%", aria_hidden="true")
    return tag("span", picture(shapes, alt, uses=("rule", "limit", "usual")), dot, cls="ratio")


def ruler(scale: LogScale) -> Html:
    """The numbers of the scale, to stand over the pictures; every second doubling where there are many."""
    step = 1 if scale.high - scale.low <= 4 else 2
    powers = [power for power in range(scale.low, scale.high + 1) if power % step == 0]
    numbers = [tag("span", _named(power), style=f"left:{scale.x(2.0**power):.1f}%") for power in powers]
    return tag("span", numbers, cls="ruler")


def _lines(scale: LogScale) -> str:
    """A quiet line at every doubling, a stronger one at 1."""
    powers = range(scale.low, scale.high + 1)
    quiet = [path([(scale.x(2.0**p), 0), (scale.x(2.0**p), 100)], "s-rule", 1) for p in powers if p]
    return "".join(quiet) + path([(scale.x(1), 0), (scale.x(1), 100)], "s-limit", 1.4)


def _named(power: int) -> str:
    return _TICKS.get(power) or f"{2.0**power:g}"
