"""The marks of withdrawn publications held against the event log: there, and with the reason that was given; or never logged."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from pipelines.queries import pointer
from pipelines.queries.releases_logged import WITHDRAWN, released
from pipelines.queries.withdrawn import SUFFIX, is_withdrawn, mark_of
from pipelines.store import events
from pipelines.store.chain import Fault, facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pipelines.store.opening import Connection


@dataclass(frozen=True, slots=True)
class _Entry:
    """One withdrawal: its number, the moment (ISO 8601, UTC), the reason's SHA-256; `carried_over`: by a restore."""

    position: int
    at: str
    reason_sha256: str
    carried_over: bool


def faults(home: Path, connection: Connection) -> Iterator[Fault]:
    """Marks that are gone, that say another thing than was logged, or that nobody logged: with one, readers are given an older one.

    A withdrawal that was cut off leaves one too, as the mark comes before the entry. A restore carries marks over, and its
    own entry names them.
    """
    logged, carried = _logged(connection), _carried(connection)
    for (audience, publication_id), entries in logged.items():
        path = pointer.file(home, audience, publication_id)
        if not path.exists():
            continue
        position = entries[-1].position
        if not is_withdrawn(path):
            yield Fault(
                position,
                f"The publication {publication_id} was withdrawn in entry {position}, and its mark is gone: it can be read.",
            )
        elif not _is_as(home, mark_of(path), entries, carried):
            yield Fault(
                position,
                f"The mark of the publication {publication_id} in {audience} does not say when and why it was withdrawn in entry "
                f"{position}. Withdrawing it again makes a new one.",
            )
    for mark in sorted((home / "publications").glob(f"*/*{SUFFIX}")):
        if (mark.parent.name, mark.stem) not in logged:
            yield from _unlogged(home, mark, carried)


def is_as_logged(home: Path, connection: Connection, audience: str, publication_id: str) -> bool:
    """Whether a publication is marked, and its mark says what was logged of its withdrawal."""
    path, entries = (
        pointer.file(home, audience, publication_id),
        _logged(connection).get((audience, publication_id), []),
    )
    return bool(entries) and is_withdrawn(path) and _is_as(home, mark_of(path), entries, _carried(connection))


def is_carried_over(connection: Connection, audience: str, publication_id: str) -> bool:
    """Whether a restore carried a publication over, by the log."""
    return (audience, publication_id) in _restored(connection)


def _restored(connection: Connection) -> set[tuple[str, str]]:
    return {(each.audience, each.publication_id) for each in released(connection) if each.is_carried}


def _logged(connection: Connection) -> dict[tuple[str, str], list[_Entry]]:
    """Every withdrawal by the publication and its audience, the oldest first."""
    restored = _restored(connection)
    found: dict[tuple[str, str], list[_Entry]] = defaultdict(list)
    for entry in events.of(connection, WITHDRAWN):
        said = facts(entry["detail"])
        which = str(said.get("audience", "")), entry["subject"]
        reason = str(said.get("reason_sha256", ""))
        found[which].append(_Entry(entry["position"], entry["happened_at"], reason, which in restored))
    return found


def _carried(connection: Connection) -> dict[str, set[str]]:
    """The marks that restores kept, by their path, with the SHA-256 of each; empty where an earlier version noted none."""
    found: dict[str, set[str]] = defaultdict(set)
    for entry in events.of(connection, "backup.restored"):
        said = facts(entry["detail"])
        noted, kept = said.get("marks"), said.get("kept")
        marks = cast("dict[str, Any]", noted) if isinstance(noted, dict) else {}
        for name in cast("list[Any]", kept) if isinstance(kept, list) else ():
            found[str(name)].add(str(marks.get(str(name), "")))
    return found


def _is_as(home: Path, mark: Path, entries: Sequence[_Entry], carried: Mapping[str, set[str]]) -> bool:
    """Whether a mark is one that was logged: by the entry of a withdrawal, or by a restore that kept it."""
    if mark.is_symlink() or not mark.is_file():
        return False
    content = mark.read_bytes()
    return _was_kept(home, mark, content, carried) or any(_fits(content, mark.stem, entry) for entry in entries)


def _was_kept(home: Path, mark: Path, content: bytes, carried: Mapping[str, set[str]]) -> bool:
    known = carried.get(mark.relative_to(home).as_posix(), set())
    return "" in known or hashlib.sha256(content).hexdigest() in known


def _fits(content: bytes, publication_id: str, entry: _Entry) -> bool:
    try:
        said = json.loads(content)
        reason = hashlib.sha256(str(said["reason"]).encode()).hexdigest()
        at = datetime.fromisoformat(said["at"])
        is_its_own = said.get("id", publication_id) == publication_id
        carried_over = bool(said.get("carried_over", False))
        # One that is carried over keeps the moment at which it had been withdrawn before, of which this log knows nothing.
        is_then = carried_over or at == datetime.fromisoformat(entry.at)
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    return is_its_own and is_then and carried_over == entry.carried_over and entry.reason_sha256 in ("", reason)


def _unlogged(home: Path, mark: Path, carried: Mapping[str, set[str]]) -> Iterator[Fault]:
    audience, publication_id = mark.parent.name, mark.stem
    if mark.relative_to(home).as_posix() not in carried:
        yield Fault(
            0,
            f"The publication {publication_id} is marked as withdrawn in {audience}, and the log has no entry of it: a "
            "withdrawal was cut off, which doing it again finishes, or the mark was laid there and must be taken away.",
        )
    elif not _is_as(home, mark, (), carried):
        yield Fault(
            0,
            f"The mark of the publication {publication_id} in {audience} is not the one that a restore kept. Withdrawing it again "
            "makes a new one.",
        )
