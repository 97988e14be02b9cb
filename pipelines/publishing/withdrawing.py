"""Taking a publication back: a mark beside its file first, which no reader passes, then the pointer to the one before."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pipelines.publishing.writing import point, seal
from pipelines.queries.pointer import before, digest, every, latest_whole, pointed
from pipelines.queries.withdrawn import is_withdrawn, mark_of
from pipelines.store import atomic
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from pathlib import Path

    from pipelines.queries.pointer import Pointer


def found(home: Path, audiences: list[str], publication_id: str) -> tuple[str, Pointer] | None:
    """The audience and the file of a publication, or None where no audience has one of that id."""
    for audience in audiences:
        for pointer in every(home, audience):
            if pointer.publication_id == publication_id:
                return audience, pointer
    return None


def mark(  # noqa: PLR0913 - which, why, when, and how it came
    home: Path,
    publication: Pointer,
    reason: str,
    at: datetime,
    *,
    beside: Path | None = None,
    carried_over: bool = False,
) -> None:
    """Mark a publication as withdrawn: from this instant it is shown to nobody.

    `beside`: another place in which the mark is made ready, for an act that puts it there together with the rest.

    It is sealed first where an earlier version of Throughline had not: the pointer is about to go back before it, and
    what is newer than the pointer without a seal is taken for a release under way. `carried_over`: by a restore, so that the
    vault does not hold what it rests on.
    """
    if beside is None and not publication.sha256 and publication.path.exists():
        seal(home, publication.audience, publication.publication_id, digest(publication.path))
    said = {"id": publication.publication_id, "at": at.isoformat(), "reason": reason}
    said |= {"carried_over": True} if carried_over else {}
    atomic.write(mark_of(beside or publication.path), json.dumps(said, indent=1, ensure_ascii=False).encode())


def point_back(home: Path, audience: str) -> Pointer | None:
    """Let the pointer name the newest publication that stands; None, and the pointer as it was, where none does."""
    stands = latest_whole(home, audience)
    if stands is not None:
        earlier = before(home, audience, stands.publication_id)
        sha256 = stands.sha256 or digest(stands.path)
        point(home, audience, stands.publication_id, sha256, earlier.publication_id if earlier else None)
    return stands


def finish(home: Path, audience: str, logged: Collection[str]) -> str:
    """Let the pointer go back where it still names a publication that the log has as withdrawn: whoever did so was cut off.

    Gives its id, empty where nothing was to be done. A mark of which the log has no entry is left alone: nobody may have withdrawn.
    """
    try:
        now = pointed(home, audience)
    except UserError:
        return ""  # said where it is served, and a release writes a new one
    if now is None or now.publication_id not in logged or not is_withdrawn(now.path):
        return ""
    return now.publication_id if point_back(home, audience) else ""
