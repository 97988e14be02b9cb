"""Where a value lies in a small picture: one mapping, so that lines, bands and markers agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from low to high on a field of 100, with room left for the markers at the edges."""

    low: float
    high: float
    margin: float = 10.0

    def y(self, value: float) -> float:
        """The height of a value, 0 at the top.

        >>> Scale(0, 10, margin=0).y(10), Scale(5, 5).y(5)
        (0.0, 50.0)
        """
        if self.high <= self.low:
            return 50.0
        share = (value - self.low) / (self.high - self.low)
        return 100 - self.margin - share * (100 - 2 * self.margin)


def scale_of(*groups: Iterable[float | None], margin: float = 10.0) -> Scale:
    """The scale that holds every value given; None is left out.

    >>> scale_of([1, None], [4.0]).high
    4.0
    """
    values = [value for group in groups for value in group if value is not None]
    return Scale(min(values, default=0.0), max(values, default=0.0), margin)


def spread(count: int, left: float = 2.0, right: float = 98.0) -> Sequence[float]:
    """The horizontal places of so many points.

    >>> spread(3, 0, 100), spread(1, 0, 100)
    ([0.0, 50.0, 100.0], [100])
    """
    if count == 1:
        return [right]
    return [left + (right - left) * index / (count - 1) for index in range(count)]
