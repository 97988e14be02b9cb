"""Wards or like agencies on a funnel plot, with its heading and its words, as the publication judged them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.widgets.amounts import Unit, count, number_word, unit_of
from app.widgets.funnel import Funnel, Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.queries import beside

# Nearer than this, as shares of the plot's width and height, two names would cover each other. Pointing at a place still
# gives its name, and the table has them all.
_WIDE, _HIGH = 0.35, 0.14
KINDS = {"ward": ("ward", "wards"), "agency": ("agency", "agencies")}


def funnel_of(facts: Mapping[str, Any], plot: beside.Plot | None, whole: str) -> Funnel | None:
    """The funnel plot, or None where no limits can stand; `whole` is the name of what places are held against."""
    if plot is None or not plot.places or plot.centre is None:
        return None
    unit = unit_of(facts)
    named = _apart([place for place in plot.places if place.is_outside], plot)
    return Funnel(
        places=tuple(_place(place, unit, named=place.key in named) for place in plot.places),
        whole=plot.centre,
        whole_words=f"{whole} {unit.number(plot.centre)}{unit.suffix}",
        sizes=tuple(limit.size for limit in plot.limits),
        lower_95=tuple(limit.lower_95 for limit in plot.limits),
        upper_95=tuple(limit.upper_95 for limit in plot.limits),
        lower_998=tuple(limit.lower_998 for limit in plot.limits),
        upper_998=tuple(limit.upper_998 for limit in plot.limits),
        size_words=str(facts["denominator"]).split(" (")[0],
        suffix=unit.suffix,
    )


def title_of(plot: beside.Plot | None, kind: str) -> str:
    """How many places stray, as the heading says it."""
    one, many = KINDS[kind]
    if plot is None or not plot.places:
        return f"By {one}"
    drawn = len(plot.places)
    shown = " shown" if drawn < plot.total else ""
    if not plot.outside:
        return f"No {one} of {drawn}{shown} is unusual for its size"
    verb, whose = ("is", "its") if plot.outside == 1 else ("are", "their")
    return f"{number_word(plot.outside)} of {drawn} {many}{shown} {verb} unusual for {whose} size"


def alt_of(facts: Mapping[str, Any], plot: beside.Plot, kind: str) -> str:
    """What the plot shows, for those who do not see it."""
    one, _ = KINDS[kind]
    strays = [place.label for place in plot.places if place.is_outside]
    named = f" Outside the 99.8% limits: {', '.join(strays)}." if strays else " None is outside the 99.8% limits."
    return (
        f"Funnel plot of {facts['title']} by {one} against size: {len(plot.places)} places.{named} "
        "The table below has the numbers."
    )


def _apart(strays: list[beside.Place], plot: beside.Plot) -> frozenset[str]:
    """The strays whose names have room beside them."""
    across = max((limit.size for limit in plot.limits), default=1.0)
    upward = max((place.value for place in plot.places), default=1.0) or 1.0

    def near(one: beside.Place, other: beside.Place) -> bool:
        return abs(one.size - other.size) < _WIDE * across and abs(one.value - other.value) < _HIGH * upward

    crowded = {one.key for one in strays for other in strays if one is not other and near(one, other)}
    return frozenset(one.key for one in strays) - crowded


def _place(place: beside.Place, unit: Unit, *, named: bool) -> Place:
    said = f"{unit.value(place.value)} ({count(place.numerator)} of {count(place.size)})"
    label = f"{place.label}\n{unit.number(place.value)}{unit.suffix}" if named else ""
    return Place(place.size, place.value, f"{place.label}: {said}. {place.words}", place.mark, label)
