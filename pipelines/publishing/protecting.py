"""Which figures of a release stay hidden, decided once for all of it and audited before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse

from pipelines.disclosure import Policy, ProtectionError, audit, primary_cells, protect_components
from pipelines.publishing.cells import (
    KEY,
    Cells,
    gathered,
    link_agencies,
    link_complements,
    link_parts,
    link_years,
    sides,
)
from pipelines.publishing.earlier import earlier_cells
from pipelines.publishing.rows import rows
from schemas.periods import parse
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from pipelines.queries.pointer import Pointer
    from schemas.catalogue import Audience, Catalogue


@dataclass(frozen=True)
class Protected:
    """The cells of a release with `hidden` decided: frame of key columns, value, protected, hidden."""

    cells: pd.DataFrame
    sides: pd.DataFrame

    def shown(self, keys: pd.DataFrame) -> pd.DataFrame:
        """For each key: `value` (NaN where hidden or unknown) and `hidden`; a cell that is not there is neither."""
        index = pd.MultiIndex.from_frame(self.cells[KEY])
        numbers = index.get_indexer(pd.MultiIndex.from_frame(keys[KEY]))
        there = numbers >= 0
        hidden = there & self.cells["hidden"].to_numpy(dtype=bool)[numbers]
        value = np.where(there & ~hidden, self.cells["value"].to_numpy()[numbers], np.nan)
        return pd.DataFrame({"value": value, "hidden": hidden}, index=keys.index)


def policy_of(audience: Audience) -> Policy:
    """The audience's disclosure policy as the pure module takes it."""
    return Policy(
        low=audience.hide_from,
        high=audience.hide_to,
        show_zero=not audience.hide_zeros,
        secondary=audience.secondary,
        rounding=audience.round_to,
        drops=("wards",) if audience.drops_wards else (),
    )


def protected(
    catalogue: Catalogue,
    observations: pd.DataFrame,
    audience: Audience,
    cache: MutableMapping[str, bytes] | None = None,
    before: Pointer | None = None,
) -> Protected:
    """Build the linked system of the release, hide what must be hidden, and audit every hidden cell.

    What the publication `before` showed and still stands counts as known; what it hid stays hidden. Raises UserError
    naming the cells when the audit finds one that a reader could work out: nothing is published.
    """
    both = sides(catalogue, observations)
    cells = linked(catalogue, both)
    frame = cells.frame
    values = frame["value"].to_numpy(dtype=float)
    constraints = matrix(cells)
    policy = policy_of(audience)
    primary = primary_cells(values, policy, frame["protected"].to_numpy(dtype=bool))
    need = (policy.low, policy.high)
    known, kept = _before(catalogue, cells, before)
    known &= ~primary
    try:
        hidden = protect_components(
            values, constraints, primary, need=need, fixed=known, also_hidden=kept & ~known, cache=cache
        )
    except ProtectionError as no_pattern:
        # What was shown before leaves no way to protect something new: everything linked to it is withheld.
        if no_pattern.hidden is None:
            raise UserError(f"Not published: {no_pattern}", 1) from no_pattern
        hidden = no_pattern.hidden
    assured(cells, hidden, primary, need, known & ~hidden)
    return Protected(frame.assign(hidden=hidden), both)


def assured(
    cells: Cells, hidden: np.ndarray, primary: np.ndarray, need: tuple[int, int], known: np.ndarray | None = None
) -> None:
    """Try to work every hidden cell out again; UserError naming those that give way, so that nothing is published."""
    values = cells.frame["value"].to_numpy(dtype=float)
    failures = list(audit(values, matrix(cells), hidden, primary, need=need, fixed=known))
    if failures:
        named = "; ".join(_named(cell) for cell in rows(cells.frame.iloc[[int(cell) for cell in failures[:5]]]))
        raise UserError(f"Not published: {len(failures)} hidden figures could still be worked out ({named}).", 1)


def _before(catalogue: Catalogue, cells: Cells, before: Pointer | None) -> tuple[np.ndarray, np.ndarray]:
    """Which cells an earlier publication showed with the value they still have, and which it hid."""
    told = earlier_cells(catalogue, before)
    found = cells.frame[KEY].merge(told, on=KEY, how="left")
    same = np.isclose(found["was"].to_numpy(dtype=float), cells.frame["value"].to_numpy(dtype=float))
    return same, found["was_hidden"].eq(True).to_numpy(dtype=bool)  # noqa: FBT003 - pandas' own signature


def linked(catalogue: Catalogue, both: pd.DataFrame) -> Cells:
    """The whole linked system: agencies, years, categories, wards and complements."""
    cells = gathered(both)
    adds = {q.id: q.adds_over for q in catalogue.quantities.values()}
    link_agencies(cells, _senders(catalogue))
    quarters = {p: parse(p).financial_year.id for p in both["period_id"].unique() if "-Q" in p}
    link_years(cells, {q for q, over in adds.items() if "time" in over}, quarters)
    summing = [b.id for b in catalogue.breakdowns.values() if b.sums_to_total]
    wards = frozenset(ward.code for ward in catalogue.wards)
    areal = {q for q, over in adds.items() if "areas" in over}
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


def _shares(catalogue: Catalogue, cells: Cells, both: pd.DataFrame) -> pd.DataFrame:
    """Numerator and denominator cells of every percentage, sums over agencies and years included."""
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


def _named(cell: dict[str, Any]) -> str:
    return ", ".join(str(cell[column]) for column in KEY if cell[column] != "all")
