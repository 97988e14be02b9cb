"""Which publications show what is removed for good, and their files without it.

A publication that was withdrawn is shown to nobody, but it stays: what its figures told still counts when the next release is
protected. So its numbers are kept and the words go: it is written anew without them, as a file in which they never stood.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from pipelines.publishing.writing import seal
from pipelines.queries.pointer import digest, file, opened
from pipelines.store import atomic, private
from schemas.problems import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.queries.pointer import Pointer
    from pipelines.store.to_expunge import Going

REMOVED = "Removed for good"
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "1GB",
    "default_block_size": 65_536,  # as it was written
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
_SAYS = """(exists (select 1 from unnest($texts::varchar[]) as p(text)
    where contains(regexp_replace(t."{column}", '\\s+', ' ', 'g'), p.text))
    or list_contains($records::varchar[], t."{column}"))"""
_ANEW = 'case when {says} then $removed::varchar else t."{column}" end as "{column}"'
# A row about a record that goes is made of its words as well as of its numbers.
_KEPT = 'not coalesce(list_contains($records::varchar[], t."{column}"), false)'
_COLUMNS = """
select table_name, list(column_name order by column_index) from duckdb_columns()
where database_name = ? and data_type = 'VARCHAR' and not internal
group by table_name order by table_name
"""
_TABLES = "select table_name from duckdb_tables() where database_name = ? order by table_name"


def shows(publication: Pointer, going: Going) -> bool:
    """Whether a text of what goes, or the reference of a record that goes, stands in a publication.

    UserError where it cannot be opened, and so cannot be looked through.
    """
    with opened(publication) as connection:
        (name,) = connection.execute("select current_database()").fetchone() or ("",)
        return any(
            _says(connection, table, columns, going)
            for table, columns in connection.execute(_COLUMNS, [name]).fetchall()
        )


def cites(publication: Pointer, going: Going) -> bool:
    """Whether a publication says that figures of it rest on a submission of which everything goes."""
    with opened(publication) as connection:
        found = connection.execute(
            "select 1 from figure where list_has_any(string_split(submission_ids, ' '), $whole::varchar[]) limit 1",
            {"whole": list(going.whole)},
        )
        return found.fetchone() is not None


def _says(connection: duckdb.DuckDBPyConnection, table: str, columns: list[str], going: Going) -> bool:
    says = " or ".join(_SAYS.format(column=column) for column in columns)
    asked = f'select 1 from "{table}" as t where {says} limit 1'  # noqa: S608 - our own names
    return connection.execute(asked, _given(going)).fetchone() is not None


def _given(going: Going) -> dict[str, list[str]]:
    return {"texts": list(going.texts), "records": list(going.records)}


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
            engine.begin()  # one for all tables: each of its own would wait for the disk
            engine.execute("copy from database old to new (schema)")
            _fill(engine, going)
            engine.commit()
            engine.execute("detach new")
            engine.execute("detach old")
        atomic.settle(part, made)
    except (duckdb.IOException, duckdb.OutOfMemoryException) as why:
        raise UserError(
            f"{publication.publication_id} could not be written anew in {home}. Make room on the disk."
        ) from why
    sha256 = digest(made)
    seal(prepared, publication.audience, publication.publication_id, sha256)
    return sha256


def _fill(engine: duckdb.DuckDBPyConnection, going: Going) -> None:
    """Every row from the old file into the new, but what goes, which so never stands in it."""
    texts = dict(engine.execute(_COLUMNS, ["old"]).fetchall())
    for (table,) in engine.execute(_TABLES, ["old"]).fetchall():
        if engine.execute(f'select 1 from old."{table}" limit 1').fetchone() is None:  # noqa: S608 - our own names
            continue  # most have no rows, and to look for words in each column takes long to work out
        anew = ", ".join(_ANEW.format(says=_SAYS.format(column=each), column=each) for each in texts.get(table, ()))
        kept = " and ".join(_KEPT.format(column=each) for each in texts.get(table, ()))
        engine.execute(
            f'insert into new."{table}" select *{f" replace ({anew})" if anew else ""} '  # noqa: S608 - our own names
            f'from old."{table}" as t{f" where {kept}" if kept else ""}',
            _given(going) | {"removed": REMOVED} if anew else {},
        )


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
