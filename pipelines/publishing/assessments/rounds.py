"""The rounds of self-assessment: one instrument in one year, everybody who owes it, and how far each has come."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from pipelines.publishing.assessments.answers import Answer, answer_of
from pipelines.publishing.assessments.bodies import KIND, bodies_of, due_on, is_begun
from pipelines.publishing.logs.log import ACCEPTED, records_of
from pipelines.publishing.rows import Row, rows
from schemas.periods import of_kind, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.assessments.bodies import Body
    from schemas.catalogue import Instrument
    from schemas.periods import Period

REPLIED, BEGUN, LATE, DUE = "replied", "begun", "late", "due"
Whose = tuple[str, str]  # a body and a year


@dataclass(frozen=True, slots=True)
class Reply:
    """What one body has sent of one round; `whole_on` is the day from which every answer was there and signed off."""

    body: Body
    state: str
    asked: int
    answers: tuple[Answer, ...]
    received_on: date | None
    signed_off: bool
    whole_on: date | None

    @property
    def answered(self) -> int:
        """How many statements have an answer."""
        return sum(answer.is_answered for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Round:
    """One instrument in one year; `replies` are of those who owe it on the day it is due."""

    instrument: Instrument
    year: Period
    due_on: date
    replies: tuple[Reply, ...]
    by_body: Mapping[str, Reply] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """The instrument and the year."""
        return self.instrument.id, self.year.id


@dataclass(frozen=True, slots=True)
class Sent:
    """Everything that has come in: the records of each body and year, and when it was signed off."""

    records: Mapping[Whose, list[Row]]
    signed: Mapping[Whose, list[datetime]]


def sent(inputs: Inputs) -> Sent:
    """The answers that stand and the submissions with a sign-off, by body and year."""
    statements = sorted(rows(records_of(inputs, KIND, "Statements")), key=_whose)
    came = inputs.submissions
    mine = came[came["kind"].eq(KIND) & came["state"].isin(ACCEPTED) & came["approved_by_role"].ne("")]
    signed: dict[Whose, list[datetime]] = {}
    for row in rows(mine):
        signed.setdefault((row["agency_id"], row["period_id"]), []).append(row["received_at"])
    return Sent({whose: list(found) for whose, found in groupby(statements, _whose)}, signed)


def rounds(inputs: Inputs) -> tuple[Round, ...]:
    """Every round that somebody owes, by instrument, the latest year first.

    An instrument begins with the first year it was answered in; one nobody has answered, with the year under way. Nothing
    is owed before the partnership has begun to ask.
    """
    if not is_begun(inputs):
        return ()
    came = sent(inputs)
    made = (_round(inputs, came, each, year) for each in inputs.catalogue.instruments.values() for year in
            years_of(inputs, came, each))  # fmt: skip
    return tuple(each for each in made if each.replies)


def years_of(inputs: Inputs, came: Sent, instrument: Instrument) -> list[Period]:
    """The years an instrument has rounds in, the latest first."""
    ids = {statement.id for statement in instrument.statements}
    answered = {year for (_, year), found in came.records.items() if any(r["statement_id"] in ids for r in found)}
    year = of_kind("financial_year", inputs.today)
    first = min((parse(each).start for each in answered), default=year.start)
    found: list[Period] = []
    while year.start >= first and instrument.asked_in(year):
        found.append(year)
        year = year.previous
    return found


def _round(inputs: Inputs, came: Sent, instrument: Instrument, year: Period) -> Round:
    due = due_on(inputs.catalogue, year)
    owing = (body for body in bodies_of(inputs, instrument.id) if body.owes_on(due))
    replies = tuple(_reply(inputs, came, (instrument, year, due), body) for body in owing)
    return Round(instrument, year, due, replies, {reply.body.body_id: reply for reply in replies})


def _reply(inputs: Inputs, came: Sent, of: tuple[Instrument, Period, date], body: Body) -> Reply:
    instrument, year, due = of
    asked = {statement.id: statement for statement in instrument.asked_in(year)}
    mine = [row for row in came.records.get((body.body_id, year.id), []) if row["statement_id"] in asked]
    by_id = {row["statement_id"]: answer_of(inputs.catalogue, asked[row["statement_id"]], row) for row in mine}
    answers = tuple(by_id[each] for each in asked if each in by_id)
    is_whole = sum(answer.is_answered for answer in answers) == len(asked)
    signed = came.signed.get((body.body_id, year.id), [])
    there = [each for each in signed if mine and each >= max(row["answered_at"] for row in mine)]
    first = [each for each in signed if mine and each >= max(map(_first_answered_at, mine))]
    replied = is_whole and bool(there)
    return Reply(
        body=body,
        state=REPLIED if replied else BEGUN if mine else LATE if inputs.today > due else DUE,
        asked=len(asked),
        answers=answers,
        received_on=max(row["received_at"] for row in mine).date() if mine else None,
        signed_off=bool(there),
        whole_on=min(first).date() if replied else None,
    )


def _first_answered_at(row: Row) -> datetime:
    return row["first_received_at"] if _first_score(row) or not row["self_score"] else row["received_at"]


def _first_score(row: Row) -> str:
    """The score the record first came with; the one that stands where that is not known."""
    body = row.get("first_body")
    return str(json.loads(body).get("self_score", "")) if isinstance(body, str) else str(row["self_score"])


def _whose(row: Row) -> Whose:
    return row["respondent_id"], row["year_id"]


def before(every: Iterable[Round], one: Round) -> Round | None:
    """The same instrument's round of the year before; None where there was none."""
    key = (one.instrument.id, one.year.previous.id)
    return next((each for each in every if each.key == key), None)
