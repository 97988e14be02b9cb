"""From a provider's token to an actor: who it is by our own list, whether the sign-in still holds, and the log of it.

Asked on every run of a page, and again by every check below the page, so that whoever is taken off the list, signs out in
another tab or has been signed in too long gets nothing more from a page that is still open.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from pipelines.store import access as file
from pipelines.store import events, sign_ins
from pipelines.store.opening import transaction
from schemas.access import Claims, Person, is_doubted, matched, read_claims
from schemas.actors import Actor
from schemas.catalogue import catalogue
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from schemas.access import Access

BEGAN, REFUSED, ENDED = "session.began", "session.refused", "session.ended"
# How far a provider's clock may be ahead of ours.
_SKEW = timedelta(minutes=5)
# Where the log takes no entry, nobody new is let in; it is tried again after a while, and not at every click.
_AGAIN = timedelta(seconds=10)
_WAIT = 2.0  # seconds for the vault, as somebody waits for the page
_NO_LONGER = "You are no longer signed in as you were when this page was made. Load the page again. Nothing was done."
_MOST_TOLD = 10_000


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known of an entry: whether the log has it, under which list, and until when it need not be asked again."""

    listed: str
    until: datetime
    is_in: bool


# So that a run of a page does not open the vault.
_TOLD: dict[tuple[Path, str, str], _Told] = {}


@dataclass(frozen=True, slots=True)
class Door:
    """What the list says to somebody who has not signed in. `fault`: why it cannot be used; then nobody gets in.

    `contact`: whom to ask; of a list that cannot be used too, where that line of it can be read.
    """

    is_there: bool
    is_public: bool = False
    contact: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody on the list, with the words of their role and until when this sign-in holds."""

    actor: Actor
    role_words: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Turned:
    """Somebody who gets nothing: why, whom they may ask, and the address they signed in with.

    `is_doubted`: their provider does not vouch for the address, which is so whether or not it is on the list.
    """

    why: Literal["unknown", "ended", "expired", "closed", "unlogged"]
    contact: str = ""
    address: str = ""
    is_doubted: bool = False


def door(home: Path) -> Door:
    """What stands at the entrance, for everybody."""
    try:
        found = file.kept(home)
    except UserError as why:
        return Door(is_there=True, contact=file.contact(home), fault=str(why))
    if found is None:
        return Door(is_there=False)
    return Door(is_there=True, is_public=found.access.public, contact=found.access.contact)


def arrive(home: Path, said: Mapping[str, Any], now: Callable[[], datetime]) -> SignedIn | Turned:
    """Who a token's claims are, by our list; a new sign-in and a refusal are put in the event log, once each.

    A sign-in that the log cannot take is turned away: nobody is here of whom it is not known. One that it took before goes on.
    `now` is asked again by the actor's own check, which every query and flow makes.
    """
    claims, at = read_claims(said), now()
    found = _found(home, claims, at)
    if isinstance(found, SignedIn):
        detail = {"issuer": claims.issuer, "until": found.until.isoformat()}
        if not _log(home, found.actor, BEGAN, claims, detail, at):
            return Turned("unlogged")
        return replace(found, actor=replace(found.actor, still=lambda: _confirm(home, claims, now(), found.actor)))
    if isinstance(found, Turned):
        return found
    access, why = found
    stranger = Actor(claims.address or "No address", "public")
    _log(home, stranger, REFUSED, claims, {"issuer": claims.issuer, "why": why}, at)
    return Turned("unknown", access.contact, claims.address, is_doubted=is_doubted(access, claims))


def sign_out(home: Path, said: Mapping[str, Any], at: datetime) -> None:
    """End a sign-in in every tab and for every copy of its cookie. UserError where it cannot be ended."""
    claims = read_claims(said)
    found = _found(home, claims, at)
    try:
        sign_ins.end(home, claims.session, at)
    except OSError as why:
        raise UserError(
            "The sign-out could not be kept, as the disk may be full or read-only. Close the browser, and tell whoever runs "
            "Throughline."
        ) from why
    if isinstance(found, SignedIn):
        _log(home, found.actor, ENDED, claims, {"why": "signed out"}, at)


def _confirm(home: Path, claims: Claims, at: datetime, actor: Actor) -> None:
    found = _found(home, claims, at)
    if not isinstance(found, SignedIn) or found.actor != actor:
        raise UserError(_NO_LONGER)


def _found(home: Path, claims: Claims, at: datetime) -> SignedIn | Turned | tuple[Access, str]:
    """The person, or why not; nothing is logged."""
    try:
        kept = file.kept(home)
    except UserError:
        return Turned("closed")
    if kept is None:
        return Turned("closed")
    if sign_ins.has_ended(home, claims.session):
        return Turned("ended", kept.access.contact)
    person = matched(kept.access, claims, at.date())
    if not isinstance(person, Person):
        return kept.access, person
    since = _since(home, claims, at)
    until = since + timedelta(hours=kept.access.hours_of(person))
    # A clock set back must not make a sign-in last until it has caught up: it is asked for anew, as one that has run out.
    if at >= until or at < since - _SKEW:
        return Turned("expired", kept.access.contact)
    return SignedIn(person.actor(), _words(person), until)


def _words(person: Person) -> str:
    """Role, and whose, as people call it: `analyst of Leeds City Council`."""
    agency = catalogue().agencies.get(person.agency)
    return person.words().replace(person.agency, agency.title) if agency else person.words()


def _since(home: Path, claims: Claims, at: datetime) -> datetime:
    """When the sign-in began: as the token says, but never later than it was first seen here.

    A provider's clock that runs ahead, or a token without a time, would else make a sign-in that never ends.
    """
    try:
        seen = sign_ins.begin(home, claims.session, at)
    except OSError:
        seen = at  # a disk that takes nothing keeps nobody from reading; the token's own time still counts
    said = claims.signed_in_at
    return seen if said is None or said > at + _SKEW else min(seen, said)


def _log(  # noqa: PLR0913, PLR0917 - what an entry of the event log is made of
    home: Path, actor: Actor, action: str, claims: Claims, detail: dict[str, Any], at: datetime
) -> bool:
    """Put it in the event log once, whichever tab or process comes first; with what has changed on the list since.

    Gives whether the log has it. A list that has changed since is looked at again, so that what somebody may do from now on
    is in the log before they do it.
    """
    mine = (home.resolve(), action, claims.session)
    told, listed = _TOLD.get(mine), ""
    try:
        kept = file.kept(home)
        listed = kept.sha256 if kept else ""
        if told is not None and told.listed == listed and told.until > at:
            return told.is_in
        with transaction(home, write=True, wait=_WAIT) as connection:  # has the list in the log first
            if not events.happened(connection, action, claims.session):
                events.append(connection, actor, action, claims.session, detail, at=at)
    except UserError:
        is_in = (told is not None and told.is_in) or _is_in_log(home, action, claims.session)
        _TOLD[mine] = _Told(listed, at + _AGAIN, is_in=is_in)
        return is_in
    if len(_TOLD) > _MOST_TOLD:
        _TOLD.clear()
    _TOLD[mine] = _Told(listed, datetime.max.replace(tzinfo=UTC), is_in=True)
    return True


def _is_in_log(home: Path, action: str, session: str) -> bool:
    """Whether an entry is there already, in a vault that can be read and not written to: after a restart, say."""
    try:
        with transaction(home, write=False, wait=_WAIT) as connection:
            return events.happened(connection, action, session)
    except UserError:
        return False
