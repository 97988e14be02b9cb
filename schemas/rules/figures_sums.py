"""Rules about parts and their whole: categories and wards must add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from schemas.returns.by_value import by_value, joined_keys, picked
from schemas.returns.facts import KEY
from schemas.returns.listed import listed
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.returns.context import Context

# Counts are whole and full-time equivalents carry two decimals: a difference below this is arithmetic.
EXACT = 0.011
_NEEDED = [*KEY, "numerator", "denominator", "population", "row"]


@rule(
    kind="figures",
    stage="return",
    severity="error",
    column="numerator denominator",
    message="{indicator_id}: the parts by {breakdown} ({parts}) add up to {added}, the whole is {whole}, "
    "a difference of {difference} ({where}).",
    fix="Check the parts in rows {rows} and the whole; put those not recorded under Not known.",
    bad=[{"numerator": 10, "denominator": 40}] + [
        {"breakdown": "sex", "category": c, "numerator": n, "denominator": 20}
        for c, n in (("girls", 5), ("boys", 6), ("not_known", 0))
    ],
    good=[{"numerator": 11, "denominator": 60}] + [
        {"breakdown": "sex", "category": c, "numerator": n, "denominator": 20}
        for c, n in (("girls", 5), ("boys", 6), ("not_known", 0))
    ],
)  # fmt: skip
def parts_do_not_add_up(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Every child is in one part and in the whole; where the two differ, some are missing or counted twice."""
    sums = {b.id: len(b.categories) for b in context.catalogue.breakdowns.values() if b.sums_to_total}
    named = picked(figures, figures["category"].ne(""), *_NEEDED)
    whole = named["breakdown"].eq("all")
    parts = named[~whole].assign(complete=by_value(named["breakdown"][~whole], lambda b: sums.get(b, 0), "int64"))
    whole_by = ["indicator_id", "period_id", "area_id"]
    return _unequal(parts[parts["complete"] > 0], named[whole], [*whole_by, "breakdown"], whole_by)


@rule(
    kind="figures",
    stage="return",
    severity="error",
    column="numerator denominator",
    message="{indicator_id}: the wards ({parts}) add up to {added}, the city is {whole}, a difference of {difference} ({where}).",
    fix="Check the wards and the city's figure; those with no fixed address belong in the city's figure only if agreed.",
    bad=[{"numerator": 10, "denominator": 40}, {"area_id": "armley", "numerator": 11, "denominator": 40}],
    good=[{"numerator": 12, "denominator": 40}, {"area_id": "armley", "numerator": 11, "denominator": 40}],
)
def wards_do_not_add_up(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Wards make up the city: together they cannot hold more, and all of them together must hold the same."""
    adds = figures["breakdown"].eq("all") & figures["adds_over_areas"]
    whole = picked(figures, adds, *_NEEDED)
    city = whole["area_id"].eq(context.here)
    wards = whole[~city].assign(complete=len(context.catalogue.wards))
    by = ["indicator_id", "period_id"]
    return _unequal(wards, whole[city], by, by)


def _unequal(parts: pd.DataFrame, wholes: pd.DataFrame, by: list[str], whole_by: list[str]) -> pd.DataFrame:
    """Where parts exceed their whole, or all of them together differ from it: the whole told, its parts silent.

    `parts` has a column `complete`: how many parts there are when none is missing or hidden.
    """
    if parts.empty or wholes.empty:
        return parts.iloc[:0][[]]
    keys = dict(zip(joined_keys(wholes, whole_by), range(len(wholes)), strict=True))
    place = np.array([keys.get(key, -1) for key in joined_keys(parts, whole_by)])
    met, beside = parts[place >= 0], wholes.take(place[place >= 0])
    met = met.assign(
        group=pd.factorize(np.array(joined_keys(met, by), dtype=object))[0],
        whole_row=beside.index,
        numerator_whole=beside["numerator"].to_numpy(),
        denominator_whole=beside["denominator"].to_numpy(),
    )
    return pd.concat([_unequal_in(met, at) for at in ("numerator", "denominator")])


def _unequal_in(pairs: pd.DataFrame, at: str) -> pd.DataFrame:
    number, whole = pairs[at].to_numpy(), pairs[f"{at}_whole"].to_numpy()
    counted = ~np.isnan(number) & ~np.isnan(whole)
    if at == "denominator":
        # A split of the number alone repeats the whole's base on every row; populations come from elsewhere.
        counted &= ~pairs["population"].to_numpy(dtype=bool) & (number != whole)
    group = pairs["group"].to_numpy()
    sums = np.bincount(group[counted], weights=number[counted], minlength=len(pairs))[group]
    sizes = np.bincount(group[counted], minlength=len(pairs))[group]
    over = sums - whole
    wrong = counted & ((over > EXACT) | ((sizes >= pairs["complete"].to_numpy()) & (np.abs(over) > EXACT)))
    if not wrong.any():
        return pd.DataFrame()
    broken = pairs.assign(added=sums, over=np.abs(over).round(2), whole=whole)[wrong]
    told = broken.drop_duplicates("group").set_index("whole_row")
    words = [_told(group, at) for _, group in broken.groupby("group", sort=False)]
    shown = pd.DataFrame(words, index=told.index, columns=["breakdown", "parts", "rows"]).assign(
        at=at, added=told["added"], whole=told["whole"], value=told["whole"], difference=told["over"], silent=False
    )
    return pd.concat([shown, pd.DataFrame({"at": at, "silent": True}, index=broken.index)])


def _told(group: pd.DataFrame, at: str) -> tuple[str, str, str]:
    numbers = [f"{number:,.10g}" for number in group[at]]
    parts = " + ".join(numbers) if len(numbers) <= 8 else f"{len(numbers)} of them"
    return str(group["breakdown"].iloc[0]), parts, listed(group["row"].tolist())
