"""Rules about what a course changed: confidence before and after, and practice three months on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from schemas.returns.beside import months_after, worded
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.returns.records import LogContext

# Confidence is rated from 1 to 5.
_LEAST, _MOST = 1, 5
# Fewer answers than this are shown as counts, never as a mean.
_FEW = 10
# About three months on; a month later it has been forgotten. Sooner than this, practice has had no time to change.
_FOLLOW_UP_MONTHS, _SOON_DAYS = 4, 56
_NO_FOLLOW_UP = {"follow_up_on": "", "follow_up_replies": "", "follow_up_changed": ""}


@rule(
    kind="training",
    sheet="Courses",
    severity="error",
    column="before_mean after_mean",
    message="{course_ref}: a mean confidence of {mean} is not on the scale of 1 to 5 ({where}).",
    fix="Give the mean of the ratings from 1 to 5: not a percentage, not a sum.",
    bad=[{"before_mean": "62"}, {"after_mean": "0.8"}],
    good=[{"before_mean": "1", "after_mean": "5"}, {"before_mean": "", "after_mean": ""}],
)
def confidence_is_off_the_scale(rows: pd.DataFrame) -> pd.DataFrame:
    """A percentage among ratings would lift the mean of all courses beyond anything possible."""
    found = [
        rows.loc[rows[name].notna() & ~rows[name].between(_LEAST, _MOST), [name]]
        .rename(columns={name: "mean"})
        .assign(at=name)
        for name in ("before_mean", "after_mean")
    ]
    return pd.concat(found)


@rule(
    kind="training",
    sheet="Courses",
    severity="error",
    column="paired",
    message="{course_ref}: {paired} answered before and after, but {attended} came ({where}).",
    fix="Count only people who rated both, of this sector.",
    bad=[{"paired": "40"}],
    good=[{"paired": "28"}, {"paired": ""}],
)
def more_answered_than_came(rows: pd.DataFrame) -> pd.Series:
    """The mean is weighed by how many answered: more than came would let this course outweigh others."""
    return rows["paired"].gt(rows["attended"])


@rule(
    kind="training",
    sheet="Courses",
    severity="query",
    column="before_mean after_mean",
    message="{course_ref}: confidence {given} is given, but not {missing} ({where}).",
    fix="Give both, of the same people; without both it is left out.",
    bad=[{"before_mean": ""}, {"after_mean": ""}],
    good=[{"before_mean": "3.1"}, {"before_mean": "", "after_mean": "", "paired": ""}],
)
def confidence_is_half_given(rows: pd.DataFrame) -> pd.DataFrame:
    """A rise needs both ends; high confidence after a course says nothing of the course."""
    before, after = rows["before_mean"].notna(), rows["after_mean"].notna()
    words = {True: ("before", "after", "after_mean"), False: ("after", "before", "before_mean")}
    given, missing, at = (before.map({so: names[place] for so, names in words.items()}) for place in range(3))
    return worded(rows, before.ne(after), given=given, missing=missing, at=at)


@rule(
    kind="training",
    sheet="Courses",
    severity="query",
    column="paired",
    message="{course_ref}: confidence before and after is given, but not of how many ({where}).",
    fix="Give how many people rated both; without it, it is left out.",
    bad=[{"paired": ""}, {"paired": "0"}],
    good=[{"paired": "24"}, {"paired": "", "before_mean": "", "after_mean": ""}],
)
def confidence_is_of_nobody(rows: pd.DataFrame) -> pd.Series:
    """Means of several courses can be put together only with the number behind each."""
    rated = rows["before_mean"].notna() & rows["after_mean"].notna()
    return rated & ~rows["paired"].gt(0)


@rule(
    kind="training",
    sheet="Courses",
    severity="note",
    column="paired",
    message="{course_ref}: {paired} answered before and after; so few are shown as a count, not as a mean ({where}).",
    fix="Nothing to do. At the next course, leave time for the second questionnaire.",
    bad=[{"paired": "6"}],
    good=[{"paired": "10"}, {"paired": ""}],
)
def few_answered_before_and_after(rows: pd.DataFrame) -> pd.Series:
    """The mean of a few is as much about who they are as about the course."""
    return rows["paired"].gt(0) & rows["paired"].lt(_FEW)


@rule(
    kind="training",
    sheet="Courses",
    severity="note",
    column="after_mean",
    message="{course_ref}: confidence fell, from {before_mean} to {after_mean} ({where}).",
    fix="Check that the two are not swapped. If it fell, leave it: learning what one does not know is learning too.",
    bad=[{"before_mean": "4.2", "after_mean": "3.1"}],
    good=[{"before_mean": "3.1", "after_mean": "4.2"}, {"before_mean": "3.1", "after_mean": "3.1"}],
)
def confidence_fell(rows: pd.DataFrame) -> pd.Series:
    """A fall is published as plainly as a rise; most often, though, the columns are swapped."""
    return rows["after_mean"].lt(rows["before_mean"])


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
