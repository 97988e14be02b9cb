"""What an audience is told of where figures come from, and of what agencies wrote: one switch for each audience."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from schemas.catalogue import Catalogue

PUBLIC, EXECUTIVE = "public", "executive"
# Logs whose every submission tells that something has happened to a child.
_KEPT_BACK = ("reviews",)
# Tables that say who sent what, what the checks said of it, and what the agency wrote beside it.
SOURCES = ("submission", "made_from", "rule_outcome", "commentary")
REASON = "reason"


def cites_sources(audience_id: str) -> bool:
    """Whether the audience is told which submissions a figure rests on and what the checks said of them."""
    return audience_id != PUBLIC


def quotes_agencies(catalogue: Catalogue, audience_id: str) -> bool:
    """Whether the audience reads what agencies wrote of their figures.

    Free text is no count, so nothing protects it: an agency's own sentence can quote the number that rounding hides.
    """
    return cites_sources(audience_id) and not catalogue.audiences[audience_id].drops_accounts


def uncited(tables: dict[str, pd.DataFrame], audience_id: str) -> dict[str, pd.DataFrame]:
    """The tables without submissions, rule outcomes and agencies' words, where the audience is not told of them."""
    if cites_sources(audience_id):
        return _without_kept_back(tables) if audience_id != EXECUTIVE else tables
    kept = dict(tables)
    for name in SOURCES:
        kept[name] = tables[name].iloc[:0]
    kept["figure"] = tables["figure"].assign(submission_ids="")
    kept["annotation"] = tables["annotation"][tables["annotation"]["kind"].ne(REASON)]
    kept["finding"] = tables["finding"].assign(account="", account_by="")
    return kept


def _without_kept_back(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables without the moment at which a log of incidents was added to."""
    kept = dict(tables)
    submissions = tables["submission"]
    gone = set(submissions.loc[submissions["kind"].isin(_KEPT_BACK), "submission_id"])
    for name in ("submission", "made_from", "rule_outcome"):
        kept[name] = tables[name][~tables[name]["submission_id"].isin(gone)].reset_index(drop=True)
    figures = tables["figure"]
    cites = figures["submission_ids"].map(lambda ids: not gone.isdisjoint(str(ids).split())).astype(bool)
    kept["figure"] = figures.assign(
        submission_ids=figures["submission_ids"].mask(cites, ""), as_at=figures["as_at"].mask(cites)
    )
    return kept
