"""Rules of certain years: definitions, indicators and partners a return is held to by the year it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from schemas.periods import parse
from schemas.returns.by_value import by_value, joined_keys, picked
from schemas.returns.numbers import number_in
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.catalogue import Indicator
    from schemas.returns.context import Context

# The breakdowns by agency that have education among their categories, and how it is called there.
_BY_AGENCY = ("core_agency", "invited_agency")
_EDUCATION = "education"
# A lone row by agency is a figure of that agency, and no list that somebody is left out of.
_A_LIST = 2


@rule(
    kind="figures",
    severity="error",
    column="definition_version",
    message="{indicator_id}: said to be counted by definition {definition_stated}, but in {period_id} definition "
    "{definition_version} holds: {definition} ({where}).",
    fix="Count it by the definition of its period. If you cannot yet, put the indicator on the Not held sheet and say until when.",
    bad=[{"indicator_id": "CP07", "definition_stated": "1", "definition_version": 2},
         {"indicator_id": "CP07", "definition_stated": "old one", "definition_version": 2}],
    good=[{"indicator_id": "CP07", "definition_stated": "2", "definition_version": 2},
          {"indicator_id": "CP07", "definition_stated": "2.0", "definition_version": 2},
          {"indicator_id": "CP07", "definition_stated": "", "definition_version": 2}],
)  # fmt: skip
def definition_is_not_that_of_its_period(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """A figure counted by another definition looks like a change in practice; the line is broken where the definition is."""
    stated = by_value(figures["definition_stated"], lambda text: number_in(text) or 0.0, "float64")
    differs = figures["definition_stated"].ne("") & stated.ne(figures["definition_version"].astype("float64"))
    known = context.catalogue.indicators
    suspects = picked(figures, differs, "indicator_id", "period_id")
    # Of a year in which the definition changed, either may have been counted by.
    began = [
        _began_with(known[id_], period)
        for id_, period in zip(suspects["indicator_id"], suspects["period_id"], strict=True)
    ]
    differs[suspects.index] = stated[suspects.index].lt(began) | stated[suspects.index].gt(
        figures["definition_version"][suspects.index]
    )
    found = picked(figures, differs, "indicator_id", "definition_version")
    words = [
        next(each.text for each in known[id_].definitions if each.version == version)
        for id_, version in zip(found["indicator_id"], found["definition_version"], strict=True)
    ]
    return found[[]].assign(definition=pd.Series(words, found.index, dtype="str"))


def _began_with(indicator: Indicator, period_id: str) -> int:
    """The version in force when a period began."""
    start = parse(period_id).start
    return max((each.version for each in indicator.definitions if parse(each.from_period).start <= start), default=1)


@rule(
    kind="figures",
    severity="error",
    sets_aside=True,
    column="period_id",
    message="{indicator_id} ({title}) is counted since {begun}, and not yet in {period_id} ({where}).",
    fix="Leave the row out: nothing is asked for before the indicator was agreed.",
    bad=[{"indicator_id": "CP07", "period_id": "2020-21-Q2"}],
    good=[{"indicator_id": "CP07", "period_id": "2026-27-Q2"}, {"indicator_id": "CP07", "period_id": ""}],
)
def indicator_had_not_begun(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Before its first definition nobody had said what to count: such a figure is of something else under the same name."""
    begins = {i.id: i.definitions[0].from_period for i in context.catalogue.indicators.values()}
    pairs = by_value(
        pd.Series(joined_keys(figures, ["indicator_id", "period_id"]), figures.index),
        lambda pair: _is_before(pair, begins),
        "bool",
    )
    found = picked(figures, pairs, "indicator_id")
    return found[[]].assign(begun=[begins[id_] for id_ in found["indicator_id"]])


@rule(
    kind="figures",
    stage="return",
    severity="query",
    column="category",
    since="2026-27-Q1",
    agreed_in="Children's Wellbeing and Schools Act 2026",
    message="{indicator_id} by {breakdown}: {count} agencies, and education is not among them ({where}).",
    fix="Add a row for Schools and education: 0 if it took part in none, marker x if nobody records it.",
    bad=[{"breakdown": "core_agency", "category": name, "indicator_id": "CP03"} for name in ("police", "health", "social_care")],
    good=[{"breakdown": "core_agency", "category": name, "indicator_id": "CP03"}
          for name in ("police", "health", "social_care", "education")],
)  # fmt: skip
def education_is_left_out(figures: pd.DataFrame) -> pd.DataFrame:
    """Education belongs to the arrangements as the other partners do; left out of a list of agencies it is seen by nobody."""
    named = picked(
        figures, figures["breakdown"].isin(_BY_AGENCY), "indicator_id", "period_id", "area_id", "breakdown", "category"
    )
    if named.empty:
        return named[[]]
    lists = named.groupby(["indicator_id", "period_id", "area_id", "breakdown"], sort=False)["category"]
    count, has = lists.transform("size"), lists.transform(lambda names: (names == _EDUCATION).any())
    first = ~named.duplicated(["indicator_id", "period_id", "area_id", "breakdown"])
    told = first & count.ge(_A_LIST) & ~has.astype(bool)
    return named.loc[told, []].assign(count=count[told])


def _is_before(pair: str, begins: dict[str, str]) -> bool:
    indicator_id, _, period_id = pair.partition("|")
    if indicator_id not in begins or not period_id:
        return False
    return parse(period_id).end < parse(begins[indicator_id]).start
