"""The publications that lie in a home held against what the event log says of them: released, unchanged, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.queries import beside_held, marks_held, pointer
from pipelines.queries.releases_logged import entries, released
from pipelines.queries.withdrawn import is_withdrawn
from pipelines.store import events
from pipelines.store.chain import Fault
from schemas.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from pipelines.queries.releases_logged import Release
    from pipelines.store.opening import Connection


def unlike_the_log(home: Path, connection: Connection, busy: Collection[str]) -> list[Fault]:
    """What lies among the publications and is not what the log has: each with the entry that says otherwise.

    A file, its seal and its pointer can all be changed alike by whoever writes the folder; the log cannot without showing it.
    Whether a file still opens counts for nothing: whoever rewrites the log has only to spoil the files that noted it. Of an
    audience that is `busy` the pointer is not compared, as `beside_held` has it.
    """
    every = released(connection)
    there = {
        (audience, each.publication_id) for audience in catalogue().audiences for each in pointer.every(home, audience)
    }
    known = {(each.audience, each.publication_id) for each in every}
    return [
        *(fault for each in every for fault in _of_a_release(home, each)),
        *marks_held.faults(home, connection),
        *beside_held.faults(home, connection, busy),
        *(
            Fault(
                0,
                f"The publication {publication_id} lies in {audience}, and the log has no entry of its release there.",
            )
            for audience, publication_id in sorted(there - known)
            if every
        ),
    ]


def releases(connection: Connection) -> set[tuple[str, str]]:
    """The audience and the id of every publication that the log knows to have been read."""
    return {(each.audience, each.publication_id) for each in released(connection)}


def of_another_log(home: Path, connection: Connection) -> set[str]:
    """The publications a restore carried over and nobody is shown: what they noted is of the log that was put aside.

    One that is shown again is held against this log like any other, whatever an entry says of it.
    """
    return {
        each.publication_id
        for each in released(connection)
        if each.is_carried and is_withdrawn(pointer.file(home, each.audience, each.publication_id))
    }


def is_another(path: Path, sha256: str) -> bool:
    """Whether a publication's file is not the one the log has; never so where an earlier version logged no fingerprint of it."""
    return bool(sha256) and _digest(path) != sha256


def _of_a_release(home: Path, each: Release) -> Iterator[Fault]:
    path = pointer.file(home, each.audience, each.publication_id)
    if not path.exists():
        words = f"The publication {each.publication_id}, released in entry {each.position}, is missing."
        yield Fault(each.position, words)
    elif is_another(path, each.sha256):
        words = f"The publication {each.publication_id} is not the file that was released in entry {each.position}."
        yield Fault(each.position, words)


def _digest(path: Path) -> str:
    """The SHA-256 of what lies there; empty where it is no file, or one that nobody may read, and so not what was released."""
    try:
        return pointer.digest(path)
    except OSError:
        return ""


def lost_notes(connection: Connection) -> list[int]:
    """The entries at which the note beside the vault was found missing: what was cut off just before them does not show."""
    return [position for position, _, _ in entries(connection, events.NOTE_LOST)]
