"""The form of one respondent: what is asked of it, and for each statement the answer so far and where that came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from pipelines.store import invitations, records
from schemas.catalogue import catalogue
from schemas.periods import parse
from schemas.returns.records import WITHDRAWN
from schemas.returns.references import reference_in
from schemas.returns.self_assessment import KIND, STATEMENTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pandas as pd

    from pipelines.store.invitations import Draft, Invitation
    from pipelines.store.opening import Connection
    from schemas.catalogue import Instrument, Statement
    from schemas.periods import Period

# What a respondent fills in for a statement; what the business unit moderates is not among it.
COLUMNS = tuple(column for column in STATEMENTS.columns if column.answer and not column.keeper)
SCORE = "self_score"
_OF_THE_ACTION = ("action", "owner_role", "due_date", "done_on")
From = Literal["", "draft", "sent", "carried"]


@dataclass(frozen=True)
class Asked:
    """One statement and its answer so far: from the draft, from what was sent this year, or carried from last year.

    `stamp` changes with every save of the statement, so that a window can tell whether another saved in between.
    """

    statement: Statement
    answer: Mapping[str, str]
    came_from: From
    stamp: str = ""

    @property
    def is_answered(self) -> bool:
        """Whether it has a score, or is said not to apply."""
        return bool(self.answer.get(SCORE))


@dataclass(frozen=True)
class Sent:
    """What was sent through the link: the submission and when."""

    submission_id: str
    sent_at: datetime


@dataclass(frozen=True)
class Form:
    """A respondent's form: whose it is, what it asks, what has been answered. `sent` once it has been sent."""

    respondent_id: str
    name: str
    instrument: Instrument
    year: Period
    expires_on: date
    asked: tuple[Asked, ...]
    saved_at: datetime | None
    sent: Sent | None = None

    @cached_property
    def by_standard(self) -> Mapping[str, tuple[Asked, ...]]:
        """The statements under their standards, in the order of the instrument."""
        ids = dict.fromkeys(each.statement.standard for each in self.asked)
        return {one: tuple(each for each in self.asked if each.statement.standard == one) for one in ids}

    @property
    def answered(self) -> int:
        """How many statements have an answer."""
        return sum(each.is_answered for each in self.asked)

    @property
    def carried(self) -> int:
        """How many of the answers are last year's, not looked at since."""
        return sum(each.is_answered and each.came_from == "carried" for each in self.asked)

    def of(self, statement_id: str) -> Asked | None:
        """One statement of the form; None where the form does not ask it."""
        return next((each for each in self.asked if each.statement.id == statement_id), None)


def form(connection: Connection, invitation: Invitation) -> Form | None:
    """The form behind a link; None where the respondent is no longer on the register for it."""
    held = records.beside(connection, KIND, invitation.respondent_id)
    register = held["Respondents"]
    mine = register[register["instrument"].eq(invitation.instrument) & register["standing"].ne(WITHDRAWN)]
    instrument = catalogue().instruments.get(invitation.instrument)
    if mine.empty or instrument is None:
        return None
    year = parse(invitation.period_id)
    draft = invitations.draft(connection, invitation.token_sha256)
    sent = (
        Sent(invitation.submission_id, invitation.ended_at)
        if invitation.ended_why == "sent" and invitation.ended_at
        else None
    )
    asked = _asked(instrument, year, held[STATEMENTS.name], draft)
    name = str(mine["name"].iloc[-1])
    return Form(invitation.respondent_id, name, instrument, year, invitation.expires_on, asked, draft.saved_at, sent)


def _asked(instrument: Instrument, year: Period, standing: pd.DataFrame, draft: Draft) -> tuple[Asked, ...]:
    now, last = _answers(standing, year), _answers(standing, year.previous)
    made: list[Asked] = []
    for statement in instrument.asked_in(year):
        if statement.id in draft.answers:
            made.append(Asked(statement, draft.answers[statement.id], "draft", draft.saved.get(statement.id, "")))
        elif statement.id in now:
            made.append(Asked(statement, now[statement.id], "sent"))
        else:
            carried = _carried(last.get(statement.id, {}))
            made.append(Asked(statement, carried, "carried" if carried else ""))
    return tuple(made)


def _carried(answer: dict[str, str]) -> dict[str, str]:
    """Last year's answer as this year's form has it: an action that is done stays with the year it was done in."""
    return {name: "" if answer.get("done_on") and name in _OF_THE_ACTION else text for name, text in answer.items()}


def _answers(standing: pd.DataFrame, year: Period) -> dict[str, dict[str, str]]:
    """The answers of a year by the catalogue's statement id, as text; the log may spell the id with a dash."""
    ids = {reference_in(each) or each: each for each in catalogue().statements}
    mine = standing[standing["year_id"].eq(year.id)]
    return {
        ids.get(reference_in(str(row["statement_id"])) or "", str(row["statement_id"])): {
            column.name: _text(row[column.name]) for column in COLUMNS
        }
        for row in mine.to_dict("records")
    }


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return "" if value != value else value.date().isoformat()  # noqa: PLR0124 - a day that is not there
    return str(value)
