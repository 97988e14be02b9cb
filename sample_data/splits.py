"""Every count by category and by ward, so that parts add up to totals and never exceed what they are part of."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sample_data.counts import Counts, grid, seeded
from sample_data.stories import stories

if TYPE_CHECKING:
    from sample_data.volumes import Plan
    from schemas.catalogue.whole import Catalogue
    from schemas.periods import Period

WARDS = "wards"
UNEVEN = 0.12  # how far a quantity's shares wander from the breakdown's usual ones
NOT_KNOWN = 0.015
SLIGHT = 1e-12  # a part nobody is in still takes what fits nowhere else

Parts = Mapping[str, int]


class Splits:
    """The parts of a count, drawn once for each quantity, sender, period and way of splitting."""

    def __init__(self, catalogue: Catalogue, plans: Mapping[str, Plan], counts: Counts) -> None:
        """Nothing is split until it is asked for."""
        self._catalogue, self._plans, self._counts = catalogue, plans, counts
        self._parts: dict[tuple[str, str, str, str], Parts] = {}
        self._told = {
            (catalogue.indicators[indicator_id].numerator, period_id, breakdown): parts
            for indicator_id, story in stories().indicator.items()
            if indicator_id in catalogue.indicators
            for breakdown, periods in story.parts.items()
            for period_id, parts in periods.items()
        }

    def of(self, quantity_id: str, agency_id: str, period: Period, way: str) -> Parts:
        """The count of each category of a breakdown, or of each ward (`way` = "wards")."""
        plan = self._plans[quantity_id]
        sender = agency_id if agency_id in plan.senders else ""
        key = (quantity_id, sender, period.id, way)
        if key not in self._parts:
            self._parts[key] = self._drawn(plan, sender, period, way)
        return self._parts[key]

    def _drawn(self, plan: Plan, sender: str, period: Period, way: str) -> Parts:
        if plan.parent is not None and plan.volume.share == 1.0:
            return self.of(plan.parent, sender, period, way)
        if period.kind == "financial_year" and plan.grid == "financial_quarter" and plan.adds_over_time:
            return self._year(plan, sender, period, way)
        if way != WARDS and not self._catalogue.breakdowns[way].sums_to_total:
            return self._overlapping(plan, sender, period, way)
        return self._adding(plan, sender, period, way)

    def _year(self, plan: Plan, sender: str, year: Period, way: str) -> Parts:
        inside = [
            self.of(plan.quantity_id, sender, quarter, way)
            for quarter in grid("financial_quarter")
            if year.contains(quarter)
        ]
        return {name: sum(parts[name] for parts in inside) for name in inside[0]}

    def _overlapping(self, plan: Plan, sender: str, period: Period, way: str) -> Parts:
        """Categories that do not exclude one another: each is a share of the whole, or of the parent's part."""
        chance = seeded(plan.quantity_id, sender, period.id, way)
        total = self._counts.of(plan.quantity_id, sender, period)
        if plan.parent is None:
            return {name: int(chance.binomial(total, share)) for name, share in self._usual(plan, way).items()}
        parent = self.of(plan.parent, sender, period, way)
        share = min(1.0, total / max(1, self._counts.of(plan.parent, sender, period)))
        return {name: int(chance.binomial(whole, share)) for name, whole in parent.items()}

    def _adding(self, plan: Plan, sender: str, period: Period, way: str) -> Parts:
        total = self._counts.of(plan.quantity_id, sender, period)
        usual = self._usual(plan, way)
        names = list(usual)
        wholes = [self.of(cap, sender, period, way) for cap in plan.caps]
        room = np.array([min([total, *(whole[name] for whole in wholes)]) for name in names])
        weights = np.array([usual[name] for name in names])
        if plan.parent is not None and not _ages(plan, way):
            parent = self.of(plan.parent, sender, period, way)
            weights = _lean(plan.quantity_id, way, tuple(names)) * np.array([parent[name] for name in names])
        cells = apportion(total, weights, room, seeded(plan.quantity_id, sender, period.id, way))
        told = self._told.get((plan.quantity_id, period.id, way), {})
        return _as_told(dict(zip(names, cells.tolist(), strict=True)), told)

    def _usual(self, plan: Plan, way: str) -> dict[str, float]:
        """The share of each part in an ordinary period, this quantity's own leaning included."""
        if way == WARDS:
            names = [ward.code for ward in self._catalogue.wards]
        else:
            names = [category.id for category in self._catalogue.breakdowns[way].categories]
        shares = np.array([_share(_ages(plan, way) or way, position, name) for position, name in enumerate(names)])
        if way != WARDS and not self._catalogue.breakdowns[way].sums_to_total:
            return dict(zip(names, shares.tolist(), strict=True))
        return dict(zip(names, (shares * _lean(plan.quantity_id, way, tuple(names))).tolist(), strict=True))


def apportion(total: int, weights: np.ndarray, room: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """Split a total at random by weight, no part above its room; what does not fit moves to where there is room.

    Shape: weights and room have one entry a part. Where all the room together is too small, the total wins.

    >>> apportion(10, np.array([1.0, 1.0]), np.array([2, 9]), np.random.default_rng(1)).tolist()
    [2, 8]
    """
    if room.sum() < total:
        room = np.full(len(room), total)
    cells = np.zeros(len(weights), dtype=np.int64)
    while (left := total - int(cells.sum())) > 0:
        open_weights = np.where(room > cells, np.maximum(weights, SLIGHT), 0.0)
        cells = np.minimum(cells + chance.multinomial(left, open_weights / open_weights.sum()), room)
    return cells


def _as_told(parts: dict[str, int], told: Mapping[str, int]) -> Parts:
    """Fix one category where the story says so; the largest other one keeps the total."""
    for name, count in told.items():
        largest = max((other for other in parts if other not in told), key=lambda other: parts[other])
        parts[largest] += parts[name] - count
        parts[name] = count
    return parts


@cache
def _written() -> Mapping[str, Mapping[str, float]]:
    return tomllib.loads((Path(__file__).parent / "shares.toml").read_text("utf-8"))


@cache
def _lean(quantity_id: str, way: str, names: tuple[str, ...]) -> np.ndarray:
    return np.array([float(np.exp(UNEVEN * seeded(quantity_id, way, name).normal())) for name in names])


def _ages(plan: Plan, way: str) -> str:
    """The table of ages of what happens to older children only; "" for everything else."""
    return f"age_band/{plan.volume.ages}" if plan.volume.ages and way == "age_band" else ""


def _share(way: str, position: int, name: str) -> float:
    written = _written().get(way, {})
    if name in written:
        return written[name]
    return NOT_KNOWN if name == "not_known" else 1.0 / (position + 1.5)
