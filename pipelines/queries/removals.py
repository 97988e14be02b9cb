"""What is asked to be removed for good and waits for a second person: what, by whom, until when, and who cannot be the second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from pipelines.queries.prepared import is_one_person, may_be_one_person, needs_two_people
from pipelines.queries.vault import asked
from pipelines.store import agreements, expunging_asked
from pipelines.store.opening import VAULT
from schemas.actors import require

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pipelines.store.expunging_asked import Asked
    from pipelines.store.opening import Connection
    from pipelines.store.to_expunge_named import Copies, Named
    from schemas.actors import Actor

_COPIES: dict[Copies, str] = {"": "", "near": ", with copies", "everywhere": ", with every copy"}
_SHARED = (
    " Where several people use one login, as with sudo, they cannot be told apart: remove it on the page Publish, where each of "
    "them signs in."
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is asked to be removed, in words and as it was named; by whom, when, why, and until when (UTC) it stands.

    `not_by` says why whoever looks cannot be the second person; empty where they can.
    """

    named: Named
    words: str
    by: str
    at: datetime
    until: datetime
    why: str
    reason: str
    not_by: str


def waiting(home: Path, actor: Actor, at: datetime) -> tuple[Waiting, ...]:
    """What is asked for and still stands, the oldest first; nothing where one person may remove."""
    require(actor, "business_unit")
    if not (home / VAULT).exists() or not needs_two_people(home):
        return ()
    return tuple(
        Waiting(each.named, _words(each.named), each.by, each.at, until, each.why, each.reason, why_not_by(each, actor))
        for each in asked(home, actor, _waiting)
        if at <= (until := stands_until(home, each))
    )


def _words(named: Named) -> str:
    said = [*named.what, *(f"record {each}" for each in named.records), *(f"row {each}" for each in named.rows)]
    return ", ".join(said) + _COPIES[named.copies]


def stands_until(home: Path, each: Asked) -> datetime:
    """How long it is asked for: as long as a prepared release stands."""
    return each.at + timedelta(days=agreements.read(home).release.prepared_stands_days)


def why_not_by(each: Asked, actor: Actor) -> str:
    """Why somebody cannot be the second person, in a sentence or two; nothing where they can."""
    shared = _SHARED if actor.login else ""
    if is_one_person(each.by, each.login, actor):
        return f"You asked for this yourself, so another person must do it.{shared}"
    login = may_be_one_person(each.by, each.login, actor)
    if not login:
        return ""
    return (
        f"One of the two acts on a page, the other on the command line as “{login}”, and they may be one person. Do both on the "
        f"page Publish, where each signs in; or, if one person alone uses that login, add login = “{login}” to their lines in "
        "access.toml and ask again."
    )


def _waiting(connection: Connection) -> tuple[Asked, ...]:
    return tuple(expunging_asked.waiting(connection))
