"""The whole catalogue as one fixed object, with the look-ups everybody needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.catalogue.former import FormerLabel
    from schemas.catalogue.marking import Marking
    from schemas.catalogue.models import (
        Agency,
        Annotation,
        Area,
        Aspect,
        Audience,
        Breakdown,
        Choice,
        Clock,
        Counted,
        Cycle,
        Indicator,
        Instrument,
        Owner,
        Partnership,
        Priority,
        Quantity,
        ReturnCalendar,
        Statement,
        Thread,
    )
    from schemas.catalogue.place import Place


@dataclass(frozen=True)
class Catalogue:
    """Every agreed thing by its id. Mappings keep the order of the files, which is the order of the pages."""

    partnership: Partnership
    indicators: Mapping[str, Indicator]
    quantities: Mapping[str, Quantity]
    counted: Mapping[str, Counted]
    agencies: Mapping[str, Agency]
    areas: Mapping[str, Area]
    breakdowns: Mapping[str, Breakdown]
    priorities: Mapping[str, Priority]
    calendar: Mapping[str, ReturnCalendar]
    cycle: Cycle
    audiences: Mapping[str, Audience]
    annotations: Mapping[str, Annotation]
    choices: Mapping[str, Mapping[str, Choice]]
    clocks: Mapping[str, Clock]
    instruments: Mapping[str, Instrument]
    threads: Mapping[str, Thread]
    aspects: Mapping[str, Aspect]
    places: Mapping[str, Place]
    former: Mapping[str, FormerLabel]
    owners: Mapping[str, Owner]
    markings: Mapping[str, Marking]

    @cached_property
    def wards(self) -> tuple[Area, ...]:
        """The partnership's wards, alphabetical."""
        return tuple(sorted((a for a in self.areas.values() if a.level == "ward"), key=lambda a: a.name))

    @cached_property
    def reporting(self) -> tuple[Agency, ...]:
        """The agencies that owe returns; not the scrutineer, whose views are nobody else's to send."""
        return tuple(a for a in self.agencies.values() if a.sends and a.partner != "scrutiny")

    @cached_property
    def domains(self) -> tuple[str, ...]:
        """The domains in the order of the files."""
        return tuple(dict.fromkeys(i.domain for i in self.indicators.values()))

    @cached_property
    def statements(self) -> Mapping[str, tuple[Instrument, Statement]]:
        """Every statement of every instrument by its id, whatever the years it is asked in."""
        return {
            each.id: (instrument, each) for instrument in self.instruments.values() for each in instrument.statements
        }

    @cached_property
    def assessing(self) -> tuple[Agency, ...]:
        """The agencies that answer the organisational self-assessment themselves."""
        return tuple(a for a in self.reporting if a.partner != "business_unit")

    def sector_of(self, agency: Agency) -> str:
        """The sector an agency's self-assessment is counted in."""
        return agency.sector or {"education": "schools"}.get(agency.partner, agency.partner)

    def owner_of(self, agency_id: str) -> Owner:
        """The body that owns what an agency sends; KeyError for no agency."""
        return self.owners[self.agencies[agency_id].owner]

    def label(self, choices: str, choice_id: str) -> str:
        """What a list, or a breakdown, calls one of its values; the id itself where it is no longer in the list."""
        if choices in self.breakdowns:
            return next((c.label for c in self.breakdowns[choices].categories if c.id == choice_id), choice_id)
        found = self.choices[choices].get(choice_id)
        return found.label if found else choice_id

    def protects(self, quantity_id: str) -> bool:
        """Whether a small count of the quantity could point at somebody and must be hidden."""
        quantity = self.quantities[quantity_id]
        return not quantity.official and self.counted[quantity.counts_of].protected
