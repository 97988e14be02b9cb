"""The check asks for a reason exactly where the chart will flag the figure, and nowhere across a change of definition."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from pipelines.checking.usual import usual_ranges
from pipelines.measures.indicator_lines import charted, expected_periods, limits
from pipelines.measures.spc_limits import individuals
from sample_data.generator import chosen
from sample_data.returns import World
from schemas.catalogue import catalogue
from schemas.periods import parse, quarters
from schemas.returns.context import Context
from schemas.rules.figures_history import swing_has_no_reason
from tests.rules.rows import TYPED

pytestmark = pytest.mark.slow

QUARTER = parse("2026-27-Q2")
HERE = catalogue().partnership.area_code
_NUMBERS = ("numerator", "denominator", "value")


@pytest.fixture(scope="module")
def sample() -> dict[tuple[str, str], dict[str, dict[str, float]]]:
    """By sender and indicator the whole-area figures of the sample: period → numbers."""
    world, found = World(catalogue()), {}
    for agency_id in ("lcc_cf", "lch", "wyp_leeds", "probation_wy"):
        for quarter in chosen(20):
            last = list(world.returns(agency_id, quarter))[-1:]
            for line in (line for each in last for line in each.lines):
                if line.owed.breakdown == "all" and line.owed.area_id == HERE and line.numerator is not None:
                    numbers = {name: _number(line, name) for name in _NUMBERS}
                    found.setdefault((agency_id, line.owed.indicator_id), {})[line.owed.period_id] = numbers
    return found


def _number(line, name: str) -> float:
    counted = catalogue().indicators[line.owed.indicator_id].denominator is None
    value = getattr(line, "numerator" if name == "value" and counted else name)
    return float("nan") if value is None else float(value)


def test_the_check_and_the_chart_draw_the_same_limits_on_every_series_of_the_sample(sample):
    seen: Counter[bool] = Counter()
    for (_, indicator_id), known in sample.items():
        indicator = catalogue().indicators[indicator_id]
        periods = expected_periods(catalogue(), indicator, QUARTER)
        line = {name: np.array([known.get(p.id, {}).get(name, np.nan) for p in periods]) for name in _NUMBERS}
        if np.isnan(line["value"]).all():
            continue  # a rate on a population: the chart has one, the return has not
        chart = charted(catalogue(), indicator, line | {"marker": np.full(len(periods), "")}, periods)
        found = limits(catalogue(), indicator, line, periods)
        seen[found is not None] += 1
        drawn = chart.points[["lpl", "upl"]].to_numpy(dtype=float)
        if found is None:
            assert np.isnan(drawn[-1]).all(), indicator_id
        else:
            np.testing.assert_allclose(np.column_stack(found[1:]), drawn, err_msg=indicator_id)
    assert seen[True] > 40
    assert seen[False] > 4


@pytest.mark.slow
def test_exactly_the_figures_the_chart_flags_are_asked_about(sample):
    asked, flagged = set(), set()
    for (agency_id, indicator_id), known in sample.items():
        if QUARTER.id not in known or np.isnan(known[QUARTER.id]["value"]):
            continue
        indicator = catalogue().indicators[indicator_id]
        context, rows = _context(agency_id, indicator_id, known), _row(indicator_id, known[QUARTER.id], agency_id)
        figures = context.with_facts(rows)
        ranges = usual_ranges(figures, context)
        if len(swing_has_no_reason(figures, context)) and len(ranges):
            asked.add((agency_id, indicator_id))
        periods = expected_periods(catalogue(), indicator, QUARTER)
        line = {name: np.array([known.get(p.id, {}).get(name, np.nan) for p in periods]) for name in _NUMBERS}
        chart = charted(catalogue(), indicator, line | {"marker": np.full(len(periods), "")}, periods)
        if str(chart.points["special_cause"].iloc[-1]) in ("Above UCL", "Below LCL"):
            flagged.add((agency_id, indicator_id))
    assert asked == flagged
    assert len(flagged) > 5


def test_what_was_counted_otherwise_is_no_measure_of_what_is_usual_now():
    known = _steady({quarter.id: 400.0 for quarter in quarters(parse("2021-22-Q3"), parse("2026-27-Q1"))})
    before = _context("lcc_cf", "EH02", known)
    row = _row("EH02", {"numerator": 1200.0, "denominator": np.nan, "value": 1200.0}, "lcc_cf")
    assert len(swing_has_no_reason(before.with_facts(row), before)) == 1
    changed = before.with_facts(row.assign(definition_version=2))
    assert np.isnan(changed["numerator_usual"]).all()


def test_a_change_explained_once_is_not_asked_about_again_until_it_ends():
    every = [quarter.id for quarter in quarters(parse("2021-22-Q3"), parse("2026-27-Q1"))]
    known = _steady(dict.fromkeys(every, 400.0)) | _steady(dict.fromkeys(every[-1:], 600.0))
    row = _row("EH02", {"numerator": 605.0, "denominator": np.nan, "value": 605.0}, "lcc_cf")
    for reason, asked in (("", 1), ("OK", 1), ("Two family hubs opened in April", 0)):
        context = _context("lcc_cf", "EH02", known, {every[-1]: reason})
        assert len(swing_has_no_reason(context.with_facts(row), context)) == asked


def test_a_figure_at_a_limit_is_never_said_to_be_within_the_range_it_is_outside_of():
    known = _steady({quarter.id: 400.0 for quarter in quarters(parse("2021-22-Q3"), parse("2026-27-Q1"))})
    values = np.array([numbers["numerator"] for numbers in known.values()])
    high = _upper_with(values, 430.0)
    for number in np.arange(np.floor(high) - 3, np.floor(high) + 20):
        context = _context("lcc_cf", "EH02", known)
        row = _row("EH02", {"numerator": number, "denominator": np.nan, "value": number}, "lcc_cf")
        told = swing_has_no_reason(context.with_facts(row), context)
        assert not len(told) or float(told["shown"].iloc[0]) > float(told["high"].iloc[0])
        assert bool(len(told)) == (number > _upper_with(values, number))


def _upper_with(values: np.ndarray, number: float) -> float:
    """The upper limit of the line with the new figure on it."""
    every = np.append(values, number)
    return float(individuals(every, np.ones(len(every), dtype=bool)).upper[0])


def _steady(levels: dict[str, float]) -> dict[str, dict[str, float]]:
    """A little noise round each level, the same every time."""
    chance = np.random.default_rng(7)
    numbers = {period: level + float(chance.integers(-20, 21)) for period, level in levels.items()}
    return {p: {"numerator": number, "denominator": np.nan, "value": number} for p, number in numbers.items()}


def _context(agency_id: str, indicator_id: str, known, reasons: dict[str, str] | None = None) -> Context:
    past = [
        {**TYPED, "indicator_id": indicator_id, "agency_id": agency_id, "period_id": period_id, **numbers,
         "reason": (reasons or {}).get(period_id, "")}
        for period_id, numbers in known.items() if parse(period_id).end < QUARTER.end
    ]  # fmt: skip
    history = pd.DataFrame(past).astype(dict.fromkeys(_NUMBERS, float))
    return Context(catalogue(), agency_id, QUARTER, QUARTER.end + timedelta(days=20), history, usual_ranges)


def _row(indicator_id: str, numbers: dict[str, float], agency_id: str) -> pd.DataFrame:
    named = {"indicator_id": indicator_id, "agency_id": agency_id, "row": 5, **numbers}
    return pd.DataFrame([{**TYPED, **named}]).astype(dict.fromkeys(_NUMBERS, float))
