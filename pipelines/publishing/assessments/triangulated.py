"""What organisations, auditors, figures and practitioners say of the same thing, side by side.

Made of what the same release shows, so that nothing hidden can come back: the one exception is the middle of all
agencies' own scores, of six or more and to the nearest 5%, which the partnership is told while no agency's own is.
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
    from collections.abc import Collection, Iterator, Mapping, Sequence

    import pandas as pd

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.assessments.eye_figures import Told
    from pipelines.publishing.assessments.eyes import View
    from pipelines.publishing.assessments.seen import Seen
    from schemas.catalogue import Agency, Audience, Catalogue, Thread

Rows = dict[str, list[dict[str, Any]]]
EXECUTIVE, PUBLIC = "executive", "public"


def triangulation_rows(inputs: Inputs, audience: Audience, made: Rows, published: Mapping[str, pd.DataFrame]) -> Rows:
    """The rows of `triangulation`: the Executive's of each agency too, the partnership's of all together, else none."""
    if audience.id == PUBLIC:
        return {}
    whole = made if audience.id == EXECUTIVE else self_assessed_rows(inputs, inputs.catalogue.audiences[EXECUTIVE])
    is_named = audience.id == EXECUTIVE
    found = seen(inputs, whole.get("answer", []), made, published, is_coarse=not is_named)
    return {"triangulation": triangulated(found, with_agencies=is_named)}


def triangulated(found: Seen, *, with_agencies: bool) -> list[dict[str, Any]]:
    """Every year's threads, the latest year first, in each the widest disagreement first."""
    made = [row for year_id in found.years for row in _of_year(found, year_id, with_agencies=with_agencies)]
    return [row | {"position": position} for position, row in enumerate(made)]


def _of_year(found: Seen, year_id: str, *, with_agencies: bool) -> list[dict[str, Any]]:
    agencies = [each for each in found.catalogue.assessing if with_agencies and each.id not in found.left_out]
    threads = list(found.catalogue.threads.values())
    own = [row for agency in agencies for thread in threads for row in _of_agency(found, thread, year_id, agency)]
    seen_of_some = {row["thread_id"] for row in own}
    together = [row for thread in threads for row in _of_all(found, thread, year_id, seen_of_some)]
    # Of equals the order of the catalogue holds, and all together stand before any agency.
    return sorted([*together, *own], key=_distance, reverse=True)


def _distance(row: dict[str, Any]) -> float:
    return -1.0 if row["disagreement"] is None else row["disagreement"]


def _of_agency(found: Seen, thread: Thread, year_id: str, agency: Agency) -> Iterator[dict[str, Any]]:
    """Nothing of an agency that neither answered nor was graded."""
    seen_by = views(found, thread, year_id, agency.id)
    if any(seen_by[name].is_there for name in (SELF, MODERATED, AUDIT)):
        told = _told(found, thread, year_id, agency.id)
        yield {"year_id": year_id, "agency_id": agency.id, "agency": agency.title} | _row(
            found.catalogue, thread, agency.short, seen_by, told
        )


def _of_all(found: Seen, thread: Thread, year_id: str, seen_of_some: Collection[str]) -> Iterator[dict[str, Any]]:
    """A thread of which anything is known, if only of one agency: its agencies stand under it."""
    seen_by = views(found, thread, year_id, ALL)
    told = _told(found, thread, year_id, ALL)
    if told or thread.id in seen_of_some or any(view.is_there for view in seen_by.values()):
        yield {"year_id": year_id, "agency_id": ALL, "agency": "All agencies together"} | _row(
            found.catalogue, thread, ALL, seen_by, told
        )


def _told(found: Seen, thread: Thread, year_id: str, agency_id: str) -> list[Told]:
    """A figure is of the latest quarter, and says nothing beside the scores of an earlier year."""
    return list(figures_of(found, thread, agency_id)) if year_id == found.years[0] else []


def _row(
    catalogue: Catalogue, thread: Thread, agency: str, seen_by: Mapping[str, View], told: Sequence[Told]
) -> dict[str, Any]:
    return {
        "thread_id": thread.id,
        "thread": thread.title,
        **_places(seen_by),
        "indicator_words": "\n".join(each.line for each in told),
        "eyes": sum(eye.counts for eye in places(seen_by)),
        "disagreement": disagreement(places(seen_by)),
        "disagreement_words": apart_words(seen_by),
        "contrary_words": contrary_words(seen_by),
        "sentence": sentence(catalogue, thread, agency, seen_by, told),
    }


def _places(seen_by: Mapping[str, View]) -> dict[str, Any]:
    audit, survey = seen_by[AUDIT], seen_by[SURVEY]
    return {
        **{f"{name}_percent": view.eye.percent for name, view in seen_by.items()},
        **{f"{name}_words": view.words for name, view in seen_by.items()},
        "audit_n": audit.whole or None,
        "survey_n": survey.whole or None,
    }
