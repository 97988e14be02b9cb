"""What is known of each agency, aspect by aspect, for the partner who holds it to account.

No sum over aspects, no rank among agencies: a cell says what is known and where it can be seen, nothing more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.publishing.assessments.aspects import Evidence, both, practised, scored, sectors_first, with_reach
from pipelines.publishing.assessments.kept import assessed, audited, promised, returned
from pipelines.publishing.assessments.seen import seen
from pipelines.publishing.rows import rows
from schemas.published.assuring import STATES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.assessments.aspects import Known
    from schemas.catalogue import Agency, Aspect, Audience

Rows = dict[str, list[dict[str, Any]]]
EXECUTIVE = "executive"
_NEEDED = ("training_count", "coverage", "action", "recommendation")
_PROMISES: Mapping[str, Callable[[Evidence, Agency], Known]] = {
    "returns": returned,
    "self_assessment": assessed,
    "audits": audited,
    "learning": promised,
}


def assurance_rows(inputs: Inputs, audience: Audience, made: Rows, published: Mapping[str, pd.DataFrame]) -> Rows:
    """The rows of `assurance`, which only the Executive's release holds."""
    if audience.id != EXECUTIVE:
        return {}
    others = {name: rows(published[name]) for name in _NEEDED} | {"agency_reply": made.get("agency_reply", [])}
    evidence = Evidence(inputs, seen(inputs, made.get("answer", []), made, published), others)
    return {"assurance": assured(evidence)}


def assured(evidence: Evidence) -> list[dict[str, Any]]:
    """Every agency by sector and the alphabet, and of each every aspect in the order of the catalogue."""
    catalogue = evidence.inputs.catalogue
    sectors = {category.id: category.label for category in catalogue.breakdowns["agency_about"].categories}
    made = [
        (agency, aspect, known(evidence, aspect, agency))
        for agency in sectors_first(evidence.seen, catalogue.assessing)
        if agency.id not in evidence.seen.left_out
        for aspect in catalogue.aspects.values()
    ]
    return [
        {
            "agency_id": agency.id,
            "aspect": aspect.id,
            "position": position,
            "agency": agency.title,
            "partner": agency.partner,
            "partner_words": sectors.get(agency.partner, agency.partner),
            "aspect_words": aspect.title,
            "state": cell.state,
            "state_words": STATES[cell.state],
            "words": f"{cell.words}.",
            "evidence_page": cell.page,
            "evidence_query": cell.query,
            "as_of": cell.as_of,
        }
        for position, (agency, aspect, cell) in enumerate(made)
    ]


def known(evidence: Evidence, aspect: Aspect, agency: Agency) -> Known:
    """One cell: by what the aspect names, statements, graded practice or both; else what the agency owes and does."""
    if aspect.id in _PROMISES:
        return _PROMISES[aspect.id](evidence, agency)
    if not (aspect.standards or aspect.statements):
        return practised(evidence, aspect, agency)
    own = scored(evidence, aspect, agency)
    if aspect.id == "training":
        return with_reach(own, evidence, agency)
    return both(own, practised(evidence, aspect, agency)) if aspect.audit_domains else own
