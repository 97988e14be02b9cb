"""The whole catalogue as one fixed object, with the look-ups everybody needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.catalogue.models import (
        Agency,
        Annotation,
        Area,
        Audience,
        Breakdown,
        Counted,
        Indicator,
        Partnership,
        Priority,
        Quantity,
        ReturnCalendar,
    )


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
    audiences: Mapping[str, Audience]
    annotations: Mapping[str, Annotation]

    @cached_property
    def wards(self) -> tuple[Area, ...]:
        """The partnership's wards, alphabetical."""
        return tuple(sorted((a for a in self.areas.values() if a.level == "ward"), key=lambda a: a.name))

    @cached_property
    def domains(self) -> tuple[str, ...]:
        """The domains in the order of the files."""
        return tuple(dict.fromkeys(i.domain for i in self.indicators.values()))

    def protects(self, quantity_id: str) -> bool:
        """Whether a small count of the quantity could point at somebody and must be hidden."""
        quantity = self.quantities[quantity_id]
        return not quantity.official and self.counted[quantity.counts_of].protected
