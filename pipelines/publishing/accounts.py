"""What agencies said of the sentences about them before a release, beside what they wrote in their returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from pipelines.publishing.assembling import Inputs

LOG, SHEET = "account", "Accounts"
_KEY = ["indicator_id", "agency_id", "period_id"]


def with_accounts(commentary: pd.DataFrame, accounts: pd.DataFrame, submissions: pd.DataFrame) -> pd.DataFrame:
    """The commentary of the returns with the accounts of figures and of whole returns (indicator_id empty) after it.

    Of the same figure of the same agency and quarter the one received last stands; accounts of recommendations belong to
    the learning log and are not here.
    """
    mine = accounts[accounts["recommendation_id"].eq("")]
    if mine.empty:
        return commentary
    came = dict(zip(submissions["submission_id"], submissions["received_at"], strict=True))
    latest = commentary.assign(at=commentary["submission_id"].map(came)).groupby(_KEY)["at"].max()
    before = [latest.get(key) for key in mine[_KEY].itertuples(index=False, name=None)]
    newer = [was is None or was <= now for was, now in zip(before, mine["received_at"], strict=True)]
    return pd.concat([commentary, mine.loc[newer, list(commentary.columns)]], ignore_index=True)


def of_recommendations(inputs: Inputs) -> pd.DataFrame:
    """The accounts of recommendations, the oldest quarter first."""
    found = inputs.records.get(LOG, {}).get(SHEET)
    if found is None:
        return pd.DataFrame(columns=["recommendation_id"])
    return found[found["recommendation_id"].ne("")].sort_values("period_id", kind="stable")
