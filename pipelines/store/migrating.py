"""Brings a vault to the present shape: every step not yet taken, in order, in one transaction."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

import duckdb

from pipelines.store import migrations
from schemas.problems import UserError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_LEDGER = """
create table if not exists migration (
    number integer not null, name varchar not null, sha256 varchar not null, applied_at timestamp not null
)
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered change of shape and the SQL that makes it."""

    number: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        """What tells an edited step from the one that was applied."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


@cache
def steps() -> tuple[Step, ...]:
    """Every step in order; the modules of `migrations` are named m0001_what_it_does."""
    found: list[Step] = []
    for module in sorted(info.name for info in pkgutil.iter_modules(migrations.__path__)):
        named = re.fullmatch(r"m(\d{4})_(\w+)", module)
        if named is None or int(named[1]) != len(found) + 1:
            raise RuntimeError(f"migrations must be m0001_…, m0002_… without a gap; found {module}")
        sql: str = importlib.import_module(f"{migrations.__name__}.{module}").SQL
        found.append(Step(int(named[1]), named[2], sql))
    return tuple(found)


def every_sql() -> tuple[str, ...]:
    """What makes a vault in an empty database, statement by statement: the list of steps taken, and every step."""
    return _LEDGER, *(step.sql for step in steps())


def migrate(connection: DuckDBPyConnection, todo: tuple[Step, ...] | None = None) -> int:
    """Take every step the vault has not taken, all or none, and return how many.

    Raises UserError for a vault made by a newer version, or by a step that has since been edited.
    """
    todo = steps() if todo is None else todo
    taken = _taken(connection)
    _refuse_strange(taken, todo)
    missing = [step for step in todo if step.number not in taken]
    if not missing:
        return 0
    connection.begin()
    try:
        connection.execute(_LEDGER)
        for step in missing:
            connection.execute(step.sql)
            row = [step.number, step.name, step.sha256, datetime.now(UTC).replace(tzinfo=None)]
            connection.execute("insert into migration values (?, ?, ?, ?)", row)
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
    return len(missing)


def _taken(connection: DuckDBPyConnection) -> dict[int, str]:
    try:  # every opening asks, and looking through the catalogue first takes five times as long
        found = connection.execute("select number, sha256 from migration").fetchall()
    except duckdb.CatalogException:  # a vault that has just been made has no such table
        return {}
    return dict(found)


def _refuse_strange(taken: dict[int, str], todo: tuple[Step, ...]) -> None:
    newest = max(taken, default=0)
    if newest > len(todo):
        raise UserError(
            f"This vault has step {newest}; this version of Throughline knows {len(todo)}. "
            "Use the version that wrote it, or a newer one."
        )
    for step in todo:
        if taken.get(step.number, step.sha256) != step.sha256:
            raise UserError(
                f"This vault was made with another form of step {step.number} ({step.name}). "
                "Use the version of Throughline that wrote it."
            )
