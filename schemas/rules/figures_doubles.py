"""Rules about what is given twice: a figure on two rows, one quantity under two indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from schemas.returns.by_value import picked
from schemas.returns.labelled import Labelled
from schemas.returns.listed import listed
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.returns.context import Context

_ANSWERS = ["numerator", "denominator", "value_given", "marker"]
_PLACED = ["figure", "indicator_id", "window", "numerator", "denominator", "top", "under", "sheet", "row"]


@rule(
    kind="figures",
    stage="double",
    severity="error",
    column="indicator_id",
    message="{which} is given twice: {rows} ({where}).",
    fix="Keep the right row and delete the other.",
    bad=[{"numerator": 3, "denominator": 40}, {"numerator": 4, "denominator": 40}],
    good=[{"breakdown": "sex", "category": "girls"}, {"breakdown": "sex", "category": "boys"}],
)
def figure_is_given_twice(figures: pd.DataFrame) -> pd.DataFrame:
    """Of two rows for one figure only one can be right, and adding them would count everybody twice.

    Asked before a row of an earlier quarter is set aside as it stands: the other of the two would pass for a correction.
    """
    _, differs = _again(figures)
    doubled = picked(figures, differs & figures["category"].ne(""), "figure", "sheet", "row")
    if doubled.empty:
        return doubled[[]]
    places = doubled.assign(place=doubled["sheet"] + " row " + doubled["row"].astype("str")).groupby("figure")["place"]
    rows = {name: listed(group.tolist()) for name, group in places}
    return doubled[[]].assign(
        rows=[rows[name] for name in doubled["figure"]], which=_which(figures, doubled.index, dated=True)
    )


@rule(
    kind="figures",
    severity="note",
    column="indicator_id",
    sets_aside=True,
    message="{which} stands twice with the same numbers; it is counted once ({where}).",
    fix="Nothing to do. You can delete one of the rows.",
    bad=[{"numerator": 3, "denominator": 40}, {"numerator": 3, "denominator": 40}],
    good=[{"numerator": 3, "denominator": 40}, {"numerator": 3, "denominator": 40, "area_id": "armley"}],
)
def row_is_repeated(figures: pd.DataFrame) -> pd.DataFrame:
    """The same row pasted twice says nothing new; counting it twice would."""
    again, differs = _again(figures)
    found = figures.index[again & ~differs & figures["category"].ne("")]
    return pd.DataFrame({"which": _which(figures, found, dated=False)}, index=found)


@rule(
    kind="figures",
    stage="return",
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
    where = [figure.partition("|")[2] for figure in given["figure"]]
    given = given.assign(same=["|".join(same) for same in zip(given["quantity"], given["window"], where, strict=True)])
    given = given[_given_differently(given)]
    if given.empty:
        return picked(figures, figures["row"].lt(0))
    others = _other_value(given)
    titles = {quantity.id: quantity.title for quantity in context.catalogue.quantities.values()}
    return given[["at", "shown"]].assign(
        value=given["shown"],
        quantity=given["quantity"].map(titles).astype("str"),
        other_id=[other_id for other_id, _, _ in others],
        other_shown=[number for _, number, _ in others],
        other_where=[where for _, _, where in others],
    )


def _given_differently(given: pd.DataFrame) -> np.ndarray:
    """Which places belong to a quantity that is not given the same number everywhere."""
    group, numbers = pd.factorize(given["same"].to_numpy())[0], given["shown"].to_numpy()
    first = np.full(len(given), np.nan)
    first[group[::-1]] = numbers[::-1]
    return np.isin(group, group[numbers != first[group]])


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


def _which(figures: pd.DataFrame, at: pd.Index, *, dated: bool) -> list[str]:
    """Which figure each row gives: its indicator and, `dated`, its period; of a part which one.

    A row that is repeated is so in all its periods, and is told of once.
    """
    rows = (figures.loc[at, name].tolist() for name in ("indicator_id", "period_id", "breakdown", "category"))
    return [
        indicator_id
        + (f" for {period_id}" if dated else "")
        + ("" if category == "all" else f", {breakdown} {category},")
        for indicator_id, period_id, breakdown, category in zip(*rows, strict=True)
    ]


def _again(figures: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Which rows give a figure an earlier row gives; and which belong to a figure its rows answer differently."""
    group, place = Labelled.of(figures["figure"]).codes, np.arange(len(figures))
    first = np.zeros(int(group.max(initial=-1)) + 1, dtype="int64")
    first[group[::-1]] = place[::-1]
    first = first[group]
    differs = np.zeros(len(figures), dtype=bool)
    for name in _ANSWERS if (first != place).any() else ():
        answers = Labelled.of(figures[name]).codes if name == "marker" else figures[name].to_numpy()
        same = answers == answers[first]
        differs |= ~same if name == "marker" else ~same & ~(np.isnan(answers) & np.isnan(answers[first]))
    of_differing = np.zeros(int(group.max(initial=-1)) + 1, dtype=bool)
    of_differing[group[differs]] = True
    index = figures.index
    return pd.Series(first != place, index), pd.Series(of_differing[group], index)
