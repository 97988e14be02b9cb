"""Rows of totals: recognised by their labels, checked against the rows they sum, then left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from schemas.returns.by_value import by_value
from schemas.returns.listed import listed
from schemas.returns.meaning import meaning
from schemas.returns.numbers import number_in, parsed
from schemas.rules import file_contents

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.checking.rows import Rows
    from schemas.problems import Problem

_TOTALS = frozenset(
    {"total", "totals", "grand total", "sum", "sub total", "subtotal", "overall total", "all wards", "total all",
     "city total", "ward total", "wards total", "total of wards", "total wards", "column total"}
)  # fmt: skip
# From the narrowest total to the widest: the first label that says total decides what is summed.
_LABELS = ("category", "area_id", "indicator_id", "indicator")
_ALIKE = {"category": ("indicator_id", "period_id", "area_id", "breakdown"),
          "area_id": ("indicator_id", "period_id", "breakdown", "category")}  # fmt: skip


def set_aside(rows: Rows) -> tuple[Rows, list[Problem]]:
    """The rows without the totals among them, a note of what was left out, and a query where a total disagrees.

    "Total" beside a breakdown or as an area is a row of totals; as the breakdown itself it is the whole figure.
    """
    text = rows.text
    says = {label: rows.column(label).answers(lambda cell: meaning(cell) in _TOTALS, "bool") for label in _LABELS}
    says["category"] &= ~rows.column("breakdown").answers(lambda cell: meaning(cell) in ("", "all", "total"), "bool")
    totals = says["category"] | says["area_id"] | says["indicator_id"] | says["indicator"]
    if not totals.any():
        return rows, []
    kept, summed = text[~totals], text[totals]
    cells = listed(summed.index.tolist(), lambda at: rows.where(at, "numerator"))
    problems = [file_contents.TOTALS_DROPPED.problem({"count": len(summed), "cells": cells})]
    for position in np.flatnonzero(totals).tolist():  # a handful, each with its own parts
        label = next(label for label in _LABELS if says[label][position])
        problems += _disagreement(int(text.index[position]), _parts(text.iloc[position], kept, label), rows)
    return rows.only(kept), problems


def _disagreement(at: int, parts: pd.DataFrame, rows: Rows) -> list[Problem]:
    given, added = number_in(rows.value(at, "numerator")), parsed(parts["numerator"])
    if given is None or parts.empty or added.isna().any() or abs(added.sum() - given) < 0.5:
        return []
    words = {"total": given, "added": float(added.sum()), "difference": abs(float(added.sum()) - given)}
    return [rows.problem(file_contents.TOTALS_DIFFER, at, "numerator", words)]


def _parts(total: pd.Series[Any], kept: pd.DataFrame, label: str) -> pd.DataFrame:
    """The rows a total covers: its breakdown's categories, its wards, or everything above it on the sheet."""
    parts = kept[kept["sheet"].eq(total["sheet"]) & kept["row"].lt(total["row"])]
    for name in _ALIKE.get(label, ()):
        parts = parts[by_value(parts[name], meaning).eq(meaning(total[name]))]
    return parts
