"""Original files that have been kept long enough: which they are, and taking them away. Rows, hashes and the log stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipelines.store import events, files
from pipelines.store.chain import facts

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from schemas.actors import Actor

# By the log and not by the note of what was removed, which can be written past it: a file is not taken away for that.
_KEPT = """
select s.submission_id, s.agency_id, s.file_sha256, s.received_at
from submission as s
where s.original_kept
    and s.submission_id not in (select subject from event where action = 'original.removed')
order by s.received_at, s.submission_id
"""
_REMOVED = """
select distinct file_sha256
from original_removed
where submission_id in (select subject from event where action = 'original.removed')
"""
_BYTES = """
select subject, detail
from event
where action in ('submission.received', 'submission.refused')
    and contains(detail, '"file_bytes"')
"""


@dataclass(frozen=True, slots=True)
class Original:
    """An original that a submission has in the home: whose, its SHA-256, and when it came (UTC)."""

    submission_id: str
    agency_id: str
    file_sha256: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Lost:
    """Originals that are `missing`, and those in whose place lies no file, an empty one, or one of another size: `spoilt`."""

    missing: tuple[Original, ...]
    spoilt: tuple[Original, ...]


def kept(connection: DuckDBPyConnection) -> list[Original]:
    """Every original that by the event log is still to be there, the oldest first."""
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
    reason = reason_of(months)
    moment = at.astimezone(UTC).replace(tzinfo=None)
    for one in originals:
        row = [one.submission_id, one.file_sha256, moment, reason]
        connection.execute("insert into original_removed values (?, ?, ?, ?)", row)
        detail = {"file_sha256": one.file_sha256, "months": months}
        events.append(connection, actor, "original.removed", one.submission_id, detail, at=at)


def reason_of(months: int) -> str:
    """Why an original was removed, as it is noted; the event log has the number, and the note is held against it.

    >>> reason_of(1)
    'Kept for 1 month, as agreed'
    """
    return f"Kept for {months} {'month' if months == 1 else 'months'}, as agreed"


def sweep(connection: DuckDBPyConnection, home: Path) -> int:
    """Take away the files that are noted as removed, and give how many there were.

    In a transaction after the one that noted them: a crash between leaves files for the next sweep, and never a note of a
    file that was taken without one.
    """
    needed = {one.file_sha256 for one in kept(connection)}
    gone = {sha256 for (sha256,) in connection.execute(_REMOVED).fetchall()}
    there = [place for sha256 in sorted(gone - needed) if (place := files.place(home, sha256)).exists()]
    for place in there:
        place.unlink()
    return len(there)


def lost(connection: DuckDBPyConnection, home: Path) -> Lost:
    """The originals that are not there as they came though the log has no entry of their removal.

    Their content is not read: that is for `throughline key check`, as it takes as long as reading every file does.
    """
    sizes = {name: facts(detail).get("file_bytes") for name, detail in connection.execute(_BYTES).fetchall()}
    missing: list[Original] = []
    spoilt: list[Original] = []
    for one in kept(connection):
        found = files.size(home, one.file_sha256)
        if found is None:
            missing.append(one)
        elif not files.may_be(found, one.file_sha256, sizes.get(one.submission_id)):
            spoilt.append(one)
    return Lost(tuple(missing), tuple(spoilt))


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
