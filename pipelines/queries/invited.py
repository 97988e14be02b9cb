"""The links to the form and how far each has come, for the business unit: it alone may know respondents by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.queries.vault import asked
from pipelines.store import invitations, records
from pipelines.store.opening import VAULT
from schemas.actors import Actor, require
from schemas.catalogue import catalogue
from schemas.periods import parse
from schemas.returns import kinds
from schemas.returns.records import WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from pathlib import Path

    from pipelines.store.invitations import Draft, Invitation
    from pipelines.store.opening import Connection

# What became of a link, in the order in which it wants chasing.
STATES = ("not opened", "opened", "begun", "sent", "ended", "run out")


@dataclass(frozen=True, slots=True)
class Invited:
    """One link: whose, to what, and how far it has come. `answered`: of a form that was begun, how many statements."""

    respondent_id: str
    name: str
    sector: str
    instrument: str
    period_id: str
    made_at: datetime
    expires_on: date
    state: str
    answered: int
    asked: int

    @property
    def is_open(self) -> bool:
        """Whether it still takes answers."""
        return self.state in ("not opened", "opened", "begun")


def links(home: Path, actor: Actor, today: date) -> tuple[Invited, ...]:
    """The newest link of each respondent to each self-assessment of each year, by sector and name."""
    require(actor, "business_unit")
    if not (home / VAULT).exists():
        return ()
    return asked(home, actor, _links, today)


def _links(connection: Connection, today: date) -> tuple[Invited, ...]:
    register = kinds()["register"]
    newest = {each.owes: each for each in invitations.every(connection)}
    drafts = invitations.drafts(connection)
    rows = records.standing(connection, register)[register.data.name]
    who = {row["respondent_id"]: (str(row["name"]), str(row["sector"])) for row in rows.to_dict("records")}
    made = [_one(each, who, drafts, today) for each in newest.values()]
    return tuple(sorted(made, key=lambda each: (each.period_id, each.sector, each.name.casefold(), each.instrument)))


@dataclass(frozen=True, slots=True)
class OnRegister:
    """One body on the register."""

    respondent_id: str
    name: str
    sector: str


def respondents(home: Path, actor: Actor) -> tuple[OnRegister, ...]:
    """Every body on the register, by name; none that was entered by mistake."""
    require(actor, "business_unit")
    if not (home / VAULT).exists():
        return ()
    return asked(home, actor, _registered)


def _registered(connection: Connection) -> tuple[OnRegister, ...]:
    register = kinds()["register"]
    rows = records.standing(connection, register)[register.data.name]
    there = rows[rows["standing"].ne(WITHDRAWN)].drop_duplicates("respondent_id").to_dict("records")
    made = [OnRegister(str(row["respondent_id"]), str(row["name"]), str(row["sector"])) for row in there]
    return tuple(sorted(made, key=lambda each: each.name.casefold()))


def _one(each: Invitation, who: Mapping[str, tuple[str, str]], drafts: Mapping[str, Draft], today: date) -> Invited:
    draft = drafts.get(each.token_sha256)
    asked = catalogue().instruments[each.instrument].asked_in(parse(each.period_id))
    answered = sum(bool(answer.get("self_score")) for answer in draft.answers.values()) if draft else 0
    name, sector = who.get(each.respondent_id, (each.respondent_id, ""))
    state = _state(each, today, is_begun=draft is not None)
    facts = (each.respondent_id, name, sector, each.instrument, each.period_id, each.made_at, each.expires_on)
    return Invited(*facts, state, answered, len(asked))


def _state(each: Invitation, today: date, *, is_begun: bool) -> str:
    if each.ended_at is None and each.opens(today):
        return "begun" if is_begun else "opened" if each.first_used_at else "not opened"
    return {"sent": "sent", "withdrawn": "ended"}.get(each.ended_why, "run out")
