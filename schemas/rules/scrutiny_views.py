"""Rules about the scrutineer's views: whole, dated, and of something that can be looked at again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from schemas.returns.beside import beside, is_shrugged, of_the_future, worded
from schemas.returns.by_value import where_filled
from schemas.returns.records import keys, standing
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.returns.records import LogContext

_PUBLICATION = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}")
# The steps of the ladder, and the one from which impact is shown.
_TOP, _PRACTISED = 5, 3


@rule(
    kind="scrutiny",
    sheet="Views",
    severity="error",
    column="viewed_on",
    message="{recommendation_id}: “{heading}” is {day}, after today ({where}).",
    fix="Give the day you looked, or mend the year.",
    bad=[{"viewed_on": "2027-09-14"}],
    good=[{"viewed_on": "2026-10-20"}],
)
def view_is_of_the_future(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """The latest view stands first beside a claim; one dated ahead would hide all that follow."""
    return of_the_future(rows, context, "Views", ["viewed_on"])


@rule(
    kind="scrutiny",
    sheet="Views",
    severity="query",
    column="reason",
    message="{recommendation_id}: the reason says too little to act on ({where}).",
    fix="Say what you saw, or what you would need to see.",
    bad=[{"reason": "OK"}, {"view": "challenge", "reason": "Not sure"}],
    good=[{"reason": "I read twelve records and saw the core groups dated as the audit says"}],
)
def view_says_no_reason(rows: pd.DataFrame) -> pd.Series:
    """A challenge without a reason cannot be answered, and agreement without one is not scrutiny."""
    return is_shrugged(rows["reason"])


@rule(
    kind="scrutiny",
    sheet="Views",
    severity="error",
    column="of_level",
    message="{recommendation_id}: level {of_level} is not a step of the ladder ({where}).",
    fix="Give the level the page showed, 0 to 5, or leave it empty.",
    bad=[{"of_level": "6"}],
    good=[{"of_level": "0"}, {"of_level": "5"}, {"of_level": ""}],
)
def viewed_level_is_not_on_the_ladder(rows: pd.DataFrame) -> pd.Series:
    """The view is shown beside the level it is of; one that does not exist is a slip."""
    return rows["of_level"].notna() & ~rows["of_level"].between(0, _TOP)


@rule(
    kind="scrutiny",
    sheet="Views",
    severity="query",
    column="of_level",
    message="{recommendation_id}: the view does not say which level was shown ({where}).",
    fix="Give the level the page showed when you looked, 0 to 5.",
    bad=[{"of_level": ""}],
    good=[{"of_level": "3"}],
)
def view_is_of_no_level(rows: pd.DataFrame) -> pd.Series:
    """The level moves as evidence comes in: agreement with 3 is not agreement with 5."""
    return rows["of_level"].isna()


@rule(
    kind="scrutiny",
    sheet="Views",
    severity="note",
    column="of_level",
    message="{recommendation_id}: accepted at level {of_level}; impact is shown from level 3 ({where}).",
    fix="Nothing to do, if it is the doing that you accept. It will not count as agreement with an impact.",
    bad=[{"of_level": "1"}],
    good=[{"of_level": "3"}, {"of_level": "1", "view": "challenge"}],
)
def accepted_view_is_of_no_impact(rows: pd.DataFrame) -> pd.Series:
    """That something was done or learned is not yet a claim of impact."""
    return rows["view"].eq("accept") & rows["of_level"].lt(_PRACTISED)


@rule(
    kind="scrutiny",
    sheet="Views",
    severity="query",
    column="of_publication",
    message="{recommendation_id}: “{of_publication}” is not the ID of a publication ({where}).",
    fix="Copy it from the address of the page you looked at, as 20260812T093011Z-1a2b3c4d, or leave it empty.",
    bad=[{"of_publication": "August report"}],
    good=[{"of_publication": "20260812T093011Z-1a2b3c4d"}, {"of_publication": ""}],
)
def viewed_publication_is_none(rows: pd.DataFrame) -> pd.Series:
    """By the publication's ID anybody can open the page as it was when you looked."""
    return where_filled(rows["of_publication"], lambda text: _PUBLICATION.fullmatch(text.strip()) is None)


@rule(
    kind="scrutiny",
    sheet="Views",
    severity="query",
    column="reason",
    message="{recommendation_id}: the reason given on {viewed_on} is altered ({where}).",
    fix="If you have seen more since, enter the view again under the day you saw it; both are kept side by side.",
    bad=[{"reason": "The files of the second team show it as well"}],
    good=[{"view": "accept"}, {"view": "challenge"}, {"view": "challenge", "viewed_on": "2026-10-05"}],
)
def view_is_altered(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A view that was read by the Executive stands as it was; a new one stands beside it."""
    layout, before = context.kind.sheet("Views"), standing(context.before("Views"))
    named, known = rows.assign(named=keys(layout, rows)), before.assign(named=keys(layout, before))
    was = beside(named, "named", known, "reason")
    return worded(rows, was.ne("") & was.ne(rows["reason"]))


@rule(
    kind="scrutiny",
    sheet="Views",
    severity="query",
    column="viewed_on",
    message="{recommendation_id} was viewed on {viewed_on}, before it was agreed on {agreed} ({where}).",
    fix="Check the day and the recommendation's ID.",
    bad=[{"viewed_on": "2025-03-01", "_held": {"Recommendations": [{}]}}],
    good=[{"_held": {"Recommendations": [{}]}}, {"viewed_on": "2025-03-01"}],
)
def view_is_before_the_recommendation(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A claim that had not been made cannot have been looked at: the ID or the year is another's."""
    if "Recommendations" not in context.held:  # the learning log is given along where there is one
        return pd.DataFrame(index=rows.index[:0])
    agreed = beside(rows, "recommendation_id", standing(context.held["Recommendations"]), "agreed_on")
    return worded(rows, rows["viewed_on"].lt(agreed), agreed=agreed)


@rule(
    kind="scrutiny",
    sheet="Views",
    severity="error",
    column="recommendation_id",
    message="There is no recommendation {recommendation_id} in the learning log ({where}).",
    fix="Give the reference of the recommendation you looked at, as it stands on its page.",
    bad=[{"recommendation_id": "R-999", "_held": {"Recommendations": [{}]}}],
    good=[{"recommendation_id": "R-01", "_held": {"Recommendations": [{}]}}, {"recommendation_id": "R-999"}],
)
def view_is_of_no_recommendation(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """A view stands beside a claim; without one nobody would ever read it."""
    if "Recommendations" not in context.held:
        return pd.Series([False] * len(rows), rows.index)
    return ~rows["recommendation_id"].isin(set(context.held["Recommendations"]["recommendation_id"]))
