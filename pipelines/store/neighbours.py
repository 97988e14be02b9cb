"""The statistical neighbours of the published model: who the partnership is compared with, closest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from pipelines.store import benchmarks
from pipelines.store.held import framed

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd
    from duckdb import DuckDBPyConnection

_CLEAR = """
delete from neighbour
using coming
where neighbour.area_code = coming.area_code
    and neighbour.edition <= coming.edition
"""
_ADD = """
insert into neighbour
select area_code, neighbour_code, rank, closeness, release, edition, file_sha256
from coming
anti join neighbour
    using (area_code)
"""


def replace(  # noqa: PLR0913 - what it was read from and through
    connection: DuckDBPyConnection,
    frame: pd.DataFrame,
    *,
    file_sha256: str,
    release: str,
    edition: str,
    at: datetime,
    reading: str = "",
) -> int:
    """Put the statistical neighbours of a model in place of those of an earlier one, for the same authority.

    Returns how many were taken: none where a newer model is there already.
    """
    rows = frame.assign(release=release, edition=edition, file_sha256=file_sha256)
    connection.register("coming", pa.Table.from_pandas(rows, preserve_index=False))
    try:
        connection.execute(_CLEAR)
        taken = connection.execute(_ADD).fetchone()
    finally:
        connection.unregister("coming")
    benchmarks.note(connection, (file_sha256, reading, release, edition), len(rows), at)
    return taken[0] if taken else 0


def all(connection: DuckDBPyConnection) -> pd.DataFrame:  # noqa: A001 - as store.benchmarks.all
    """The statistical neighbours, closest first: area_code, neighbour_code, rank, closeness, release."""
    listed = "select area_code, neighbour_code, rank, closeness, release from neighbour order by area_code, rank"
    return framed(connection.execute(listed).to_arrow_table())
