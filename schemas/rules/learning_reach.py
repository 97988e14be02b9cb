"""Rules about who has been told: when, how many, and once each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.beside import beside, doubles, labelled, of_the_future, stands, worded
from schemas.rule import rule

if TYPE_CHECKING:
    import pandas as pd

    from schemas.returns.records import LogContext

# Ways of sharing where those who came can be counted.
_COUNTABLE = ("event", "training", "team_meeting", "leaders")


@rule(
    kind="learning",
    sheet="Dissemination",
    severity="error",
    column="shared_on",
    message="{share_id}: “{heading}” is {day}, after today ({where}).",
    fix="Enter it once it has happened.",
    bad=[{"shared_on": "2026-12-01"}],
    good=[{"shared_on": "2026-10-20"}],
)
def learning_is_shared_in_the_future(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A planned event has reached nobody yet, and would be counted as reach."""
    return of_the_future(rows, context, "Dissemination", ["shared_on"])


@rule(
    kind="learning",
    sheet="Dissemination",
    severity="query",
    column="shared_on",
    message="{share_id} was shared on {shared_on}, before {recommendation_id} ({source_words}) was agreed on {agreed} ({where}).",
    fix="Check both dates, or name the recommendation it did share.",
    bad=[{"shared_on": "2025-04-20",
          "_held": {"Recommendations": [{"source": "audit", "source_ref": "Audit 2025-02"}]}}],
    good=[{"shared_on": "2025-05-12"}, {"shared_on": "2025-04-20"}],
)  # fmt: skip
def learning_is_shared_before_it_was_agreed(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """After an incident learning is rightly shared at once; from other sources it is agreed before it is spread."""
    recommended, sources = stands(context, "Recommendations"), context.catalogue.choices["source"]
    agreed = beside(rows, "recommendation_id", recommended, "agreed_on")
    source = beside(rows, "recommendation_id", recommended, "source")
    at_once = source.isin({each.id for each in sources.values() if getattr(each, "from_incident", False)})
    # Asked only where the sender may know the source: for others neither the question nor its absence may tell.
    broken = rows["shared_on"].lt(agreed) & ~at_once & source.ne("")
    return worded(rows, broken, agreed=agreed, source_words=labelled(context, "source", source).str.lower())


@rule(
    kind="learning",
    sheet="Dissemination",
    severity="query",
    column="people",
    message="{share_id} reached 0 people in {sector_words} ({where}).",
    fix="Give how many were reached, leave it empty if nobody counted, or withdraw the row.",
    bad=[{"people": "0"}],
    good=[{"people": "12"}, {"people": ""}],
)
def learning_reached_nobody(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A row counts its sector as reached; with nobody there it was not."""
    return worded(rows, rows["people"].eq(0), sector_words=labelled(context, "agency_about", rows["sector"]))


@rule(
    kind="learning",
    sheet="Dissemination",
    severity="query",
    column="people",
    message="{share_id} ({how_words}) does not say how many were reached ({where}).",
    fix="Give how many came from that sector.",
    bad=[{"how": "event", "people": ""}],
    good=[{"how": "event", "people": "12"}, {"how": "newsletter", "people": ""}],
)
def reach_is_not_counted(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Those who come can be counted, and reach by sector is one of the measures the partnership publishes."""
    broken = rows["people"].isna() & rows["how"].isin(_COUNTABLE)
    return worded(rows, broken, how_words=labelled(context, "dissemination", rows["how"]).str.lower())


@rule(
    kind="learning",
    sheet="Dissemination",
    severity="query",
    column="share_id",
    message="{share_id} and {other} are the same: {how_words} to {sector_words} on {shared_on} ({where}).",
    fix="Withdraw one of them, or say in the note how they differ.",
    bad=[{"share_id": "D-02"}],
    good=[{"share_id": "D-01"}, {"share_id": "D-02", "sector": "health"},
          {"share_id": "D-02", "note": "The second of two sessions held that day for the night shift"}],
)  # fmt: skip
def learning_is_shared_twice_alike(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """One event under two IDs reaches everybody twice."""
    same = ["recommendation_id", "shared_on", "how", "sector", "note"]
    both = doubles(rows, stands(context, "Dissemination"), same, "share_id")
    return both[["other"]].assign(
        how_words=labelled(context, "dissemination", both["how"]).str.lower(),
        sector_words=labelled(context, "agency_about", both["sector"]),
    )
