"""Writes one submission and everything it held into the vault's tables."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipelines.store.frames import Table, mends_table, problems_table, records_table
from pipelines.store.received import Received, identity, may_keep_original, refusal, usable
from schemas.returns.sign_off import approver

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from schemas.actors import Actor

_TAKE = {
    "observation": """
        insert into observation
        select ?, sheet, row, indicator_id, period_id, agency_id, area_id, breakdown, category,
            numerator, denominator, value, marker, reason, definition_version, cells
        from coming
    """,
    "record": "insert into record select ?, sheet, row, record_key, body from coming",
    "problem": """
        insert into problem
        select ?, position, rule, severity, sheet, cell, row, column_name, value, message, fix
        from coming
    """,
    "mend": "insert into mend select ?, position, sheet, cell, column_name, value, mended_by, mended_at from coming",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A submission about to be written: its id and version, what it replaces ("" for nothing), who and when."""

    submission_id: str
    version: int
    replaced: str
    actor: Actor
    at: datetime


def keep(connection: DuckDBPyConnection, entry: Entry, report: Received, figures: Table) -> None:
    """Write the submission; of one refused as unusable only hash, time, sender and reason."""
    row = _row(entry, report)
    connection.execute(
        f"insert into submission ({', '.join(row)}) values ({', '.join('?' * len(row))})",  # noqa: S608 - our names
        list(row.values()),
    )
    if not usable(report):
        return
    if report.verdict != "refused":
        _take(connection, "observation", entry.submission_id, figures)
        _take(connection, "record", entry.submission_id, records_table(report))
    _take(connection, "problem", entry.submission_id, problems_table(report.problems))
    _take(connection, "mend", entry.submission_id, mends_table(report.mends, entry.actor.name, _utc(entry.at)))


def _row(entry: Entry, report: Received) -> dict[str, Any]:
    kept = usable(report)
    cover = {name: str(answer or "") for name, answer in report.cover.items()} if kept else {}
    return {
        "submission_id": entry.submission_id,
        "identity": identity(report),
        "kind": report.kind or "",
        "agency_id": report.agency_id or "",
        "period_id": report.period_id or "",
        "version": entry.version,
        "state": report.verdict,
        "verdict": report.verdict,
        "supersedes": entry.replaced,
        "received_at": _utc(entry.at),
        "received_by": entry.actor.name,
        "received_role": entry.actor.role,
        "file_sha256": report.file_sha256,
        "file_name": report.file if kept else "",  # a file's name can hold a child's
        "original_kept": may_keep_original(report),
        "template_version": report.template_version if kept else "",
        "prepared_by_role": cover.get("prepared_by_role", ""),
        "approved_by_role": approver(cover),
        "cover": json.dumps(cover, sort_keys=True),
        "rows": report.rows,
        "rows_accepted": report.rows_accepted,
        "reason": refusal(report),
    }


def _utc(at: datetime) -> datetime:
    """A moment as the vault keeps it: in UTC, without a zone."""
    return at.astimezone(UTC).replace(tzinfo=None)


def _take(connection: DuckDBPyConnection, table: str, submission_id: str, coming: Table) -> None:
    if not coming.num_rows:
        return
    connection.register("coming", coming)
    connection.execute(_TAKE[table], [submission_id])
    connection.unregister("coming")
