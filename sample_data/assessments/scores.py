"""How a body of the sample scores each statement: much as last year, near its sector's level, but for what is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sample_data.assessments.rounds import rounds, stories
from sample_data.counts import seeded
from schemas.catalogue import catalogue

if TYPE_CHECKING:
    from sample_data.assessments.replies import Reply
    from sample_data.assessments.rounds import NotApplicable
    from schemas.catalogue import Statement

DOES_NOT_APPLY = "na"
HIGHEST = 3
# How far single statements lie from a body's level, every year and in one year.
_ALWAYS, _THIS_YEAR = 0.5, 0.3


def score_of(reply: Reply, statement: Statement) -> str:
    """The score a body gives itself, as the list of scores has it."""
    points = _told(reply, statement)
    if points is not None:
        return f"s{points}"
    if why_not(reply.sender_id, reply.sector, statement.id) is not None:
        return DOES_NOT_APPLY
    return f"s{round(min(max(_drawn(reply, statement), 0), HIGHEST))}"


def why_not(sender_id: str, sector: str, statement_id: str) -> NotApplicable | None:
    """Why a statement does not apply to a body, the same every year; None where it does."""
    for found in rounds().not_applicable:
        if found.statement == statement_id and sector in found.sectors:
            return found if seeded("applies", sender_id, statement_id).random() < found.share else None
    return None


def _told(reply: Reply, statement: Statement) -> int | None:
    found: int | None = None
    for story in stories(reply.sender_id, reply.year):
        found = story.all if story.all is not None else found
        found = story.standards.get(statement.standard, found)
        found = story.scores.get(statement.id, found)
    return found


def _drawn(reply: Reply, statement: Statement) -> float:
    told = rounds()
    is_later = reply.year != told.round[0].year
    level = told.agencies.get(reply.sender_id) or told.sectors[reply.sector]
    spread = 0.0 if reply.sender_id in catalogue().agencies else told.sectors[reply.sector].spread
    body = spread * seeded("level", reply.sender_id).normal()
    always = _ALWAYS * seeded("score", reply.sender_id, statement.id).normal()
    now = _THIS_YEAR * seeded("score", reply.sender_id, statement.id, reply.year).normal()
    moved = level.later.get(statement.standard, 0.0) if is_later else 0.0
    # What must never be missing is seen to first.
    critical = 0.25 if statement.critical else 0.0
    return float(level.level + level.standards.get(statement.standard, 0.0) + moved + critical + body + always + now)
