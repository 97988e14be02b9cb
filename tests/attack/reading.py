"""A publication file read as a stranger would read it: all it says of any count."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import duckdb

from schemas.catalogue import catalogue
from tests.attack.cells import SIDES, Where, place_of, quantity_of
from tests.attack.counts import in_charts, in_figures
from tests.attack.facts import Fact, where_of
from tests.attack.words import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

_TABLES = ("publication", "figure", "series", "series_point", "scorecard", "finding", "restatement", "benchmark")


@dataclass(frozen=True)
class Told:
    """A file's facts, and every place it has a row for, shown or hidden, by indicator and side."""

    audience: str
    facts: tuple[Fact, ...]
    places: tuple[tuple[str, str, Where], ...]


def told(path: Path) -> Told:
    """Read a publication file as a stranger would; a file that several readers open is read once, unless it changes."""
    return _told(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=24)
def _told(path: Path, _changed_at: int) -> Told:
    with duckdb.connect(str(path), read_only=True) as file:
        tables = {name: file.table(name).df() for name in _TABLES}
    audience = str(tables["publication"]["audience"].iloc[0])
    step = catalogue().audiences[audience].round_to
    facts = [*in_figures(tables["figure"], step), *in_charts(tables["series"], tables["series_point"])]
    return Told(audience, (*facts, *in_words(tables, step)), tuple(_places(tables["figure"])))


def _places(figures: pd.DataFrame) -> Iterator[tuple[str, str, Where]]:
    for row in figures.itertuples():
        for side in SIDES:
            if quantity_of(row.indicator_id, side):
                yield row.indicator_id, side, place_of(row.indicator_id, where_of(row))
