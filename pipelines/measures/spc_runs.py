"""Whether a line wanders: the longest run and the crossings of a centre line (Anhøj and Olesen 2014)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pipelines.measures.spc_limits import FloatArray


@dataclass(frozen=True)
class RunsTest:
    """How long the longest run on one side was and how often the line crossed, against what chance allows."""

    n_useful: int
    longest_run: int
    longest_run_max: int
    crossings: int
    crossings_min: int

    @property
    def signal(self) -> bool:
        """True when the longest run is too long or the crossings too few for chance."""
        return self.longest_run > self.longest_run_max or self.crossings < self.crossings_min


def runs_test(values: FloatArray, centre: FloatArray) -> RunsTest:
    """Count runs and crossings; points on the centre do not count, and neither passes over a missing point.

    Bounds: round(log2 n) + 3 and the 5 % point of Binomial(n - 1, 1/2).

    >>> test = runs_test(np.array([1.0, 2, 3, 9, 8, 7]), np.full(6, 5.0))
    >>> test.longest_run, test.longest_run_max, test.crossings, test.crossings_min, test.signal
    (3, 6, 1, 1, False)
    """
    apart = values - centre
    same = np.abs(apart) <= 1e-12 * np.maximum(np.abs(values), np.abs(centre))
    side = np.where(same, 0, np.sign(apart))
    longest = crossings = trials = useful = run = 0
    previous = 0.0
    for now in side.tolist():
        if math.isnan(now):
            previous, run = 0.0, 0
        elif now != 0:
            useful += 1
            trials += previous != 0
            crossings += previous == -now
            run = run + 1 if now == previous else 1
            longest, previous = max(longest, run), now
    return RunsTest(useful, longest, longest_run_max(useful), crossings, crossings_min(trials + 1))


def longest_run_max(n: int) -> int:
    """The longest run that chance still explains among n useful points.

    >>> longest_run_max(20)
    7
    """
    return round(math.log2(n)) + 3 if n else 0


def crossings_min(n: int) -> int:
    """The fewest crossings that chance still explains among n useful points, counted exactly in whole numbers.

    >>> crossings_min(20)
    6
    """
    trials, total, k = max(n - 1, 0), 1, 0
    while total * 20 < 2**trials:
        k += 1
        total += math.comb(trials, k)
    return k
