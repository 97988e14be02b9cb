"""The sample's figures as the vault holds them: the last version of each return."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from sample_data.generator import chosen
from sample_data.returns import World
from schemas.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sample_data.returns import Return


def sample_rows(quarters: int) -> list[dict[str, Any]]:
    """Every figure of the last so many quarters, up to twenty."""
    world, agencies = World(catalogue()), [a for a in catalogue().agencies.values() if a.sends]
    made = [found for quarter in chosen(quarters) for agency in agencies for found in world.returns(agency.id, quarter)]
    last = {(found.agency_id, found.period.id): found for found in made}
    return [row for found in last.values() for row in _rows(found)]


def _rows(found: Return) -> Iterator[dict[str, Any]]:
    said: dict[str, Any] = {"agency_id": found.agency_id, "marker": "", "reason": "", "version": 1, "approved": True}
    said |= {"submission_id": f"{found.agency_id}.figures.{found.period.id}.v1"}
    said |= {"received_at": pd.Timestamp("2026-10-28T16:05", tz="UTC")}
    for line in found.lines:
        names = ("indicator_id", "period_id", "area_id", "breakdown", "category")
        if line.numerator is not None:
            alone = catalogue().indicators[line.owed.indicator_id].denominator is None
            counts = {"numerator": line.numerator, "denominator": line.denominator}
            counts |= {"value": line.numerator if alone else None, "definition_version": line.definition_version}
            yield said | {name: getattr(line.owed, name) for name in names} | counts
