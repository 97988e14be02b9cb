"""The scrutineer's word on a claim of impact: placed on the record as a submission like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.flows import one_record
from schemas.actors import SCRUTINEER, require
from schemas.periods import quarter_of

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from schemas.actors import Actor

_ROLE = "Independent scrutineer"


def place_view(  # noqa: PLR0913, PLR0917 - where, who, of what, which view and why, seen when
    home: Path,
    actor: Actor,
    recommendation_id: str,
    view: str,
    reason: str,
    of_level: int | None,
    of_publication: str,
    at: datetime,
) -> str:
    """Store the view (`accept` or `challenge`) with its reason, and give the receipt in words.

    Only the scrutineer may; it stands beside the claim from the next publication on. UserError where the check refuses
    it, in the check's own words; they name no cell, for who fills in a form has not seen one.
    """
    require(actor, "scrutineer", agency_id=SCRUTINEER)
    today = at.date()
    cover = {
        "Agency": SCRUTINEER,
        "Period": quarter_of(today).id,
        "Prepared by (role)": _ROLE,
        "Approved by (role)": _ROLE,
        "Approved on": today.isoformat(),
    }
    answers = {
        "recommendation_id": recommendation_id,
        "viewed_on": today.isoformat(),
        "view": view,
        "reason": " ".join(reason.split()),
        "of_level": "" if of_level is None else str(of_level),
        "of_publication": of_publication,
    }
    return one_record.send(home, actor, "scrutiny", cover, answers, at)
