"""The clocks that run on the dates of the logs: which there are, where each started, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.measures.clocks import run
from pipelines.publishing.logs.log import day_of, records_of
from pipelines.publishing.rows import rows
from schemas.returns.reviews import INCIDENTS, REVIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pipelines.measures.clocks import Run
    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.rows import Row
    from schemas.catalogue import Catalogue
    from schemas.catalogue.models import Clock

NO_START = "no_start"
_OF_INCIDENTS = frozenset(column.name for column in INCIDENTS.columns if column.holds == "day")
_OF_REVIEWS = frozenset(column.name for column in REVIEWS.columns if column.holds == "day")


@dataclass(frozen=True, slots=True)
class Ticking:
    """One clock of one incident, review or concern; `run` is None where the day it starts from is missing."""

    clock: Clock
    reference: str
    started_on: date | None
    done_on: date | None
    run: Run | None
    late_reason: str = ""

    @property
    def state(self) -> str:
        """How it stands: running, met, missed, or that it has no start."""
        return self.run.state if self.run else NO_START

    @property
    def is_done(self) -> bool:
        """Whether it has ended; an end that lies ahead is a plan."""
        ran = self.run
        return ran is not None and self.done_on is not None and ran.has_ended


def of_reviews(inputs: Inputs) -> list[Ticking]:
    """Every clock of every incident and review that stands, in the order of the settings.

    A review that is owed has its clock before anybody has entered it: a rapid review from the notification of its
    incident, a local review from the decision to hold one.
    """
    incidents = {row["incident_ref"]: row for row in rows(records_of(inputs, "reviews", "Incidents"))}
    reviews = rows(records_of(inputs, "reviews", "Reviews"))
    every = (
        found
        for clock in inputs.catalogue.clocks.values()
        for found in (
            _of_incidents(clock, incidents, inputs.today)
            if clock.of == "incidents"
            else _of_reviews(inputs, clock, incidents, reviews)
            if clock.of == "reviews"
            else ()
        )
    )
    return list(every)


def steps_of(catalogue: Catalogue, concern: Row, today: date) -> list[Ticking]:
    """The clock of every step a concern reached: from its own day to the next step it reached, or to its closing."""
    clocks = [clock for clock in catalogue.clocks.values() if clock.of == "concerns"]
    starts = [day_of(concern[clock.starts]) for clock in clocks]
    closed = day_of(concern["closed_on"])
    made: list[Ticking] = []
    for number, (clock, start) in enumerate(zip(clocks, starts, strict=True)):
        if start is not None:
            end = next((day for day in starts[number + 1 :] if day is not None), closed)
            made.append(_ticking(clock, concern["concern_ref"], start, end, "", today))
    return made


def _of_incidents(clock: Clock, incidents: dict[str, Row], today: date) -> Iterator[Ticking]:
    for reference, row in incidents.items():
        start, end = day_of(row[clock.starts]), day_of(row[clock.ends])
        yield _ticking(clock, reference, start, end, row["late_reason"], today)


def _of_reviews(inputs: Inputs, clock: Clock, incidents: dict[str, Row], reviews: list[Row]) -> Iterator[Ticking]:
    mine = [row for row in reviews if row["review_type"] in clock.review_types]
    leading = [row for row in reviews if row not in mine and _leads_to(inputs.catalogue, row) in clock.review_types]
    for row in mine:
        start = _start(clock, row, incidents, leading)
        yield _ticking(clock, row["review_ref"], start, day_of(row[clock.ends]), row["late_reason"], inputs.today)
    known = {row["incident_ref"] for row in mine}
    if clock.starts in _OF_INCIDENTS - _OF_REVIEWS:
        for reference, row in incidents.items():
            if reference not in known and (start := day_of(row[clock.starts])) is not None:
                yield _ticking(clock, reference, start, None, "", inputs.today)
        return
    for row in leading:
        if row["incident_ref"] not in known and (start := day_of(row[clock.starts])) is not None:
            yield _ticking(clock, row["review_ref"], start, None, "", inputs.today)


def _leads_to(catalogue: Catalogue, row: Row) -> str:
    """The type of review that begins with what this one decided."""
    decision: Any = catalogue.choices["review_decision"].get(row["decision"])
    return decision.leads_to if decision else ""


def _start(clock: Clock, row: Row, incidents: dict[str, Row], leading: list[Row]) -> date | None:
    """The day a review's clock starts from: its own, its incident's, or that of the review that led to it."""
    own = day_of(row[clock.starts]) if clock.starts in _OF_REVIEWS else None
    if own is not None or not row["incident_ref"]:
        return own
    if clock.starts in _OF_INCIDENTS:
        incident = incidents.get(row["incident_ref"])
        return day_of(incident[clock.starts]) if incident else None
    days = [day_of(other[clock.starts]) for other in leading if other["incident_ref"] == row["incident_ref"]]
    return min((day for day in days if day is not None), default=None)


def _ticking(  # noqa: PLR0913, PLR0917 - a clock, whose, from when to when, and why late
    clock: Clock, reference: str, start: date | None, end: date | None, late_reason: str, today: date
) -> Ticking:
    ran = run(start, end, clock.allowed_from(start), clock.unit, today) if start is not None else None
    return Ticking(clock, reference, start, end, ran, late_reason)
