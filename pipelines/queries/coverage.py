"""Who has sent what: the matrix of agencies by period, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.queries.reading import many
from schemas.catalogue import catalogue
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
    """One agency's returns of a kind across the quarters, oldest first."""

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
            ("select agency_id, kind, period_id, state from coverage where indicator_id = 'all'", []),
            (
                (
                    "select agency_id, kind, period_id, count(*) filter (state = 'received') as received, count(*) as owed "
                    "from coverage where indicator_id <> 'all' group by all"
                ),
                [],
            ),
            ("select agency_id, title from agency order by position", []),
        ],
    )
    periods = sorted({s["period_id"] for s in states}, key=lambda p: parse(p).end)[-last:]
    tally = {(c["agency_id"], c["kind"], c["period_id"]): (c["received"], c["owed"]) for c in counts}
    keys = {(s["agency_id"], s["kind"], s["period_id"]): s["state"] for s in states}
    by_key = {key: CoverageCell(state, *tally.get(key, (0, 0))) for key, state in keys.items()}
    kinds = sorted({kind for _, kind, _ in keys}, key=lambda kind: (kind != "figures", kind))
    lines = tuple(
        CoverageLine(
            a["agency_id"], _title(a["title"], kind), tuple(by_key.get((a["agency_id"], kind, p)) for p in periods)
        )
        for a in agencies
        for kind in kinds
        if any((a["agency_id"], kind, p) in by_key for p in periods)
    )
    return Coverage(tuple(parse(p).short for p in periods), lines)


def _title(agency: str, kind: str) -> str:
    """An agency's line; of a log, which log."""
    known = catalogue().calendar.get(kind)
    return agency if kind == "figures" or known is None else f"{agency}: {known.title[0].lower()}{known.title[1:]}"
