"""What the training return gives: places attended, confidence gained, practice changed three months on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.publishing.logs.log import Log, inside, records_of
from pipelines.publishing.logs.observed import Counts, observed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from pipelines.publishing.assembling import Inputs

# Which date places a course in a quarter for each indicator.
_DATED = {"TR01": "held_on", "TR02": "held_on", "TR03": "follow_up_on"}


def of_training(inputs: Inputs) -> Iterator[dict[str, Any]]:
    """The three training indicators: each quarter as a whole, each financial year by sector."""
    log, courses = Log(inputs, "training"), records_of(inputs, "training", "Courses")
    for indicator_id, dated in _DATED.items():
        for quarter in log.quarters:
            mine = courses[inside(courses[dated], quarter)]
            yield observed(log, indicator_id, quarter, _COUNTED[indicator_id](mine), mine)
        for year in log.years:
            mine = courses[inside(courses[dated], year)]
            for category in inputs.catalogue.breakdowns["agency_about"].categories:
                part = mine[mine["sector"].eq(category.id)]
                counts, split = _COUNTED[indicator_id](part), {"breakdown": "agency_about", "category": category.id}
                yield observed(log, indicator_id, year, counts, part, **split)


def attended(courses: pd.DataFrame) -> Counts:
    """Places attended."""
    return Counts(float(courses["attended"].sum()))


def gained(courses: pd.DataFrame) -> Counts:
    """Points of confidence gained by those who answered before and after, and how many they are.

    A row's means count as often as people are behind them; a row without all three is left out.
    """
    known = courses.dropna(subset=["paired", "before_mean", "after_mean"])
    points = known["paired"] * (known["after_mean"] - known["before_mean"])
    return Counts(round(float(points.sum()), 6), float(known["paired"].sum()))


def changed(courses: pd.DataFrame) -> Counts:
    """Replies three months on that tell of a change, of all replies; a row without both is left out."""
    known = courses.dropna(subset=["follow_up_replies", "follow_up_changed"])
    return Counts(float(known["follow_up_changed"].sum()), float(known["follow_up_replies"].sum()))


_COUNTED: dict[str, Callable[[pd.DataFrame], Counts]] = {"TR01": attended, "TR02": gained, "TR03": changed}
