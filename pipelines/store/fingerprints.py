"""The fingerprint of what the vault holds of a submission, by which the event log knows whether it is what was accepted.

A chain shows that the log was changed, and nothing of the rows beside it. So the entry of a submission holds one SHA-256 of
every row that was stored of it, and whoever holds the vault against the log works it out again.

It is worked out here and not by the database: how that writes a number as text is not promised to stay. The columns are
written out, and what they hold is never changed by a migration without a new fingerprint in the log.
"""

from __future__ import annotations

import hashlib
import json
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

# Of the submission itself what says which return it is and when it counts from: never its state, which changes, nor what was
# typed with it. Of figures and records all but the addresses of cells, which no figure is made of.
_HELD = {
    "submission": "identity, kind, agency_id, period_id, version, verdict, supersedes, received_at, file_sha256, "
    "original_kept, rows, rows_accepted",
    "observation": "sheet, row, indicator_id, period_id, agency_id, area_id, breakdown, category, numerator, denominator, "
    "value, marker, reason, definition_version",
    "record": "sheet, row, record_key, body",
}
_line = json.JSONEncoder(ensure_ascii=False, default=str, separators=(",", ":")).encode
_AT_ONCE = 10_000  # rows: those of years must not all stand in memory


def of(connection: DuckDBPyConnection, submission_id: str) -> str:
    """The fingerprint of one submission as it is stored now; empty where nothing of it is."""
    return _all(connection, "where submission_id = ?", [submission_id]).get(submission_id, "")


def every(connection: DuckDBPyConnection) -> dict[str, str]:
    """The same of each submission that is named in any of the tables."""
    return _all(connection, "", [])


def _all(connection: DuckDBPyConnection, which: str, given: list[str]) -> dict[str, str]:
    parts: dict[str, list[str]] = {}
    for table, columns in _HELD.items():
        asked = f"select submission_id, {columns} from {table} {which} order by submission_id"  # noqa: S608 - our own names
        for name, lines in groupby(_rows(connection, asked, given), key=lambda row: row[0]):
            parts.setdefault(name, []).append(f"{table} {_digest(sorted(line for _, line in lines))}")
    return {name: _digest(found) for name, found in parts.items()}


def _rows(connection: DuckDBPyConnection, asked: str, given: list[str]) -> Iterator[tuple[str, str]]:
    """Each row as its submission and one line of text; of rows that are alike in all of it the order does not matter."""
    found = connection.execute(asked, given)
    while rows := found.fetchmany(_AT_ONCE):
        for name, *cells in rows:
            yield name, _line(cells)


def _digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
