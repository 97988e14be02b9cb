"""The register of the sample: who answers a self-assessment without being an agency of the data set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - pydantic reads it
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from sample_data.logs.records import told
from schemas.catalogue.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sample_data.logs.records import Cells

FOLDER = Path(__file__).parent


class Sector(Entry):
    """The bodies of one sector by name, the letters of their references, and which self-assessments they owe."""

    prefix: str
    instruments: tuple[str, ...]
    names: tuple[str, ...]


class Change(Entry):
    """The first and the last day on which a body owes, where it has one."""

    since: date | None = None
    until: date | None = None


class Register(Entry):
    """All of register.toml."""

    sectors: dict[str, Sector]
    changes: dict[str, Change]


@dataclass(frozen=True, slots=True)
class Respondent:
    """One body of the register, or one seat of those who answer for the partnership."""

    respondent_id: str
    name: str
    sector: str
    instruments: tuple[str, ...]
    since: date | None = None
    until: date | None = None

    def owes_on(self, day: date) -> bool:
        """Whether it is there on the day: from its first day to its last."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@cache
def respondents() -> tuple[Respondent, ...]:
    """Everybody on the register; those with the same letters are numbered on from sector to sector."""
    every = told("register", Register, beside=FOLDER)
    numbers: dict[str, count[int]] = {}
    return tuple(
        _respondent(every, sector_id, f"{sector.prefix}-{next(numbers.setdefault(sector.prefix, count(1))):04}", name)
        for sector_id, sector in every.sectors.items()
        for name in sector.names
    )


def entries(known_on: date) -> Iterator[Cells]:
    """A row of the register for each body and self-assessment it owes, as far as they were known on a day.

    A body that came later is entered when it came; the day one left is known once it has left.
    """
    for body in respondents():
        if body.since is not None and body.since > known_on:
            continue
        left = body.until if body.until is not None and body.until <= known_on else None
        days = {"since": body.since, "until": left}
        for instrument in body.instruments:
            yield {
                "respondent_id": body.respondent_id,
                "instrument": instrument,
                "name": body.name,
                "sector": body.sector,
                **{name: day for name, day in days.items() if day is not None},
            }


def _respondent(every: Register, sector_id: str, respondent_id: str, name: str) -> Respondent:
    change = every.changes.get(respondent_id, Change())
    instruments = every.sectors[sector_id].instruments
    return Respondent(respondent_id, name, sector_id, instruments, change.since, change.until)
