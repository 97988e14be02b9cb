"""Small invented worlds: children one by one, counted into returns, so that every true count is known and adds up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from schemas.catalogue import catalogue
from schemas.periods import parse
from tests.attack.cells import SIDES, Truth, quantity_of, truth_of
from tests.pipelines.releases import figure, sent

if TYPE_CHECKING:
    from collections.abc import Iterator

# What is counted of whom: each of these words is a yes or no of an event, the rarer the further down.
COUNTED: dict[str, tuple[str, ...]] = {
    "contacts": (),
    "referrals": ("accepted",),
    "re_referrals": ("accepted", "again"),
    "referrals_decided_in_one_day": ("accepted", "quick"),
    "referrals_with_domestic_abuse": ("accepted", "abuse"),
    "children_reported_missing": ("missing",),
    "police_protections": ("protected",),
    "appointments": ("appointed",),
    "appointments_not_brought": ("appointed", "again"),
    "referrals_from_secure_settings": ("secure",),
}
CHANCES = {"accepted": 0.6, "again": 0.25, "quick": 0.85, "abuse": 0.3, "missing": 0.4, "protected": 0.15}
CHANCES |= {"appointed": 0.5, "secure": 0.2}


@dataclass(frozen=True)
class Plan:
    """Which indicators a world is counted for, and over which quarters."""

    indicators: tuple[str, ...]
    quarters: tuple[str, ...]
    wards: int = 0


def events(random: np.random.Generator, plan: Plan, each: int) -> pd.DataFrame:
    """About so many events a quarter, each with everything it may be split by."""
    size = int(random.poisson(each * len(plan.quarters)))
    found = {"quarter": random.choice(plan.quarters, size)}
    for indicator_id in plan.indicators:
        for breakdown in catalogue().indicators[indicator_id].breakdowns:
            names = [category.id for category in catalogue().breakdowns[breakdown].categories]
            chances = random.dirichlet(np.full(len(names), 0.7))
            found.setdefault(breakdown, random.choice(names, size, p=chances))
    wards = [ward.code for ward in catalogue().wards]
    found["ward"] = random.choice(wards[: plan.wards] or wards, size)
    found["luck"] = random.random(size)
    return pd.DataFrame(found).assign(**{word: random.random(size) < chance for word, chance in CHANCES.items()})


def counted(plan: Plan, children: pd.DataFrame) -> list[dict[str, Any]]:
    """Every figure the agencies owe of these children, as the vault holds them."""
    return [row for indicator_id in plan.indicators for row in _rows(plan, children, indicator_id)]


def _rows(plan: Plan, children: pd.DataFrame, indicator_id: str) -> Iterator[dict[str, Any]]:
    indicator = catalogue().indicators[indicator_id]
    senders = indicator.sent_by
    for number, agency_id in enumerate(senders):
        mine = children[(children["luck"] * len(senders)).astype(int).eq(number)]
        for period_id, part in mine.groupby(pd.Categorical(mine["quarter"], plan.quarters), observed=False):
            yield _figure(indicator_id, part, agency_id, period_id=period_id)
        years = mine["quarter"].map({q: parse(q).financial_year.id for q in plan.quarters})
        yearly = sorted({parse(q).financial_year.id for q in plan.quarters})
        by_quarter = indicator.breakdowns_every == "quarter"
        when, periods = (mine["quarter"], plan.quarters) if by_quarter else (years, yearly)
        for period_id in periods:
            part = mine[when.eq(period_id)]
            for breakdown in indicator.breakdowns:
                for category in catalogue().breakdowns[breakdown].categories:
                    split = part[part[breakdown].eq(category.id)]
                    where = {"period_id": period_id, "breakdown": breakdown, "category": category.id}
                    yield _figure(indicator_id, split, agency_id, **where)
        if indicator.wards and plan.wards:
            for period_id in yearly:
                for ward in catalogue().wards:
                    part = mine[years.eq(period_id) & mine["ward"].eq(ward.code)]
                    yield _figure(indicator_id, part, agency_id, period_id=period_id, area_id=ward.code)


def _figure(indicator_id: str, part: pd.DataFrame, agency_id: str, **where: str) -> dict[str, Any]:
    counts = [_count(quantity_of(indicator_id, side), part) for side in SIDES]
    return figure(indicator_id, counts[0], counts[1], agency_id=agency_id, **where)


def _count(quantity: str | None, part: pd.DataFrame) -> float | None:
    """How many events; the last word of a quantity is true of fewer, and each is a column of its own."""
    if quantity is None or catalogue().quantities[quantity].official:
        return None
    counted = np.ones(len(part), dtype=bool)
    for word in COUNTED[quantity]:
        counted &= part[word].to_numpy()
    return float(counted.sum())


def truth_behind(plan: Plan, children: pd.DataFrame, rows: list[dict[str, Any]]) -> Truth:
    """The truth of what was sent, and of what an agency counted and hid."""
    said = truth_of(sent(*rows))
    whole = truth_of(sent(*counted(plan, children)))
    return replace(said, counts=whole.counts | said.counts)


def hidden_by_its_agency(
    rows: list[dict[str, Any]], random: np.random.Generator, chance: float
) -> list[dict[str, Any]]:
    """The same rows, where some agency hid some of its small numbers itself."""
    return [
        row | {"numerator": None, "value": None, "marker": "c"}
        if row["numerator"] is not None and 1 <= row["numerator"] <= 5 and random.random() < chance
        else row
        for row in rows
    ]
