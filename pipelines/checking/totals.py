"""Rows of totals: recognised by their labels, checked against the rows they sum, then left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from schemas.returns.meaning import meaning
from schemas.returns.numbers import parsed
from schemas.rules import file as faults

if TYPE_CHECKING:
    from pipelines.checking.judging import Places
    from schemas.problems import Problem

_TOTALS = frozenset(
    {"total", "totals", "grand total", "sum", "sub total", "subtotal", "overall total", "all wards", "total all",
     "city total", "ward total", "wards total", "total of wards", "total wards", "column total"}
)  # fmt: skip
_LABELS = ("indicator_id", "indicator", "area_id", "breakdown", "category")


def set_aside(text: pd.DataFrame, places: Places) -> tuple[pd.DataFrame, list[Problem]]:
    """The rows without the totals among them, a note of what was left out, and a query where a total disagrees.

    "Total" beside a breakdown or as an area is a row of totals; as the breakdown itself it is the whole figure.
    """
    is_total = {label: pd.Series(False, text.index) for label in _LABELS}  # noqa: FBT003 - a column of no
    for label in _LABELS:
        is_total[label] = text[label].map({cell: meaning(cell) in _TOTALS for cell in text[label].unique()}).astype(bool)
    whole = text["breakdown"].map({cell: meaning(cell) in ("", "all", "total") for cell in text["breakdown"].unique()})
    rows = is_total["indicator_id"] | is_total["indicator"] | is_total["area_id"] | (is_total["category"] & ~whole.astype(bool))
    if not rows.any():
        return text, []
    kept = text[~rows]
    cells = [f"{text.at[at, 'sheet']}!{places.cell(text.at[at, 'sheet'], text.at[at, 'row'], 'numerator')}" for at in rows.index[rows]]
    dropped = faults.TOTALS_DROPPED.problem({"count": len(cells), "cells": ", ".join(cells[:5])})
    return kept, [dropped, *_disagreeing(text[rows], kept, is_total, places)]


def _disagreeing(totals: pd.DataFrame, kept: pd.DataFrame, is_total: dict[str, pd.Series], places: Places) -> list[Problem]:
    numbers, problems = parsed(kept["numerator"]), []
    given = parsed(totals["numerator"])
    for at in totals.index[given.notna()]:
        summed = next(label for label in ("category", "area_id", "indicator_id", "indicator") if is_total[label][at])
        parts = _parts(totals.loc[at], kept, summed)
        added = numbers[parts.index]
        if parts.empty or added.isna().any() or abs(added.sum() - given[at]) < 0.5:
            continue
        sheet, row = totals.at[at, "sheet"], int(totals.at[at, "row"])
        cell = places.cell(sheet, row, "numerator")
        words = {"total": given[at], "added": added.sum(), "difference": abs(added.sum() - given[at]), "where": f"{sheet}!{cell}"}
        problems.append(faults.TOTALS_DIFFER.problem(words, sheet=sheet, cell=cell, row=row, column="numerator"))
    return problems


def _parts(total: pd.Series, kept: pd.DataFrame, summed: str) -> pd.DataFrame:
    """The rows a total covers: its breakdown's categories, its wards, or everything above it on the sheet."""
    above = kept[kept["sheet"].eq(total["sheet"]) & kept["row"].lt(total["row"])]
    same = {"category": ["indicator_id", "period_id", "area_id", "breakdown"], "area_id": ["indicator_id", "period_id"]}
    alike = above
    for label in same.get(summed, []):
        alike = alike[alike[label].map(meaning).eq(meaning(total[label]))]
    if summed == "area_id":
        return alike[alike["area_id"].ne("") & alike["category"].map(meaning).eq(meaning(total["category"]))]
    return alike
