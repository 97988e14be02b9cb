"""Rules about a course: when it was held, for whom, and how many came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.beside import doubles, labelled, of_the_future, stands, worded
from schemas.rule import rule

if TYPE_CHECKING:
    import pandas as pd

    from schemas.returns.records import LogContext


@rule(
    kind="training",
    sheet="Courses",
    severity="error",
    column="held_on follow_up_on",
    message="{course_ref}: “{heading}” is {day}, after today ({where}).",
    fix="Enter it once it has happened, or mend the year.",
    bad=[{"held_on": "2026-11-06", "follow_up_on": "", "follow_up_replies": "", "follow_up_changed": ""},
         {"follow_up_on": "2026-12-10"}],
    good=[{"held_on": "2026-10-20", "follow_up_on": "", "follow_up_replies": "", "follow_up_changed": ""}],
)  # fmt: skip
def course_is_dated_in_the_future(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A planned course has taught nobody yet, and would be counted as attendance."""
    return of_the_future(rows, context, "Courses", ["held_on", "follow_up_on"])


@rule(
    kind="training",
    sheet="Courses",
    severity="query",
    column="attended",
    message="{course_ref}, {sector_words}: more came ({attended}) than places were offered ({places}, {where}).",
    fix="Check both. If more came than places were kept for the sector, leave it.",
    bad=[{"attended": "34"}],
    good=[{"attended": "30"}, {"places": ""}],
)
def more_came_than_there_were_places(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Most often the two columns are swapped, or all sectors' people stand in one row."""
    return _told(rows, rows["attended"].gt(rows["places"]), context)


@rule(
    kind="training",
    sheet="Courses",
    severity="note",
    column="attended",
    message="{course_ref}, {sector_words}: nobody came ({where}).",
    fix="Nothing to do, if places were offered and nobody came.",
    bad=[{"attended": "0", "paired": "", "before_mean": "", "after_mean": "", "follow_up_on": "",
          "follow_up_replies": "", "follow_up_changed": ""}],
    good=[{"attended": "28"}],
)  # fmt: skip
def nobody_came_to_a_course(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A zero says that a sector was offered places and took none; if it was not offered any, the row is not needed."""
    return _told(rows, rows["attended"].eq(0), context)


@rule(
    kind="training",
    sheet="Courses",
    severity="query",
    column="held_on",
    message="{course_ref} was held on {held_on} here, and on {other_day} for {other_sector} ({where}).",
    fix="Give each time a course is held a reference of its own, or correct the day.",
    bad=[{"held_on": "2026-05-20", "_held": {"Courses": [{"sector": "health"}]}}],
    good=[{"_held": {"Courses": [{"sector": "health"}]}}, {"held_on": "2026-05-20"}],
)
def one_course_is_held_on_two_days(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """One reference is one course: with two days it would be counted in two quarters, or the follow-up fall due twice."""
    others = stands(context, "Courses")[["course_ref", "sector", "held_on"]]
    both = rows.reset_index(names="at").merge(others, on="course_ref", suffixes=("", "_other"))
    differs = both["sector"].ne(both["sector_other"]) & both["held_on"].ne(both["held_on_other"])
    both = both[differs].drop_duplicates("at").set_index("at")
    sector = labelled(context, "agency_about", both["sector_other"]).str.lower()
    return both[[]].assign(other_day=both["held_on_other"], other_sector=sector)


@rule(
    kind="training",
    sheet="Courses",
    severity="query",
    column="course_ref",
    message="{course_ref} and {other} are the same course, day and sector, with the same numbers ({where}).",
    fix="Withdraw one, unless it was held twice that day.",
    bad=[{"course_ref": "T-2026-09"}],
    good=[{"course_ref": "T-2026-09", "attended": "19", "paired": "15", "follow_up_replies": "12"},
          {"course_ref": "T-2026-01"}],
)  # fmt: skip
def course_may_be_entered_twice(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """One course under two references doubles its attendance."""
    same = ["course", "held_on", "sector", "places", "attended", "before_mean", "after_mean"]
    return doubles(rows, stands(context, "Courses"), same, "course_ref")[["other"]]


@rule(
    kind="training",
    sheet="Courses",
    severity="query",
    column="sector",
    message="{course_ref}: the sector of those who came, {attended} in all, is not known ({where}).",
    fix="Take it from the bookings; leave it where nobody wrote it down.",
    bad=[{"sector": "not_known"}],
    good=[{"sector": "other"}, {"sector": "not_known", "attended": "0"}],
)
def sector_of_a_course_is_not_known(rows: pd.DataFrame) -> pd.Series:
    """Whether learning reaches schools and the third sector is one of the measures the partnership publishes."""
    return rows["sector"].eq("not_known") & rows["attended"].gt(0)


def _told(rows: pd.DataFrame, broken: pd.Series, context: LogContext) -> pd.DataFrame:
    return worded(rows, broken, sector_words=labelled(context, "agency_about", rows["sector"]).str.lower())
