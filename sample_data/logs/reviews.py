"""The log of serious incidents and reviews of the sample, and what the scrutineer said of claims."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads it
from typing import TYPE_CHECKING

from sample_data.logs.records import Record, Update, filled, grown, told
from schemas.catalogue.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRUTINEER = "scrutineer"


class Incident(Entry):
    """A serious incident that had to be notified: dates and type only."""

    id: str
    happened_on: date
    known_on: date
    incident_type: str
    context: str
    notified_on: date
    late_reason: str = ""


class Review(Entry):
    """A review, its dates, its decision and the reason for it."""

    id: str
    incident_ref: str = ""
    review_type: str
    started_on: date
    sent_on: date | None = None
    decision: str = ""
    decided_on: date | None = None
    decision_reason: str = ""
    legal_flag: str = ""
    panel_reply_on: date | None = None
    panel_agrees: str = ""
    published_on: date | None = None
    late_reason: str = ""


class Log(Entry):
    """All of reviews.toml."""

    incident: tuple[Incident, ...]
    review: tuple[Review, ...]


class View(Entry):
    """The scrutineer's view of one claim, of the level that was shown then."""

    recommendation_id: str
    viewed_on: date
    view: str
    reason: str
    of_level: int


class Views(Entry):
    """All of views.toml."""

    view: tuple[View, ...]


def records() -> Iterator[Record]:
    """Every incident and review, as it grew."""
    log = told("reviews", Log)
    yield from (_review(found) for found in log.review)
    yield from (_incident(found) for found in log.incident)


def views() -> Iterator[Record]:
    """Every view, sent by the scrutineer."""
    for found in told("views", Views).view:
        yield Record("scrutiny", "Views", (Update(found.viewed_on, filled(found), SCRUTINEER),))


def _incident(found: Incident) -> Record:
    cells = {"incident_ref": found.id, **filled(found, without=("id",))}
    notified = {"notified_on": found.notified_on, "late_reason": found.notified_on}
    return grown("reviews", "Incidents", found.known_on, cells, notified)


def _review(found: Review) -> Record:
    """Each date is known on its day, and what goes with it on the same."""
    ended_on = found.sent_on if found.review_type == "rapid_review" else found.published_on
    since = {
        "sent_on": found.sent_on,
        "decision": found.decided_on,
        "decided_on": found.decided_on,
        "decision_reason": found.decided_on or found.started_on,
        "panel_reply_on": found.panel_reply_on,
        "panel_agrees": found.panel_reply_on,
        "published_on": found.published_on,
        "late_reason": ended_on,
    }
    cells = {"review_ref": found.id, **filled(found, without=("id",))}
    return grown("reviews", "Reviews", found.started_on, cells, since)
