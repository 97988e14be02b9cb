"""Rules about what is agreed before looking: the direction, the change date, the review date, or why it cannot be measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from schemas.returns.beside import beside, is_among, is_shrugged, months_after, of_the_future, stands, worded
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.returns.records import LogContext

# Fewer than four quarters after a change say nothing yet (the verdict would be “too early”).
_MONTHS_TO_JUDGE = 12


@rule(
    kind="learning",
    sheet="Recommendations",
    severity="query",
    column="not_measurable",
    message="{recommendation_id} has neither a linked indicator nor a reason why it cannot be measured ({where}).",
    fix="Link an indicator on the sheet Measures, with its direction and review date, or say why none could show it.",
    bad=[{"_without": ["Measures"]}, {"_held": {"Measures": [{"standing": "withdrawn"}]}}],
    good=[{"not_measurable": ""},
          {"not_measurable": "No agency counts what is said in private supervision", "_without": ["Measures"]}],
)  # fmt: skip
def recommendation_is_measured_neither_way(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """The law asks for a demonstrable impact on practice; what nobody plans to measure can show none."""
    return rows["not_measurable"].eq("") & ~is_among(rows, "recommendation_id", stands(context, "Measures"))


@rule(
    kind="learning",
    sheet="Recommendations",
    severity="query",
    column="not_measurable",
    message="{recommendation_id} has a linked indicator, and also a reason why it cannot be measured ({where}).",
    fix="Clear the reason, or withdraw the measure.",
    bad=[{"not_measurable": "No agency counts what is said in private supervision"}],
    good=[{"not_measurable": ""}],
)
def recommendation_is_measured_both_ways(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """Only one can be meant; it is judged by its indicator until you say."""
    return rows["not_measurable"].ne("") & is_among(rows, "recommendation_id", stands(context, "Measures"))


@rule(
    kind="learning",
    sheet="Recommendations",
    severity="query",
    column="not_measurable",
    message="{recommendation_id}: the reason why it cannot be measured says too little ({where}).",
    fix="Say what would have to be counted, and why nobody can.",
    bad=[
        {"not_measurable": "N/A", "_without": ["Measures"]},
        {"not_measurable": "Not possible", "_without": ["Measures"]},
    ],
    good=[{"not_measurable": "No agency counts what is said in private supervision", "_without": ["Measures"]}],
)
def reason_for_not_measuring_says_nothing(rows: pd.DataFrame) -> pd.Series:
    """The reason is published in place of a verdict, and the scrutineer will ask whether it is a good one."""
    return rows["not_measurable"].ne("") & is_shrugged(rows["not_measurable"])


@rule(
    kind="learning",
    sheet="Measures",
    severity="query",
    column="registered_on",
    message="{recommendation_id}, {indicator_id}: registered on {registered_on}, after practice changed on {changed_on} ({where}).",
    fix="If it was agreed earlier, give that day. If not, leave it: it will be shown as agreed after the fact.",
    bad=[{"registered_on": "2025-11-03"}],
    good=[{"registered_on": "2025-05-12"}, {"registered_on": "2025-07-01"}],
)
def direction_is_registered_after_the_change(rows: pd.DataFrame) -> pd.Series:
    """Whoever chooses the direction after the figures have moved can choose the one they moved in."""
    return rows["registered_on"].gt(rows["changed_on"])


@rule(
    kind="learning",
    sheet="Measures",
    severity="query",
    column="registered_on",
    message="{recommendation_id}, {indicator_id}: nothing says when the direction was agreed, and practice changed on {changed_on} ({where}).",
    fix="Give the day on which indicator and direction were agreed.",
    bad=[{"registered_on": ""}],
    good=[{"registered_on": "2025-05-12"}, {"registered_on": "", "indicator_id": "FD03"},
          {"registered_on": "", "changed_on": "2026-12-01", "review_on": "2027-12-31"}],
)  # fmt: skip
def direction_has_no_registered_day(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """Without the day nobody can tell that the direction was chosen before looking."""
    indicators = context.catalogue.indicators
    judged = {indicator.id for indicator in indicators.values() if indicator.polarity != "neutral"}
    return rows["registered_on"].isna() & rows["changed_on"].le(context.now) & rows["indicator_id"].isin(judged)


@rule(
    kind="learning",
    sheet="Measures",
    severity="error",
    column="registered_on",
    message="{recommendation_id}, {indicator_id}: “{heading}” is {day}, after today ({where}).",
    fix="Give the day on which it was agreed, or mend the year.",
    bad=[{"registered_on": "2027-05-12"}],
    good=[{"registered_on": "2026-10-20", "changed_on": "2026-12-01", "review_on": "2027-12-31"}],
)
def direction_is_registered_in_the_future(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """What is agreed is agreed by today; the day decides whether the verdict was registered before looking."""
    return of_the_future(rows, context, "Measures", ["registered_on"])


@rule(
    kind="learning",
    sheet="Measures",
    severity="error",
    column="review_on",
    message="{recommendation_id}, {indicator_id}: the review date {review_on} is not after the change date {changed_on} ({where}).",
    fix="Check both: the change date is when practice changes, the review date when the change should show.",
    bad=[{"review_on": "2025-06-30"}, {"review_on": "2025-07-01"}],
    good=[{"review_on": "2026-09-30"}],
)
def review_is_not_after_the_change(rows: pd.DataFrame) -> pd.Series:
    """With the two swapped, what came before the change would be judged as its effect."""
    return rows["review_on"].le(rows["changed_on"])


@rule(
    kind="learning",
    sheet="Measures",
    severity="query",
    column="review_on",
    message="{recommendation_id}, {indicator_id}: {review_on} is less than four quarters after the change on {changed_on}; it will be too early to tell ({where}).",
    fix="Choose a review date from {from_when} on.",
    bad=[{"review_on": "2026-03-31"}],
    good=[{"review_on": "2026-07-01"}, {"review_on": "2026-06-30"}],
)
def review_is_too_early(rows: pd.DataFrame) -> pd.DataFrame:
    """Four points after a change are the least that can be told from chance; before that the verdict is “too early”."""
    # The last day of the fourth quarter is enough: 30 September for a change on 1 October.
    from_when = months_after(rows["changed_on"], _MONTHS_TO_JUDGE) - pd.Timedelta(days=1)
    early = rows["review_on"].lt(from_when) & rows["review_on"].gt(rows["changed_on"])
    return worded(rows, early, from_when=from_when)


@rule(
    kind="learning",
    sheet="Measures",
    severity="query",
    column="changed_on",
    message="{recommendation_id}, {indicator_id}: practice is said to change on {changed_on}, before the recommendation was agreed on {agreed} ({where}).",
    fix="Give the day from which teams work differently; an action done is not yet that day.",
    bad=[{"changed_on": "2025-04-01"}],
    good=[{"changed_on": "2025-07-01"}, {"changed_on": "2025-05-12"}],
)
def change_is_before_the_recommendation(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A change that began earlier has other causes, and figures that had moved already would be claimed."""
    agreed = beside(rows, "recommendation_id", stands(context, "Recommendations"), "agreed_on")
    return worded(rows, rows["changed_on"].lt(agreed), agreed=agreed)


@rule(
    kind="learning",
    sheet="Measures",
    severity="query",
    column="expected",
    message="{recommendation_id} expects {indicator_id} to go {mine}, and {other} expects it to go {theirs} ({where}).",
    fix="Agree one direction, or measure one of the two by another indicator.",
    bad=[{"_held": {"Measures": [{"recommendation_id": "R-02", "expected": "lower"}]}}],
    good=[{"_held": {"Measures": [{"recommendation_id": "R-02"}]}},
          {"_held": {"Measures": [{"recommendation_id": "R-02", "indicator_id": "FD04", "expected": "lower"}]}}],
)  # fmt: skip
def two_recommendations_expect_opposite_things(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Whichever way it moves, one of them would be called improved and the other worse."""
    # One that expects each way is enough to set beside a row, however many do.
    measures = stands(context, "Measures").drop_duplicates(["indicator_id", "expected"])
    both = rows.reset_index(names="at").merge(measures, on="indicator_id", suffixes=("", "_other"))
    both = both[both["expected"].ne(both["expected_other"])].drop_duplicates("at").set_index("at")
    words = {way: context.catalogue.label("direction", way).lower() for way in ("higher", "lower")}
    return both[[]].assign(
        mine=both["expected"].map(words),
        theirs=both["expected_other"].map(words),
        other=both["recommendation_id_other"],
    )
