"""Where words stand in the publication files of a home: those released, withdrawn, prepared, and the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from pipelines.queries.kept_open import READER
from pipelines.store import expunged
from pipelines.store.opening import VAULT

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.reading.looked_for import LookedFor

_COLUMNS = """
select table_name, column_name from duckdb_columns()
where database_name = current_database() and data_type = 'VARCHAR' and not internal
order by table_name, column_name
"""


def files(home: Path) -> list[Path]:
    """Every publication file of a home, whether or not it is shown to anybody."""
    found = (path for path in home.rglob("*.duckdb") if path != home / VAULT)
    return sorted(path for path in found if expunged.FOLDER not in path.relative_to(home).parts)


def where(path: Path, words: LookedFor) -> list[str] | None:
    """The tables and columns of a publication in which words stand, as `commentary.why`; None where it does not open."""
    try:
        with duckdb.connect(str(path), read_only=True, config=READER) as connection:
            columns = connection.execute(_COLUMNS).fetchall()
            return [
                f"{table}.{column}"
                for table, column in columns
                if any(
                    words.stands_in(value)
                    for (value,) in connection.execute(
                        f'select distinct "{column}" from "{table}" where "{column}" <> \'\''  # noqa: S608 - our own names
                    ).fetchall()
                )
            ]
    except duckdb.Error:
        return None
