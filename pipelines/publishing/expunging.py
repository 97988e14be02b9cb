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
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
_SAYS = """(exists (select 1 from unnest($texts::varchar[]) as p(text)
    where contains(regexp_replace(t."{column}", '\\s+', ' ', 'g'), p.text))
    or list_contains($records::varchar[], t."{column}"))"""
# A row about a record that goes is made of its words as well as of its numbers.
_OF_RECORDS = 'delete from "{table}" where list_contains($records::varchar[], "{column}")'
_COLUMNS = """
select table_name, column_name from duckdb_columns()
where database_name = ? and data_type = 'VARCHAR' and not internal
order by table_name, column_name
"""


def shows(publication: Pointer, going: Going) -> bool:
    """Whether a text of what goes, or the reference of a record that goes, stands in a publication.

    UserError where it cannot be opened, and so cannot be looked through.
    """
    with opened(publication) as connection:
        (name,) = connection.execute("select current_database()").fetchone() or ("",)
        return any(
            _says(connection, table, column, going) for table, column in connection.execute(_COLUMNS, [name]).fetchall()
        )


def cites(publication: Pointer, going: Going) -> bool:
    """Whether a publication says that figures of it rest on a submission of which everything goes."""
    with opened(publication) as connection:
        found = connection.execute(
            "select 1 from figure where list_has_any(string_split(submission_ids, ' '), $whole::varchar[]) limit 1",
            {"whole": list(going.whole)},
        )
        return found.fetchone() is not None


def _says(connection: duckdb.DuckDBPyConnection, table: str, column: str, going: Going) -> bool:
    asked = f'select 1 from "{table}" as t where {_SAYS.format(column=column)} limit 1'  # noqa: S608 - our own names
    return connection.execute(asked, _given(going)).fetchone() is not None


def _given(going: Going) -> dict[str, list[str]]:
    return {"texts": list(going.texts), "records": list(going.records)}


def redact(home: Path, prepared: Path, publication: Pointer, going: Going) -> str:
    """Write a withdrawn publication anew without what goes, with its seal, into the folder from where it takes its place.

    Gives the SHA-256 of the new file.
    """
    made = file(prepared, publication.audience, publication.publication_id)
    first = made.with_name(f"first-{made.name}")
    private.folder(made.parent)
    try:
        _copy(publication.path, first)
        with duckdb.connect(str(first), config=_SETTINGS) as connection:
            for table, column in connection.execute(_COLUMNS, [first.stem]).fetchall():
                connection.execute(_OF_RECORDS.format(table=table, column=column), {"records": list(going.records)})
                connection.execute(
                    f'update "{table}" as t set "{column}" = $removed where {_SAYS.format(column=column)}',  # noqa: S608 - our own names
                    _given(going) | {"removed": REMOVED},
                )
        part = made.with_name(f"second-{made.name}")
        _copy(first, part)
        atomic.settle(part, made)
    except (duckdb.IOException, duckdb.OutOfMemoryException) as why:
        raise UserError(
            f"{publication.publication_id} could not be written anew in {home}. Make room on the disk."
        ) from why
    finally:
        for left_over in made.parent.glob(f"first-{made.name}*"):
            left_over.unlink()
    sha256 = digest(made)
    seal(prepared, publication.audience, publication.publication_id, sha256)
    return sha256


def _copy(source: Path, target: Path) -> None:
    with duckdb.connect(config=_SETTINGS) as engine:
        engine.execute(f"attach '{_quoted(source)}' as old (read_only)")
        engine.execute(f"attach '{_quoted(target)}' as new")
        engine.execute("copy from database old to new")
        engine.execute("detach new")
        engine.execute("detach old")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
