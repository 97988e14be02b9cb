"""The attacker's words for things: a cell, where it stands, and what a set of files was made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from schemas.catalogue import catalogue

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = "all"
# A reader must think a small number could be from one less than it is, or 1, to five more (measures of protection).
SMALL = (1, 5)


class Where(NamedTuple):
    """Everything that says which count of a quantity is meant."""

    period_id: str
    agency_id: str
    area_id: str
    breakdown: str
    category: str


class Cell(NamedTuple):
    """One count; two indicators that use a quantity mean the same one, unless their agencies counted differently."""

    quantity: str
    where: Where


WHERE = list(Where._fields)
SIDES = ("numerator", "denominator")


def quantity_of(indicator_id: str, side: str) -> str | None:
    """What an indicator counts above or below its line."""
    return getattr(catalogue().indicators[indicator_id], side)


def place_of(indicator_id: str, where: Where) -> Where:
    """Where a figure really stands: of what stands on a day, the year's figure is that of its last quarter or term."""
    indicator, period = catalogue().indicators[indicator_id], where.period_id
    if indicator.year_value != "last" or len(period) != 9 or indicator.measure_type == "rare":
        return where
    last = {"FY": f"{period[2:]}-Q4", "AY": f"{period}-T3"}[period[:2]]
    return where._replace(period_id=last) if indicator.frequency != "annual" else where


def sent_alone(indicator_id: str) -> bool:
    """Whether one agency's figure is the whole figure, and so stands under `all`."""
    return len(catalogue().indicators[indicator_id].sent_by) == 1


@dataclass(frozen=True)
class Truth:
    """The true counts, for judging only and for saying which figures did not change between two sets of files.

    `counts` holds what agencies counted; `apart` the cells two indicators count differently, which no reader may equate.
    """

    counts: dict[Cell, float]
    apart: frozenset[Cell] = frozenset()

    def cell(self, indicator_id: str, side: str, where: Where) -> Cell | None:
        """The cell an indicator's figure is a count of."""
        quantity = quantity_of(indicator_id, side)
        if quantity is None:
            return None
        shared = Cell(quantity, where)
        return Cell(f"{quantity}|{indicator_id}", where) if shared in self.apart else shared


def truth_of(observations: pd.DataFrame, known: dict[Cell, float] | None = None) -> Truth:
    """The truth in standing observations; `known` adds what agencies counted and did not send."""
    found: dict[Cell, dict[str, float]] = {}
    for row in observations.itertuples():
        agency_id = WHOLE if sent_alone(row.indicator_id) else row.agency_id
        where = Where(row.period_id, agency_id, row.area_id, row.breakdown, row.category)
        where = place_of(row.indicator_id, where)
        for side in SIDES:
            quantity, count = quantity_of(row.indicator_id, side), getattr(row, side)
            if quantity is not None and not pd.isna(count):
                found.setdefault(Cell(quantity, where), {})[row.indicator_id] = float(count)
    apart = frozenset(cell for cell, said in found.items() if len(set(said.values())) > 1)
    counts = {cell: next(iter(said.values())) for cell, said in found.items() if cell not in apart}
    for cell in apart:
        counts |= {Cell(f"{cell.quantity}|{i}", cell.where): count for i, count in found[cell].items()}
    return Truth(counts | (known or {}), apart)


@dataclass(frozen=True)
class Edition:
    """Publication files made from the same standing figures, one or several audiences', and the truth behind them."""

    files: tuple[Path, ...]
    truth: Truth = field(default_factory=lambda: Truth({}))
