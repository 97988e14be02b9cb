"""Rules about rows that must agree with one another: doubles, parts and wholes, one quantity in two places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from schemas.returns.by_value import by_value, joined_keys, picked, texts
from schemas.returns.facts import KEY
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.returns.context import Context

# Counts are whole and full-time equivalents carry two decimals: a difference below this is arithmetic.
EXACT = 0.011
_ANSWERS = ["numerator", "denominator", "value_given", "marker"]
_SAME = ["quantity", "window", *KEY[1:]]
_NEEDED = [*KEY, "numerator", "denominator", "population", "row"]
_PLACED = [*KEY, "window", "numerator", "denominator", "top", "under", "sheet", "row"]


@rule(
    kind="figures",
    severity="error",
    column="indicator_id",
    message="{indicator_id} by {breakdown}, {category} is given twice: {rows} ({where}).",
    fix="Keep the right row and delete the other.",
    bad=[{"numerator": 3, "denominator": 40}, {"numerator": 4, "denominator": 40}],
    good=[{"breakdown": "sex", "category": "girls"}, {"breakdown": "sex", "category": "boys"}],
)
def figure_is_given_twice(figures: pd.DataFrame) -> pd.DataFrame:
    """Of two rows for one figure only one can be right, and adding them would count everybody twice."""
    doubled = _doubled(figures)
    doubled = doubled[_answers_differ(doubled)]
    places = doubled.assign(place=doubled["sheet"] + " row " + doubled["row"].astype("str")).groupby("figure")["place"]
    rows = {name: _listed(group.tolist()) for name, group in places}
    return doubled[[]].assign(rows=[rows[name] for name in doubled["figure"]])


@rule(
    kind="figures",
    severity="note",
    column="indicator_id",
    sets_aside=True,
    message="{indicator_id} by {breakdown}, {category} stands twice with the same numbers; it is counted once ({where}).",
    fix="Nothing to do. You can delete one of the rows.",
    bad=[{"numerator": 3, "denominator": 40}, {"numerator": 3, "denominator": 40}],
    good=[{"numerator": 3, "denominator": 40}, {"numerator": 3, "denominator": 40, "area_id": "armley"}],
)
def row_is_repeated(figures: pd.DataFrame) -> pd.Series:
    """The same row pasted twice says nothing new; counting it twice would."""
    doubled = _doubled(figures)
    again = doubled.index[doubled.duplicated("figure") & ~_answers_differ(doubled)]
    return pd.Series(figures.index.isin(again), figures.index)


@rule(
    kind="figures",
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


@rule(
    kind="figures",
    severity="error",
    column="numerator denominator",
    message="{indicator_id}: {quantity} is {shown} here ({where}), but {other_shown} for {other_id} ({other_where}).",
    fix="It is one and the same count: give the same number in both places.",
    bad=[{"indicator_id": "FD04", "numerator": 5, "denominator": 40},
         {"indicator_id": "FD05", "numerator": 30, "denominator": 41}],
    good=[{"indicator_id": "FD04", "numerator": 5, "denominator": 40},
          {"indicator_id": "FD05", "numerator": 30, "denominator": 40}],
)  # fmt: skip
def one_quantity_has_two_values(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """The same count under two indicators is counted once by the partnership: two values cannot both be true."""
    named = picked(figures, figures["category"].ne(""), *_PLACED)
    both = [
        named.assign(quantity=named[role], shown=named[at], at=at)
        for role, at in (("top", "numerator"), ("under", "denominator"))
    ]
    given = pd.concat(both)
    given = given[given["quantity"].ne("") & given["shown"].notna()]
    given = given.assign(same=texts(joined_keys(given, _SAME), given.index))
    group = pd.factorize(given["same"].to_numpy())[0]
    first = np.full(len(given), np.nan)
    first[group[::-1]] = given["shown"].to_numpy()[::-1]
    differs = given["shown"].to_numpy() != first[group]
    given = given[np.isin(group, group[differs])]
    if given.empty:
        return figures.iloc[:0][[]]
    others = _other_value(given)
    titles = {quantity.id: quantity.title for quantity in context.catalogue.quantities.values()}
    return given[["at", "shown"]].assign(
        value=given["shown"],
        quantity=given["quantity"].map(titles).astype("str"),
        other_id=[other_id for other_id, _, _ in others],
        other_shown=[number for _, number, _ in others],
        other_where=[where for _, _, where in others],
    )


def _other_value(given: pd.DataFrame) -> list[tuple[str, float, str]]:
    """For each place a quantity is given, the first place that gives it another value."""
    places: dict[str, list[tuple[str, float, str]]] = {}
    keys = given["same"].tolist()
    facts = list(
        zip(given["indicator_id"], given["shown"], given["sheet"] + " row " + given["row"].astype("str"), strict=True)
    )
    for key, fact in zip(keys, facts, strict=True):
        places.setdefault(key, []).append(fact)
    return [
        next(other for other in places[key] if other[1] != shown)
        for key, (_, shown, _) in zip(keys, facts, strict=True)
    ]


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
    return str(group["breakdown"].iloc[0]), parts, _listed(group["row"].tolist())


def _doubled(figures: pd.DataFrame) -> pd.DataFrame:
    twice = figures["figure"].duplicated(keep=False) & figures["category"].ne("")
    return picked(figures, twice, "figure", "sheet", "row", *_ANSWERS)


def _answers_differ(doubled: pd.DataFrame) -> pd.Series:
    """Whether any row of the same figure carries another answer."""
    if doubled.empty:
        return pd.Series(index=doubled.index, dtype="bool")
    size = doubled.groupby("figure")["row"].transform("size")
    return size.ne(doubled.groupby(["figure", *_ANSWERS], dropna=False)["row"].transform("size"))


def _listed(rows: list[int]) -> str:
    """Row numbers in words: the first five, and how many more.

    >>> _listed([4, 9]), _listed([1, 2, 3, 4, 5, 6, 7])
    ('4 and 9', '1, 2, 3, 4, 5 and 2 more')
    """
    shown = [str(row) for row in rows[:5]]
    if len(rows) > 5:
        return f"{', '.join(shown)} and {len(rows) - 5} more"
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1]))) if shown else ""
