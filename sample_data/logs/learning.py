"""The learning log of the sample: each recommendation's whole line, as the business unit wrote it down over time."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads it
from typing import TYPE_CHECKING

from pydantic import Field

from sample_data.logs.records import BUSINESS_UNIT, Cells, Record, Update, filled, grown, told
from schemas.catalogue.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

KIND = "learning"
FILES = ("learning_2024", "learning_2025", "learning_2026")


class Measure(Entry):
    """Which indicator should move, which way, from when, by when, and when that was agreed."""

    indicator_id: str
    expected: str
    changed_on: date
    review_on: date
    registered_on: date


class Action(Entry):
    """What was done about a recommendation; without a day of its beginning it has not begun.

    `sent_by`: the agency that reports the end itself.
    """

    action: str
    agency_id: str
    owner_role: str
    due_on: date
    due_reason: str = ""
    started_on: date | None = None
    done_on: date | None = None
    stopped_on: date | None = None
    note: str = ""
    sent_by: str = BUSINESS_UNIT


class Evidence(Entry):
    """What shows something; `action` is the number of the action it belongs to."""

    id: str
    action: int | None = None
    kind: str
    true_of: date
    received_on: date
    reference: str
    finding: str
    level: int
    withdrawn_on: date | None = None
    sent_by: str = BUSINESS_UNIT


class Share(Entry):
    """Who was told of the learning, how, and how many."""

    id: str
    shared_on: date
    how: str
    sector: str
    people: int
    note: str = ""


class Recommendation(Entry):
    """A recommendation with everything that hangs on it."""

    id: str
    title: str
    text: str
    source: str
    source_ref: str
    theme: str
    context: str
    accountable: str
    owner_partner: str
    agency_id: str
    owner_role: str
    agreed_on: date
    due_on: date
    due_reason: str = ""
    not_measurable: str = ""
    public_wording: str = ""
    measures: tuple[Measure, ...] = ()
    actions: tuple[Action, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    shares: tuple[Share, ...] = ()


class Log(Entry):
    """One of the files of the log."""

    recommendation: tuple[Recommendation, ...] = Field(min_length=1)


def recommendations() -> list[Recommendation]:
    """Every recommendation of the log, in the order they were agreed."""
    return [found for name in FILES for found in told(name, Log).recommendation]


def records() -> Iterator[Record]:
    """Every record of the log's five sheets, as it grew."""
    for found in recommendations():
        yield _recommendation(found)
        own: Cells = {"recommendation_id": found.id}
        yield from (_measure(own, measure) for measure in found.measures)
        yield from (_action(found, number, action) for number, action in enumerate(found.actions, 1))
        yield from (_evidence(own, evidence) for evidence in found.evidence)
        yield from (_share(own, share) for share in found.shares)


def _recommendation(found: Recommendation) -> Record:
    cells = filled(found, without=("id", "measures", "actions", "evidence", "shares"))
    return grown(KIND, "Recommendations", found.agreed_on, {"recommendation_id": found.id, **cells})


def _measure(own: Cells, measure: Measure) -> Record:
    return grown(KIND, "Measures", measure.registered_on, own | filled(measure))


def _action(found: Recommendation, number: int, action: Action) -> Record:
    """Not started, in progress, then done or stopped; what happened is told at the end, or so far where there is none."""
    named: Cells = {"action_id": f"{found.id}.{number}", "recommendation_id": found.id}
    agreed = filled(action, without=("started_on", "done_on", "stopped_on", "note", "sent_by"))
    updates = [Update(found.agreed_on, named | agreed | {"status": "not_started"})]
    ended_on = action.done_on or action.stopped_on
    if action.started_on is not None:
        told_now: Cells = {"note": action.note} if ended_on is None else {}
        updates.append(Update(action.started_on, {"status": "in_progress", **told_now}))
    if ended_on is not None:
        end: Cells = {"status": "stopped"} if action.done_on is None else {"status": "done", "done_on": ended_on}
        updates.append(Update(ended_on, {**end, "note": action.note}, action.sent_by))
    return Record(KIND, "Actions", tuple(updates))


def _evidence(own: Cells, evidence: Evidence) -> Record:
    cells = filled(evidence, without=("id", "action", "level", "withdrawn_on", "sent_by"))
    cells |= {"evidence_id": evidence.id, "level_claimed": evidence.level, **own}
    if evidence.action is not None:
        cells["action_id"] = f"{own['recommendation_id']}.{evidence.action}"
    if evidence.withdrawn_on is not None:
        cells["standing"] = "withdrawn"
    since = {"standing": evidence.withdrawn_on}
    return grown(KIND, "Evidence", evidence.received_on, cells, since, sender=evidence.sent_by)


def _share(own: Cells, share: Share) -> Record:
    return grown(KIND, "Dissemination", share.shared_on, {"share_id": share.id, **own} | filled(share, without=("id",)))
