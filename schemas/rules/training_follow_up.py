"""Rules about the follow-up three months on: when it closed, who replied, and what they do differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.beside import months_after, worded
from schemas.rule import rule

if TYPE_CHECKING:
    import pandas as pd

    from schemas.returns.records import LogContext

# About three months on; a month later it has been forgotten. Sooner than this, practice has had no time to change.
_FOLLOW_UP_MONTHS, _SOON_DAYS = 4, 56
_NO_FOLLOW_UP = {"follow_up_on": "", "follow_up_replies": "", "follow_up_changed": ""}


@rule(
    kind="training",
    sheet="Courses",
    severity="query",
    column="follow_up_replies",
    message="{course_ref}: {follow_up_replies} replied to the follow-up, but {attended} came ({where}).",
    fix="Count each person once, and only those of this course and sector.",
    bad=[{"follow_up_replies": "34"}],
    good=[{"follow_up_replies": "28"}, _NO_FOLLOW_UP],
)
def more_replied_than_came(rows: pd.DataFrame) -> pd.Series:
    """Replies of several courses in one row count people twice."""
    return rows["follow_up_replies"].gt(rows["attended"])


@rule(
    kind="training",
    sheet="Courses",
    severity="error",
    column="follow_up_changed",
    message="{course_ref}: {follow_up_changed} changed their practice, of {follow_up_replies} replies ({where}).",
    fix="Count only replies that name a specific change, confirmed by a manager.",
    bad=[{"follow_up_changed": "18"}],
    good=[{"follow_up_changed": "15"}, {"follow_up_changed": "0"}, _NO_FOLLOW_UP],
)
def more_changed_than_replied(rows: pd.DataFrame) -> pd.Series:
    """A share above 100% is always a slip, and would raise the share of all courses."""
    return rows["follow_up_changed"].gt(rows["follow_up_replies"])


@rule(
    kind="training",
    sheet="Courses",
    severity="query",
    column="follow_up_on follow_up_replies follow_up_changed",
    message="{course_ref}: the follow-up is given in part; {missing} is missing ({where}).",
    fix="Give the day it closed, the replies, and how many changed their practice: 0 where none did.",
    bad=[{"follow_up_changed": ""}, {"follow_up_on": ""}, {"follow_up_replies": ""}],
    good=[{"follow_up_changed": "0"}, _NO_FOLLOW_UP],
)
def follow_up_is_half_given(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """An empty cell is not supplied, never zero: half a follow-up cannot be counted, nor told to which quarter it belongs."""
    given = rows[list(_NO_FOLLOW_UP)].notna()
    broken = given.any(axis=1) & ~given.all(axis=1)
    first = given[broken].idxmin(axis=1).astype("str")
    layout = context.kind.sheet("Courses")
    return first.to_frame("at").assign(missing=[layout.column(name).heading for name in first])


@rule(
    kind="training",
    sheet="Courses",
    severity="error",
    column="follow_up_on",
    message="{course_ref}: the follow-up closed on {follow_up_on}, before the course was held on {held_on} ({where}).",
    fix="Check both dates, the years first.",
    bad=[{"follow_up_on": "2026-04-10"}],
    good=[{"follow_up_on": "2026-08-10"}],
)
def follow_up_is_before_the_course(rows: pd.DataFrame) -> pd.Series:
    """What people did before a course cannot have come from it."""
    return rows["follow_up_on"].lt(rows["held_on"])


@rule(
    kind="training",
    sheet="Courses",
    severity="query",
    column="follow_up_on",
    message="{course_ref}: the follow-up closed on {follow_up_on}, {days} days after the course ({where}).",
    fix="Ask again about three months on. If the day is another, correct it.",
    bad=[{"follow_up_on": "2026-05-27"}],
    good=[{"follow_up_on": "2026-08-10"}],
)
def follow_up_is_too_soon(rows: pd.DataFrame) -> pd.DataFrame:
    """Two weeks on people tell what they mean to do; three months on, what they do."""
    days = (rows["follow_up_on"] - rows["held_on"]).dt.days
    return worded(rows, days.between(0, _SOON_DAYS - 1), days=days)


@rule(
    kind="training",
    sheet="Courses",
    severity="query",
    column="follow_up_on",
    message="{course_ref} was held on {held_on}; its follow-up was due after three months and is not in ({where}).",
    fix="Ask those who came what they do differently, and have their manager confirm it. If nobody answered, give 0 replies.",
    bad=[_NO_FOLLOW_UP],
    good=[{"follow_up_on": "2026-08-10"}, {**_NO_FOLLOW_UP, "held_on": "2026-07-01"},
          {**_NO_FOLLOW_UP, "course_level": "briefing"}],
)  # fmt: skip
def follow_up_is_missing(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """Attendance shows that people came; only the follow-up shows that anything changed."""
    due = months_after(rows["held_on"], _FOLLOW_UP_MONTHS).lt(context.now)
    asked = rows["attended"].gt(0) & rows["course_level"].ne("briefing")
    return due & asked & rows[list(_NO_FOLLOW_UP)].isna().all(axis=1)
