"""What is published of training beside its indicators: levels, topics and sectors, year by year.

Places, evaluations and replies are those of staff: nothing here is hidden for smallness.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.publishing.logs.log import Log, inside, records_of
from pipelines.publishing.logs.training import attended, changed, gained

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.publishing.assembling import Inputs
    from schemas.catalogue import Catalogue
    from schemas.periods import Period

# By dimension: the column, and the list its values are taken from.
DIMENSIONS = {
    "all": ("", ""),
    "level": ("course_level", "course_level"),
    "topic": ("topic", "theme"),
    "sector": ("sector", "agency_about"),
}
# Below so many replies a percentage says more than they can.
ENOUGH = 10


def training_rows(inputs: Inputs) -> list[dict[str, Any]]:
    """The rows of `training_count`: each financial year the log is known in, the running one up to its last quarter.

    Courses count in the year they were held, replies to follow-ups in the year those closed, as in the indicators.
    """
    log, courses = Log(inputs, "training"), records_of(inputs, "training", "Courses")
    whole = {year.id for year in log.years}
    made: list[dict[str, Any]] = []
    for year in dict.fromkeys(quarter.financial_year for quarter in log.quarters):
        known = [quarter for quarter in log.quarters if year.contains(quarter)]
        held = courses[_in_any(courses["held_on"], known)]
        followed = courses[_in_any(courses["follow_up_on"], known)]
        for dimension in DIMENSIONS:
            made += _split(
                inputs.catalogue, dimension, held, followed, {"year_id": year.id, "is_whole_year": year.id in whole}
            )
    return made


def categories(catalogue: Catalogue, dimension: str) -> dict[str, str]:
    """The values of a dimension and what they are called; the one nobody gave at the end."""
    if dimension == "all":
        return {"all": "All courses"}
    listed = DIMENSIONS[dimension][1]
    if listed in catalogue.breakdowns:
        return {each.id: each.label for each in catalogue.breakdowns[listed].categories}
    return {each.id: each.label for each in catalogue.choices[listed].values()} | {"": "Not said"}


def _in_any(days: pd.Series, quarters: list[Period]) -> pd.Series:
    return pd.concat([inside(days, quarter) for quarter in quarters], axis=1).any(axis=1)


def _split(
    catalogue: Catalogue, dimension: str, held: pd.DataFrame, followed: pd.DataFrame, year: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    column = DIMENSIONS[dimension][0]
    for position, (category, label) in enumerate(categories(catalogue, dimension).items()):
        mine, replied = ((part[part[column].eq(category)] if column else part) for part in (held, followed))
        if dimension in ("level", "topic") and mine.empty and replied.empty:
            continue  # a sector that never came is news; a topic nobody taught is not
        where = {"dimension": dimension, "category": category, "position": position, "label": label}
        yield where | year | _counts(mine, replied)


def _counts(held: pd.DataFrame, followed: pd.DataFrame) -> dict[str, Any]:
    points, people = gained(held)
    told, replies = changed(followed)
    return {
        "courses": held["course_ref"].nunique(),
        "places": None if held["places"].isna().any() else int(held["places"].sum()),
        "attended": int(attended(held).numerator),
        "paired": int(people or 0),
        "gain": points / people if people else None,
        "replies": int(replies or 0),
        "changed": int(told),
        "changed_percent": 100 * told / replies if replies and replies >= ENOUGH else None,
    }
