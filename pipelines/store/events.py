"""The event log: who did what, when; each entry carries the hash of the one before it, so that meddling shows.

A chain shows an altered, missing or reordered entry, but not entries cut off its end. So after every commit the
number and hash of the last entry are also kept in a small file beside the vault: a log that no longer reaches it has
been cut, and takes no more entries until the vault is brought back. A crash between commit and file leaves the file a
step behind, which is no fault; an empty log notes its beginning, so that even the first step is one from something.
Whoever can change both files can still cut or rewrite both alike: so every publication and every backup notes the head
as well, and publications are compared.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipelines.store import atomic
from pipelines.store.chain import GENESIS, HEAD, Head, canonical, hashed, noted, verify
from schemas.acts import ACTS, LOGIN, not_allowed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd
    from duckdb import DuckDBPyConnection

    from schemas.actors import Actor

NOTE_LOST = "log.note_lost"

__all__ = [
    "GENESIS",
    "HEAD",
    "NOTE_LOST",
    "Head",
    "append",
    "canonical",
    "head",
    "keep_head",
    "listing",
    "noted",
    "of",
    "verify",
]


def append(  # noqa: PLR0913 - the contract: who, what, of what, when
    connection: DuckDBPyConnection, actor: Actor, action: str, subject: str, detail: dict[str, Any], *, at: datetime
) -> str:
    """Add an entry and return its hash.

    `detail` holds what schemas/acts.py allows of the act: ids, counts and hashes, never words somebody typed. ValueError
    for an act or a fact it does not know: what is in the log stays there for good. Whatever is done on the command line also
    holds this machine's own name for whoever typed it, as the name they act under can be anybody's (`--by`).
    """
    if action not in ACTS:
        raise ValueError(f"schemas/acts.py knows no act {action}.")
    foreign = not_allowed(action, frozenset(detail))
    if foreign:
        raise ValueError(f"schemas/acts.py does not let an entry of {action} hold {', '.join(sorted(foreign))}.")
    last = head(connection)
    entry: dict[str, Any] = {
        "position": last.position + 1,
        "happened_at": at.astimezone(UTC).isoformat(),
        "actor": actor.name,
        "role": actor.role,
        "agency_id": actor.agency_id or "",
        "action": action,
        "subject": subject,
        "detail": canonical(detail | ({LOGIN: actor.login} if actor.login else {})),
    }
    own = hashed(last.hash, entry)
    connection.execute("insert into event values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [*entry.values(), last.hash, own])
    return own


def head(connection: DuckDBPyConnection) -> Head:
    """The last entry, or the point every log starts from."""
    row = connection.execute("select max(position), max_by(hash, position) from event").fetchone()
    return Head(row[0], row[1]) if row and row[0] is not None else Head(0, GENESIS)


def hash_of(connection: DuckDBPyConnection, position: int) -> str:
    """The hash of an entry by its number; of 0, the point every log starts from. Empty where there is no such entry."""
    row = connection.execute("select hash from event where position = ?", [position]).fetchone()
    return row[0] if row else "" if position else GENESIS


def keep_head(home: Path, last: Head) -> None:
    """Note the last entry beside the vault; does nothing where the note already says so."""
    path = home / HEAD
    content = canonical({"position": last.position, "hash": last.hash}).encode()
    if not path.exists() or path.read_bytes() != content:
        atomic.write(path, content)


def listing(connection: DuckDBPyConnection) -> pd.DataFrame:
    """Every entry, oldest first: position, happened_at, actor, role, agency_id, action, subject, detail (JSON), hash."""
    columns = "position, happened_at, actor, role, agency_id, action, subject, detail, hash"
    return connection.execute(f"select {columns} from event order by position").df()  # noqa: S608 - fixed names


def of(connection: DuckDBPyConnection, action: str) -> list[dict[str, Any]]:
    """Every entry of one action, oldest first: position, happened_at, actor, role, agency_id, subject, detail (JSON)."""
    columns = ("position", "happened_at", "actor", "role", "agency_id", "subject", "detail")
    found = connection.execute(
        """
        select position, happened_at, actor, role, agency_id, subject, detail
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


def happened(connection: DuckDBPyConnection, action: str, subject: str) -> bool:
    """Whether the log has this action of this subject already."""
    found = connection.execute("select 1 from event where action = ? and subject = ? limit 1", [action, subject])
    return found.fetchone() is not None
