"""Every text somebody wrote in a vault, one by one, and where it stands: in its columns, and inside of what is kept as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from schemas.returns.free_text import free_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

_JSON = frozenset({"body", "cover", "detail", "target"})
# A sheet no kind knows: which of its columns hold words nobody can say, so only what has a space counts.
_SPACE = " "
_ID = "_id"


class Place(NamedTuple):
    """One text and where it stands. `submission_id` and `sheet` are empty and `row` is 0 where the table has none.

    `cell` is an address or what stands for one; `name` is what the value is called inside of JSON; `raw` is the whole value of
    the column, `value` the one text in it. `subject` is the indicator or the reference of the record it was said of, where
    that was looked at.
    """

    table: str
    submission_id: str
    sheet: str
    row: int
    cell: str
    column: str
    name: str
    raw: str
    value: str
    subject: str = ""

    @property
    def spot(self) -> str:
        """Where in the submission it stands, as `Commentary!3 (why)`."""
        return f"{self.sheet}!{self.row} ({self.name})"


def in_words(connection: DuckDBPyConnection) -> Iterator[Place]:
    """What was written in words in returns: the reasons beside figures, and the columns of records that hold sentences."""
    figures = connection.execute(
        "select submission_id, sheet, row, cells, reason, indicator_id from observation where reason <> ''"
    ).fetchall()
    for submission_id, sheet, row, cells, reason, subject in figures:
        yield Place("observation", submission_id, sheet, row, cells, "reason", "reason", reason, reason, subject)
    records = connection.execute(
        "select s.kind, r.submission_id, r.sheet, r.row, r.body, split_part(r.record_key, '|', 1) "
        "from record as r join submission as s using (submission_id)"
    ).fetchall()
    for kind, submission_id, sheet, row, body, subject in records:
        holds = free_text(kind, sheet)
        for name, value in cast("dict[str, object]", json.loads(body)).items():
            said = str(value or "")
            if (name in holds) if holds is not None else (_SPACE in said):
                yield Place("record", submission_id, sheet, row, "", "body", name, body, said, subject)


def in_row(connection: DuckDBPyConnection, submission_id: str, sheet: str, row: int) -> Iterator[Place]:
    """Everything in one row that somebody wrote: of a sheet no kind knows all but ids, a single word too, as it may be a name."""
    where = [submission_id, sheet, row]
    reasons = "select reason from observation where submission_id = ? and sheet = ? and row = ? and reason <> ''"
    for (reason,) in connection.execute(reasons, where).fetchall():
        yield Place("observation", submission_id, sheet, row, "", "reason", "reason", reason, reason)
    bodies = (
        "select s.kind, r.body from record as r join submission as s using (submission_id) "
        "where submission_id = ? and sheet = ? and row = ?"
    )
    for kind, body in connection.execute(bodies, where).fetchall():
        holds = free_text(kind, sheet)
        for name, value in cast("dict[str, object]", json.loads(body)).items():
            is_written = name in holds if holds is not None else not name.endswith(_ID)
            if value and is_written:
                yield Place("record", submission_id, sheet, row, "", "body", name, body, str(value))


def typed_beside(connection: DuckDBPyConnection) -> Iterator[Place]:
    """What was typed with returns and is no sentence of them: covers, the names of files, mended answers."""
    for submission_id, cover, file_name in connection.execute(
        "select submission_id, cover, file_name from submission"
    ).fetchall():
        yield Place("submission", submission_id, "", 0, "", "file_name", "file_name", file_name, file_name)
        for name, value in cast("dict[str, object]", json.loads(cover)).items():
            yield Place("submission", submission_id, "", 0, "", "cover", name, cover, str(value or ""))
    for submission_id, sheet, cell, value in connection.execute(
        "select submission_id, sheet, cell, value from mend"
    ).fetchall():
        yield Place("mend", submission_id, sheet, 0, cell, "value", "value", value, value)


def everywhere(connection: DuckDBPyConnection, *, leave_out: frozenset[str] = frozenset()) -> Iterator[Place]:
    """Every text of every table of the vault, but for the ids of submissions and the tables that are left out."""
    for table, columns in _columns(connection).items():
        if table in leave_out:
            continue
        beside = [
            each if each in columns else f"{'0' if each == 'row' else chr(39) * 2} as {each}"
            for each in ("submission_id", "sheet", "row", "cell")
        ]
        texts = [name for name, kind in columns.items() if kind == "VARCHAR" and name != "submission_id"]
        for column in texts:
            found = connection.execute(
                f'select distinct {", ".join(beside)}, "{column}" from "{table}" where "{column}" <> \'\''  # noqa: S608 - the vault's own names
            ).fetchall()
            for submission_id, sheet, row, cell, raw in found:
                for name, value in _values(column, raw):
                    yield Place(table, submission_id, sheet, int(row or 0), cell, column, name, raw, value)


def _columns(connection: DuckDBPyConnection) -> dict[str, dict[str, str]]:
    found = connection.execute(
        """select table_name, column_name, data_type from duckdb_columns()
        where database_name = current_database() and not internal order by table_name, column_index"""
    ).fetchall()
    by_table: dict[str, dict[str, str]] = {}
    for table, column, kind in found:
        by_table.setdefault(table, {})[column] = kind
    return by_table


def _values(column: str, raw: str) -> Iterator[tuple[str, str]]:
    """The value itself or, of JSON, every text in it: as JSON many letters are spelled in another way."""
    if column in _JSON:
        yield from _leaves("", json.loads(raw))
    else:
        yield column, raw


def _leaves(name: str, said: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - whatever JSON holds
    if isinstance(said, dict):
        for key, value in cast("dict[str, Any]", said).items():
            yield name, key
            yield from _leaves(key, value)
    elif isinstance(said, list):
        for value in cast("list[Any]", said):
            yield from _leaves(name, value)
    elif said is not None:
        yield name, str(said)
