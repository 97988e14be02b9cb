"""Whether the vault is the one that was written: not gone, not older, not rewritten, not cut short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.store import events

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

_REWRITTEN = (
    "The event log of {vault} was rewritten: entry {count:,} is not the one that was noted beside it. Nothing is added to it, or "
    "that would no longer show. Keep a copy of the folder, then bring the vault back with “throughline restore”."
)
_LOST = (
    "{vault} is {how}, though {count} of its event log had been written. Nothing is added to it, or what is gone would "
    "no longer show. Bring it back with “throughline restore”."
)
_HEADERS = 3 * 4096  # bytes before the first block of a DuckDB file
_BLOCK_SIZE = "select block_size from pragma_database_size() where database_name = current_database()"
_OF_TABLES = "select max(greatest(block_id, list_max(additional_block_ids))) from pragma_storage_info(?)"
_OF_METADATA = "select max(block_id) from pragma_metadata_info(current_database())"
_TABLES = "select table_name from duckdb_tables() where database_name = current_database() and not internal"


def noted(home: Path) -> events.Head | None:
    """The note beside the vault; None where there is none that can be read, which `log verify` says."""
    try:
        return events.noted(home)
    except ValueError:
        return None


def gone(vault: Path) -> str:
    """The sentence where the file is missing or empty though its note says that it had been written to; else nothing."""
    known, is_gone = noted(vault.parent), not vault.exists()
    if known is None or not known.position or not (is_gone or not vault.stat().st_size):
        return ""
    return _LOST.format(vault=vault, how="missing" if is_gone else "empty", count=_entries(known.position))


def unlike_its_note(vault: Path, connection: DuckDBPyConnection) -> str:
    """The sentence where the log of the open vault was cut or rewritten since its last entry was noted; else nothing."""
    known, head = noted(vault.parent), events.head(connection)
    if known is None:
        return ""
    if known.position > head.position:
        how = f"at entry {head.position}, older than it was"
        return _LOST.format(vault=vault, how=how, count=_entries(known.position))
    if events.hash_of(connection, known.position) != known.hash:
        return _REWRITTEN.format(vault=vault, count=known.position)
    return ""


def is_cut_short(vault: Path, connection: DuckDBPyConnection) -> bool:
    """Whether the file of the open vault ends before the last block in which something stands.

    DuckDB opens such a file, and finds out when a block that is not there is read, which may be weeks later. How many blocks the
    file says it has cannot be held against its length: free ones at its end are not in it.
    """
    size = connection.execute(_BLOCK_SIZE).fetchone()
    tables = [name for (name,) in connection.execute(_TABLES).fetchall()]
    found = [
        connection.execute(_OF_METADATA).fetchone(),
        *(connection.execute(_OF_TABLES, [each]).fetchone() for each in tables),
    ]
    # Numbered from 0; none of what lies in the log of writes alone, or is the same throughout.
    last = max((row[0] for row in found if row and row[0] is not None), default=-1)
    return size is not None and vault.stat().st_size < _HEADERS + (last + 1) * int(size[0])


def _entries(count: int) -> str:
    return f"{count:,} {'entry' if count == 1 else 'entries'}"
