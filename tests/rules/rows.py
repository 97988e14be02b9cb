"""Whole rows from the few cells an example names: what a rule's bad and good rows leave out is unremarkable."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from schemas.catalogue import catalogue
from schemas.periods import parse, quarters
from schemas.returns.context import Context

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TODAY = date(2026, 10, 20)
QUARTER = parse("2026-27-Q2")
TYPED: dict[str, Any] = {
    "sheet": "Figures",
    "indicator_id": "FD04",
    "label": "",
    "agency_id": "lcc_cf",
    "period_id": "2026-27-Q2",
    "area_id": "E08000035",
    "area_text": "Leeds",
    "breakdown": "all",
    "category": "all",
    "category_text": "All",
    "numerator": 62.0,
    "denominator": 226.0,
    "out_of_given": None,
    "value_given": None,
    "value_decimals": 1,
    "percent_sign": False,
    "marker": "",
    "nil": False,
    "reason": "",
    "definition_version": 1,
    "definition_stated": "",
}
NUMBERS = ("numerator", "denominator", "out_of_given", "value_given", "value")
_USUAL = {
    "FD01": (2_500, None, (0, 30, -20, 45, -35, 10, -5, 25)),
    "FD03": (2_550, None, (0, 30, -20, 45, -35, 10, -5, 25)),
    "FD04": (60, 240, (0, 3, -2, 4, -3, 1, -1, 2)),
    # Its last quarter is far above the others.
    "EH02": (400, None, (0, 12, -9, 10, -8, 5, 170)),
    "CN01": (5_775, None, (0, 25, -15, 20, -30, 10, -5, 15)),
}


def history() -> pd.DataFrame:
    """Eight earlier quarters of a few indicators, steady but for a little noise."""
    rows = []
    for indicator_id, (usual, base, noise) in _USUAL.items():
        for quarter, step in zip(quarters(parse("2024-25-Q3"), parse("2026-27-Q1"))[-8:], noise, strict=False):
            value = float(usual + step) if base is None else 100.0 * (usual + step) / base
            rows.append((indicator_id, quarter.id, float(usual + step), base, value))
    frame = pd.DataFrame(rows, columns=["indicator_id", "period_id", "numerator", "denominator", "value"])
    frame = frame.astype({"denominator": "float64"})
    return frame.assign(
        agency_id="lcc_cf",
        area_id="E08000035",
        breakdown="all",
        category="all",
        marker="",
        reason="",
        definition_version=1,
    )


def context(agency_id: str = "lcc_cf") -> Context:
    """The context of the council's return for the second quarter, with its history."""
    return Context(catalogue(), agency_id, QUARTER, TODAY, history())


def typed(examples: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Typed rows with the catalogue's facts beside them."""
    rows = [{**TYPED, "row": number, **example} for number, example in enumerate(examples, 5)]
    frame = pd.DataFrame(rows)
    frame = frame.assign(value=frame.get("value", None))
    known = context().with_facts(frame.astype(dict.fromkeys(NUMBERS, "float64")))
    share = known["numerator"] / known["denominator"].where(known["denominator"] > 0) * known["per"]
    return known.assign(value=known["value"].fillna(share.where(known["has_denominator"], known["numerator"])))


def text(examples: Sequence[Mapping[str, str]], column: str) -> pd.Series:
    """One column of cells as text, empty where an example does not name it."""
    return pd.Series([example.get(column, "") for example in examples], dtype="str")
