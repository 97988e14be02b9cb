"""Who has sent what: the matrix of agencies by period, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.queries.reading import many
from schemas.periods import parse

if TYPE_CHECKING:
    from pipelines.queries.pointer import Pointer


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """One agency's return for one quarter: its state in words, figures received and owed."""

    state: str
    received: int
    owed: int


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """One agency across the quarters, oldest first."""

    agency_id: str
    title: str
    cells: tuple[CoverageCell | None, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The matrix: quarter labels, then a line an agency."""

    periods: tuple[str, ...]
    lines: tuple[CoverageLine, ...]


def coverage(pointer: Pointer, last: int = 8) -> Coverage:
    """The last `last` quarters of every agency that owes returns."""
    states, counts, agencies = many(
        pointer,
        [
            ("select agency_id, period_id, state from coverage where indicator_id = 'all'", []),
            (
                (
                    "select agency_id, period_id, count(*) filter (state = 'received') as received, count(*) as owed "
                    "from coverage where indicator_id <> 'all' group by all"
                ),
                [],
            ),
            ("select agency_id, title from agency order by position", []),
        ],
    )
    periods = sorted({s["period_id"] for s in states}, key=lambda p: parse(p).end)[-last:]
    tally = {(c["agency_id"], c["period_id"]): (c["received"], c["owed"]) for c in counts}
    by_key = {
        (s["agency_id"], s["period_id"]): CoverageCell(s["state"], *tally.get((s["agency_id"], s["period_id"]), (0, 0)))
        for s in states
    }
    lines = tuple(
        CoverageLine(a["agency_id"], a["title"], tuple(by_key.get((a["agency_id"], p)) for p in periods))
        for a in agencies
        if any((a["agency_id"], p) in by_key for p in periods)
    )
    return Coverage(tuple(parse(p).short for p in periods), lines)
