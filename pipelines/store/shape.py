"""The shape of the vault: the tables that its steps make, and nothing else.

Whoever can write the file can put a view in a table's place that answers each question otherwise, or a macro in the place of a
function by which we ask. Rows are then what they should be whenever they are compared, and others when they are released. So
what the file is made of is held against what the steps make in an empty one.
"""

from __future__ import annotations

import re
from contextlib import closing, contextmanager
from functools import cache
from typing import TYPE_CHECKING

import duckdb

from pipelines.store import migrating
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Generator

    from duckdb import DuckDBPyConnection

WAY_OUT = "Keep a copy of the folder, then bring the vault back with “throughline restore”."
_NOTHING = "Nothing was published."
# By their full names, and without a function or an operator that a macro of the same name could stand in for.
_TABLES = "select database_name, schema_name, table_name, sql from system.main.duckdb_tables() where not internal"
_OTHERS = {
    "a schema": "select database_name, schema_name, schema_name from system.main.duckdb_schemas() where not internal",
    "a view": "select database_name, schema_name, view_name from system.main.duckdb_views() where not internal",
    "a macro": "select database_name, schema_name, function_name from system.main.duckdb_functions() where not internal",
    "a type": "select database_name, schema_name, type_name from system.main.duckdb_types() where not internal",
    "a sequence": "select database_name, schema_name, sequence_name from system.main.duckdb_sequences()",
    "an index": "select database_name, schema_name, index_name from system.main.duckdb_indexes()",
}
_PLAIN = re.compile(r"\w{1,40}", re.ASCII)
# What a connection keeps for itself while it is open: it is in no file.
_TEMPORARY = "temp"


def faults(connection: DuckDBPyConnection) -> list[str]:
    """A sentence for each thing the open vault is made of that no step made, and for each table that is missing or another.

    Asked of a vault that has taken every step.
    """
    meant, there = _meant(), _tables(connection)
    found = [
        f"The vault has {what} that is not its own, {_named(name)}: whatever the vault answers cannot be relied on."
        for what, asked in _OTHERS.items()
        for name in sorted(_names(connection, asked))
    ]
    strange = sorted(there.keys() - meant.keys())
    found += [f"The vault has a table that is not its own, {_named(place[-1])}." for place in strange]
    for place, made in sorted(meant.items()):
        if place not in there:
            found.append(f"The table {place[-1]} of the vault is missing.")
        elif there[place] != made:
            found.append(f"The table {place[-1]} of the vault has other columns than its steps make.")
    return found


def refuse(connection: DuckDBPyConnection) -> None:
    """Stop a release from a vault of another shape. UserError says what is strange in it, and the way out."""
    if strange := faults(connection):
        raise UserError(f"{' '.join(strange)} {_NOTHING} {WAY_OUT}")


@contextmanager
def explained(connection: DuckDBPyConnection) -> Generator[None]:
    """Say in a sentence where a removal cannot be done because a table of the vault is something else, such as a view.

    UserError then; whatever else DuckDB raises goes on as it is. The transaction that it was in is over.
    """
    try:
        yield
    except (duckdb.ProgrammingError, duckdb.DataError, duckdb.NotSupportedError) as why:
        connection.rollback()
        if strange := faults(connection):
            raise UserError(f"{' '.join(strange)} Nothing was removed. {WAY_OUT}") from why
        raise


@cache
def _meant() -> dict[tuple[str, str], str]:
    """The tables of a vault that has just been made, as this DuckDB writes them; worked out once a process, in memory."""
    with closing(duckdb.connect(config={"threads": 1})) as empty:
        for sql in migrating.every_sql():
            empty.execute(sql)
        return _tables(empty)


def _tables(connection: DuckDBPyConnection) -> dict[tuple[str, str], str]:
    """How each table is made: its columns, their types and order, what they may not be, and what is worked out in them."""
    rows = connection.execute(_TABLES).fetchall()
    return {(schema, table): sql for vault, schema, table, sql in rows if vault != _TEMPORARY}


def _names(connection: DuckDBPyConnection, asked: str) -> set[str]:
    return {name for vault, _, name in connection.execute(asked).fetchall() if vault != _TEMPORARY}


def _named(name: str) -> str:
    """A name as it may be shown: whoever put it there can have called it anything."""
    return f"“{name}”" if _PLAIN.fullmatch(name) else "under a name that is not shown"
