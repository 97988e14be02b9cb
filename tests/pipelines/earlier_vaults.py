"""A vault as an earlier version of Throughline made it, with rows in every table it had."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import duckdb

from pipelines.store import events, migrating
from schemas.actors import Actor

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2026, 2, 3, 9, 30, tzinfo=UTC)
_VALUES: dict[str, Any] = {
    "VARCHAR": "Zwölf", "INTEGER": 7, "DOUBLE": 0.1, "BOOLEAN": True, "TIMESTAMP": AT.replace(tzinfo=None),
    "DATE": date(2026, 2, 3),
}  # fmt: skip
_COLUMNS = """
select table_name, column_name, data_type
from information_schema.columns
where table_name not in ('migration', 'event')
order by table_name, ordinal_position
"""


def at_step(home: Path, number: int, rows: int = 3) -> None:
    """Make the vault as it was after so many steps, with that many rows in each of its tables and in the event log."""
    home.mkdir(exist_ok=True)
    with duckdb.connect(home / "vault.duckdb") as connection:
        migrating.migrate(connection, migrating.steps()[:number])
        for table, columns in tables(connection).items():
            for row in range(rows):
                values = [f"{_VALUES[kind]}-{row}" if kind == "VARCHAR" else _VALUES[kind] for _, kind in columns]
                marks = ", ".join("?" * len(values))
                connection.execute(f"insert into {table} values ({marks})", values)  # noqa: S608 - our own names
        for row in range(rows):
            events.append(connection, Actor("Steward", "business_unit"), "home.encrypted", str(row), {}, at=AT)
        head = events.head(connection)
    events.keep_head(home, head)


def tables(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, str]]]:
    """Every table with its columns and their types."""
    found: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in connection.execute(_COLUMNS).fetchall():
        found.setdefault(table, []).append((column, kind))
    return found


def held(connection: duckdb.DuckDBPyConnection, asked: dict[str, list[tuple[str, str]]]) -> dict[str, list[Any]]:
    """Every row of these tables in these columns."""
    names = {table: ", ".join(f'"{column}"' for column, _ in columns) for table, columns in asked.items()}
    return {
        table: connection.execute(f"select {columns} from {table} order by all").fetchall()  # noqa: S608 - our own names
        for table, columns in names.items()
    }


def counted(home: Path) -> dict[str, Any]:
    """How many steps a vault has taken, and how many rows its first tables hold; it is only looked at."""
    with duckdb.connect(home / "vault.duckdb") as connection:
        steps = connection.execute("select count(*) from migration").fetchone()
        counts = {
            table: connection.execute(f"select count(*) from {table}").fetchone()  # noqa: S608 - our own names
            for table in ("submission", "observation", "problem", "benchmark", "event")
        }
    return {"faults": [], "steps": steps, "counts": counts}
