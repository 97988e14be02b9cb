"""What a publication file says, number by number and sentence by sentence, as facts about counts."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd

from schemas.catalogue import catalogue
from schemas.periods import parse
from tests.attack.cells import SIDES, SMALL, WHOLE, Where, place_of, quantity_of
from tests.attack.sums import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Publications hold floating numbers; what differs by less is the same number.
NEAR = 1e-6


@dataclass(frozen=True)
class Fact:
    """One thing a file says: weights on (indicator, side, place) counts, whose sum lies between low and high."""

    weights: tuple[tuple[str, str, Where, float], ...]
    low: float
    high: float
    said: str = field(compare=False)
    official: bool = False  # counted by others, who may have counted otherwise


@dataclass(frozen=True)
class Told:
    """A file's facts, and every place it has a row for, shown or hidden, by indicator and side."""

    audience: str
    facts: tuple[Fact, ...]
    places: tuple[tuple[str, str, Where], ...]


def told(path: Path) -> Told:
    """Read a publication file as a stranger would."""
    with duckdb.connect(str(path), read_only=True) as file:
        tables = {name: file.table(name).df() for name in ("publication", "figure", "series", "series_point")}
        tables |= {name: file.table(name).df() for name in ("scorecard", "finding", "restatement", "benchmark")}
    audience = str(tables["publication"]["audience"].iloc[0])
    step = catalogue().audiences[audience].round_to
    figures = tables["figure"]
    facts = [*_figures(figures, step), *_chart_means(tables["series"], tables["series_point"])]
    facts += [*_scorecard(tables["scorecard"], step), *_sentences(tables["finding"], step)]
    facts += [*_restated(tables["restatement"], step), *_official(tables["benchmark"])]
    return Told(audience, tuple(facts), tuple(_places(figures)))


def _places(figures: pd.DataFrame) -> Iterator[tuple[str, str, Where]]:
    for row in figures.itertuples():
        for side in SIDES:
            if quantity_of(row.indicator_id, side):
                yield row.indicator_id, side, place_of(row.indicator_id, _where(row))


def _where(row: Any) -> Where:
    return Where(row.period_id, row.agency_id, row.area_id, row.breakdown, row.category)


def _figures(figures: pd.DataFrame, step: int | None) -> Iterator[Fact]:
    populations = _populations(figures)
    for row in figures.itertuples():
        where, shown = _where(row), {side: getattr(row, side) for side in SIDES}
        for side in SIDES:
            if not pd.isna(shown[side]) and quantity_of(row.indicator_id, side):
                said = f"{row.indicator_id} {side} {shown[side]:g}"
                if side == "denominator" and row.period_id.startswith("AY") and len(row.period_id) == 9:
                    yield _mean_of_terms(row, where, said)
                    continue
                yield _about(row.indicator_id, side, where, shown[side], said, step if _rounds(row, side) else None)
        gaps = [side for side in SIDES if pd.isna(shown[side]) and quantity_of(row.indicator_id, side)]
        if gaps and not pd.isna(row.value):
            yield from _from_value(row, where, populations, step)
        if gaps and not pd.isna(row.lower):
            yield from _from_interval(row, where)


def _rounds(row: Any, side: str) -> bool:
    """Whether a rounding audience gets this count rounded: people are, paperwork and populations are not."""
    quantity = quantity_of(row.indicator_id, side)
    return quantity is not None and catalogue().protects(quantity)


def _mean_of_terms(row: Any, where: Where, said: str) -> Fact:
    """A school year is set against the mean number there in its terms: three times it is their sum."""
    terms = (where._replace(period_id=f"{row.period_id}-T{n}") for n in (1, 2, 3))
    weights = tuple((row.indicator_id, "denominator", term, 1.0) for term in terms)
    return Fact(weights, 3 * row.denominator - NEAR, 3 * row.denominator + NEAR, said)


def _about(  # noqa: PLR0913, PLR0917 - one argument a part of the fact
    indicator_id: str, side: str, where: Where, number: float, said: str, step: int | None = None, decimals: int = 9
) -> Fact:
    """A count that is shown; rounded to a step, or in words to some decimals, it is an interval."""
    place = ((indicator_id, side, place_of(indicator_id, where), 1.0),)
    if not step:
        slack = 0.5 * 10.0**-decimals
        return Fact(place, number - slack, number + slack, said)
    # Whoever rounds has first hidden the small ones: what is shown is none, or more than the largest of those.
    least, most = math.ceil(number - step / 2), math.ceil(number + step / 2) - 1
    return Fact(place, max(least, SMALL[1] + 1) if number else 0, most if number else 0, said)


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
        yield _about(row.indicator_id, "numerator", where, row.value, f"{row.indicator_id} value {row.value:g}", step)
        return
    times = indicator.per * (12 / _months(row.period_id) if row.annualised else 1)
    size = row.denominator
    if pd.isna(size):
        size = populations.get((indicator.denominator, year_of(row.period_id), row.area_id), float("nan"))
    said = f"{row.indicator_id} value {row.value:g}"
    if not pd.isna(size):
        yield _about(row.indicator_id, "numerator", where, row.value * size / times, said, step, 6)
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
        yield _about(row.indicator_id, "denominator", where, size, said)
        yield _about(row.indicator_id, "numerator", where, share * size, said, decimals=4)


def _share(total: float, k: float) -> float:
    return (total * (1 + k) - k) / 2


def _chart_means(series: pd.DataFrame, points: pd.DataFrame) -> Iterator[Fact]:
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
    weights = tuple((indicator_id, "numerator", _where(row), 1.0) for row in gone.itertuples())
    if weights and chart == "xmr":
        yield Fact(weights, lost - 1e-4, lost + 1e-4, f"{indicator_id} mean {centre:g}")


_OF = re.compile(r"(?P<top>\d[\d,]*(?:\.\d)?) of (?P<size>\d[\d,]*(?:\.\d)?)")
_ALONE = re.compile(r"n = (?P<top>\d[\d,]*(?:\.\d)?)")
_LAST = re.compile(r"(?:Last|Last figure): (?P<value>[\d,.]+)\S* .*?in (?P<period>.+?)\.?$")
_MOVED = re.compile(r"^(?P<way>Up|Down) (?P<size>[\d,.]+)")


def number(text: str) -> float:
    """A number as pages write it.

    >>> number("1,284")
    1284.0
    """
    return float(text.replace(",", "").rstrip("."))


def _scorecard(card: pd.DataFrame, step: int | None) -> Iterator[Fact]:
    here = catalogue().partnership.area_code
    for row in card.itertuples():
        if pd.isna(row.period_id):
            continue
        where = Where(row.period_id, WHOLE, here, WHOLE, WHOLE)
        for side in SIDES:
            if not pd.isna(getattr(row, side)) and _rounds(row, side):
                said = f"{row.indicator_id} scorecard {side}"
                yield _about(row.indicator_id, side, where, getattr(row, side), said, step)
        yield from _counts_in(row.indicator_id, where, row.n_words, step)
        yield from _counts_in(row.indicator_id, where, row.finding, step)
        yield from _in_words(row, where, step)


def _in_words(row: Any, where: Where, step: int | None) -> Iterator[Fact]:
    """Counts said in words: the latest, the last one shown, and the change on a quarter or a year before."""
    indicator = catalogue().indicators[row.indicator_id]
    if indicator.denominator is not None:
        return
    if re.fullmatch(r"[\d,.]+", row.latest_words):
        yield _about(row.indicator_id, "numerator", where, number(row.latest_words), row.latest_words, step, 0)
    last = _LAST.match(row.n_words)
    if last:
        at = where._replace(period_id=parse(last["period"]).id)
        yield _about(row.indicator_id, "numerator", at, number(last["value"]), row.n_words, step, 0)
    period = parse(row.period_id)
    for words, before in ((row.change_words, period.previous), (row.year_change_words, period.year_before)):
        moved = _MOVED.match(words)
        if moved:
            size = number(moved["size"]) * (1 if moved["way"] == "Up" else -1)
            slack = float(step or 0.5)
            now, then = (row.indicator_id, "numerator", where, 1.0), where._replace(period_id=before.id)
            weights = (now, (row.indicator_id, "numerator", then, -1.0))
            yield Fact(weights, size - slack, size + slack, f"{row.indicator_id} {words}")


def _counts_in(indicator_id: str, where: Where, text: str, step: int | None) -> Iterator[Fact]:
    """`62 of 226` and `n = 62`, wherever they stand."""
    indicator = catalogue().indicators[indicator_id]
    if indicator.denominator is None:
        return
    of, alone = _OF.search(text), _ALONE.fullmatch(text)
    for found, names in ((of, ("top", "size")), (alone, ("top",))):
        if found:
            for side, name in zip(SIDES, names, strict=False):
                yield _about(indicator_id, side, where, number(found[name]), text, step, 1)


def _sentences(findings: pd.DataFrame, step: int | None) -> Iterator[Fact]:
    here = catalogue().partnership.area_code
    for row in findings[findings["reason"].isin(["signal", "target", "neighbours"])].itertuples():
        where = Where(row.period_id, WHOLE, here, WHOLE, WHOLE)
        yield from _counts_in(row.indicator_id, where, row.sentence, step)


def _restated(restatements: pd.DataFrame, step: int | None) -> Iterator[Fact]:
    """What a figure is now; what it was, the earlier publication says itself."""
    here = catalogue().partnership.area_code
    for row in restatements.itertuples():
        if catalogue().indicators[row.indicator_id].denominator is None:
            where = Where(row.period_id, WHOLE, here, WHOLE, WHOLE)
            yield _about(row.indicator_id, "numerator", where, row.now, f"{row.indicator_id} restated", step)


def _official(benchmarks: pd.DataFrame) -> Iterator[Fact]:
    """What the Department prints of the same area and year: the counts, or a share or rate of a printed denominator."""
    for row in benchmarks[benchmarks["area_code"].eq(catalogue().partnership.area_code)].itertuples():
        where = Where(row.period_id, WHOLE, row.area_code, WHOLE, WHOLE)
        indicator = catalogue().indicators.get(row.indicator_id)
        if indicator is None:
            continue
        counts = {side: getattr(row, side) for side in SIDES}
        if pd.isna(row.numerator) and not pd.isna(row.value) and not pd.isna(row.denominator):
            counts["numerator"] = row.value * row.denominator / indicator.per
        for side in SIDES:
            if not pd.isna(counts[side]) and quantity_of(indicator.id, side):
                said = f"{indicator.id} official {side} {counts[side]:g}"
                yield replace(_about(indicator.id, side, where, counts[side], said, decimals=0), official=True)
