"""A reply as the rows of its workbook: scores with what carries them, and what is to be done where something is missing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sample_data.assessments.rounds import rounds, stories
from sample_data.assessments.scores import DOES_NOT_APPLY, score_of, why_not
from sample_data.assessments.words import words
from sample_data.counts import seeded
from schemas.catalogue import catalogue
from schemas.periods import parse

if TYPE_CHECKING:
    import numpy as np

    from sample_data.assessments.replies import Reply
    from sample_data.logs.records import Cells
    from schemas.catalogue import Statement

_LOW, _IN_PLACE, _SHOWN = ("s0", "s1"), ("s2", "s3"), "s3"
# Of the 3s of small bodies, how many come without what would show the difference.
_SHOWS_NOTHING = 0.12
# Of 3s, how many have something to tell others; of 2s, how many name what is still missing, with an action.
_GOOD, _STILL_MISSING = 0.15, 0.12
# Actions on time, of those that were done by the day agencies told how far they had come.
_DONE = 0.65


def asked(reply: Reply) -> list[Statement]:
    """The statements a reply answers: all that were asked, or those of the standards it has come to."""
    every = catalogue().instruments[reply.instrument].asked_in(parse(reply.year))
    return [statement for statement in every if reply.is_whole or statement.standard in reply.only]


def answers(reply: Reply) -> list[Cells]:
    """The rows of a reply's sheet Statements, as its template has them."""
    return [answer(reply, statement) for statement in asked(reply)]


def answer(reply: Reply, statement: Statement) -> Cells:
    """One statement as a body answers it."""
    score = score_of(reply, statement)
    chance = seeded("answer", reply.sender_id, statement.id, reply.year)
    cells: Cells = {"statement_id": statement.id, "self_score": score}
    if score == DOES_NOT_APPLY:
        found = why_not(reply.sender_id, reply.sector, statement.id)
        return cells | {"na_reason": found.reason if found else ""}
    if score in _IN_PLACE:
        cells |= _evidence(reply, statement, chance)
    if score == _SHOWN:
        cells |= _difference(reply, statement, chance)
    if score in _LOW or (score == "s2" and chance.random() < _STILL_MISSING):
        cells |= _action(reply, statement, chance)
    return cells


def progress(reply: Reply, on: date) -> list[Cells]:
    """The rows with an action, as they stood when the agency told how far it had come: most of what was due is done."""
    rows = [cells for cells in answers(reply) if "action" in cells]
    return [cells | _done(reply, cells, on) for cells in rows]


def _evidence(reply: Reply, statement: Statement, chance: np.random.Generator) -> Cells:
    """One of the things that would show it, of some day in the year before."""
    named = statement.evidence.split("; ")
    found = named[int(chance.integers(len(named)))]
    true_on = reply.came_on - timedelta(days=int(chance.integers(10, 400)))
    return {"evidence_ref": found[0].upper() + found[1:], "evidence_date": true_on}


def _difference(reply: Reply, statement: Statement, chance: np.random.Generator) -> Cells:
    of = words().standards[statement.standard]
    told = of.impact[int(chance.integers(len(of.impact)))]
    draws = chance.random(2)
    is_small = reply.sender_id not in catalogue().agencies
    unshown = any(statement.standard in story.no_impact for story in stories(reply.sender_id, reply.year))
    if unshown or (is_small and draws[0] < _SHOWS_NOTHING):
        return {}
    shown: Cells = {"impact_evidence": told}
    return shown | ({"good_practice": of.good} if draws[1] < _GOOD else {})


def _action(reply: Reply, statement: Statement, chance: np.random.Generator) -> Cells:
    """What is missing and what will be done; a date that was told stands whatever the year."""
    of = words().statements[statement.id]
    owners = words().standards[statement.standard].owners
    days = int(chance.integers(60, 300))
    told = [story.due[statement.id] for story in stories(reply.sender_id, reply.year) if statement.id in story.due]
    return {
        "area_for_improvement": of.gap,
        "action": of.action,
        "owner_role": owners[int(chance.integers(len(owners)))],
        "due_date": told[0] if told else reply.came_on + timedelta(days=days),
    }


def _done(reply: Reply, cells: Cells, on: date) -> Cells:
    due = cells["due_date"]
    chance = seeded("done", reply.sender_id, str(cells["statement_id"]), reply.year)
    if not isinstance(due, date) or due > on or chance.random() > _DONE:
        return {}
    return {"done_on": max(reply.came_on, due - timedelta(days=int(chance.integers(0, 25))))}


def tells_progress(sender_id: str) -> bool:
    """Whether an agency told in the summer how far its actions had come."""
    return sender_id in rounds().progress
