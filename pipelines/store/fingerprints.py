"""The fingerprint of what the vault holds of a submission, by which the event log knows whether it is what was accepted.

A chain shows that the log was changed, and nothing of the rows beside it. So the entry of a submission holds one SHA-256 of
every row that was stored of it, and whoever holds the vault against the log works it out again.

What is kept beside the rows has a fingerprint of its own: entries made earlier hold that of the rows alone, and still count.
Of official statistics each loading has one of all that is there after it.

It is worked out here and not by the database: how that writes a number as text is not promised to stay. The columns are
written out, and what they hold is never changed by a migration without a new fingerprint in the log.
"""

from __future__ import annotations

import hashlib
import json
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
# What was said with it and of it: the cover, the file's name, what the check found, what was mended on the page, and the cells
# of figures that share their row, by which a problem is told to be about one of them. Who sent it is in the entry itself.
_BESIDE = {
    "submission": "file_name, template_version, prepared_by_role, approved_by_role, cover",
    "problem": "position, rule, severity, sheet, cell, row, column_name, value, message, fix",
    "mend": "position, sheet, cell, column_name, value, mended_by, mended_at",
    "observation": "sheet, row, indicator_id, period_id, area_id, breakdown, category, cells",
}
_NARROWED = {"observation": "cells <> ''"}
_OFFICIAL = {
    "benchmark": "indicator_id, quantity_id, period_id, area_code, area_name, breakdown, category, numerator, denominator, "
    "value, marker, population_id, population_period, per, source, release, edition, file_sha256",
    "neighbour": "area_code, neighbour_code, rank, closeness, release, edition, file_sha256",
    "benchmark_file": "file_sha256, reading, release, edition, loaded_at, figures",
}
_line = json.JSONEncoder(ensure_ascii=False, default=str, separators=(",", ":")).encode
_AT_ONCE = 10_000  # rows: those of years must not all stand in memory


def of(connection: DuckDBPyConnection, submission_id: str) -> str:
    """The fingerprint of one submission's rows as they are stored now; empty where nothing of it is."""
    return _all(connection, _HELD, submission_id).get(submission_id, "")


def every(connection: DuckDBPyConnection) -> dict[str, str]:
    """The same of each submission that is named in any of the tables."""
    return _all(connection, _HELD)


def beside(connection: DuckDBPyConnection, submission_id: str) -> str:
    """The fingerprint of what is kept beside the rows of one submission; empty where nothing of it is."""
    return _all(connection, _BESIDE, submission_id).get(submission_id, "")


def every_beside(connection: DuckDBPyConnection) -> dict[str, str]:
    """The same of each submission that is named in any of the tables."""
    return _all(connection, _BESIDE)


def official(connection: DuckDBPyConnection) -> str:
    """The fingerprint of all official statistics: figures, neighbours, and which files they came from."""
    parts: list[str] = []
    for table, columns in _OFFICIAL.items():
        asked = f"select '', {columns} from {table}"  # noqa: S608 - our own names
        parts.append(f"{table} {_digest(sorted(line for _, line in _rows(connection, asked, [])))}")
    return _digest(parts)


def _all(connection: DuckDBPyConnection, held: Mapping[str, str], submission_id: str = "") -> dict[str, str]:
    """By submission; of one where it is named. A table in which nothing of it stands counts for nothing."""
    parts: dict[str, list[str]] = {}
    for table, columns in held.items():
        narrowed = [_NARROWED[table]] if held is _BESIDE and table in _NARROWED else []
        narrowed += ["submission_id = ?"] if submission_id else []
        where = f"where {' and '.join(narrowed)}" if narrowed else ""
        asked = f"select submission_id, {columns} from {table} {where} order by submission_id"  # noqa: S608 - our own names
        found = _rows(connection, asked, [submission_id] if submission_id else [])
        for name, lines in groupby(found, key=lambda row: row[0]):
            parts.setdefault(name, []).append(f"{table} {_digest(sorted(line for _, line in lines))}")
    return {name: _digest(found) for name, found in parts.items()}


def _rows(connection: DuckDBPyConnection, asked: str, given: list[str]) -> Iterator[tuple[str, str]]:
    """Each row as its submission and one line of text; of rows that are alike in all of it the order does not matter."""
    # By columns, as the database hands out single rows at twice the cost.
    for some in connection.execute(asked, given).to_arrow_reader(_AT_ONCE):
        names, *columns = (column.to_pylist() for column in some.columns)
        yield from zip(names, map(_line, zip(*columns, strict=True)), strict=True)


def _digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
