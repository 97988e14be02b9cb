"""An attacker with pencil, paper and a linear programme, who knows only what is published and what adds to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from schemas.catalogue import catalogue
from tests.pipelines.releases import figure, shown

if TYPE_CHECKING:
    import pandas as pd

pytestmark = pytest.mark.slow

QUARTERS = [f"2025-26-Q{q}" for q in (1, 2, 3, 4)]
YEAR = "FY2025-26"
SEXES = [c.id for c in catalogue().breakdowns["sex"].categories]
AGES = [c.id for c in catalogue().breakdowns["age_band"].categories]
Cell = tuple[str, str, str, str]


def released(plans: dict[Cell, int], repeats: dict[Cell, int]) -> pd.DataFrame:
    """A release of second or subsequent plans: totals by quarter, split by sex and by age band each quarter."""
    rows = [
        figure("CP07", repeats[key], plans[key], period_id=key[1], breakdown=key[2], category=key[3])
        for key in plans
        if key[0] == "n"
    ]
    return shown(*rows).reset_index()


def worlds(draw: st.DrawFn) -> tuple[dict[Cell, int], dict[Cell, int]]:
    """True counts that hold together: every split sums to its total, no numerator above its denominator."""
    plans: dict[Cell, int] = {}
    repeats: dict[Cell, int] = {}
    for period in QUARTERS:
        by_sex = [draw(st.integers(0, 14)) for _ in SEXES]
        again = [draw(st.integers(0, n)) for n in by_sex]
        by_age, again_by_age = _dealt(draw, by_sex, again)
        for way, parts, tops in (("sex", by_sex, again), ("age_band", by_age, again_by_age)):
            names = SEXES if way == "sex" else AGES
            for name, n, top in zip(names, parts, tops, strict=True):
                plans["n", period, way, name], repeats["n", period, way, name] = n, top
        plans["n", period, "all", "all"], repeats["n", period, "all", "all"] = sum(by_sex), sum(again)
    return plans, repeats


def _dealt(draw: st.DrawFn, by_sex: list[int], again: list[int]) -> tuple[list[int], list[int]]:
    """The same children dealt over the age bands."""
    repeat_ages, other_ages = [0] * len(AGES), [0] * len(AGES)
    for _ in range(sum(again)):
        repeat_ages[draw(st.integers(0, len(AGES) - 1))] += 1
    for _ in range(sum(by_sex) - sum(again)):
        other_ages[draw(st.integers(0, len(AGES) - 1))] += 1
    return [a + b for a, b in zip(repeat_ages, other_ages, strict=True)], repeat_ages


def attack(found: pd.DataFrame) -> dict[tuple[str, Cell], tuple[float, float]]:
    """The range of every unpublished count that the published ones allow."""
    names: dict[tuple[str, Cell], int] = {}
    known: dict[int, float] = {}
    for row in found.itertuples():
        for side in ("numerator", "denominator"):
            cell = (side, ("n", row.period_id, row.breakdown, row.category))
            names[cell] = len(names)
            if not np.isnan(getattr(row, side)):
                known[names[cell]] = getattr(row, side)
    for _, key in list(names):
        names.setdefault(("others", key), len(names))
    sums = _sums(names)
    bounds = [(known.get(n, 0), known.get(n)) for n in range(len(names))]
    a_eq, b_eq = np.array(sums), np.zeros(len(sums))
    ranges: dict[tuple[str, Cell], tuple[float, float]] = {}
    for cell, n in names.items():
        if n not in known and cell[0] != "others":
            cost = np.eye(len(names))[n]
            low = linprog(cost, A_eq=a_eq, b_eq=b_eq, bounds=bounds).fun
            high = linprog(-cost, A_eq=a_eq, b_eq=b_eq, bounds=bounds)
            ranges[cell] = (low, np.inf if high.status == 3 else -high.fun)
    return ranges


def _sums(names: dict[tuple[str, Cell], int]) -> list[np.ndarray]:
    """What everybody knows: parts sum to wholes, quarters to the year, numerator and others to the denominator."""
    lines: list[np.ndarray] = []

    def line(whole: tuple[str, Cell], parts: list[tuple[str, Cell]]) -> None:
        if whole in names and all(part in names for part in parts):
            row = np.zeros(len(names))
            row[names[whole]] = 1
            for part in parts:
                row[names[part]] = -1
            lines.append(row)

    for side in ("numerator", "denominator"):
        for period in [*QUARTERS, YEAR]:
            for way, categories in (("sex", SEXES), ("age_band", AGES)):
                line((side, ("n", period, "all", "all")), [(side, ("n", period, way, c)) for c in categories])
        for way, category in {(key[2], key[3]) for _, key in names}:
            line((side, ("n", YEAR, way, category)), [(side, ("n", q, way, category)) for q in QUARTERS])
    for _, key in list(names):
        line(("denominator", key), [("numerator", key), ("others", key)])
    return lines


@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_published_set_of_figures_gives_a_hidden_child_away(data):
    plans, repeats = worlds(data.draw)
    ranges = attack(released(plans, repeats))
    for (side, key), (low, high) in ranges.items():
        truth = (repeats if side == "numerator" else plans).get(key)
        if truth is not None and 1 <= truth <= 5:
            assert high - low >= 1 - 1e-6, f"{side} {key} is known to lie in {low} to {high}"
            assert low < truth - 0.5 or high > truth + 0.5
