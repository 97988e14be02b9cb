"""Reminders of what is owed, as messages ready to send; each one made is put in the event log."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from pipelines.flows.addresses import web_address
from pipelines.queries import reminders
from pipelines.reports import reminder_text
from pipelines.store import atomic, events
from pipelines.store.opening import VAULT, transaction
from schemas.actors import require
from schemas.catalogue import catalogue
from schemas.periods import PeriodError, parse, quarter_of
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from pipelines.queries.reminder_facts import Reminder
    from pipelines.reports.reminder_text import Message
    from schemas.actors import Actor
    from schemas.periods import Period

Respondents = Literal["none", "sector", "each"]
# A moment of a zip's entries: the same messages make the same file.
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Reminded:
    """The messages made, and the titles of the agencies that owe nothing and get none."""

    messages: tuple[Message, ...]
    nothing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Made:
    """A message with what it reminds of, as the event log keeps it."""

    message: Message
    of: dict[str, Any]


def quarter_for(period: str, at: datetime) -> Period:
    """The quarter that is meant: the last that has ended where none is named.

    UserError where it is no quarter, or one that has not begun.
    """
    if not period.strip():
        return quarter_of(at.date()).previous
    found = parse(period)
    if found.kind != "financial_quarter":
        raise PeriodError(f"{found.short} is not a quarter. Name one, such as 2026-27-Q2.")
    if found.start > at.date():
        raise UserError(f"{found.short} has not begun, so nobody owes anything for it yet.")
    return found


def remind(  # noqa: PLR0913 - where, who, of when, and whom how
    home: Path,
    actor: Actor,
    at: datetime,
    *,
    period: str = "",
    to: str = "",
    respondents: Respondents = "sector",
    address: str = "",
) -> Reminded:
    """Make a message for each agency that owes something, and for respondents one a sector or one each; log who gets what.

    `to` names one agency, sector or respondent. Making a message counts as reminding: what becomes of it afterwards
    nobody here can know. UserError for an unknown name, for an address of no web page, and where nothing was
    ever stored.
    """
    require(actor, "business_unit")
    if not (home / VAULT).exists():
        raise UserError("Nothing has been received yet, so there is nothing to remind anybody of.")
    if address.strip():
        address = web_address(address, "No message was made.")
    quarter, today = quarter_for(period, at), at.date()
    agencies = reminders.for_agencies(home, actor, quarter, today)
    asked = to.strip()
    made = [_of_agency(each, address) for each in agencies if each.is_needed and asked in ("", each.to)]
    if asked not in {each.to for each in agencies}:
        made += _of_respondents(home, actor, at, respondents, asked, address)
    if asked and not made and asked not in {each.to for each in agencies} and not _is_known(home, actor, at, asked):
        raise UserError(
            f"“{asked[:40]}” is no agency, sector or respondent that owes anything. See “throughline status”."
        )
    with transaction(home, write=True) as connection:
        for each in made:
            events.append(connection, actor, "reminder.made", each.message.to, each.of, at=at)
    nothing = tuple(each.title for each in agencies if not each.is_needed and asked in ("", each.to))
    return Reminded(tuple(each.message for each in made), nothing)


def write(messages: Sequence[Message], folder: Path) -> None:
    """Put each message in a folder, as text and as mail; one made before of the same name is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    for each in messages:
        atomic.write(folder / f"{each.name}.txt", each.text.encode())
        atomic.write(folder / f"{each.name}.eml", each.eml)


def zipped(messages: Sequence[Message]) -> bytes:
    """The same files as one zip."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as box:
        for each in messages:
            for ending, content in (("txt", each.text.encode()), ("eml", each.eml)):
                box.writestr(zipfile.ZipInfo(f"{each.name}.{ending}", _EPOCH), content)
    return held.getvalue()


def asked(home: Path, actor: Actor, at: datetime, out: Path | None, **whom: Any) -> Iterator[str]:  # noqa: ANN401 - as `remind`
    """Make the messages and write them to a folder, or give them to be printed where none is named; then what was made."""
    require(actor, "business_unit")
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)  # before anything is put in the event log as made
    done = remind(home, actor, at, **whom)
    if out is None:
        yield from (f"Subject: {each.subject}\n\n{each.text}" for each in done.messages)
    else:
        write(done.messages, out)
    many = len(done.messages)
    if not many:
        yield "Nobody is to be reminded of anything."
    elif out is not None:
        yield f"Wrote {many} {'message' if many == 1 else 'messages'} to {out}, each as .txt and as .eml."
    if done.nothing:
        yield f"Nothing to remind of: {'; '.join(done.nothing)}."


def _of_agency(found: Reminder, address: str) -> _Made:
    of: dict[str, Any] = {
        "period_id": found.quarter.id,
        "to_send": [f"{each.what}, {each.period}: {each.state}" for each in found.send],
        "to_mend": [each.what for each in found.mend],
        "actions": [each.action_id for each in found.actions],
        "challenges": [each.recommendation_id for each in found.challenges],
        "sentences": found.preview_waiting,
    }
    return _Made(reminder_text.to_agency(found, address), of)


def _of_respondents(  # noqa: PLR0913, PLR0917 - where, who, when, and whom how
    home: Path, actor: Actor, at: datetime, how: Respondents, asked: str, address: str
) -> Iterator[_Made]:
    """One message for each sector of the register, or for each respondent in it, that has not replied."""
    of: dict[str, Any]
    for sector in reminders.for_sectors(home, actor, at.date()):
        if asked == sector.sector_id or (not asked and how == "sector"):
            of = {"year": sector.year, "waiting": len(sector.waiting)}
            yield _Made(reminder_text.to_sector(sector, address), of)
        elif asked or how == "each":
            for each in sector.waiting:
                if asked in ("", each.sender_id):
                    of = {"year": sector.year, "instrument": each.instrument_id, "state": each.state}
                    yield _Made(reminder_text.to_respondent(each, at.date(), address), of)


def _is_known(home: Path, actor: Actor, at: datetime, asked: str) -> bool:
    """Whether it names a sector or respondent that has replied already, so that there is nothing to say."""
    every = reminders.registered(home, actor, at.date())
    return asked in every or asked in catalogue().choices["sector"]
