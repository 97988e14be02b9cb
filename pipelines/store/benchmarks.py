"""Official statistics in the vault: an edition replaces the one before it, figure by figure, and says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

import pyarrow as pa

from pipelines.store.held import framed

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd
    from duckdb import DuckDBPyConnection

_TEXT = (
    "indicator_id",
    "quantity_id",
    "period_id",
    "area_code",
    "area_name",
    "breakdown",
    "category",
    "marker",
    "population_id",
    "population_period",
    "source",
    "release",
    "edition",
)
_NUMBERS = ("numerator", "denominator", "value", "per")
_COLUMNS = """indicator_id, quantity_id, period_id, area_code, area_name, breakdown, category, numerator, denominator,
        value, marker, population_id, population_period, per, source, release, edition"""
_KEY = "indicator_id, quantity_id, period_id, area_code, breakdown, category"
_OUTCOME = f"""
select
    count(*) filter (where b.edition is null) as added,
    count(*) filter (where b.edition <= c.edition) as replaced,
    count(*) filter (where b.edition > c.edition) as kept
from coming as c
left join benchmark as b
    using ({_KEY})
"""  # noqa: S608 - our own column names
_CLEAR = """
delete from benchmark
using coming
where benchmark.indicator_id = coming.indicator_id
    and benchmark.quantity_id = coming.quantity_id
    and benchmark.period_id = coming.period_id
    and benchmark.area_code = coming.area_code
    and benchmark.breakdown = coming.breakdown
    and benchmark.category = coming.category
    and benchmark.edition <= coming.edition
"""
_ADD = f"""
insert into benchmark
select {_COLUMNS}, ?
from coming
anti join benchmark
    using ({_KEY})
"""  # noqa: S608 - our own column names
# A rate waits (marker x) until the population of its year is known, and follows it when it is revised.
_RATES = """
update benchmark
set denominator = population.value,
    value = benchmark.numerator / population.value * benchmark.per,
    marker = ''
from (
    select quantity_id, period_id, area_code, breakdown, category, value
    from benchmark
    where quantity_id <> ''
        and value > 0
) as population
where benchmark.population_id = population.quantity_id
    and benchmark.population_period = population.period_id
    and benchmark.area_code = population.area_code
    and benchmark.breakdown = population.breakdown
    and benchmark.category = population.category
    and benchmark.numerator is not null
    and benchmark.denominator is distinct from population.value
"""
_WAITING = """
update benchmark
set marker = 'x'
where population_id <> ''
    and numerator is not null
    and denominator is null
    and marker = ''
"""
_ALL = """
select indicator_id, quantity_id, period_id, area_code, area_name, breakdown, category, numerator, denominator, value,
    marker, source, release
from benchmark
order by indicator_id, quantity_id, period_id, area_code, breakdown, category
"""


@dataclass(frozen=True, slots=True)
class Replaced:
    """What an edition did: figures added, replaced, and left alone because a newer edition had them."""

    added: int
    replaced: int
    kept: int


def replace(  # noqa: PLR0913 - the contract, and what it was read through
    connection: DuckDBPyConnection,
    frame: pd.DataFrame,
    *,
    file_sha256: str,
    release: str,
    at: datetime,
    reading: str = "",
) -> Replaced:
    """Put a file's figures in place of earlier ones, one an (indicator, period, area, group); the newer edition wins.

    The frame has indicator_id or quantity_id, period_id, area_code, area_name, numerator, denominator, value and
    marker; the rest of the table's columns may be there too: without breakdown and category a figure is of everybody.
    Rates on a population are worked out anew.
    """
    coming = _complete(frame, release)
    connection.register("coming", pa.Table.from_pandas(coming, preserve_index=False))
    try:
        outcome = connection.execute(_OUTCOME).fetchone()
        connection.execute(_CLEAR)
        connection.execute(_ADD, [file_sha256])
    finally:
        connection.unregister("coming")
    connection.execute(_RATES)
    connection.execute(_WAITING)
    edition = str(coming["edition"].max()) if len(coming) else ""
    note(connection, (file_sha256, reading, release, edition), len(coming), at)
    return Replaced(*(outcome or (0, 0, 0)))


def is_loaded(connection: DuckDBPyConnection, file_sha256: str, reading: str) -> bool:
    """Whether the very same file was already loaded through the very same mapping and places."""
    known = "select count(*) from benchmark_file where file_sha256 = ? and reading = ?"
    row = connection.execute(known, [file_sha256, reading]).fetchone()
    return bool(row and row[0])


def note(connection: DuckDBPyConnection, row: tuple[str, str, str, str], count: int, at: datetime) -> None:
    """Keep that a file (sha256, reading, release, edition) was loaded, with how many figures, so that it is known again."""
    connection.execute(
        """
        insert into benchmark_file (file_sha256, reading, release, edition, figures, loaded_at)
        values (?, ?, ?, ?, ?, ?)
        """,
        [*row, count, at.astimezone(UTC).replace(tzinfo=None)],
    )


def all(connection: DuckDBPyConnection) -> pd.DataFrame:  # noqa: A001 - the contract's word: store.benchmarks.all
    """Every official figure: indicator_id or quantity_id ("" for the other), period_id, area, group, numbers, release."""
    return framed(connection.execute(_ALL).to_arrow_table())


def _complete(frame: pd.DataFrame, release: str) -> pd.DataFrame:
    given = {"release": release, "per": 100.0, "breakdown": "all", "category": "all"}
    blank = [name for name in _TEXT if name not in frame.columns and name not in given]
    added = {name: value for name, value in {**dict.fromkeys(blank, ""), **given}.items() if name not in frame.columns}
    whole = frame.assign(**added).astype(dict.fromkeys(_TEXT, "str"))
    return whole[[*_TEXT, *_NUMBERS]].astype(dict.fromkeys(_NUMBERS, "float64"))
