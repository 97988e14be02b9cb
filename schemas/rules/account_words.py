"""Rules about an agency's account: of one thing, of its own, and saying something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from schemas.returns.beside import is_shrugged
from schemas.returns.records import standing
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.returns.records import LogContext


@rule(
    kind="account",
    sheet="Accounts",
    severity="error",
    column="recommendation_id",
    message="The account is of {indicator_id} and of {recommendation_id} at once ({where}).",
    fix="Give each an account of its own, in two rows.",
    bad=[{"recommendation_id": "R-01"}],
    good=[{"recommendation_id": ""}, {"indicator_id": "", "recommendation_id": "R-01"}],
)
def account_is_of_two_things(rows: pd.DataFrame) -> pd.Series:
    """It stands beside one sentence; of two nobody could say which of them it explains."""
    return _stands(rows) & rows["indicator_id"].ne("") & rows["recommendation_id"].ne("")


@rule(
    kind="account",
    sheet="Accounts",
    severity="error",
    column="indicator_id",
    message="{indicator_id} is neither sent by you nor yours to answer for ({where}).",
    fix="Give an account of your own figures; tell the business unit what you know of another's.",
    bad=[{"indicator_id": "DA01"}],
    good=[{"indicator_id": "CP07"}, {"indicator_id": "", "recommendation_id": "R-01"}],
)
def account_is_of_anothers_figure(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """Whoever answers for a figure explains it: words of somebody else beside it would pass for theirs."""
    known = context.catalogue.indicators
    mine = {each.id for each in known.values() if context.agency_id in (each.agency_id, *each.sent_by)}
    return _stands(rows) & rows["indicator_id"].ne("") & ~rows["indicator_id"].isin(mine)


@rule(
    kind="account",
    sheet="Accounts",
    severity="error",
    column="recommendation_id",
    message="{recommendation_id} is not a recommendation for you ({where}).",
    fix="Give the reference of one that you own, as it stands on its page.",
    bad=[
        {"indicator_id": "", "recommendation_id": "R-999", "_held": {"Recommendations": [{}]}},
        {"indicator_id": "", "recommendation_id": "R-02",
         "_held": {"Recommendations": [{"recommendation_id": "R-02", "agency_id": "ltht"}]}},
    ],
    good=[
        {"indicator_id": "", "recommendation_id": "R-01", "_held": {"Recommendations": [{}]}},
        {"indicator_id": "", "recommendation_id": "R-999"},
        {"_held": {"Recommendations": [{}]}},
    ],
)  # fmt: skip
def account_is_of_anothers_recommendation(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """The verdict on a recommendation is its owner's to speak to, as the evidence for it is."""
    if "Recommendations" not in context.held:  # the learning log is given along where there is one
        return pd.Series([False] * len(rows), rows.index)
    held = standing(context.held["Recommendations"])
    mine = set(held.loc[held["agency_id"].eq(context.agency_id), "recommendation_id"])
    return _stands(rows) & rows["recommendation_id"].ne("") & ~rows["recommendation_id"].isin(mine)


@rule(
    kind="account",
    sheet="Accounts",
    severity="query",
    column="what_happened",
    message="What happened says too little to stand beside the sentence ({where}).",
    fix="Say what you saw in one or two sentences, without names.",
    bad=[{"what_happened": "OK"}, {"what_happened": "It has changed"}],
    good=[{"what_happened": "Two teams moved to one duty desk in August, and plans were reviewed later than before"}],
)
def account_says_nothing(rows: pd.DataFrame) -> pd.Series:
    """The Executive reads it in a minute; a shrug tells them that nobody has looked."""
    return _stands(rows) & is_shrugged(rows["what_happened"])


@rule(
    kind="account",
    sheet="Accounts",
    severity="note",
    column="what_we_are_doing",
    message="The account does not say what you are doing ({where}).",
    fix="Add the action, whose it is by role, and by when; or leave it where nothing needs doing.",
    bad=[{"what_we_are_doing": ""}],
    good=[{"what_we_are_doing": "The head of service reviews all second plans by December"}],
)
def account_says_no_action(rows: pd.DataFrame) -> pd.Series:
    """What has happened is half of it; the meeting asks next what is being done."""
    return _stands(rows) & rows["what_we_are_doing"].eq("")


def _stands(rows: pd.DataFrame) -> pd.Series:
    return rows["standing"].ne("withdrawn")
