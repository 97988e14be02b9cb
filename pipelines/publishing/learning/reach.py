"""Who has been told of the learning, sector by sector, and who never has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemas.catalogue.breakdown import NOT_KNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.publishing.learning.lines import Line
    from schemas.catalogue import Catalogue

SECTORS = "agency_about"


def reach(catalogue: Catalogue, lines: Sequence[Line]) -> Iterator[dict[str, Any]]:
    """The rows of the publication table `learning_reach`: every sector, those never reached too."""
    if not lines:
        return
    for position, sector in enumerate(c for c in catalogue.breakdowns[SECTORS].categories if c.id != NOT_KNOWN):
        mine = [(line, share) for line in lines for share in line.shares if share["sector"] == sector.id]
        people = [share["people"] for _, share in mine if share["people"] == share["people"]]
        recommendations = len({line.id for line, _ in mine})
        yield {
            "sector": sector.id,
            "position": position,
            "label": sector.label,
            "shares": len(mine),
            "people": int(sum(people)) if people else None,
            "recommendations": recommendations,
            "words": _words(len(mine), recommendations, len(lines)),
        }


def _words(shares: int, recommendations: int, of: int) -> str:
    if not shares:
        return "Never reached"
    return f"{recommendations} of {of} recommendations shared"
