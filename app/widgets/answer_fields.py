"""Which fields a statement of the form has, by its score, and what each asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.flows.answer_form import COLUMNS, SCORE
from schemas.periods import day_words
from schemas.returns.days import day_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.returns import Column

# What each asks for, after its heading: the checks speak of a field by its heading.
ASKS: Mapping[str, str] = {
    "na_reason": "in a sentence",
    "evidence_ref": "the document, report or survey that shows it",
    "evidence_date": "the day it was true, such as 30 September 2026",
    "impact_evidence": "what is better for children, and how you know. Without it a 3 counts as a 2",
    "good_practice": "what is worth telling others, if you like",
    "area_for_improvement": "what is not there yet, if you like",
    "action": "what you will do",
    "owner_role": "who will do it; never a name",
    "due_date": "the day it is to be done, such as 31 March 2027",
    "done_on": "the day it was done, once it is",
}
_OF_SCORE: Mapping[str, tuple[str, ...]] = {
    "": (),
    "na": ("na_reason",),
    "s0": ("area_for_improvement", "action", "owner_role", "due_date"),
    "s1": ("evidence_ref", "evidence_date", "area_for_improvement", "action", "owner_role", "due_date"),
    "s2": ("evidence_ref", "evidence_date", "good_practice"),
    "s3": ("evidence_ref", "evidence_date", "impact_evidence", "good_practice"),
}


def fields(answer: Mapping[str, str], score: str) -> tuple[Column, ...]:
    """The fields beside the score: those it calls for, and whatever has something in it, so that nothing is sent unseen.

    >>> [each.name for each in fields({"action": "Review the rota"}, "na")]
    ['na_reason', 'action', 'done_on']
    """
    wanted = set(_OF_SCORE[score]) | {name for name, text in answer.items() if text}
    wanted |= {"done_on"} if answer.get("action") else set()
    return tuple(column for column in COLUMNS if column.name in wanted and column.name != SCORE)


def asks(column: Column) -> str:
    """A field's label: its heading, what it asks for, and how much there is room for.

    The box itself has no limit: it would take nothing of what is pasted and too long, and say nothing.
    """
    room = f" ({column.longest} characters at most)" if column.holds == "words" else ""
    return f"{column.heading}: {ASKS[column.name]}{room}"


def shown(column: Column, text: str) -> str:
    """What a field shows of an answer that is kept: days in words."""
    day = day_in(text) if column.holds == "day" and text else None
    return text if day is None else day_words(day)
