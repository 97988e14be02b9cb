"""The publications that lie in a home held against what the event log says of them: released, unchanged, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.queries import marks_held, pointer
from pipelines.queries.marks_held import CARRIED_OVER
from pipelines.queries.withdrawn import is_withdrawn
from pipelines.store import events
from pipelines.store.chain import Fault, facts
from schemas.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pipelines.store.opening import Connection

RELEASED = "publication.released"
_ALL = "select position, subject, detail from event where action = ? order by position"


def unlike_the_log(home: Path, connection: Connection) -> list[Fault]:
    """What lies among the publications and is not what the log has: each with the entry that says otherwise.

    A file, its seal and its pointer can all be changed alike by whoever writes the folder; the log cannot without showing it.
    Whether a file still opens counts for nothing: whoever rewrites the log has only to spoil the files that noted it.
    """
    anew = {(subject, said.get("audience")): said for _, subject, said in _entries(connection, "publication.rewritten")}
    released = [
        _as_rewritten(anew, entry) for action in (RELEASED, CARRIED_OVER) for entry in _entries(connection, action)
    ]
    there = {
        (audience, each.publication_id) for audience in catalogue().audiences for each in pointer.every(home, audience)
    }
    known = {(detail.get("audience", ""), subject) for _, subject, detail in released}
    return [
        *(fault for entry in released for fault in _of_a_release(home, entry)),
        *marks_held.faults(home, connection),
        *(
            Fault(
                0,
                f"The publication {publication_id} lies in {audience}, and the log has no entry of its release there.",
            )
            for audience, publication_id in sorted(there - known)
            if released
        ),
    ]


def releases(connection: Connection) -> set[tuple[str, str]]:
    """The audience and the id of every publication that the log knows to have been read."""
    return {
        (str(detail.get("audience", "")), subject)
        for action in (RELEASED, CARRIED_OVER)
        for _, subject, detail in _entries(connection, action)
    }


def of_another_log(home: Path, connection: Connection) -> set[str]:
    """The publications a restore carried over and nobody is shown: what they noted is of the log that was put aside.

    One that is shown again is held against this log like any other, whatever an entry says of it.
    """
    carried = [(subject, str(detail.get("audience", ""))) for _, subject, detail in _entries(connection, CARRIED_OVER)]
    return {subject for subject, audience in carried if is_withdrawn(pointer.file(home, audience, subject))}


def _entries(connection: Connection, action: str) -> Sequence[tuple[int, str, dict[str, Any]]]:
    rows = connection.execute(_ALL, [action]).fetchall()
    return [(position, subject, facts(detail)) for position, subject, detail in rows]


def _as_rewritten(
    anew: Mapping[tuple[str, Any], dict[str, Any]], entry: tuple[int, str, dict[str, Any]]
) -> tuple[int, str, dict[str, Any]]:
    """A release with the fingerprint its file has had since something of it was removed for good, where that was done.

    `anew`: what the last entry of each such removal says, by the publication and its audience.
    """
    position, publication_id, detail = entry
    said = anew.get((publication_id, detail.get("audience")))
    return (position, publication_id, detail | {"sha256": said.get("sha256")}) if said else entry


def _of_a_release(home: Path, entry: tuple[int, str, dict[str, Any]]) -> Iterator[Fault]:
    position, publication_id, detail = entry
    path = pointer.file(home, str(detail.get("audience", "")), publication_id)
    if not path.exists():
        yield Fault(position, f"The publication {publication_id}, released in entry {position}, is missing.")
    elif detail.get("sha256") and _digest(path) != detail["sha256"]:
        words = f"The publication {publication_id} is not the file that was released in entry {position}."
        yield Fault(position, words)


def _digest(path: Path) -> str:
    """The SHA-256 of what lies there; empty where it is no file, or one that nobody may read, and so not what was released."""
    try:
        return pointer.digest(path)
    except OSError:
        return ""


def lost_notes(connection: Connection) -> list[int]:
    """The entries at which the note beside the vault was found missing: what was cut off just before them does not show."""
    return [position for position, _, _ in _entries(connection, events.NOTE_LOST)]
