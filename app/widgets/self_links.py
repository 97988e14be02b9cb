"""Addresses of the self-assessment page and of one agency's part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets.html import Html, tag
from pipelines.queries.self_assessment_words import year_words

if TYPE_CHECKING:
    from app.widgets.html import Child
    from pipelines.queries.self_assessment_facts import AgencyReply, Assessed

URL = "self-assessment"


def to_year(found: Assessed, label: Child) -> Html:
    """A link back to everybody's, of the same year."""
    return tag("a", label, href=links.to(URL, year=found.year_id))


def years(found: Assessed) -> Html | None:
    """The years the release holds, each a link but the one that is open; nothing where it holds one."""
    if len(found.years) < 2:
        return None
    each = [
        tag("span", year_words(year), aria_current="page")
        if year == found.year_id
        else tag("a", year_words(year), href=links.to(URL, year=year))
        for year in found.years
    ]
    return tag("nav", tag("span", "Year"), each, cls="years", aria_label="Year of the self-assessment")


def to_agency(found: Assessed, each: AgencyReply) -> Child:
    """An agency's name, a link where the release holds what it answered."""
    has = found.names_answers and any(answer.agency_id == each.agency_id for answer in found.answers)
    return tag("a", each.agency, href=links.to(URL, agency=each.agency_id, year=found.year_id)) if has else each.agency


def named(found: Assessed, agency_id: str) -> Child:
    """The same by the agency's id."""
    return next((to_agency(found, each) for each in found.agencies if each.agency_id == agency_id), agency_id)
