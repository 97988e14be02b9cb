"""Who owes a self-assessment and how far it has come: each sender its own, the business unit everybody's by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from pipelines.queries import inbox
from pipelines.queries.vault import asked
from pipelines.store import records, replies
from pipelines.store.opening import VAULT
from schemas.actors import SENDERS, Actor, require
from schemas.catalogue import catalogue
from schemas.periods import of_kind
from schemas.returns import kinds
from schemas.returns.asked import due_on, on_the_day
from schemas.returns.records import EVERYBODYS
from schemas.returns.register import RESPONDENTS
from schemas.returns.respondents import is_respondent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from pathlib import Path

    import numpy as np

    from pipelines.queries.inbox import Sent
    from pipelines.store.opening import Connection
    from schemas.periods import Period

_EVENT = "What groups said at the partnership's event"
RECEIVED, AWAITING, BEGUN, LATE, DUE = "received", "received, awaiting sign-off", "begun", "late", "due"


@dataclass(frozen=True, slots=True)
class Owes:
    """One self-assessment that one sender owes for the year under way, and how far it has come."""

    sender_id: str
    name: str
    sector: str
    instrument_id: str
    instrument: str
    year: Period
    due: date
    state: str
    answered: int
    asked: int

    @property
    def is_registered(self) -> bool:
        """Whether it is a body of the register, and no agency."""
        return is_respondent(self.sender_id)

    @property
    def words(self) -> str:
        """The state as a page says it."""
        said = (
            f"{self.state}, {self.answered} of {self.asked} statements answered" if self.state == BEGUN else self.state
        )
        return f"{said[0].upper()}{said[1:]}"


@dataclass(frozen=True, slots=True)
class Sector:
    """One sector: everybody in it who owes one, by name."""

    sector: str
    everybody: tuple[Owes, ...]

    @property
    def owed(self) -> int:
        """How many owe one."""
        return len(self.everybody)

    @property
    def waiting(self) -> tuple[Owes, ...]:
        """Those who have not replied in full and signed it off."""
        return tuple(each for each in self.everybody if each.state != RECEIVED)

    @property
    def replied(self) -> int:
        """How many have."""
        return self.owed - len(self.waiting)


class _Score(NamedTuple):
    """Of one statement, whether a score is given, and when it came (UTC, without its mark)."""

    statement_id: str
    is_given: bool
    answered_at: np.datetime64


@dataclass(frozen=True)
class _Come:
    """What has come of a year: the register, the scores that stand, and when each was signed off.

    `is_begun`: the partnership asks for self-assessments at all; before that nobody owes one. `is_spoken`: what groups said
    at the partnership's event is in.
    """

    is_begun: bool
    is_spoken: bool
    register: pd.DataFrame
    scores: dict[str, list[_Score]]
    signed: dict[str, datetime]


def owed(home: Path, actor: Actor, sender_id: str, today: date) -> tuple[Owes, ...]:
    """The self-assessments a sender owes for the year under way; the business unit owes what groups said at the event."""
    require(actor, *SENDERS, agency_id=sender_id)
    if not (home / VAULT).exists():
        return ()
    return asked(home, actor, _owing, of_kind("financial_year", today), sender_id, today)


def by_sector(home: Path, actor: Actor, today: date) -> tuple[Sector, ...]:
    """Everybody who owes one, agencies too, in the order of the sectors; only the business unit may know who they are."""
    require(actor, "business_unit")
    if not (home / VAULT).exists():
        return ()
    owing = asked(home, actor, _owing, of_kind("financial_year", today), None, today)
    every = [each for each in owing if each.sender_id not in EVERYBODYS]
    mine = {name: [e for e in every if e.sector == name] for name in catalogue().choices["sector"]}
    return tuple(_sector(name, found) for name, found in mine.items() if found)


def replied(connection: Connection, year: Period, today: date) -> frozenset[tuple[str, str]]:
    """Sender and instrument of every self-assessment of the year that is in whole and signed off."""
    every = _everybody(_read(connection, year), year, today)
    return frozenset((each.sender_id, each.instrument_id) for each in every if each.state == RECEIVED)


def sent(home: Path, actor: Actor) -> tuple[Sent, ...]:
    """Every version that respondents have sent, the newest first; an agency's own history has them not."""
    require(actor, "business_unit")
    return tuple(each for each in inbox.everything(home, actor) if is_respondent(each.agency_id))


def _sector(name: str, found: list[Owes]) -> Sector:
    ordered = sorted(found, key=lambda each: (each.name.casefold(), each.instrument))
    return Sector(catalogue().label("sector", name), tuple(ordered))


def _owing(connection: Connection, year: Period, sender_id: str | None, today: date) -> tuple[Owes, ...]:
    """What a sender owes, or with None what everybody does."""
    return tuple(_everybody(_read(connection, year, sender_id or ""), year, today, sender_id))


def _read(connection: Connection, year: Period, sender_id: str = "") -> _Come:
    named = sender_id if is_respondent(sender_id) else ""
    scores = replies.scores(connection, year.id, sender_id)
    return _Come(
        is_begun=replies.is_begun(connection),
        is_spoken=replies.spoken(connection, year.id),
        register=records.standing(connection, kinds()["register"], named=named)[RESPONDENTS.name],
        scores=_by_sender(scores),
        signed=replies.signed_off(connection, year.id, sender_id),
    )


def _by_sender(scores: pd.DataFrame) -> dict[str, list[_Score]]:
    """The scores as plain rows: a frame for each of hundreds of senders takes longer than all that is asked of it."""
    found: dict[str, list[_Score]] = {}
    columns = (scores[name] for name in ("agency_id", "statement_id", "self_score"))
    came = scores["answered_at"].dt.tz_localize(None).to_numpy()
    for sender, statement_id, score, answered_at in zip(*columns, came, strict=True):
        found.setdefault(str(sender), []).append(_Score(str(statement_id), score != "", answered_at))
    return found


def _everybody(come: _Come, year: Period, today: date, only: str | None = None) -> Iterator[Owes]:
    """Agencies first, then the register in its order; `only`: what one sender owes, without working out the others."""
    if not come.is_begun:
        return
    known = catalogue()
    for agency in known.assessing:
        if only in {None, agency.id}:
            yield _owes((agency.id, agency.title, known.sector_of(agency), "organisational"), come, year, today)
    for keeper in EVERYBODYS:
        if only in {None, keeper}:
            yield _event(keeper, come, year, today)
    for row in on_the_day(come.register, due_on(year)).to_dict("records"):
        about = (str(row["respondent_id"]), str(row["name"]), str(row["sector"]), str(row["instrument"]))
        if only in {None, about[0]}:
            yield _owes(about, come, year, today)


def _event(keeper: str, come: _Come, year: Period, today: date) -> Owes:
    """What groups said at the event, on the sheet of the keeper's workbook; the seats at the table answer for themselves."""
    due = due_on(year)
    state = RECEIVED if come.is_spoken else LATE if today > due else DUE
    return Owes(keeper, catalogue().agencies[keeper].title, "other", "partnership", _EVENT, year, due, state, 0, 0)


def _owes(about: tuple[str, str, str, str], come: _Come, year: Period, today: date) -> Owes:
    sender_id, name, sector, instrument_id = about
    instrument, due = catalogue().instruments[instrument_id], due_on(year)
    asked = {statement.id for statement in instrument.asked_in(year)}
    mine = [score for score in come.scores.get(sender_id, []) if score.statement_id in asked]
    answered = sum(score.is_given for score in mine)
    state = LATE if today > due else DUE
    if mine:
        signed = come.signed.get(sender_id)
        last = pd.Timestamp(max(score.answered_at for score in mine)).to_pydatetime()
        is_signed = signed is not None and signed >= last
        state = BEGUN if answered < len(asked) else RECEIVED if is_signed else AWAITING
    return Owes(sender_id, name, sector, instrument_id, instrument.title, year, due, state, answered, len(asked))
