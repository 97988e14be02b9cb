"""A vault copied row by row into a new file, which then holds what stands in the old one and nothing that once did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from pipelines.store import connecting

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.store.keys import Keys

_OLD, _NEW = "old", "new"  # what the two vaults are called while one is copied into the other
# A full disk, or a block of the old vault that was changed or cut short.
FAULTS = (*connecting.FAULTS, duckdb.InvalidInputException, connecting.DamagedError)
_ROWS = "select count(*), bit_xor(hash(t)) from {vault}.main.{table} as t"
_TABLES = "select table_name from duckdb_tables() where database_name = ? order by table_name"


def copy(home: Path, files: tuple[Path, Path], old: Keys | None, new: Keys | None) -> None:
    """Copy one vault file into another, under its own key, and hold the two against one another, row by row.

    RuntimeError where they differ; what DuckDB raises of a full disk or a damaged file is the caller's to say.
    """
    path, made = files
    with connecting.engine(home, path, made, is_keyed=bool(old or new)) as engine:
        connecting.attach(engine, path, old, _OLD)
        connecting.attach(engine, made, new, _NEW)
        engine.execute(f"copy from database {_OLD} to {_NEW}")
        if _told(engine, _OLD) != _told(engine, _NEW):
            raise RuntimeError("the copy of the vault is not what it was copied from")
        engine.execute(f"detach {_NEW}")
        engine.execute(f"detach {_OLD}")


def _told(engine: duckdb.DuckDBPyConnection, vault: str) -> dict[str, tuple[int, int]]:
    """Every table's number of rows, and a hash over all of them in whichever order."""
    tables = [row[0] for row in engine.execute(_TABLES, [vault]).fetchall()]
    found = {table: engine.execute(_ROWS.format(vault=vault, table=table)).fetchone() for table in tables}
    return {table: row for table, row in found.items() if row is not None}
