"""The figures of an agency's return by indicator, for its own spreadsheet to say in its own shape."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sample_data.returns import World
from schemas.catalogue import catalogue
from schemas.periods import Period, parse, quarters

if TYPE_CHECKING:
    from sample_data.returns import Line

YEAR, LATEST = "FY2026-27", "2026-27-Q2"


@cache
def _world() -> World:
    return World(catalogue())


@cache
def sent(agency_id: str, quarter_id: str) -> dict[str, Line]:
    """The agency's whole figures for a quarter, as it sends them from the template."""
    *_, last = _world().returns(agency_id, parse(quarter_id))
    return {line.owed.indicator_id: line for line in last.lines if line.owed.breakdown == "all"}


def quarters_so_far() -> list[Period]:
    """The quarters of the year up to the latest."""
    return quarters(parse("2026-27-Q1"), parse(LATEST))


def number(agency_id: str, quarter: Period, indicator_id: str, side: str) -> float | None:
    """One side of a figure; None where the agency does not hold it."""
    line = sent(agency_id, quarter.id)[indicator_id]
    return line.numerator if side == "numerator" else line.denominator
