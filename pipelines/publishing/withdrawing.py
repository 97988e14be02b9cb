"""Taking a publication back: a mark beside its file first, which no reader passes, then the pointer to the one before."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pipelines.publishing.writing import point, seal
from pipelines.queries.pointer import before, digest, every, latest_whole
from pipelines.queries.withdrawn import mark_of
from pipelines.store import atomic

if TYPE_CHECKING:
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


def mark(home: Path, publication: Pointer, reason: str, at: datetime, *, beside: Path | None = None) -> None:
    """Mark a publication as withdrawn: from this instant it is shown to nobody.

    `beside`: another place in which the mark is made ready, for an act that puts it there together with the rest.

    It is sealed first where an earlier version of Throughline had not: the pointer is about to go back before it, and
    what is newer than the pointer without a seal is taken for a release under way.
    """
    if beside is None and not publication.sha256 and publication.path.exists():
        seal(home, publication.audience, publication.publication_id, digest(publication.path))
    said = {"id": publication.publication_id, "at": at.isoformat(), "reason": reason}
    atomic.write(mark_of(beside or publication.path), json.dumps(said, indent=1, ensure_ascii=False).encode())


def point_back(home: Path, audience: str) -> Pointer | None:
    """Let the pointer name the newest publication that stands; None, and the pointer as it was, where none does."""
    stands = latest_whole(home, audience)
    if stands is not None:
        earlier = before(home, audience, stands.publication_id)
        sha256 = stands.sha256 or digest(stands.path)
        point(home, audience, stands.publication_id, sha256, earlier.publication_id if earlier else None)
    return stands
