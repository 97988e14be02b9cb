"""The whole linked system of a release: everything published that adds up to something else published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse

from pipelines.publishing import rolling
from pipelines.publishing.cells import (
    Cells,
    add_areas_from_wards,
    add_missing_totals,
    gathered,
    link_agencies,
    link_complements,
    link_parts,
    link_same,
    link_windows,
)
from schemas.periods import parse

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue


def linked(catalogue: Catalogue, both: pd.DataFrame) -> Cells:
    """Agencies, longer periods, categories, wards and complements, from the two sides of every observation."""
    cells = gathered(both)
    link_same(cells)
    link_agencies(cells, _senders(catalogue))
    summing = {b.id: len(b.categories) for b in catalogue.breakdowns.values() if b.sums_to_total}
    add_missing_totals(cells, summing)
    link_windows(cells, _parts(catalogue, both), catalogue.partnership.area_code)
    wards = frozenset(ward.code for ward in catalogue.wards)
    areal = {q.id for q in catalogue.quantities.values() if "areas" in q.adds_over}
    add_missing_totals(cells, summing)
    add_areas_from_wards(cells, catalogue.partnership.area_code, wards, areal)
    link_parts(cells, summing, catalogue.partnership.area_code, wards, areal)
    link_complements(cells, _shares(catalogue, cells, both))
    cells.drop_what_does_not_add_up()
    return cells


def matrix(cells: Cells) -> sparse.csr_matrix:
    """The lines as a sparse matrix: one row a line, one column a cell, constraints @ values == 0."""
    lengths = [len(numbers) for numbers, _ in cells.lines]
    rows = np.repeat(np.arange(len(lengths)), lengths)
    columns = np.concatenate([numbers for numbers, _ in cells.lines]) if lengths else np.array([], dtype=int)
    signs = np.concatenate([signs for _, signs in cells.lines]) if lengths else np.array([])
    return sparse.csr_matrix((signs, (rows, columns)), shape=(len(lengths), len(cells.frame)))


def _senders(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Who sends each quantity that adds over agencies and has several senders."""
    several = [i for i in catalogue.indicators.values() if len(i.sent_by) > 1]
    named = {q: i.sent_by for i in several for q in (i.numerator, i.denominator) if q}
    return {q: sent_by for q, sent_by in named.items() if "agencies" in catalogue.quantities[q].adds_over}


def _parts(catalogue: Catalogue, both: pd.DataFrame) -> pd.DataFrame:
    """Which periods of each quantity are added to longer ones.

    What an indicator shows for longer periods, and the financial year of all that adds over time: a reader can add
    four quarters whether we do or not.
    """
    known = [parse(period_id) for period_id in both["period_id"].unique()]
    quarters = [period for period in known if period.kind == "financial_quarter"]
    if not quarters:
        return pd.DataFrame(columns=["plain", *rolling.COLUMNS, "published"])
    shown = rolling.windows(catalogue, max(quarters))
    shown = shown[shown["how"].eq("sum") & ~shown["mixed"]]
    sides = [{i.id: getattr(i, side) for i in catalogue.indicators.values()} for side in ("numerator", "denominator")]
    both_sides = pd.concat([shown.assign(plain=shown["indicator_id"].map(names)) for names in sides])
    years = rolling.plain_years(quarters)
    adding = [q.id for q in catalogue.quantities.values() if "time" in q.adds_over and not q.official]
    every = years.merge(pd.DataFrame({"plain": adding}), how="cross")
    key = ["plain", "window_id", "period_id"]
    made = pd.concat([both_sides.dropna(subset="plain").assign(published=True), every.assign(published=False)])
    return made[[*key, "kind", "parts", "published"]].drop_duplicates(key)


def _shares(catalogue: Catalogue, cells: Cells, both: pd.DataFrame) -> pd.DataFrame:
    """Numerator and denominator cells of every percentage, sums over agencies and longer periods included."""
    percent = [i for i in catalogue.indicators.values() if i.unit == "percent" and i.denominator]
    asked = both[both["indicator_id"].isin([i.id for i in percent])]
    names = asked.drop_duplicates(["indicator_id", "side", "quantity"])[["indicator_id", "side", "quantity"]]
    tops = names[names["side"] == "numerator"].merge(
        names[names["side"] == "denominator"], on="indicator_id", suffixes=("", "_whole")
    )
    frame = cells.frame.reset_index(names="part")
    pairs = frame.merge(tops[["quantity", "quantity_whole"]].drop_duplicates(), on="quantity")
    wholes = cells.number_of(pairs.assign(quantity=pairs["quantity_whole"]))
    return pd.DataFrame({"part": pairs["part"], "whole": wholes})[wholes >= 0]
