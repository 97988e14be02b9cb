"""The order of the Overview's sentences: the weights, and the rule in the words the pages print."""

from __future__ import annotations

HEADLINE = 4
PRIORITY = 2
# By the start of the special cause's name.
STRENGTH = {"Above UCL": 4, "Below LCL": 4, "7 Point Trend": 3, "2 in 3": 2, "7 Points": 1}
TARGET_MISSED = 3
WORST_QUARTER = 2
RULE = (
    f"Each sentence has a score: {HEADLINE} for a headline indicator and {PRIORITY} for one of a priority; "
    f"{STRENGTH['Above UCL']} for a point outside its usual range, {STRENGTH['7 Point Trend']} for a trend of seven, "
    f"{STRENGTH['2 in 3']} for two of three near a limit, {STRENGTH['7 Points']} for seven on one side of the mean; "
    f"{TARGET_MISSED} for a target that is certain to be missed; {WORST_QUARTER} for the worst quarter among the "
    "statistical neighbours (listed only when England, too, is better by more than chance); and up to 2 for how long it has lasted. The highest score comes first."
)
