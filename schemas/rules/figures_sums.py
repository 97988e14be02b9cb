"""Rules about rows that must agree with one another: doubles, parts and wholes, one quantity in two places."""

from __future__ import annotations

import pandas as pd

from schemas.returns.context import KEY, Context
from schemas.rule import rule

# Counts are whole and full-time equivalents carry two decimals: a difference below this is arithmetic.
EXACT = 0.011
_ANSWERS = ["numerator", "denominator", "value_given", "marker"]
_SAME = ["quantity", "window", *KEY[1:]]


@rule(
    kind="figures",
    severity="error",
    column="indicator_id",
    message="{indicator_id} by {breakdown}, {category} is given twice: rows {rows} ({where}).",
    fix="Keep the right row and delete the other.",
    bad=[{"numerator": 3, "denominator": 40}, {"numerator": 4, "denominator": 40}],
    good=[{"breakdown": "sex", "category": "girls"}, {"breakdown": "sex", "category": "boys"}],
)
def figure_is_given_twice(figures: pd.DataFrame) -> pd.DataFrame:
    """Of two rows for one figure only one can be right, and adding them would count everybody twice."""
    doubled = figures[figures.duplicated(KEY, keep=False) & figures["category"].ne("")]
    doubled = doubled[_answers_differ(doubled)]
    rows = doubled.groupby(KEY, sort=False)["row"].transform(lambda group: _listed(group.tolist()))
    return doubled[[]].assign(rows=rows.astype("str"))


@rule(
    kind="figures",
    severity="note",
    column="indicator_id",
    message="{indicator_id} by {breakdown}, {category} stands twice with the same numbers; it is counted once ({where}).",
    fix="Nothing to do. You can delete one of the rows.",
    bad=[{"numerator": 3, "denominator": 40}, {"numerator": 3, "denominator": 40}],
    good=[{"numerator": 3, "denominator": 40}, {"numerator": 3, "denominator": 40, "area_id": "armley"}],
)
def row_is_repeated(figures: pd.DataFrame) -> pd.Series:
    """The same row pasted twice says nothing new; counting it twice would."""
    again = figures.duplicated([*KEY, *_ANSWERS], keep="first") & figures["category"].ne("")
    return again & ~_answers_differ(figures)


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
    named = figures[figures["category"].ne("") & ~figures["is_computed"]]
    parts = named[named["breakdown"].isin(list(sums))]
    whole_by = ["indicator_id", "period_id", "area_id"]
    parts = parts.assign(complete=parts["breakdown"].map(sums))
    return _unequal(parts, named[named["breakdown"] == "all"], [*whole_by, "breakdown"], whole_by, "breakdown")


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
    whole = figures[figures["breakdown"].eq("all") & figures["adds_over_areas"] & ~figures["is_computed"]]
    wards = whole[whole["area_id"] != context.here].assign(complete=len(context.catalogue.wards))
    by = ["indicator_id", "period_id"]
    return _unequal(wards, whole[whole["area_id"] == context.here], by, by, "wards")


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
    named = figures[figures["category"].ne("") & ~figures["is_computed"]]
    both = [
        named.assign(quantity=named[role], shown=named[at], at=at)[[*_SAME, "shown", "at", "indicator_id", "sheet", "row"]]
        for role, at in (("top", "numerator"), ("under", "denominator"))
    ]
    given = pd.concat(both)
    given = given[given["quantity"].ne("") & given["shown"].notna()]
    given = given[given.groupby(_SAME, sort=False)["shown"].transform("nunique") > 1]
    if given.empty:
        return figures.iloc[:0][[]]
    others = pd.Series(_other_value(given), given.index, dtype=object)
    titles = {quantity.id: quantity.title for quantity in context.catalogue.quantities.values()}
    return given[["at", "shown"]].assign(
        value=given["shown"],
        quantity=given["quantity"].map(titles).astype("str"),
        other_id=others.map(lambda other: other[0]),
        other_shown=others.map(lambda other: other[1]),
        other_where=others.map(lambda other: other[2]),
    )


def _other_value(given: pd.DataFrame) -> list[tuple[str, float, str]]:
    """For each place a quantity is given, the first place that gives it another value."""
    places: dict[tuple[str, ...], list[tuple[str, float, str]]] = {}
    keys = list(given[_SAME].itertuples(index=False, name=None))
    facts = list(zip(given["indicator_id"], given["shown"], given["sheet"] + " row " + given["row"].astype("str"), strict=True))
    for key, fact in zip(keys, facts, strict=True):
        places.setdefault(key, []).append(fact)
    return [
        next(other for other in places[key] if other[1] != shown)
        for key, (_, shown, _) in zip(keys, facts, strict=True)
    ]


def _unequal(parts: pd.DataFrame, wholes: pd.DataFrame, by: list[str], whole_by: list[str], label: str) -> pd.DataFrame:
    """Where parts exceed their whole, or all of them together differ from it: the whole told, its parts silent.

    `parts` has a column `complete`, how many parts there are when none is missing or hidden.
    """
    if parts.empty or wholes.empty:
        return parts.iloc[:0][[]]
    pairs = parts.reset_index(names="at_row").merge(
        wholes.reset_index(names="whole_row")[[*whole_by, "whole_row", "numerator", "denominator"]],
        on=whole_by,
        suffixes=("", "_whole"),
    )
    found = [_unequal_in(pairs, at, by, label) for at in ("numerator", "denominator")]
    return pd.concat(found)


def _unequal_in(pairs: pd.DataFrame, at: str, by: list[str], label: str) -> pd.DataFrame:
    if at == "denominator":
        # A split of the number alone repeats the whole's base on every row; populations come from elsewhere.
        pairs = pairs[~pairs["population"] & pairs["denominator"].ne(pairs["denominator_whole"])]
    filled = pairs[pairs[at].notna() & pairs[f"{at}_whole"].notna()]
    if filled.empty:
        return pd.DataFrame()
    groups = filled.groupby(by, sort=False)
    sums = groups[at].transform("sum")
    over = sums - filled[f"{at}_whole"]
    all_there = groups[at].transform("size") >= filled["complete"]
    broken = filled.assign(added=sums, over=over.abs())[(over > EXACT) | (all_there & (over.abs() > EXACT))]
    if broken.empty:
        return pd.DataFrame()
    told = broken.drop_duplicates(by).set_index("whole_row")
    words = [_told(group, at, label) for _, group in broken.groupby(by, sort=False)]
    shown = pd.DataFrame(words, index=told.index, columns=["breakdown", "parts", "rows"])
    shown = shown.assign(
        at=at, added=told["added"], whole=told[f"{at}_whole"], value=told[f"{at}_whole"], difference=told["over"].round(2)
    )
    silent = pd.DataFrame(index=pd.Index(broken["at_row"].unique())).assign(at=at, silent=True)
    return pd.concat([shown.assign(silent=False), silent])


def _told(group: pd.DataFrame, at: str, label: str) -> tuple[str, str, str]:
    numbers = [f"{number:,.10g}" for number in group[at]]
    parts = " + ".join(numbers) if len(numbers) <= 8 else f"{len(numbers)} of them"
    return (group["breakdown"].iloc[0] if label == "breakdown" else label, parts, _listed(group["row"].tolist()))


def _answers_differ(figures: pd.DataFrame) -> pd.Series:
    """Whether any row of the same figure carries another answer."""
    size = figures.groupby(KEY, sort=False)["row"].transform("size")
    alike = figures.groupby([*KEY, *_ANSWERS], sort=False, dropna=False)["row"].transform("size")
    return size.ne(alike)


def _listed(rows: list[int]) -> str:
    """Row numbers in words: the first five, and how many more.

    >>> _listed([4, 9]), _listed([1, 2, 3, 4, 5, 6, 7])
    ('4 and 9', '1, 2, 3, 4, 5 and 2 more')
    """
    shown = [str(row) for row in rows[:5]]
    if len(rows) > 5:
        return f"{', '.join(shown)} and {len(rows) - 5} more"
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1]))) if shown else ""
