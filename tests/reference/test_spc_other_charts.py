"""The other control charts, held to qicharts2 0.8.1 (source line in the file, numbers rounded to 12 decimals)."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from pipelines.measures import spc
from pipelines.measures.spc_limits import D2, individuals

REFERENCE = json.loads((Path(__file__).parent / "data" / "spc_other_charts.json").read_text(encoding="utf-8"))
CASES = {case["id"]: case for case in REFERENCE["cases"]}
NAMES = {"pp": "p_prime", "up": "u_prime"}


def charted(case):
    columns, kind = case["columns"], case["id"].split("_")[0]
    options = {"baseline": [a and b for a, b in zip(columns["baseline"], columns["include"], strict=True)]}
    chart = getattr(spc, NAMES.get(kind, kind))
    if kind == "run":
        return chart(columns["y"])
    if kind in {"p", "u", "pp", "up"}:
        return chart(columns["y.sum"], columns["n"], screen=case["screenedmr"], **options)
    return chart(columns["y"], screen=case["screenedmr"], **options)


def numbers(column):
    return [float("nan") if value is None else value for value in column]


DRAWN = {name: case for name, case in CASES.items() if not name.startswith("i_")}


def test_the_cases_cover_every_chart():
    assert {name.split("_")[0] for name in CASES} == {"c", "i", "run", "g", "pp", "t", "p", "up", "u"}


@pytest.mark.parametrize("case", DRAWN.values(), ids=DRAWN)
def test_limits_and_outside_points_agree_with_the_reference(case):
    points, columns = charted(case).points, case["columns"]
    for ours, theirs in {"mean": "cl", "lpl": "lcl", "upl": "ucl"}.items():
        assert points[ours].tolist() == pytest.approx(numbers(columns[theirs]), rel=1e-9, abs=1e-12, nan_ok=True)
    assert points["outside_limits"].fillna(value=False).tolist() == columns["sigma.signal"]


@pytest.mark.parametrize("case", DRAWN.values(), ids=DRAWN)
def test_runs_and_crossings_agree_with_the_reference(case):
    columns = case["columns"]
    included = np.array(columns["include"])  # qicharts2 leaves excluded points out of the count altogether
    runs = spc.runs_test(np.array(columns["y"], dtype=float)[included], np.array(columns["cl"])[included])
    assert runs.n_useful == columns["n.useful"][0]
    assert (runs.longest_run, runs.longest_run_max) == (columns["longest.run"][0], columns["longest.run.max"][0])
    assert (runs.crossings, runs.crossings_min) == (columns["n.crossings"][0], columns["n.crossings.min"][0])
    assert runs.signal == columns["runs.signal"][0]


def test_individuals_limits_agree_with_the_reference():
    case = CASES["i_mortgage_6.7"]["columns"]
    limits = individuals(np.array(case["y"], dtype=float), np.array(case["baseline"]), factor=3 / D2)
    assert limits.centre.tolist() == pytest.approx(case["cl"])
    assert limits.lower.tolist() == pytest.approx(case["lcl"])
    assert limits.upper.tolist() == pytest.approx(case["ucl"])
