"""Which backups a home knows of: those its log names, the one it was restored from, and those that the home it replaced knew."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.store import events
from schemas.periods import day_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.store.opening import Connection

MADE, RESTORED = "backup.made", "backup.restored"


class Backup(NamedTuple):
    """A backup as the log calls it, when it was made (UTC; None where nobody knows), and what is known of it in words."""

    name: str
    made: datetime | None
    words: str


def known(connection: Connection) -> tuple[Backup, ...]:
    """Every backup the log of this vault knows, the oldest first; one it was restored from is known by its fingerprint too."""
    made = {name: Backup(name, at, f"made on {day_words(at.date())}") for name, at in _made(connection)}
    for entry in events.of(connection, RESTORED):
        said = json.loads(entry["detail"])
        for name in said.get("known", ()):
            made.setdefault(name, _of_name(name, "which the home that was replaced by a restore knew"))
        made |= {each.name: each for each in _restored(said)}
    return tuple(sorted(made.values(), key=lambda each: (each.made or datetime.min.replace(tzinfo=UTC), each.name)))


def named(connection: Connection) -> frozenset[str]:
    """The names under which the log of this vault, and of the homes it replaced, knows backups."""
    restored = (json.loads(entry["detail"]).get("known", ()) for entry in events.of(connection, RESTORED))
    return frozenset({name for name, _ in _made(connection)} | {name for names in restored for name in names})


def _made(connection: Connection) -> Iterator[tuple[str, datetime]]:
    for entry in events.of(connection, MADE):
        yield entry["subject"], datetime.fromisoformat(entry["happened_at"])


def _of_name(name: str, words: str) -> Backup:
    """A backup by the name the log gives it, which has the moment in it."""
    try:
        at = datetime.strptime(name, "backup.%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return Backup(name, None, words)
    return Backup(name, at, words)


def _restored(said: dict[str, Any]) -> Iterator[Backup]:
    """The file a restore was made from: made before its own log could name it, so it is called by its day and fingerprint."""
    if "made_at" in said and "sha256" in said:
        at = datetime.fromisoformat(said["made_at"])
        name = f"the backup with SHA-256 {said['sha256'][:12]}"
        yield Backup(name, at, f"made on {day_words(at.date())}, from which this home was restored")
