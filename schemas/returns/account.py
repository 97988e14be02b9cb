"""Accounts: what an agency says of a sentence about it before the release that carries both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemas.returns.kind import LOG_COVER, Column, Kind, SheetLayout

if TYPE_CHECKING:
    from collections.abc import Mapping

SAID = ("what_happened", "why", "what_we_are_doing")


def account_words(row: Mapping[Any, Any]) -> str:
    """What happened, why and what is being done, as one account, with a full stop where a part ends without.

    >>> account_words({"what_happened": "Plans ended early", "why": "Posts were vacant.", "what_we_are_doing": "A review"})
    'Plans ended early. Posts were vacant. A review'
    """
    *first, last = [str(row[part]).strip() for part in SAID if row[part]] or [""]
    return " ".join([*(part if part.endswith((".", "!", "?")) else f"{part}." for part in first), last])


ACCOUNTS = SheetLayout(
    "Accounts",
    (
        Column("agency_id", "Agency", from_cover="agency", printed=False),
        Column("period_id", "Quarter", from_cover="period", printed=False),
        Column("indicator_id", "Indicator ID", ("indicator", "measure", "indicator code"), holds="indicator",
               answer=True, width=13, hint="Of which figure, as CP07"),
        Column("recommendation_id", "Recommendation ID", ("recommendation", "recommendation ref"), holds="reference",
               answer=True, width=18, hint="Or of which recommendation, as R-14"),
        Column("what_happened", "What happened", ("what happened this quarter", "performance", "account"),
               holds="words", answer=True, needed=True, width=44, hint="One or two sentences. No names, no child's story"),
        Column("why", "Why", ("reason", "cause", "why it happened", "analysis"), holds="words", answer=True, width=44,
               hint="What you think caused it"),
        Column("what_we_are_doing", "What we are doing", ("action", "actions", "next steps", "what next", "response"),
               holds="words", answer=True, width=44, hint="Action, owner's role, by when"),
        Column("standing", "Standing", ("record status", "state of record"), holds="choice", choices="standing",
               answer=True, width=12, hint="Withdrawn to take it back"),
    ),
    required=(("what_happened",),),
    key=("agency_id", "period_id", "indicator_id", "recommendation_id"),
    what_for="One row for each sentence about you: what happened, why, what you are doing.",
)  # fmt: skip

KIND = Kind(
    id="account",
    title="Agency's accounts",
    template_version="account-1",
    identity=("agency_id", "period_id"),
    data=ACCOUNTS,
    cover=LOG_COVER,
    row_word=("account", "accounts"),
    in_short=(
        "One row for each sentence of the preview you want to speak to. With neither ID it is about your return as a whole.",
        "An account stands beside the sentence; the sentence stays as it is. A later account of the same takes its place.",
    ),
    publication_tables=("commentary", "recommendation_account"),
)  # fmt: skip
