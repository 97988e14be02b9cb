"""What a judgement of impact holds: the verdict, why, how large the change is, and the points it was read from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.measures.impact_segmented import Segmented

Verdict = Literal["improved", "no_change", "worse", "too_early", "not_measurable"]
Expected = Literal["higher", "lower"]
Year = tuple[str, float | None, float | None, bool, str]

FEWEST_AFTER = 4  # shown points after the change before anything is judged: a year of quarters
YEARS_BEFORE = 2  # whole years before the change a yearly judgement needs, and one after

# Every reason an Impact can carry, for readers of the code and for the words of a page.
REASONS = {
    "signal": "a special cause after the change decides; on years, the interval excludes no change",
    "no_signal": "no special cause after the change; on years, the interval holds no change",
    "signal_did_not_last": "there was a special cause, but the last three points are back where they used to be",
    "fewer_than_four_after": "fewer than four points after the change can be judged yet",
    "no_whole_year_after": "no whole year after the change yet",
    "no_baseline": "too few points of one definition before the change",
    "definition_changed": "a new definition began at the change, or fewer than four points after it",
    "hidden": "too many of the points are hidden to protect people",
    "rare": "too rare to be judged by quarter",
    "rolling": "each point covers a window that overlaps the one before",
    "audit": "no two audits ask quite the same question",
    "near_zero": "numbers this near zero, or shares this near all, have no usual range",
    "constant": "the points before the change are too equal to give a usual range",
}


@dataclass(frozen=True, slots=True)
class Effect:
    """How large the change is, beside the verdict and never instead of it.

    `kind`: rate_ratio (after / before), difference (percentage points, after - before), mean_difference (in the
    indicator's unit, after - before, without an interval) or none. `before`, `after`: the pooled levels in the
    indicator's unit. Numerators and denominators are summed over the points pooled; a count of events has no
    denominator. `odds_p`: Fisher's two-sided p value for percentages. NaN wherever there is none.
    """

    kind: str = "none"
    value: float = math.nan
    lower: float = math.nan
    upper: float = math.nan
    before: float = math.nan
    after: float = math.nan
    before_numerator: float = math.nan
    before_denominator: float = math.nan
    after_numerator: float = math.nan
    after_denominator: float = math.nan
    odds_p: float = math.nan


NO_EFFECT = Effect()


@dataclass(frozen=True, eq=False)
class Impact:
    """Whether practice changed after a registered date, and everything a page needs to say so.

    `basis`: quarters (the points as given), years, or none where nothing could be judged. `reason`: a key of REASONS.
    `set_aside`: why the points as given were not judged (hidden, rare, ...), "" where they were.
    `points`: one row a value, in order: part (before, straddling, after), value, mean, lower, upper (the baseline's,
    carried on), special_cause, point_type, used. `needed`: how many more points (or years) after the change until it
    can be judged. `unusual_baseline`: the last points before the change were themselves unusual, so that a change may
    be a return to usual. `since`, `signal`: the row where the deciding special cause began, and its label.
    `chart`: xmr, p_prime, u_prime, change, ratio, years or none.
    """

    verdict: Verdict
    basis: str
    reason: str
    points: pd.DataFrame
    baseline_points: int
    after_points: int
    needed: int = 0
    unusual_baseline: bool = False
    few_baseline: bool = False
    since: int | None = None
    signal: str = ""
    effect: Effect = NO_EFFECT
    segmented: Segmented | None = None
    chart: str = "none"
    set_aside: str = ""


def better_or_worse(side: float, expected: Expected) -> Verdict:
    """The verdict a move to one side is: improved where it is the expected one.

    >>> better_or_worse(1, "higher"), better_or_worse(1, "lower"), better_or_worse(0, "lower")
    ('improved', 'worse', 'no_change')
    """
    if not side:
        return "no_change"
    return "improved" if (side > 0) == (expected == "higher") else "worse"
