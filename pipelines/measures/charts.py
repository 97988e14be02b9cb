"""What a control chart is: a frame of points, what the last of them says, and one sentence for the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from pipelines.measures.spc_limits import FloatArray, IntArray, Limits
from pipelines.measures.spc_rules import Judged, run_length, since

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pandas.api.extensions import ExtensionArray

    from pipelines.measures.spc_runs import RunsTest

Improvement = Literal["increase", "decrease", "neutral"]

COMMON_CAUSE = "Common Cause"
# Looked up by code + 4: the names NHSRplotthedots gives, so that a reader who knows one chart knows the other.
_LABELS = pd.array(
    [
        "Below LCL",
        "7 Point Trend (Decreasing)",
        "2 in 3 Below CL",
        "7 Points Below CL",
        COMMON_CAUSE,
        "7 Points Above CL",
        "2 in 3 Above CL",
        "7 Point Trend (Increasing)",
        "Above UCL",
    ],
    dtype="str",
)
# Looked up by side + 1: low, usual, high.
_POINT_TYPES = {
    "increase": pd.array(["special_cause_concern", "common_cause", "special_cause_improvement"], dtype="str"),
    "decrease": pd.array(["special_cause_improvement", "common_cause", "special_cause_concern"], dtype="str"),
    "neutral": pd.array(["special_cause_neutral_low", "common_cause", "special_cause_neutral_high"], dtype="str"),
}
_VARIATIONS = {
    "increase": ("concern_low", "common_cause", "improvement_high"),
    "decrease": ("improvement_low", "common_cause", "concern_high"),
    "neutral": ("neutral_low", "common_cause", "neutral_high"),
}


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart ready to draw.

    `points`: one row a value, in order: phase (from 0), mean, lpl, upl (in the value's unit, NaN where there are
    none), outside_limits, relative_to_mean (-1, 0, 1), close_to_limits (the three missing where they cannot be
    judged), special_cause, point_type.
    `variation`: the last value's icon: improvement_high, improvement_low, concern_high, concern_low, neutral_high,
    neutral_low, common_cause, or none where nothing is claimed.
    `assurance`: consistent_pass, consistent_fail, inconsistent (hit and miss), or None.
    `note`: one plain sentence for the page.
    `chart`: p, p_prime, u, u_prime, c, g, t, run, xmr, change, ratio, line, constant or none.
    `since`: row where the last value's unusual run began. `run`: how many points or steps its signal has lasted.
    `period`: the word for one point. `runs`: the Anhøj test, on charts that have it.
    """

    points: pd.DataFrame
    variation: str
    assurance: str | None
    note: str
    chart: str = "xmr"
    since: int | None = None
    run: int = 0
    period: str = "quarter"
    runs: RunsTest | None = None


@dataclass(frozen=True)
class Aim:
    """Which way is better, and the value aimed for; ValueError on an unknown `improvement`."""

    improvement: Improvement = "neutral"
    target: float | None = None

    def __post_init__(self) -> None:
        """Refuse a direction that would colour points at random."""
        if self.improvement not in _VARIATIONS:
            msg = f"improvement is {self.improvement!r}; it must be increase, decrease or neutral."
            raise ValueError(msg)


def drawn(name: str, judged: Judged, limits: Limits, aim: Aim) -> Chart:
    """Put a judged series together as a chart, without a note."""
    last = judged.last
    side = int(np.sign(judged.codes[last])) if last >= 0 else 0
    return Chart(
        points=_points(judged, limits, aim.improvement),
        variation=_VARIATIONS[aim.improvement][side + 1],
        assurance=_assurance(limits, aim),
        note="",
        chart=name,
        since=since(judged),
        run=run_length(judged),
    )


def variation_word(chart: Chart) -> str:
    """The icon as publications name it: concern, improvement, unusual (no direction is better), usual or none."""
    plain = {"neutral": "unusual", "common": "usual"}
    first = chart.variation.split("_")[0]
    return plain.get(first, first)


def phases_from(size: int, starts: Sequence[int]) -> IntArray:
    """Phase numbers from 0, rising at each start; ValueError on a start outside the series.

    >>> phases_from(5, (2, 4))
    array([0, 0, 1, 1, 2])
    """
    beyond = [start for start in starts if not 0 <= start < size]
    if beyond:
        msg = f"rebase {beyond[0]} is outside the series of {size} points. Use the row where the new definition starts."
        raise ValueError(msg)
    rises = np.zeros(size, dtype=np.int64)
    rises[[start for start in starts if start > 0]] = 1
    return np.cumsum(rises)


def labels(codes: IntArray) -> ExtensionArray:
    """The names of the rules' codes.

    >>> labels(np.array([0, -4])).tolist()
    ['Common Cause', 'Below LCL']
    """
    return _LABELS.take(codes + 4)


def point_types(codes: IntArray, improvement: Improvement) -> ExtensionArray:
    """Whether each code is an improvement, a concern or neither.

    >>> point_types(np.array([-4, 0]), "decrease").tolist()
    ['special_cause_improvement', 'common_cause']
    """
    return _POINT_TYPES[improvement].take(np.sign(codes) + 1)


def no_limits(centre: FloatArray) -> Limits:
    """A centre line on its own."""
    none = np.full(centre.size, np.nan)
    return Limits(centre, none, none, none)


def _points(judged: Judged, limits: Limits, improvement: Improvement) -> pd.DataFrame:
    missing = np.isnan(judged.values)
    unjudged = missing | ~judged.has_limits
    return pd.DataFrame(
        {
            "phase": judged.phases,
            "mean": limits.centre,
            "lpl": limits.lower,
            "upl": limits.upper,
            "outside_limits": pd.arrays.BooleanArray(judged.outside, unjudged),
            "relative_to_mean": pd.arrays.IntegerArray(judged.side, missing),
            "close_to_limits": pd.arrays.BooleanArray(judged.close, unjudged),
            "special_cause": labels(judged.codes),
            "point_type": point_types(judged.codes, improvement),
        }
    )


def _assurance(limits: Limits, aim: Aim) -> str | None:
    """Whether the target lies strictly beyond the last limits (always met, never met) or between them."""
    if aim.target is None or aim.improvement == "neutral" or not limits.upper.size:
        return None
    above, below = aim.target > limits.upper[-1], aim.target < limits.lower[-1]
    if not above and not below:
        return "inconsistent"
    return "consistent_fail" if above == (aim.improvement == "increase") else "consistent_pass"
