"""Looking for entries of the event log: a page of them at a time, however long the log is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SHOWN = ("position", "happened_at", "actor", "role", "agency_id", "action", "subject", "detail", "hash")


class Wanted(NamedTuple):
    """Which entries are asked for; what is empty asks nothing.

    `since` and `until` are days in UTC, both included, as 2026-10-09; `actions` are ids of acts; `agency_id` asks for
    what was done by an agency or to what is its own; `actor` is a name as it stands in the log.
    """

    since: str = ""
    until: str = ""
    actions: tuple[str, ...] = ()
    agency_id: str = ""
    actor: str = ""


def found(
    connection: DuckDBPyConnection, wanted: Wanted, *, limit: int, before: int | None = None
) -> list[dict[str, Any]]:
    """The newest entries that are asked for, at most `limit` of them; `before`: only those with a smaller number.

    Each has position, happened_at, actor, role, agency_id, action, subject, detail (JSON), hash.
    """
    where, values = _where(wanted)
    older = "" if before is None else " and position < ?"
    sql = f"select {', '.join(_SHOWN)} from event where {where}{older} order by position desc limit ?"  # noqa: S608 - fixed names
    rows = connection.execute(sql, [*values, *([] if before is None else [before]), limit]).fetchall()
    return [dict(zip(_SHOWN, row, strict=True)) for row in rows]


def count(connection: DuckDBPyConnection, wanted: Wanted, *, before: int | None = None) -> int:
    """How many entries are asked for; `before`: only those with a smaller number."""
    where, values = _where(wanted)
    older = "" if before is None else " and position < ?"
    sql = f"select count(*) from event where {where}{older}"  # noqa: S608 - fixed names
    row = connection.execute(sql, [*values, *([] if before is None else [before])]).fetchone()
    return int(row[0]) if row else 0


def has(connection: DuckDBPyConnection, action: str, subject: str, actor: str) -> bool:
    """Whether somebody has an entry of an act done to one thing."""
    sql = "select 1 from event where action = ? and subject = ? and actor = ? limit 1"
    return connection.execute(sql, [action, subject, actor]).fetchone() is not None


def actors(connection: DuckDBPyConnection) -> list[str]:
    """Everybody who has an entry, by name."""
    rows = connection.execute("select distinct actor from event order by actor").fetchall()
    return [row[0] for row in rows]


def _where(wanted: Wanted) -> tuple[str, list[Any]]:
    asked: list[tuple[str, list[Any]]] = [("true", [])]
    if wanted.since:
        asked.append(("happened_at >= ?", [wanted.since]))
    if wanted.until:
        asked.append(("left(happened_at, 10) <= ?", [wanted.until]))
    if wanted.actions:
        asked.append((f"action in ({', '.join('?' * len(wanted.actions))})", list(wanted.actions)))
    if wanted.agency_id:
        mine = "(agency_id = ? or subject = ? or starts_with(subject, ?))"
        asked.append((mine, [wanted.agency_id, wanted.agency_id, f"{wanted.agency_id}."]))
    if wanted.actor:
        asked.append(("actor = ?", [wanted.actor]))
    return " and ".join(sql for sql, _ in asked), [value for _, values in asked for value in values]
