"""The event log: who did what, when; each entry carries the hash of the one before it, so that meddling shows.

A chain shows an altered, missing or reordered entry, but not entries cut off its end. So after every commit the
number and hash of the last entry are also kept in a small file beside the vault: a log that no longer reaches it has
been cut. A crash between commit and file leaves the file a step behind, which is no fault. Whoever can change both
files can still cut both alike: note the head elsewhere, as every publication does, and compare.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipelines.store import atomic

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd
    from duckdb import DuckDBPyConnection

    from schemas.actors import Actor

HEAD = "event-head.json"
GENESIS = "0" * 64
_FIELDS = ("position", "happened_at", "actor", "role", "agency_id", "action", "subject", "detail")


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of the log: its number (0 for an empty log) and its hash."""

    position: int
    hash: str


def append(  # noqa: PLR0913 - the contract: who, what, of what, when
    connection: DuckDBPyConnection, actor: Actor, action: str, subject: str, detail: dict[str, Any], *, at: datetime
) -> str:
    """Add an entry and return its hash. `detail` holds facts and hashes, never a person's details."""
    last = head(connection)
    entry: dict[str, Any] = {
        "position": last.position + 1,
        "happened_at": at.astimezone(UTC).isoformat(),
        "actor": actor.name,
        "role": actor.role,
        "agency_id": actor.agency_id or "",
        "action": action,
        "subject": subject,
        "detail": canonical(detail),
    }
    own = _hash(last.hash, entry)
    connection.execute("insert into event values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [*entry.values(), last.hash, own])
    return own


def head(connection: DuckDBPyConnection) -> Head:
    """The last entry, or the point every log starts from."""
    row = connection.execute("select position, hash from event order by position desc limit 1").fetchone()
    return Head(row[0], row[1]) if row else Head(0, GENESIS)


def keep_head(home: Path, last: Head) -> None:
    """Note the last entry beside the vault; does nothing where the note already says so."""
    path = home / HEAD
    content = canonical({"position": last.position, "hash": last.hash}).encode()
    if last.position and (not path.exists() or path.read_bytes() != content):
        atomic.write(path, content)


def listing(connection: DuckDBPyConnection) -> pd.DataFrame:
    """Every entry, oldest first: position, happened_at, actor, role, agency_id, action, subject, detail (JSON), hash."""
    columns = "position, happened_at, actor, role, agency_id, action, subject, detail, hash"
    return connection.execute(f"select {columns} from event order by position").df()  # noqa: S608 - fixed names


def of(connection: DuckDBPyConnection, action: str) -> list[dict[str, Any]]:
    """Every entry of one action, oldest first: happened_at, actor, role, agency_id, subject, detail (JSON)."""
    columns = ("happened_at", "actor", "role", "agency_id", "subject", "detail")
    found = connection.execute(
        """
        select happened_at, actor, role, agency_id, subject, detail
        from event
        where action = ?
        order by position
        """,
        [action],
    ).fetchall()
    return [dict(zip(columns, row, strict=True)) for row in found]


def many_after(connection: DuckDBPyConnection, actions: Sequence[str], position: int) -> int:
    """How many entries of some actions came after an entry, by its number."""
    found = connection.execute(
        "select count(*) from event where position > ? and list_contains(?, action)", [position, list(actions)]
    ).fetchone()
    return int(found[0]) if found else 0


def verify(connection: DuckDBPyConnection, home: Path) -> list[str]:
    """What is wrong with the log of the vault in that folder, a sentence each; empty when it is intact."""
    columns = "position, happened_at, actor, role, agency_id, action, subject, detail, previous, hash"
    rows = connection.execute(f"select {columns} from event order by position, hash").fetchall()  # noqa: S608 - fixed names
    faults: list[str] = []
    expected, before = 1, GENESIS
    for row in rows:
        position, previous, own = row[0], row[-2], row[-1]
        if position < expected:
            faults.append(f"Entry {position} is there twice.")
        elif position > expected:
            gone = f"Entry {expected} is" if position == expected + 1 else f"Entries {expected} to {position - 1} are"
            faults.append(f"{gone} missing.")
        elif previous != before:
            faults.append(
                f"Entry {position} does not follow from the entry before it: one of them was changed or moved."
            )
        if _hash(previous, dict(zip(_FIELDS, row[:-2], strict=True))) != own:
            faults.append(f"Entry {position} has been altered.")
        expected, before = position + 1, own
    return faults + _cut(home / HEAD, {row[0]: row[-1] for row in rows})


def canonical(detail: dict[str, Any]) -> str:
    """One spelling of the same facts: sorted keys, no spaces.

    >>> canonical({"b": 1, "a": "x"})
    '{"a":"x","b":1}'
    """
    return json.dumps(detail, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def _hash(previous: str, entry: dict[str, Any]) -> str:
    return hashlib.sha256((previous + canonical(entry)).encode()).hexdigest()


def _cut(path: Path, hashes: dict[int, str]) -> list[str]:
    if not path.exists():
        return [f"{HEAD} is missing beside the vault, so entries cut from the end would not show."] if hashes else []
    try:
        noted = json.loads(path.read_bytes())
        position, own = int(noted["position"]), str(noted["hash"])
    except (ValueError, KeyError, TypeError):
        return [f"{HEAD} beside the vault cannot be read."]
    if position > max(hashes, default=0):
        return [
            f"The log ends at entry {max(hashes, default=0)}, but entry {position} had been written: its end was cut."
        ]
    if hashes.get(position) != own:
        return [f"Entry {position} is not the one noted in {HEAD}: the log was rewritten."]
    return []
