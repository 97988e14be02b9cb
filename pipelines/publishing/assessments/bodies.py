"""Who owes a self-assessment: the agencies, and the bodies on the register, on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from pipelines.publishing.logs.log import day_of, records_of
from pipelines.publishing.rows import rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pipelines.publishing.assembling import Inputs
    from schemas.catalogue import Agency, Catalogue
    from schemas.periods import Period

ORGANISATIONAL = "organisational"
# Everybody asked; and to the public, who is told of no agency by itself, all sectors of agencies.
ALL, AGENCIES = "all", "agencies"
KIND = "self_assessment"


@dataclass(frozen=True, slots=True)
class Body:
    """One that owes an instrument: an agency, or a body of the register, which no publication ever names."""

    body_id: str
    sector: str
    agency: Agency | None = None
    since: date | None = None
    until: date | None = None

    def owes_on(self, day: date) -> bool:
        """Whether it is there on the day: from its first day to its last."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def due_on(catalogue: Catalogue, year: Period) -> date:
    """The last day a year's self-assessment is on time."""
    return year.end + timedelta(days=catalogue.calendar[KIND].due_days)


def bodies_of(inputs: Inputs, instrument_id: str) -> tuple[Body, ...]:
    """Everybody who ever owed the instrument; who of them owes it on a day, `owes_on` says."""
    named = (body for body in _agencies(inputs.catalogue, instrument_id) if body.body_id not in inputs.left_out)
    return (*named, *_registered(inputs, instrument_id))


def untold(inputs: Inputs, instrument_id: str) -> frozenset[str]:
    """The sectors of an instrument that somebody is part of whom an agreement leaves out: without it they would be wrong."""
    if instrument_id != ORGANISATIONAL or not inputs.left_out:
        return frozenset()
    known = inputs.catalogue
    return frozenset({ALL, AGENCIES} | {known.sector_of(known.agencies[each]) for each in inputs.left_out})


def sectors_of(catalogue: Catalogue) -> dict[str, tuple[int, str, bool]]:
    """Place in the list, name, and whether it is a group answering for the partnership, by sector."""
    listed = catalogue.choices["sector"].values()
    return {s.id: (place, s.label, bool(getattr(s, "group", False))) for place, s in enumerate(listed, 1)}


def is_begun(inputs: Inputs) -> bool:
    """Whether the partnership asks for self-assessments at all: one has come in, or somebody is on the register."""
    return bool(inputs.submissions["kind"].eq(KIND).any()) or not records_of(inputs, "register", "Respondents").empty


def _agencies(catalogue: Catalogue, instrument_id: str) -> Iterator[Body]:
    if instrument_id == ORGANISATIONAL:
        for agency in catalogue.assessing:
            yield Body(agency.id, catalogue.sector_of(agency), agency)


def _registered(inputs: Inputs, instrument_id: str) -> Iterator[Body]:
    known = {agency.id for agency in inputs.catalogue.assessing}
    register = records_of(inputs, "register", "Respondents")
    for row in rows(register[register["instrument"].eq(instrument_id)]):
        if row["respondent_id"] not in known:
            yield Body(row["respondent_id"], row["sector"], None, day_of(row["since"]), day_of(row["until"]))
