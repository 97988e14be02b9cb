"""Original files that have been kept long enough: which they are, and taking them away. Rows, hashes and the log stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipelines.store import events, files

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from schemas.actors import Actor

_KEPT = """
select s.submission_id, s.agency_id, s.file_sha256, s.received_at
from submission as s
left join original_removed as r
    on r.submission_id = s.submission_id
where s.original_kept
    and r.submission_id is null
order by s.received_at, s.submission_id
"""


@dataclass(frozen=True, slots=True)
class Original:
    """An original that a submission has in the home: whose, its SHA-256, and when it came (UTC)."""

    submission_id: str
    agency_id: str
    file_sha256: str
    received_at: datetime


def kept(connection: DuckDBPyConnection) -> list[Original]:
    """Every original that is still there, the oldest first."""
    found = connection.execute(_KEPT).fetchall()
    return [Original(name, agency, sha256, at.replace(tzinfo=UTC)) for name, agency, sha256, at in found]


def due(originals: Collection[Original], before: datetime, held: Collection[str]) -> list[Original]:
    """Those that came before a moment and are under no hold; `held` names agencies and submissions.

    A file that another submission must keep is due with none of them: there is one file, and it is wanted.
    """
    wanted = {
        one.file_sha256
        for one in originals
        if one.received_at >= before or {one.agency_id, one.submission_id} & {*held}
    }
    return [one for one in originals if one.file_sha256 not in wanted]


def note(
    connection: DuckDBPyConnection, actor: Actor, originals: Collection[Original], months: int, *, at: datetime
) -> None:
    """Write down of each original that it is removed, when, and after how many months; `sweep` then takes the files.

    Nobody types a reason: it is made of the number, so that none can tell of a person.
    """
    reason = f"Kept for {months} {'month' if months == 1 else 'months'}, as agreed"
    moment = at.astimezone(UTC).replace(tzinfo=None)
    for one in originals:
        row = [one.submission_id, one.file_sha256, moment, reason]
        connection.execute("insert into original_removed values (?, ?, ?, ?)", row)
        detail = {"file_sha256": one.file_sha256, "months": months}
        events.append(connection, actor, "original.removed", one.submission_id, detail, at=at)


def sweep(connection: DuckDBPyConnection, home: Path) -> int:
    """Take away the files that are noted as removed, and give how many there were.

    In a transaction after the one that noted them: a crash between leaves files for the next sweep, and never a note of a
    file that was taken without one.
    """
    needed = {one.file_sha256 for one in kept(connection)}
    gone = {row[0] for row in connection.execute("select file_sha256 from original_removed").fetchall()}
    there = [place for sha256 in sorted(gone - needed) if (place := files.place(home, sha256)).exists()]
    for place in there:
        place.unlink()
    return len(there)


def missing(connection: DuckDBPyConnection, home: Path) -> list[Original]:
    """The originals that are not there though the log has no entry of their removal, the oldest first.

    By the log and not by the note of what was removed, which can be written past it.
    """
    gone = {entry["subject"] for entry in events.of(connection, "original.removed")}
    found = connection.execute(
        "select submission_id, agency_id, file_sha256, received_at from submission where original_kept order by received_at, "
        "submission_id"
    ).fetchall()
    due = [Original(name, agency, sha256, at.replace(tzinfo=UTC)) for name, agency, sha256, at in found]
    return [one for one in due if one.submission_id not in gone and not files.place(home, one.file_sha256).exists()]


def removed(connection: DuckDBPyConnection, submission_id: str) -> datetime | None:
    """When the original of a submission was removed (UTC), None where it was not."""
    row = connection.execute(
        "select removed_at from original_removed where submission_id = ?", [submission_id]
    ).fetchone()
    return row[0].replace(tzinfo=UTC) if row else None


def was_sent(connection: DuckDBPyConnection, name: str) -> bool:
    """Whether there is a submission of that name, or one from a sender of that name."""
    found = connection.execute(
        "select count(*) from submission where submission_id = ? or agency_id = ?", [name, name]
    ).fetchone()
    return found is not None and found[0] > 0
