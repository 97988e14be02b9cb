"""Rules about the indicator a recommendation is linked to: its better direction, and whether it can carry a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns import kinds
from schemas.returns.beside import stands, worded
from schemas.returns.by_value import by_value
from schemas.returns.listed import listed
from schemas.rule import rule

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from schemas.catalogue.models import Indicator
    from schemas.returns.records import LogContext

_OVERLAPPING = ("rolling_12_months", "rolling_90_days", "year_to_date", "academic_year_to_date")


@rule(
    kind="learning",
    sheet="Measures",
    severity="query",
    column="indicator_id",
    message="{recommendation_id}: {indicator_id} ({title}) has no better direction, and nothing says when {expected_words} was agreed ({where}).",
    fix="If the partnership expects it to go {expected_words}, confirm it: give the day that was agreed under Registered on.",
    bad=[{"indicator_id": "FD03", "registered_on": ""}],
    good=[{"indicator_id": "FD03"}, {"indicator_id": "CP05", "registered_on": ""}],
)
def linked_indicator_has_no_better_direction(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Of a neutral indicator neither more nor less is better in itself: only an expectation stated beforehand can be judged."""
    return _of_indicator(rows, context, lambda indicator: indicator.polarity == "neutral", rows["registered_on"].isna())


@rule(
    kind="learning",
    sheet="Measures",
    severity="note",
    column="indicator_id",
    message="{recommendation_id}: {indicator_id} ({title}) has no better direction; it is judged by your own expectation, {expected_words} ({where}).",
    fix="Nothing to do, if {expected_words} is what the recommendation is to bring about.",
    bad=[{"indicator_id": "FD03"}],
    good=[{"indicator_id": "CP05"}, {"indicator_id": "FD03", "registered_on": ""}],
)
def neutral_indicator_is_judged_by_expectation(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """The page then says “as expected” or “not as expected”, and never that more or fewer is better."""
    return _of_indicator(
        rows, context, lambda indicator: indicator.polarity == "neutral", rows["registered_on"].notna()
    )


@rule(
    kind="learning",
    sheet="Measures",
    severity="query",
    column="expected",
    message="{recommendation_id}: {indicator_id} ({title}) is expected to go {expected_words}, but {polarity} is better ({where}).",
    fix="Choose the other direction, or say in the recommendation's wording why it should first go {expected_words}.",
    bad=[{"expected": "lower"}, {"indicator_id": "FD04", "expected": "higher"}],
    good=[{"expected": "higher"}, {"indicator_id": "FD04", "expected": "lower"},
          {"indicator_id": "FD03", "expected": "lower"}],
)  # fmt: skip
def direction_is_against_the_better_one(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Nobody agrees to make things worse: most often the direction was chosen for another indicator."""
    found = _of_indicator(rows, context, lambda indicator: indicator.polarity != "neutral")
    indicators = context.catalogue.indicators
    found = found.assign(polarity=[indicators[rows["indicator_id"][at]].polarity for at in found.index])
    return found[found["polarity"].ne(rows["expected"][found.index])]


@rule(
    kind="learning",
    sheet="Measures",
    severity="query",
    column="indicator_id",
    message="{recommendation_id}: {indicator_id} ({title}) counts few events; the verdict can rest on protected yearly totals only ({where}).",
    fix="Add an indicator of everyday practice that should move first, as visits made or plans reviewed.",
    bad=[{"indicator_id": "PA01"}],
    good=[{"indicator_id": "CP05"}],
)
def linked_indicator_is_rare(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A handful of events a year changes by chance alone, and its quarters are hidden: it will rarely show anything."""
    return _of_indicator(rows, context, lambda indicator: indicator.measure_type == "rare")


@rule(
    kind="learning",
    sheet="Measures",
    severity="query",
    column="indicator_id",
    message="{recommendation_id}: {indicator_id} ({title}) looks back over overlapping months; the verdict can rest on years, not on quarters ({where}).",
    fix="Link a quarterly indicator beside it: it will show a change sooner.",
    bad=[{"indicator_id": "LA03", "expected": "lower"}],
    good=[{"indicator_id": "CP05"}, {"indicator_id": "PA01"}],
)
def linked_indicator_overlaps(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Windows that overlap move slowly and all together: signals in them are mostly echoes."""
    return _of_indicator(
        rows, context, lambda indicator: indicator.window in _OVERLAPPING and indicator.measure_type != "rare"
    )


@rule(
    kind="learning",
    sheet="Measures",
    severity="query",
    column="indicator_id",
    message="{recommendation_id}: {indicator_id} ({title}) comes {frequency}; four points after the change take {years} years ({where}).",
    fix="Link a quarterly indicator beside it, or set the review date so far ahead.",
    bad=[{"indicator_id": "WF01", "expected": "lower"}, {"indicator_id": "SV01"}],
    good=[{"indicator_id": "CP05"}, {"indicator_id": "ED05", "expected": "lower"}],
)
def linked_indicator_comes_seldom(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """With one or two points a year the verdict stays “too early” long after the review date."""
    found = _of_indicator(rows, context, lambda indicator: indicator.frequency in ("annual", "six-monthly"))
    often = [context.catalogue.indicators[rows["indicator_id"][at]].frequency for at in found.index]
    words = {"annual": ("once a year", "four"), "six-monthly": ("twice a year", "two")}
    return found.assign(frequency=[words[each][0] for each in often], years=[words[each][1] for each in often])


@rule(
    kind="learning",
    sheet="Measures",
    severity="query",
    column="indicator_id",
    message="{recommendation_id}: {indicator_id} ({title}) is not asked of everybody yet; without figures there is no verdict ({where}).",
    fix="Check that {agency} sends it, or link one that is sent already.",
    bad=[{"indicator_id": "EH06"}],
    good=[{"indicator_id": "CP05"}, {"indicator_id": "TR03"}, {"indicator_id": "SV01"}],
)
def linked_indicator_may_not_be_collected(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """An indicator nobody sends keeps the recommendation “not measurable”, however much has changed."""

    def is_uncertain(indicator: Indicator) -> bool:
        if indicator.computed_from:
            return indicator.computed_from != "coverage" and indicator.computed_from not in kinds()
        return indicator.tier == "extended"

    found = _of_indicator(rows, context, is_uncertain)
    indicators, agencies = context.catalogue.indicators, context.catalogue.agencies
    owners = [agencies[indicators[rows["indicator_id"][at]].agency_id].title for at in found.index]
    return found.assign(agency=owners)


@rule(
    kind="learning",
    sheet="Measures",
    severity="query",
    column="indicator_id",
    message="{recommendation_id}: {indicator_id} ({title}) is counted from this log itself ({where}).",
    fix="Link an indicator of what children, families or practitioners see.",
    bad=[{"indicator_id": "PA03"}],
    good=[{"indicator_id": "CP05"}, {"indicator_id": "TR03"}],
)
def linked_indicator_is_counted_from_this_log(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Closing actions would then prove that closing actions works."""
    return _of_indicator(rows, context, lambda indicator: indicator.computed_from == context.kind.id)


@rule(
    kind="learning",
    sheet="Measures",
    severity="note",
    column="indicator_id",
    message="{recommendation_id}: {indicator_id} ({title}) is linked to {others} too; each verdict will name the other ({where}).",
    fix="Nothing to do. Where their change dates are near, neither can be told from the other.",
    bad=[{"_held": {"Measures": [{"recommendation_id": "R-02"}]}}],
    good=[
        {"recommendation_id": "R-01"},
        {"_held": {"Measures": [{"recommendation_id": "R-02", "indicator_id": "CP03"}]}},
    ],
)
def linked_indicator_is_shared(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """One improvement cannot be claimed twice as if each had brought it about alone."""
    shared = stands(context, "Measures").groupby("indicator_id")["recommendation_id"].agg(lambda ids: sorted(set(ids)))
    others = [
        listed([other for other in shared.get(linked, []) if other != mine])
        for linked, mine in zip(rows["indicator_id"], rows["recommendation_id"], strict=True)
    ]
    found = _of_indicator(rows, context, lambda _: True)
    named = found.assign(others=[words for words, at in zip(others, rows.index, strict=True) if at in found.index])
    return named[named["others"].ne("")]


def _of_indicator(
    rows: pd.DataFrame,
    context: LogContext,
    is_so: Callable[[Indicator], bool],
    where: pd.Series | None = None,
) -> pd.DataFrame:
    """The rows whose indicator is so, with its title and the direction expected of it in words."""
    indicators = context.catalogue.indicators
    so = by_value(rows["indicator_id"], lambda linked: linked in indicators and is_so(indicators[linked]), "bool")
    titles = by_value(rows["indicator_id"], lambda linked: indicators[linked].title if linked in indicators else "")
    ways = by_value(rows["expected"], lambda way: context.catalogue.label("direction", way).lower())
    return worded(rows, so if where is None else so & where, title=titles, expected_words=ways)
