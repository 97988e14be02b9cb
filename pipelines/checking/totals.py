"""Rows of totals: recognised by their labels, checked against the rows they sum, then left out."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from schemas.catalogue import catalogue
from schemas.returns.by_value import by_value
from schemas.returns.labelled import Labelled, together
from schemas.returns.labels import category_labels, labels
from schemas.returns.listed import listed
from schemas.returns.meaning import meaning
from schemas.returns.numbers import number_in, parsed
from schemas.rules import file_contents

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.checking.rows import Rows
    from schemas.problems import Problem

TOTALS = frozenset(
    {"total", "totals", "grand total", "sum", "sub total", "subtotal", "overall total", "all wards", "total all",
     "city total", "ward total", "wards total", "total of wards", "total wards", "column total"}
)  # fmt: skip
# “Sub-total: girls”, “Total (CP07)”, “CP07 total”; never what a list or a title itself calls so.
_SAYS_TOTAL = re.compile(
    r"(?:(?:grand|overall|city|ward|section|running) )?(?:sub ?)?totals?(?: .*)?|.* (?:sub ?)?totals?"
)
_INDICATOR = re.compile(r"\b[A-Z]{2}\d{2}\b")
# From the narrowest total to the widest: the first label that says total decides what is summed.
_LABELS = ("category", "area_id", "indicator_id", "indicator")
_ALIKE = {"category": ("indicator_id", "period_id", "area_id", "breakdown"),
          "area_id": ("indicator_id", "period_id", "breakdown", "category")}  # fmt: skip


def set_aside(rows: Rows) -> tuple[Rows, list[Problem]]:
    """The rows without the totals among them, a note of what was left out, and a query where a total disagrees.

    "Total" beside a breakdown or as an area is a row of totals; as the breakdown itself it is the whole figure.
    """
    text = rows.text
    says = {label: rows.column(label).answers(_says_total, "bool") for label in _LABELS}
    whole_areas = says["area_id"] & ~_beside_a_city(rows, says["area_id"])
    if whole_areas.any():
        # Where nothing else is the city's, the total of the wards is: left out, the figure itself would be lost.
        text = text.assign(area_id=_emptied(rows.column("area_id"), whole_areas).column(text.index))
        rows, says["area_id"] = rows.only(text), says["area_id"] & ~whole_areas
    says["category"] &= ~rows.column("breakdown").answers(lambda cell: meaning(cell) in ("", "all", "total"), "bool")
    totals = says["category"] | says["area_id"] | says["indicator_id"] | says["indicator"]
    if not totals.any():
        return rows, []
    kept, summed = text[~totals], text[totals]
    cells = listed(summed.index.tolist(), lambda at: rows.where(at, "numerator"))
    problems = [file_contents.TOTALS_DROPPED.problem({"count": len(summed), "cells": cells})]
    for position in np.flatnonzero(totals).tolist():  # a handful, each with its own parts
        at, total = int(text.index[position]), text.iloc[position]
        label = next(label for label in _LABELS if says[label][position])
        parts = _parts(total, kept, label)
        if label in _ALIKE:
            problems += _disagreement(at, parts, rows)
            continue
        # Sections carry a total each: a total of rows since the last one is right, and so is one of all of them.
        before = summed["row"][summed["sheet"].eq(total["sheet"]) & summed["row"].lt(total["row"])]
        section = parts[parts["row"].gt(before.max())] if len(before) else parts
        if _disagreement(at, section, rows):
            problems += _disagreement(at, parts, rows)
    return rows.only(kept), problems


def _beside_a_city(rows: Rows, totals: np.ndarray) -> np.ndarray:
    """Which rows belong to a figure that another row gives for the whole city."""
    if not totals.any():
        return totals
    places, here = labels(catalogue())["area_id"], catalogue().partnership.area_code
    is_city = rows.column("area_id").answers(lambda cell: not cell or places.get(meaning(cell)) == here, "bool")
    codes, _ = together(*(rows.column(name) for name in _ALIKE["area_id"]))
    return np.isin(codes, codes[is_city & ~totals])


def _emptied(cells: Labelled, where: np.ndarray) -> Labelled:
    return Labelled(np.where(where, len(cells.texts), cells.codes), [*cells.texts, ""]).renamed(str)


def _says_total(cell: str) -> bool:
    plain = meaning(cell)
    if plain in TOTALS:
        return True
    return "total" in plain and _SAYS_TOTAL.fullmatch(plain) is not None and plain not in _own_words()


@cache
def _own_words() -> frozenset[str]:
    """Every word of the catalogue: an indicator may be called “Total referrals”."""
    known = labels(catalogue())
    return frozenset(
        {word for each in known.values() for word in each} | {word for _, word in category_labels(catalogue())}
    )


def _disagreement(at: int, parts: pd.DataFrame, rows: Rows) -> list[Problem]:
    """A query where a total is no sum: of its parts; in a section, of the whole figures among them, or of what is above it."""
    given = number_in(rows.value(at, "numerator"))
    if given is None or parts.empty:
        return []
    whole = parts[by_value(parts["breakdown"], lambda cell: meaning(cell) in ("", "all", "total"), "bool")]
    sums = [
        added.sum() for each in (parts, whole) if len(each) and not (added := parsed(each["numerator"])).isna().any()
    ]
    if not sums or any(abs(each - given) < 0.5 for each in sums):
        return []
    nearest = min(sums, key=lambda each: abs(each - given))
    words = {"total": given, "added": float(nearest), "difference": abs(float(nearest) - given)}
    return [rows.problem(file_contents.TOTALS_DIFFER, at, "numerator", words)]


def _parts(total: pd.Series[Any], kept: pd.DataFrame, label: str) -> pd.DataFrame:
    """The rows a total covers: its breakdown's categories, its wards, or everything above it on the sheet."""
    parts = kept[kept["sheet"].eq(total["sheet"]) & kept["row"].lt(total["row"])]
    of = _INDICATOR.search(f"{total['indicator_id']} {total['indicator']}")
    if of and label not in _ALIKE:
        return parts[parts["indicator_id"].eq(of[0])]
    for name in _ALIKE.get(label, ()):
        parts = parts[by_value(parts[name], meaning).eq(meaning(total[name]))]
    return parts
