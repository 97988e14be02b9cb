"""The returns of the sample as they come in: each with its moment, who sends it, and what must be loaded before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from schemas.actors import Actor
from schemas.catalogue import catalogue
from schemas.periods import parse
from schemas.returns.records import EVERYBODYS
from schemas.returns.respondents import is_respondent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sample_data.assessments.returns import AssessmentReturn

STEWARD = Actor("Business unit (sample)", "business_unit")
SCRUTINEER = Actor("Independent scrutineer (sample)", "scrutineer")
# The register comes before those who stand on it; logs build on one another.
FIRST, LOGS = "register", "logs"
# So small that the business unit types its return in.
_ON_BEHALF = "secure_home"
_SENT_AFTER = timedelta(days=28)
_NAME = re.compile(r"SYNTHETIC_(?P<period>\d{4}-\d{2}-Q\d)_(?P<sender>[a-z_]+?)_(?:v(?P<version>\d+)|REFUSED)")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file that comes in. Files of one `queue` are loaded in order; queues stand beside one another."""

    at: datetime
    path: Path
    queue: str
    actor: Actor = STEWARD
    moderating: bool = False


def arrivals(folder: Path, quarters: int) -> list[Arrival]:
    """Every return of so many quarters, written to a folder, in the order they come in."""
    return sorted((*_figures_and_logs(folder, quarters), *_assessments(folder, quarters)), key=lambda found: found.at)


def queue_of(path: Path) -> str:
    """What a file of figures or of a log waits for: an agency's figures one another, and all logs one another."""
    sender = _said(path)["sender"]
    return sender if sender in catalogue().agencies else LOGS


def _figures_and_logs(folder: Path, quarters: int) -> Iterator[Arrival]:
    """Each four weeks after the quarter, a second version ten weeks after the first."""
    from sample_data.generator import generate
    from sample_data.logs.files import write_logs

    for path in [*generate(folder, quarters=quarters), *write_logs(folder, catalogue(), quarters=quarters)]:
        found = _said(path)
        late = int(found["version"] or 1) > 1
        day = parse(found["period"]).end + _SENT_AFTER + timedelta(days=70 if late else 0)
        yield Arrival(datetime.combine(day, time(16, 5), tzinfo=UTC), path, queue_of(path), _actor(found["sender"]))


def _assessments(folder: Path, quarters: int) -> Iterator[Arrival]:
    from sample_data.assessments.files import write_assessments
    from sample_data.generator import chosen

    for sent, path in write_assessments(folder, catalogue(), since=chosen(quarters)[0].start):
        is_own = sent.kind == "self_assessment" and not sent.moderating
        actor = _actor(sent.sender_id) if is_own else STEWARD
        yield Arrival(sent.at, path, _queue(sent), actor, moderating=sent.moderating)


def _actor(sender: str) -> Actor:
    """Who sends for a sender: its own people, but for the business unit's logs and those it enters on their behalf."""
    if sender.startswith(SCRUTINEER.role):
        return SCRUTINEER
    if is_respondent(sender):
        return Actor("Respondent (sample)", "respondent", sender)
    if sender not in catalogue().agencies or sender in (*EVERYBODYS, _ON_BEHALF):
        return STEWARD
    return Actor("Analyst (sample)", "analyst", sender)


def _queue(sent: AssessmentReturn) -> str:
    if sent.kind == "register":
        return FIRST
    if sent.kind == "audit":
        return LOGS
    return sent.sender_id.split("-", maxsplit=1)[0] if is_respondent(sent.sender_id) else sent.sender_id


def _said(path: Path) -> re.Match[str]:
    found = _NAME.match(path.name)
    if found is None:
        raise ValueError(f"{path.name} does not say its period and sender")
    return found
