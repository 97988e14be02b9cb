"""Which publications show what is removed for good, and their files without it.

A publication that was withdrawn is shown to nobody, but it stays: what its figures told still counts when the next release is
protected. So its numbers are kept and the words go: it is written anew without them, as a file in which they never stood. Only
columns that hold sentences are rewritten (schemas/published/prose.py): a key or an id is never touched.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

import duckdb

from pipelines.publishing.withdrawing import mark
from pipelines.publishing.writing import point, seal
from pipelines.queries.pointer import before, digest, every, file, opened, pointed_id
from pipelines.queries.pointer import stands as is_standing
from pipelines.store import atomic, private
from pipelines.store.connecting import NO_ROOM
from pipelines.store.sought import REMOVED, sought
from schemas.problems import UserError
from schemas.published.prose import PROSE, REFERENCES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from pipelines.queries.pointer import Pointer
    from pipelines.store.sought import Sought
    from pipelines.store.to_expunge import Going

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "1GB",
    "default_block_size": 65_536,  # as it was written
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
# A row about a record that goes is made of its words as well as of its numbers.
_OF_RECORDS = 'list_contains($records::varchar[], "{column}")'
_KEPT = f"not coalesce({_OF_RECORDS}, false)"
_ANEW = 'case when list_contains($values_{number}::varchar[], "{column}") then $removed::varchar else "{column}" end as "{column}"'


def shows(publication: Pointer, going: Going) -> bool:
    """Whether a text of what goes, or the reference of a record that goes, stands in a publication.

    One that was made before the first of it came cannot show it. UserError where it cannot be opened, and so cannot be
    looked through.
    """
    with opened(publication) as connection:
        if _made_before(connection, going.entry):
            return False
        return _says(connection, sought(going.words.texts)) or _names(connection, going.records)


def shows_what_others_keep(publication: Pointer, going: Going) -> bool:
    """Whether a text of what goes stands in a publication which stands in what is kept as well. UserError as for `shows`."""
    if not going.words.shared:
        return False
    with opened(publication) as connection:
        if _made_before(connection, min(going.entry, going.words.entry)):
            return False
        return _says(connection, sought(going.words.shared))


def cites(publication: Pointer, going: Going) -> bool:
    """Whether a publication says that figures of it rest on a submission of which everything goes."""
    with opened(publication) as connection:
        found = connection.execute(
            "select 1 from figure where list_has_any(string_split(submission_ids, ' '), $whole::varchar[]) limit 1",
            {"whole": list(going.whole)},
        )
        return found.fetchone() is not None


def redact(home: Path, prepared: Path, publication: Pointer, going: Going) -> str:
    """Write a withdrawn publication anew without what goes, with its seal, into the folder from where it takes its place.

    Gives the SHA-256 of the new file.
    """
    made = file(prepared, publication.audience, publication.publication_id)
    part = made.with_name(f"part-{made.name}")
    private.folder(made.parent)
    try:
        with duckdb.connect(config=_SETTINGS) as engine:
            engine.execute(f"attach '{_quoted(publication.path)}' as old (read_only)")
            engine.execute(f"attach '{_quoted(part)}' as new")
            engine.execute("use old")  # what is asked without saying where is asked of it
            engine.begin()  # one for all tables: each of its own would wait for the disk
            engine.execute("copy from database old to new (schema)")
            _fill(engine, going)
            engine.commit()
            engine.execute("use memory")
            engine.execute("detach new")
            engine.execute("detach old")
        atomic.settle(part, made)
    except NO_ROOM as why:
        raise UserError(
            f"{publication.publication_id} could not be written anew in {home}. Make room on the disk."
        ) from why
    sha256 = digest(made)
    seal(prepared, publication.audience, publication.publication_id, sha256)
    return sha256


def _fill(engine: duckdb.DuckDBPyConnection, going: Going) -> None:
    """Every row from the old file into the new, but what goes, which so never stands in it."""
    looked_for = sought(going.words.texts)
    prose, references = (dict(_by_table(engine, columns)) for columns in (PROSE, REFERENCES))
    for table in sorted({table for table, _ in _there(engine)}):
        if engine.execute(f'select 1 from "{table}" limit 1').fetchone() is None:  # noqa: S608 - our own names
            continue  # most have no rows
        said = {column: _values(engine, table, column, looked_for) for column in prose.get(table, ())}
        anew = {column: values for column, values in said.items() if values}
        replaced = ", ".join(_ANEW.format(column=column, number=number) for number, column in enumerate(anew))
        kept = " and ".join(_KEPT.format(column=column) for column in references.get(table, ()))
        given: dict[str, object] = {f"values_{number}": values for number, values in enumerate(anew.values())}
        given |= {"removed": REMOVED} if anew else {}
        given |= {"records": list(going.records)} if kept else {}
        engine.execute(
            f'insert into new."{table}" select *{f" replace ({replaced})" if replaced else ""} '  # noqa: S608 - our own names
            f'from old."{table}"{f" where {kept}" if kept else ""}',
            given,
        )


def _by_table(connection: duckdb.DuckDBPyConnection, of: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, list[str]]]:
    for table, columns in groupby(_columns(connection, of), key=itemgetter(0)):
        yield table, [column for _, column in columns]


def withdrawn_with(  # noqa: PLR0913 - which, why, when, and what stands then
    home: Path, prepared: Path, audience: str, going: Sequence[Pointer], *, reason: str, at: datetime
) -> Pointer | None:
    """Prepare the marks of publications that are withdrawn, and the pointer to what stands without them; gives what stands.

    The pointer stays as it is where nothing else stands, as with any that is withdrawn.
    """
    gone = {each.publication_id for each in going}
    for each in going:
        mark(prepared, each, reason, at, beside=file(prepared, audience, each.publication_id))
    left = (each for each in every(home, audience) if each.publication_id not in gone)
    stands = next((each for each in left if is_standing(each)), None)
    if stands is not None and pointed_id(home, audience) in gone:
        earlier = before(home, audience, stands.publication_id)
        sha256 = stands.sha256 or digest(stands.path)
        point(prepared, audience, stands.publication_id, sha256, earlier.publication_id if earlier else None)
    return stands


def _made_before(connection: duckdb.DuckDBPyConnection, entry: int) -> bool:
    """Whether the log had not reached an entry when the publication was made; clocks can go backwards, the log cannot.

    One that does not say how far the log was is looked through.
    """
    if ("publication", "log_entry") not in _there(connection):
        return False
    row = connection.execute("select log_entry from publication").fetchone()
    return row is not None and 0 < int(row[0]) < entry


def _there(connection: duckdb.DuckDBPyConnection) -> set[tuple[str, str]]:
    """The columns a file has: an earlier version of Throughline wrote fewer."""
    found = connection.execute(
        "select table_name, column_name from duckdb_columns() where database_name = current_database() and not internal"
    )
    return {(table, column) for table, column in found.fetchall()}


def _says(connection: duckdb.DuckDBPyConnection, looked_for: Sought) -> bool:
    return any(_values(connection, table, column, looked_for) for table, column in _columns(connection, PROSE))


def _names(connection: duckdb.DuckDBPyConnection, records: Collection[str]) -> bool:
    given = {"records": list(records)}
    return any(
        connection.execute(
            f'select 1 from "{table}" where {_OF_RECORDS.format(column=column)} limit 1',  # noqa: S608 - our own names
            given,
        ).fetchone()
        for table, column in _columns(connection, REFERENCES)
    )


def _columns(connection: duckdb.DuckDBPyConnection, of: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    there = _there(connection)
    return [(table, column) for table, columns in of.items() for column in columns if (table, column) in there]


def _values(connection: duckdb.DuckDBPyConnection, table: str, column: str, looked_for: Sought) -> list[str]:
    """The values of a column in which something that is looked for stands."""
    found = connection.execute(f'select distinct "{column}" from "{table}" where "{column}" <> \'\'').fetchall()  # noqa: S608 - our own names
    return [value for (value,) in found if looked_for.stands_in(value)]


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
