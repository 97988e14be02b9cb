"""The count of everything in every period, drawn once for each quantity and sender."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from sample_data.stories import seasons, stories
from schemas.periods import Period, of_kind, parse, quarters

if TYPE_CHECKING:
    from sample_data.volumes import Grid, Plan
    from schemas.catalogue.whole import Catalogue

# The years before the data set begins feed yearly splits and "last quarter"; those after today serve tests of scale.
FIRST, LAST = "2020-21-Q1", "2031-32-Q4"
LEVEL_SPREAD = 0.02
MEMORY = 0.7  # how much of a stock's deviation is still there a quarter later
CLUSTERING = 4e-5  # extra variance of shares of large numbers: nobody's cases are independent draws
CHILDREN_SEEN_AGAIN = 0.82  # distinct children in a year, for each child counted in one of its quarters

Series = Mapping[str, int]


def seeded(*names: str) -> np.random.Generator:
    """Chance that depends on the names only, so that a new indicator leaves every other figure as it was."""
    return np.random.default_rng([crc32(name.encode()) for name in names])


@cache
def grid(kind: Grid) -> tuple[Period, ...]:
    """Every period of a kind that a series is drawn for, in order."""
    first, last = parse(FIRST), parse(LAST)
    if kind == "financial_quarter":
        return tuple(quarters(first, last))
    found = [of_kind(kind, first.start)]
    while found[-1].end < last.end:
        found.append(found[-1].next)
    return tuple(found)


class Counts:
    """The true counts behind the returns. `of` gives one; everything else in the sample is a split of these."""

    def __init__(self, catalogue: Catalogue, plans: Mapping[str, Plan]) -> None:
        """Nothing is drawn until it is asked for."""
        self._plans = plans
        self._series: dict[tuple[str, str], Series] = {}
        self._fixed = _fixed(catalogue)

    def of(self, quantity_id: str, agency_id: str, period: Period) -> int:
        """How many there were in (or at the end of) a period, in the quantity's smallest unit.

        A year is the sum of its quarters where they add up, fewer where children are counted once, and the last
        quarter for what stands on a day.
        """
        plan = self._plans[quantity_id]
        series = self.series(quantity_id, agency_id)
        if period.id in series:
            return series[period.id]
        if period.kind != "financial_year":
            return series[of_kind(plan.grid, period.start).id]
        inside = [series[p.id] for p in grid(plan.grid) if period.start <= p.end <= period.end]
        if plan.stock:
            return inside[-1]
        return sum(inside) if plan.adds_over_time else round(CHILDREN_SEEN_AGAIN * sum(inside))

    def series(self, quantity_id: str, agency_id: str) -> Series:
        """The counts of one quantity, all periods; of one sender's part where several send."""
        plan = self._plans[quantity_id]
        sender = agency_id if agency_id in plan.senders else ""
        key = (quantity_id, sender)
        if key not in self._series:
            self._series[key] = self._drawn(plan, sender)
        return self._series[key]

    def _drawn(self, plan: Plan, sender: str) -> Series:
        chance = seeded(plan.quantity_id, sender)
        periods = grid(plan.grid)
        fixed = self._fixed.get(plan.quantity_id)
        if plan.parent is None:
            values = _levels(plan, _weight(plan, sender), periods, chance)
        else:
            unit = 10.0 ** (plan.volume.decimals - self._plans[plan.parent].volume.decimals)
            parent = [round(unit * self.of(plan.parent, sender, p)) for p in periods]
            values = _shares(plan, parent, periods, chance, fixed.shares_of(sender) if fixed else {})
        limits = [[self.of(cap, sender, p) for cap in plan.caps] for p in periods]
        return {
            period.id: min([_told(fixed, period, _weight(plan, sender), value), *limit])
            for period, value, limit in zip(periods, values, limits, strict=True)
        }


class Fixed:
    """What the stories say of one quantity: exact counts, and shares of its parent."""

    def __init__(self) -> None:
        """Empty until a story speaks."""
        self.counts: dict[str, int] = {}
        self.shares: dict[str, float] = {}
        self.by_sender: dict[str, dict[str, float]] = {}

    def shares_of(self, sender: str) -> Mapping[str, float]:
        """The shares told of everybody, and those of one sender over them."""
        return self.shares | self.by_sender.get(sender, {})


def _fixed(catalogue: Catalogue) -> dict[str, Fixed]:
    found: dict[str, Fixed] = {}
    for indicator_id, story in stories().indicator.items():
        indicator = catalogue.indicators.get(indicator_id)
        if indicator is None:  # told of an indicator that is not collected any more
            continue
        numerator = found.setdefault(indicator.numerator, Fixed())
        numerator.counts.update(story.numerator)
        numerator.shares.update(story.share)
        numerator.by_sender.update(story.shares)
        if indicator.denominator:
            found.setdefault(indicator.denominator, Fixed()).counts.update(story.denominator)
    return found


def _told(fixed: Fixed | None, period: Period, weight: float, drawn: int) -> int:
    return drawn if fixed is None or period.id not in fixed.counts else round(fixed.counts[period.id] * weight)


def _weight(plan: Plan, sender: str) -> float:
    if not sender:
        return 1.0
    return plan.volume.senders.get(sender, 1 / len(plan.senders))


def _levels(plan: Plan, weight: float, periods: tuple[Period, ...], chance: np.random.Generator) -> list[int]:
    volume, unit = plan.volume, 10**plan.volume.decimals
    spread = LEVEL_SPREAD if volume.spread is None else volume.spread
    expected, season = _stepped(volume.level or 0.0, volume.steps), _season(plan)
    deviation, values = 0.0, list[int]()
    for period in periods:
        mean = expected(period) * weight * unit * season(period) * volume.yearly ** (period.end.year - 2025)
        deviation = (MEMORY * deviation if plan.stock else 0.0) + spread * chance.normal()
        mean *= math.exp(deviation)
        values.append(round(mean) if plan.stock or unit > 1 else int(chance.poisson(mean)))
    return values


def _shares(
    plan: Plan, parent: list[int], periods: tuple[Period, ...], chance: np.random.Generator, told: Mapping[str, float]
) -> list[int]:
    volume = plan.volume
    if volume.share == 1.0:
        return parent
    expected, season = _stepped(volume.share or 0.0, volume.steps), _season(plan)
    spread = 1.0 if volume.spread is None else volume.spread
    deviation, values = 0.0, list[int]()
    for period, whole in zip(periods, parent, strict=True):
        share = expected(period) * season(period)
        deviation = (MEMORY * deviation + 0.6 * chance.normal()) if plan.stock else chance.normal()
        if period.id in told:
            share, noise = told[period.id], 0.0
        elif volume.ratio:
            noise = spread * deviation * share * whole
        else:
            noise = deviation * math.sqrt(whole * share * (1 - share) * (spread**2 + whole * CLUSTERING))
        values.append(max(0, round(whole * share + noise)))
    return values


def _stepped(start: float, steps: Mapping[str, float]) -> Callable[[Period], float]:
    since = sorted((parse(text).start, value) for text, value in steps.items())
    return lambda period: next((value for day, value in reversed(since) if day <= period.start), start)


def _season(plan: Plan) -> Callable[[Period], float]:
    if not plan.volume.season:
        return lambda _: 1.0
    factors = seasons()["terms" if plan.grid == "term" else "quarters"][plan.volume.season]
    return lambda period: factors[int(period.id[-1]) - 1]
