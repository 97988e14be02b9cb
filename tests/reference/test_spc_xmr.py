"""The XmR chart, held to 180 cases run through NHSRplotthedots 0.2.2 (source line in the file).

The file gives numbers rounded to 12 decimals or 13 digits, so 1e-9 of a limit's size asks for all it can show.
"""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from pipelines.measures.spc import xmr

REFERENCE = json.loads((Path(__file__).parent / "data" / "spc_xmr.json").read_text(encoding="utf-8"))
CASES = {case["id"]: case for case in REFERENCE["cases"]}
LABELS = {
    "rebase_group": "phase",
    "outside_limits": "outside_limits",
    "relative_to_mean": "relative_to_mean",
    "close_to_limits": "close_to_limits",
    "special_cause_type": "special_cause",
    "point_type": "point_type",
}


def charted(case):
    given = case["input"]
    return xmr(
        given["value"],
        given["date"],
        improvement=given["improvement_direction"],
        target=given["target"],
        rebase=given["rebase"],
        fix_after=given["fix_after_n_points"],
        screen=given["screen_outliers"],
    )


def test_all_cases_of_the_reference_are_here():
    assert len(CASES) == 180
    assert REFERENCE["source"].startswith("nhs-r-community/NHSRplotthedots@")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_xmr_agrees_with_the_reference(case):
    chart, expected = charted(case), case["expected"]
    for line in ("mean", "lpl", "upl"):
        wanted = [float("nan") if value is None else value for value in expected[line]]
        assert chart.points[line].tolist() == pytest.approx(wanted, rel=1e-9, abs=1e-9, nan_ok=True)
    for theirs, ours in LABELS.items():
        found = [None if pd.isna(label) else label for label in chart.points[ours]]
        assert found == expected[theirs], theirs
    assert chart.variation == expected["variation_icon"]
    assert chart.assurance == expected["assurance_type"]
    assert bool(chart.note) == expected["warned_short"]
