"""What was published after a backup was made, carried into the home that comes back from it: as told, and shown to nobody.

Readers have seen it, so the next release must hide what it and that publication together would give away. It is withdrawn,
because the restored vault no longer holds what its figures rest on.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.flows.withdrawing_publications import ACTION as WITHDRAWN
from pipelines.publishing.withdrawing import mark
from pipelines.publishing.writing import seal
from pipelines.queries.marks_held import is_carried_over
from pipelines.queries.pointer import Pointer, digest, every, file, is_whole
from pipelines.queries.releases_logged import CARRIED_OVER, taken_back
from pipelines.queries.withdrawn import is_withdrawn, withdrawn_in
from pipelines.store import atomic, events
from schemas.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from pathlib import Path

    from pipelines.store.opening import Connection
    from schemas.actors import Actor

REASON = "The home was restored from an earlier backup, and no longer holds what this publication rests on."
MARK_GONE = "It had been withdrawn before the home was restored. Why is not known any more, as its mark was gone."


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """One publication that was carried over: its id, for whom it was, and whether what it told can still be read."""

    publication_id: str
    audience: str
    is_readable: bool


def carry_over(connection: Connection, home: Path, new: Path, actor: Actor, at: datetime) -> list[CarriedOver]:
    """Copy every publication that was released in `home` and is not in the backup unpacked in `new`, mark and log it there.

    The copy is sealed as what was released, so that one damaged since is still known to be. OSError where the disk is full.
    """
    return [
        _carried(connection, each, new, actor, at)
        for audience in catalogue().audiences
        for each in reversed(since(home, new, audience))
    ]


def since(home: Path, new: Path, audience: str) -> list[Pointer]:
    """The publications of an audience that were released in `home` and are not in `new`, newest first."""
    known = {each.publication_id for each in every(new, audience)}
    return [each for each in every(home, audience) if each.publication_id not in known]


def withdraw_again(
    connection: Connection, new: Path, actor: Actor, at: datetime, withdrawn: Collection[tuple[str, str]]
) -> list[str]:
    """Withdraw publications in `new` whose withdrawal is logged and whose mark is gone; gives their ids with their audiences.

    `withdrawn`: by audience and id, as the log that is put aside has them; those of the log in `new` count as well.
    """
    done: list[str] = []
    for audience in catalogue().audiences:
        logged = {name for of, name in withdrawn if of == audience} | taken_back(connection, audience)
        for each in every(new, audience):
            if each.publication_id not in logged or is_withdrawn(each.path):
                continue
            mark(new, each, MARK_GONE, at, carried_over=is_carried_over(connection, audience, each.publication_id))
            _log_withdrawn(connection, actor, (audience, each.publication_id), MARK_GONE, at)
            done.append(f"{each.publication_id} ({audience})")
    return done


def _carried(connection: Connection, was: Pointer, new: Path, actor: Actor, at: datetime) -> CarriedOver:
    name, audience, sha256 = was.publication_id, was.audience, was.sha256 or digest(was.path)
    now = Pointer(name, file(new, audience, name), sha256, None)
    atomic.write(now.path, was.path.read_bytes())
    seal(new, audience, name, sha256)
    before = next((each for each in withdrawn_in(was.path.parent) if each.publication_id == name), None)
    said = before.reason if before else REASON
    mark(new, now, said, before.at if before else at, carried_over=True)
    events.append(connection, actor, CARRIED_OVER, name, {"audience": audience, "sha256": sha256}, at=at)
    _log_withdrawn(connection, actor, (audience, name), said, at)
    return CarriedOver(name, audience, is_whole(now))


def _log_withdrawn(connection: Connection, actor: Actor, which: tuple[str, str], reason: str, at: datetime) -> None:
    audience, name = which
    detail = {"audience": audience, "reason_sha256": hashlib.sha256(reason.encode()).hexdigest()}
    events.append(connection, actor, WITHDRAWN, name, detail, at=at)
