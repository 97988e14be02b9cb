"""The door to a form: which link opens it, for how long, and one sentence for every link that opens nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.flows import answer_form
from pipelines.flows.form_faults import FormError, NoFormError
from pipelines.flows.wrong_links import WrongLinks
from pipelines.store import events, invitations
from pipelines.store.invitations import digest
from pipelines.store.opening import VAULT, transaction
from schemas.actors import Actor

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pipelines.flows.answer_form import Form
    from pipelines.store.invitations import Invitation
    from pipelines.store.opening import Connection

_ACTOR = "form"
_IS_SENT = "This form has been sent. To change an answer, ask the business unit for a new link."
wrong_links = WrongLinks()


def opened(home: Path, token: str, at: datetime) -> tuple[Invitation, Form]:
    """The link and its form; whatever opens none is counted, and told in one sentence."""
    token_sha256 = digest(token)
    wrong_links.hold_off(token_sha256, at, lambda: ours(home))
    if (home / VAULT).exists():
        with transaction(home, write=False) as connection:
            found = invitations.found(connection, token_sha256)
            form = answer_form.form(connection, found) if found is not None and _shows(found, at) else None
        if found is not None and form is not None:
            wrong_links.good(token_sha256)
            return found, form
        if found is not None and found.ended_at is None:
            _lapse(home, at)
    wrong_links.wrong(at)
    raise NoFormError


def ours(home: Path) -> frozenset[str]:
    """The hashes of the links that are open; none where there is no vault."""
    if not (home / VAULT).exists():
        return frozenset()
    with transaction(home, write=False) as connection:
        return invitations.hashes(connection)


def _shows(found: Invitation, at: datetime) -> bool:
    """Whether a link shows anything: its form, or until its last day what was sent."""
    was_sent = found.ended_why == "sent" and at.date() <= found.expires_on
    return was_sent or found.opens(at.date())


def to_fill(home: Path, token: str, at: datetime) -> tuple[Invitation, Form]:
    """The link and its form while answers can be changed; FormError once it has been sent."""
    found, form = opened(home, token, at)
    if form.sent is not None:
        raise FormError(_IS_SENT)
    return found, form


def still_open(connection: Connection, token_sha256: str, at: datetime) -> Invitation:
    """The link as it stands now that the vault is ours: another window may have sent it, or the business unit ended it."""
    now = invitations.found(connection, token_sha256)
    if now is not None and now.ended_why == "sent":
        raise FormError(_IS_SENT)
    if now is None or not now.opens(at.date()):
        raise NoFormError
    return now


def _lapse(home: Path, at: datetime) -> None:
    with transaction(home, write=True) as connection:
        lapse(connection, at)


def lapse(connection: Connection, at: datetime) -> None:
    """Close the links whose last day is over, delete their drafts, and log it."""
    for each in invitations.lapse(connection, at=at):
        detail = {"instrument": each.instrument, "period_id": each.period_id, "why": "expired"}
        events.append(connection, actor(each), "invitation.ended", each.respondent_id, detail, at=at)


def actor(found: Invitation) -> Actor:
    """Who acts through a link: the respondent itself, as nothing else is known of who holds it."""
    return Actor(_ACTOR, "respondent", found.respondent_id)
