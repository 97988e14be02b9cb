"""What the figures and charts of a publication say of counts, shown or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from schemas.catalogue import catalogue
from schemas.periods import parse
from tests.attack.cells import SIDES, WHOLE, Where, quantity_of
from tests.attack.facts import NEAR, Fact, about, rounds, where_of
from tests.attack.sums import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def in_figures(figures: pd.DataFrame, step: int | None) -> Iterator[Fact]:
    """Every number of the figures: counts, values beside hidden counts, intervals."""
    populations = _populations(figures)
    for row in figures.itertuples():
        where, shown = where_of(row), {side: getattr(row, side) for side in SIDES}
        for side in SIDES:
            if not pd.isna(shown[side]) and quantity_of(row.indicator_id, side):
                said = f"{row.indicator_id} {side} {shown[side]:g}"
                if side == "denominator" and row.period_id.startswith("AY") and len(row.period_id) == 9:
                    yield _mean_of_terms(row, where, said)
                    continue
                yield about(row.indicator_id, side, where, shown[side], said, step if rounds(row, side) else None)
        gaps = [side for side in SIDES if pd.isna(shown[side]) and quantity_of(row.indicator_id, side)]
        if gaps and not pd.isna(row.value):
            yield from _from_value(row, where, populations, step)
        if gaps and not pd.isna(row.lower):
            yield from _from_interval(row, where)


def _mean_of_terms(row: Any, where: Where, said: str) -> Fact:
    """A school year is set against the mean number there in its terms: three times it is their sum."""
    terms = (where._replace(period_id=f"{row.period_id}-T{n}") for n in (1, 2, 3))
    weights = tuple((row.indicator_id, "denominator", term, 1.0) for term in terms)
    return Fact(weights, 3 * row.denominator - NEAR, 3 * row.denominator + NEAR, said)


def _populations(figures: pd.DataFrame) -> dict[tuple[str, str, str], float]:
    """Official denominators by quantity, financial year and place: known to anybody who can look one row up."""
    found: dict[tuple[str, str, str], float] = {}
    for row in figures[figures["denominator"].notna() & figures["breakdown"].eq(WHOLE)].itertuples():
        quantity = quantity_of(row.indicator_id, "denominator")
        if quantity and catalogue().quantities[quantity].official:
            found[quantity, year_of(row.period_id), row.area_id] = row.denominator
    return found


def year_of(period_id: str) -> str:
    """The financial year whose population a figure is divided by."""
    return parse(period_id).financial_year.id


def _from_value(
    row: Any, where: Where, populations: dict[tuple[str, str, str], float], step: int | None
) -> Iterator[Fact]:
    """A value beside a hidden count: a count itself, or a share that gives numerator and denominator a ratio."""
    indicator = catalogue().indicators[row.indicator_id]
    if indicator.denominator is None:
        yield about(row.indicator_id, "numerator", where, row.value, f"{row.indicator_id} value {row.value:g}", step)
        return
    times = indicator.per * (12 / _months(row.period_id) if row.annualised else 1)
    size = row.denominator
    if pd.isna(size):
        size = populations.get((indicator.denominator, year_of(row.period_id), row.area_id), float("nan"))
    said = f"{row.indicator_id} value {row.value:g}"
    if not pd.isna(size):
        yield about(row.indicator_id, "numerator", where, row.value * size / times, said, step, 6)
    else:
        top, bottom = (
            (row.indicator_id, "numerator", where, times),
            (row.indicator_id, "denominator", where, -row.value),
        )
        yield Fact((top, bottom), -NEAR, NEAR, said)


def _months(period_id: str) -> int:
    return 3 * (len(parts_of(period_id)) or 1)


def _from_interval(row: Any, where: Where) -> Iterator[Fact]:
    """Wilson's interval has two ends and two counts behind it: solve the one for the other."""
    if catalogue().indicators[row.indicator_id].unit != "percent":
        return
    z2, total, product = 1.959963984540054**2, (row.lower + row.upper) / 100, row.lower * row.upper / 1e4
    # With k = z²/n: lower + upper = (2p + k) / (1 + k) and lower x upper = p² / (1 + k).
    share, size = min(
        ((p, n) for n in range(1, 2000) for p in [_share(total, z2 / n)]),
        key=lambda c: abs(c[0] ** 2 / (1 + z2 / c[1]) - product),
    )
    said = f"{row.indicator_id} interval {row.lower:g} to {row.upper:g}"
    if abs(share**2 / (1 + z2 / size) - product) < 1e-9:
        yield about(row.indicator_id, "denominator", where, size, said)
        yield about(row.indicator_id, "numerator", where, share * size, said, decimals=4)


def _share(total: float, k: float) -> float:
    return (total * (1 + k) - k) / 2


def in_charts(series: pd.DataFrame, points: pd.DataFrame) -> Iterator[Fact]:
    """A mean that is not the mean of the points shown was made with a hidden one, and gives it back."""
    line = ["indicator_id", "agency_id", "area_id", "breakdown", "category"]
    charts = points.merge(series[[*line, "chart"]], on=line)
    for (chart, indicator_id, *_), group in charts.groupby(["chart", *line, "phase"], sort=False):
        centre = group["mean"].dropna()
        if chart not in {"xmr", "run", "p_prime", "u_prime"} or centre.empty:
            continue
        yield from _from_mean(str(indicator_id), str(chart), group, float(centre.iloc[0]))


def _from_mean(indicator_id: str, chart: str, group: pd.DataFrame, centre: float) -> Iterator[Fact]:
    shown = group[group["value"].notna()]
    expected = {"xmr": shown["value"].mean(), "run": shown["value"].median()}.get(chart)
    if expected is None:
        scale = shown["value"].sum() / (shown["numerator"] / shown["denominator"]).sum()
        expected = shown["numerator"].sum() / shown["denominator"].sum() * scale
    gone = group[group["marker"].eq("c")]
    if abs(expected - centre) <= NEAR * max(1, abs(centre)) or catalogue().indicators[indicator_id].denominator:
        return
    lost = centre * (len(shown) + len(gone)) - shown["value"].sum()
    weights = tuple((indicator_id, "numerator", where_of(row), 1.0) for row in gone.itertuples())
    if weights and chart == "xmr":
        yield Fact(weights, lost - 1e-4, lost + 1e-4, f"{indicator_id} mean {centre:g}")
