"""Layouts kept in the vault: saved in versions, withdrawn, and those that stand."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from schemas.layouts.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duckdb import DuckDBPyConnection

_COLUMNS = "layout_id, agency_id, version, body, saved_by, saved_at, withdrawn_by, withdrawn_at"


@dataclass(frozen=True, slots=True)
class Kept:
    """One version of a layout, who saved it, and whether it still stands. Times are UTC."""

    layout: Layout
    agency_id: str
    version: int
    saved_by: str
    saved_at: datetime
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether files are read by it."""
        return self.withdrawn_at is None


def keep(connection: DuckDBPyConnection, layout: Layout, *, by: str, at: datetime) -> int:
    """Keep a layout and give its version; the version before, where one stands, is withdrawn in the same breath."""
    before = [each for each in every(connection, layout.agency_id) if each.layout.id == layout.id]
    withdraw(connection, layout.agency_id, layout.id, by=by, at=at)
    version = 1 + max((each.version for each in before), default=0)
    values = [layout.id, layout.agency_id, version, layout.model_dump_json(), by, _stored(at), "", None]
    marks = ", ".join("?" * len(values))
    connection.execute(f"insert into layout ({_COLUMNS}) values ({marks})", values)  # noqa: S608 - our names
    return version


def fingerprint(layout: Layout) -> str:
    """The SHA-256 of a layout as it is stored, by which the event log knows it again."""
    return fingerprint_of(layout.model_dump_json())


def fingerprint_of(body: str) -> str:
    """The same of what is stored of one."""
    return hashlib.sha256(body.encode()).hexdigest()


def withdraw(connection: DuckDBPyConnection, agency_id: str, layout_id: str, *, by: str, at: datetime) -> bool:
    """Let a layout stand no longer; gives whether one did."""
    done = connection.execute(
        """
        update layout
        set withdrawn_by = ?, withdrawn_at = ?
        where agency_id = ? and layout_id = ? and withdrawn_at is null
        returning layout_id
        """,
        [by, _stored(at), agency_id, layout_id],
    )
    return bool(done.fetchall())


def every(connection: DuckDBPyConnection, agency_id: str | None = None) -> list[Kept]:
    """Every version ever saved, the oldest first; of one agency where it is named."""
    query = f"select {_COLUMNS} from layout order by saved_at, agency_id, layout_id, version"  # noqa: S608 - our names
    found = [_kept(row) for row in connection.execute(query).fetchall()]
    return [each for each in found if agency_id is None or each.agency_id == agency_id]


class Named(NamedTuple):
    """One version of a layout by what it is called, and whether it still stands."""

    agency_id: str
    layout_id: str
    title: str
    version: int
    stands: bool


def of_body(connection: DuckDBPyConnection, body: str) -> list[Named]:
    """Every version that says just this, as it is stored; the same can be saved again."""
    found = connection.execute(
        "select agency_id, layout_id, version, withdrawn_at is null from layout where body = ? order by all", [body]
    ).fetchall()
    title = str(json.loads(body).get("title", ""))
    return [Named(agency_id, layout_id, title, version, stands) for agency_id, layout_id, version, stands in found]


def _stored(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None)


def _kept(row: Sequence[Any]) -> Kept:
    _, agency_id, version, body, saved_by, saved_at, withdrawn_by, withdrawn_at = row
    return Kept(
        Layout.model_validate_json(body),
        agency_id,
        version,
        saved_by,
        saved_at.replace(tzinfo=UTC),
        withdrawn_by,
        withdrawn_at.replace(tzinfo=UTC) if withdrawn_at else None,
    )
