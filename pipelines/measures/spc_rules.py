"""Which points are unusual, and why: the four rules of NHS "Making Data Count", as NHSRplotthedots 0.2.2 reads them.

Every rule restarts in each phase and none reaches across a missing point.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pipelines.measures.spc_limits import BoolArray, FloatArray, IntArray, Limits

RUN_LENGTH = 7  # points: a shift, and a trend of six steps
SHIFT, TWO_IN_THREE, TREND, OUTSIDE = 1, 2, 3, 4  # a larger code takes precedence; its sign is the side
_SAME = 1e-12  # of the size of the numbers: closer than float arithmetic can tell apart


@dataclass(frozen=True)
class Judged:
    """What the rules found at each point: side of the centre (0 on it or missing), flags, and the winning code."""

    values: FloatArray
    phases: IntArray
    has_limits: BoolArray
    side: IntArray
    outside: BoolArray
    close: BoolArray
    codes: IntArray

    @property
    def last(self) -> int:
        """The last point with a value, or -1."""
        there = np.flatnonzero(~np.isnan(self.values))
        return int(there[-1]) if there.size else -1


def judge(values: FloatArray, phases: IntArray, limits: Limits, *, only_outside: bool = False) -> Judged:
    """Apply the rules, precedence outside > trend > two in three > shift.

    `only_outside` keeps to the first rule, for series whose neighbours share data.
    """
    side = _side(values, limits.centre)
    outside = (values > limits.upper).astype(np.int64) - (values < limits.lower)
    distance = np.abs(values - limits.centre)
    close = (outside == 0) & (distance > limits.near) & (np.sign(values - limits.centre) == side)
    codes = np.zeros(values.size, dtype=np.int64)
    if not only_outside:
        codes = _put(codes, SHIFT * np.where(_in_run(side, phases, RUN_LENGTH), side, 0))
        codes = _put(codes, TWO_IN_THREE * np.where(_two_in_three(close, side, phases), side, 0))
        codes = _put(codes, TREND * _trend(values, phases))
    codes = _put(codes, OUTSIDE * outside)
    return Judged(values, phases, ~np.isnan(limits.upper), side, outside != 0, close, codes)


def since(judged: Judged) -> int | None:
    """Where the unusual run that the last value belongs to began: neighbours of one phase flagged on one side."""
    last = judged.last
    if last < 0 or judged.codes[last] == 0:
        return None
    return began(judged, last)


def began(judged: Judged, row: int) -> int:
    """Where the unusual run that this flagged point belongs to began."""
    return row - _streak(np.sign(judged.codes), judged.phases, row) + 1


def run_length(judged: Judged) -> int:
    """How long the last value's signal has lasted: points on one side, steps one way, or points outside; else 0."""
    last = judged.last
    kind = abs(int(judged.codes[last])) if last >= 0 else 0
    if kind == TREND:
        return _streak(steps(judged.values, judged.phases), judged.phases, last)
    if kind == SHIFT:
        return _streak(judged.side, judged.phases, last)
    return _streak(judged.codes, judged.phases, last) if kind == OUTSIDE else 0


def steps(values: FloatArray, phases: IntArray) -> IntArray:
    """Direction of each step to a point from the one before: 1, -1, or 0 for level, first of a phase, or a gap."""
    found = np.zeros(values.size, dtype=np.int64)
    if values.size > 1:
        found[1:] = np.where(phases[1:] == phases[:-1], _side(values[1:], values[:-1]), 0)
    return found


def _side(values: FloatArray, centre: FloatArray) -> IntArray:
    apart = values - centre
    on_it = np.abs(apart) <= _SAME * np.maximum(np.abs(values), np.abs(centre))
    return np.where(np.isnan(apart) | on_it, 0.0, np.sign(apart)).astype(np.int64)


def _put(codes: IntArray, stronger: IntArray) -> IntArray:
    return np.where(stronger != 0, stronger, codes)


def _in_run(keys: IntArray, phases: IntArray, length: int) -> BoolArray:
    """Points in a stretch of at least `length` equal, non-zero keys within one phase."""
    breaks = np.flatnonzero((np.diff(keys) != 0) | (np.diff(phases) != 0)) + 1
    edges = np.concatenate(([0], breaks, [keys.size]))
    lengths = np.diff(edges)
    return np.repeat(lengths >= length, lengths) & (keys != 0)


def _trend(values: FloatArray, phases: IntArray) -> IntArray:
    """1 or -1 in a trend; a point where one trend turns into another goes with the step to its right."""
    step = steps(values, phases)
    into = np.where(_in_run(step, phases, RUN_LENGTH - 1), step, 0)
    out_of = np.append(into[1:], 0)
    return np.where(out_of != 0, out_of, into)


def _two_in_three(close: BoolArray, side: IntArray, phases: IntArray) -> BoolArray:
    """Close points of a window of three that lie on one side, two of them or all close."""
    found = np.zeros(close.size, dtype=np.bool_)
    if close.size >= 3:
        one_side = (np.abs(side[:-2] + side[1:-1] + side[2:]) == 3) & (phases[:-2] == phases[2:])
        enough = close[:-2].astype(np.int64) + close[1:-1] + close[2:] >= 2
        for offset in range(3):
            found[offset : close.size - 2 + offset] |= one_side & enough
    return found & close


def _streak(keys: IntArray, phases: IntArray, last: int) -> int:
    """How many points up to `last` share its key and phase."""
    same = (keys[: last + 1] == keys[last]) & (phases[: last + 1] == phases[last])
    breaks = np.flatnonzero(~same)
    return last - (int(breaks[-1]) if breaks.size else -1)
