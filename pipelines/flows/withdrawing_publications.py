"""Withdrawing a publication, with a reason: the file stays and is marked, and readers have the one before it again."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pipelines.flows.publication import RELEASED
from pipelines.flows.withdrawing import kept_reason
from pipelines.publishing import alone
from pipelines.publishing.withdrawing import found, mark, point_back
from pipelines.queries import frame, marks_held
from pipelines.queries.withdrawn import is_withdrawn
from pipelines.store import events
from pipelines.store.opening import transaction
from schemas.actors import require
from schemas.catalogue import catalogue
from schemas.problems import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.queries.pointer import Pointer
    from schemas.actors import Actor

ACTION = "publication.withdrawn"
# The audiences of one release are logged as of one moment; two releases are never so near, as each takes seconds.
_ONE_MOMENT = timedelta(seconds=1)


def withdraw(  # noqa: PLR0913 - who takes what back, why and when
    home: Path, actor: Actor, publication_id: str, reason: str, at: datetime, *, all_audiences: bool = False
) -> str:
    """Withdraw a publication and say what readers have now, and for whom the same release still stands.

    With `all_audiences` it is withdrawn for them too, the widest readers first. One person may: it takes something away
    from readers, and waiting for a second would leave it before them. What it told still counts as told when the next
    release is protected. Cut off between two audiences, the next try does the rest. UserError where there is none, or the
    reason will not do.
    """
    require(actor, "business_unit")
    said = kept_reason(reason, "Nothing was withdrawn.")
    there = found(home, list(catalogue().audiences), publication_id)
    if there is None:
        raise UserError(f"There is no publication {publication_id[:40]}. Nothing was withdrawn.")
    others = _beside(home, *there)
    going = [there, *others] if all_audiences else [there]
    widest_first = sorted(going, key=lambda each: -list(catalogue().audiences).index(each[0]))
    told = [_withdrawn(home, actor, each, said, at) for each in widest_first]
    if others and not all_audiences:
        named = " and ".join(catalogue().audiences[audience].title for audience, _ in others)
        told.append(
            f"The same release still stands for {named}: if it should not have been made at all, withdraw that too."
        )
    return " ".join(told)


def _beside(home: Path, audience: str, publication: Pointer) -> list[tuple[str, Pointer]]:
    """The publications that were released together with one, for other audiences, and are not withdrawn."""
    publication_id = publication.publication_id
    with transaction(home, write=False) as connection:
        moments = {
            row["subject"]: datetime.fromisoformat(row["happened_at"]) for row in events.of(connection, RELEASED)
        }
    mine = moments.get(publication_id)
    if mine is None:
        return []
    together = [each for each, at in moments.items() if abs(at - mine) < _ONE_MOMENT]
    named = [there for each in together if (there := found(home, list(catalogue().audiences), each)) is not None]
    return [each for each in named if each[0] != audience and not is_withdrawn(each[1].path)]


def _withdrawn(home: Path, actor: Actor, which: tuple[str, Pointer], reason: str, at: datetime) -> str:
    audience, _ = which
    with alone(home, audience):
        again = _marked_and_logged(home, actor, which, reason, at)
        stands = point_back(home, audience)
    return told(home, actor, which, stands, again=again)


def told(home: Path, actor: Actor, which: tuple[str, Pointer], stands: Pointer | None, *, again: bool = False) -> str:
    """What became of one that was withdrawn, in a sentence or two, where its readers now have what `stands`."""
    require(actor, "business_unit")
    audience, publication = which
    names = {each.publication_id: each.name for each in frame.releases(home, actor, audience)}
    title = catalogue().audiences[audience].title
    done = (
        f"{title}: {names[publication.publication_id]}, {'was withdrawn already' if again else 'is withdrawn'}; its file "
        "stays, marked."
    )
    if stands is None:
        return f"{done} No other publication for {title} stands, so its readers have none until you publish again."
    return f"{done} Its readers have {names[stands.publication_id]}."


def _marked_and_logged(home: Path, actor: Actor, which: tuple[str, Pointer], reason: str, at: datetime) -> bool:
    """Mark it, then log it; says whether both was done before. An attempt that was cut off between them is finished here.

    So is one whose mark was taken away or changed since: a new mark has an entry of its own.

    The mark comes first: a publication that is logged as withdrawn and still shown would be the worse half.
    """
    audience, publication = which
    with transaction(home, write=True, wait=60) as connection:
        if marks_held.is_as_logged(home, connection, audience, publication.publication_id):
            return True
        carried_over = marks_held.is_carried_over(connection, audience, publication.publication_id)
        mark(home, publication, reason, at, carried_over=carried_over)
        detail = {"audience": audience, "reason_sha256": hashlib.sha256(reason.encode()).hexdigest()}
        events.append(connection, actor, ACTION, publication.publication_id, detail, at=at)
    return False
