"""What organisations, auditors, figures and practitioners say of the same thing, side by side.

Made of what the same release shows, so that nothing hidden can come back: the one exception is the middle of all
agencies' own scores, of six or more, which the partnership is told while no agency's own score is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.measures.agreement import disagreement
from pipelines.publishing.assessments.disagreeing import apart_words, contrary_words, places, sentence
from pipelines.publishing.assessments.eye_figures import figures_of
from pipelines.publishing.assessments.eyes import ALL, AUDIT, MODERATED, SELF, SURVEY, views
from pipelines.publishing.assessments.seen import seen
from pipelines.publishing.assessments.self_assessed import self_assessed_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.assessments.eyes import View
    from pipelines.publishing.assessments.seen import Seen
    from schemas.catalogue import Audience, Thread

Rows = dict[str, list[dict[str, Any]]]
EXECUTIVE, PUBLIC = "executive", "public"


def triangulation_rows(inputs: Inputs, audience: Audience, made: Rows, published: Mapping[str, pd.DataFrame]) -> Rows:
    """The rows of `triangulation`: the Executive's of each agency too, the partnership's of all together, else none."""
    if audience.id == PUBLIC:
        return {}
    whole = made if audience.id == EXECUTIVE else self_assessed_rows(inputs, inputs.catalogue.audiences[EXECUTIVE])
    found = seen(inputs, whole.get("answer", []), made, published)
    return {"triangulation": triangulated(found, with_agencies=audience.id == EXECUTIVE)}


def triangulated(found: Seen, *, with_agencies: bool) -> list[dict[str, Any]]:
    """Every year's threads, the latest year first, in each the widest disagreement first."""
    made = [row for year_id in found.years for row in _of_year(found, year_id, with_agencies=with_agencies)]
    return [row | {"position": position} for position, row in enumerate(made)]


def _of_year(found: Seen, year_id: str, *, with_agencies: bool) -> list[dict[str, Any]]:
    agencies = [ALL, *(agency.id for agency in found.catalogue.assessing)] if with_agencies else [ALL]
    made = [
        row
        for agency_id in agencies
        for thread in found.catalogue.threads.values()
        for row in _row(found, thread, year_id, agency_id)
    ]
    # Of equals the order of the catalogue holds, and all together stand before any agency.
    return sorted(made, key=lambda row: -1.0 if row["disagreement"] is None else row["disagreement"], reverse=True)


def _row(found: Seen, thread: Thread, year_id: str, agency_id: str) -> Iterator[dict[str, Any]]:
    """One row where anything of its own is seen; nothing of an agency that neither answered nor was graded."""
    views_of = views(found, thread, year_id, agency_id)
    is_seen = any(views_of[name].is_there for name in (SELF, MODERATED, AUDIT))
    if not is_seen and agency_id != ALL:
        return
    # A figure is of the latest quarter, and says nothing beside the scores of an earlier year.
    told = list(figures_of(found, thread, agency_id)) if year_id == found.years[0] else []
    if agency_id == ALL and not told and not any(view.is_there for view in views_of.values()):
        return
    short = ALL if agency_id == ALL else found.catalogue.agencies[agency_id].short
    yield {
        "year_id": year_id,
        "thread_id": thread.id,
        "agency_id": agency_id,
        "thread": thread.title,
        "agency": "All agencies together" if agency_id == ALL else found.catalogue.agencies[agency_id].title,
        **_places(views_of),
        "indicator_words": "\n".join(each.line for each in told),
        "eyes": sum(eye.counts for eye in places(views_of)),
        "disagreement": disagreement(places(views_of)),
        "disagreement_words": apart_words(views_of),
        "contrary_words": contrary_words(views_of),
        "sentence": sentence(found.catalogue, thread, short, views_of, told),
    }


def _places(seen_by: Mapping[str, View]) -> dict[str, Any]:
    audit, survey = seen_by[AUDIT], seen_by[SURVEY]
    return {
        **{f"{name}_percent": view.eye.percent for name, view in seen_by.items()},
        **{f"{name}_words": view.words for name, view in seen_by.items()},
        "audit_n": audit.whole or None,
        "survey_n": survey.whole or None,
    }
