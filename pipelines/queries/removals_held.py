"""What the vault notes of removals held against the event log: originals whose time was over, what went for good, what is asked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from pipelines.queries.log_said import EXPUNGED, ORIGINAL_REMOVED
from pipelines.store import expunging_asked, retention
from pipelines.store.chain import Fault
from pipelines.store.expunging_asked import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipelines.queries.log_said import Entry, Said
    from pipelines.store.opening import Connection

_REMOVED = "select submission_id, file_sha256, removed_at, reason from original_removed"
_EXPUNGED = "select submission_id, file_sha256, whole, expunged_at, expunged_by, why, reason from expunged"


def faults(connection: Connection, logged: Sequence[Entry], known: Mapping[str, Said]) -> Iterator[Fault]:
    """A sentence for each note that the log has otherwise; `known` is what the log says of each submission."""
    yield from _originals(connection, [entry for entry in logged if entry.action == ORIGINAL_REMOVED])
    yield from _for_good(connection, [entry for entry in logged if entry.action == EXPUNGED], known)
    for at, by in expunging_asked.strange(connection):
        yield Fault(
            0,
            f"By the vault {by} asked on {at:%d %B %Y} that something be removed for good, and the log has no such entry: it "
            "counts for nothing.",
        )
    for position in expunging_asked.gone(connection):
        yield Fault(0, f"What was asked in entry {position} to be removed for good is asked in the vault no longer.")


def _originals(connection: Connection, logged: Sequence[Entry]) -> Iterator[Fault]:
    there = Counter(tuple(row) for row in connection.execute(_REMOVED).fetchall())
    meant = Counter(
        (each.subject, str(each.told.get("file_sha256", "")), each.at, retention.reason_of(each.told.get("months", 0)))
        for each in logged
    )
    for name in _names(there - meant):
        yield Fault(0, f"The vault notes that the original of {name} was removed, and the log has no such entry.")
    for name in _names(meant - there):
        yield Fault(0, f"The original of {name} was removed by the log, and the vault does not note it so.")


def _for_good(connection: Connection, logged: Sequence[Entry], known: Mapping[str, Said]) -> Iterator[Fault]:
    files = {name: str(each.came.told.get("file_sha256", "")) for name, each in known.items()}
    there = Counter((*row[:-1], fingerprint(row[-1])) for row in connection.execute(_EXPUNGED).fetchall())
    meant = Counter(
        (
            *(each.subject, files.get(each.subject, ""), bool(each.told.get("whole")), each.at, each.actor),
            *(str(each.told.get("why", "")), str(each.told.get("reason_sha256", ""))),
        )
        for each in logged
    )
    for name in _names(there - meant):
        yield Fault(0, f"The vault notes that something of {name} was removed for good, and the log has no such entry.")
    for name in _names(meant - there):
        yield Fault(
            0,
            f"Something of {name} was removed for good by the log, and the vault does not note it so: the same file could come "
            "in again.",
        )


def _names(rows: Iterable[tuple[Any, ...]]) -> list[str]:
    return sorted({row[0] for row in rows})
