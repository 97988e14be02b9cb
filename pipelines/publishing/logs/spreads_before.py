"""What earlier publications said of the middle of a sector's scores, in the order in which they were made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable

    import duckdb

_SPREADS = """
select instrument_id, year_id, sector, standard_id, replied, lower_quartile, median, upper_quartile, critical_unmet
from sector_score
where median is not null
"""


class SpreadTold(NamedTuple):
    """A spread as one publication gave it: of how many replies, its numbers, and how many have a critical one not met."""

    made: str
    replied: int
    lower: float
    median: float
    upper: float
    unmet: int | None


@dataclass(frozen=True)
class SpreadsBefore:
    """Every publication's spreads, by instrument, year, sector and standard, gathered one publication at a time."""

    told: dict[Hashable, list[SpreadTold]] = field(default_factory=dict)

    def add(self, publication_id: str, connection: duckdb.DuckDBPyConnection, have: Collection[str]) -> None:
        """Take in one publication that is open; `have` are its tables. Its id begins with when it was made."""
        if "sector_score" not in have:
            return
        for *name, replied, lower, median, upper, unmet in connection.execute(_SPREADS).fetchall():
            one = SpreadTold(publication_id, int(replied), lower, median, upper, unmet)
            self.told.setdefault(tuple(name), []).append(one)

    def in_order(self) -> dict[Hashable, tuple[SpreadTold, ...]]:
        """The oldest first."""
        return {name: tuple(sorted(told, key=lambda one: one.made)) for name, told in self.told.items()}
