"""Numbers or arrays in, the same kind out: what every interval is made with."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterator

FloatArray = NDArray[np.float64]
Number = TypeVar("Number", float, FloatArray)


@dataclass(frozen=True)
class Interval(Generic[Number]):
    """Lower and upper bound; unpacks as a pair."""

    lower: Number
    upper: Number

    def __iter__(self) -> Iterator[Number]:
        """Lower, then upper."""
        return iter((self.lower, self.upper))


def z_for(confidence: float) -> float:
    """Standard deviations either side that hold so much of a normal curve; ValueError unless 0 < confidence < 1.

    >>> round(z_for(0.95), 3), round(z_for(0.998), 3)
    (1.96, 3.09)
    """
    if not 0 < confidence < 1:
        msg = f"confidence is {confidence:g}; give a share between 0 and 1, such as 0.95."
        raise ValueError(msg)
    return NormalDist().inv_cdf((1 + confidence) / 2)


def tail_of(confidence: float) -> float:
    """What is left on each side of an interval; ValueError unless 0 < confidence < 1."""
    z_for(confidence)
    return (1 - confidence) / 2


def counted(*numbers: float | FloatArray) -> list[FloatArray]:
    """As float arrays; ValueError on a negative number."""
    arrays = [np.asarray(number, dtype=np.float64) for number in numbers]
    for array in arrays:
        if (array < 0).any():
            msg = f"{np.nanmin(array):g} is negative; events and the numbers they happen in cannot be."
            raise ValueError(msg)
    return arrays


def share_of(x: float | FloatArray, n: float | FloatArray) -> tuple[FloatArray, FloatArray]:
    """Numerator and denominator as arrays, the denominator NaN where it is 0; ValueError unless 0 <= x <= n."""
    events, total = counted(x, n)
    if (events > total).any():
        msg = "A share needs a numerator no larger than its denominator. Check both, or swap them."
        raise ValueError(msg)
    return events, np.where(total > 0, total, np.nan)


def interval(x: Any, lower: FloatArray, upper: FloatArray) -> Interval[Any]:  # noqa: ANN401 - a number or an array
    """An interval of numbers when `x` is a number, of arrays when it is an array."""
    if np.ndim(x) == 0:
        return Interval(float(lower), float(upper))
    return Interval(lower, upper)
