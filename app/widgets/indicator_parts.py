"""An indicator split: small multiples for its categories."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from app.widgets.amounts import Unit, count, unit_of
from app.widgets.html import Html, join, tag
from app.widgets.page import group, section
from app.widgets.smalls import Small, smalls
from schemas.catalogue import catalogue

if TYPE_CHECKING:
    from pipelines.queries import indicator as queries

# A line of fewer points than this says nothing.
_ENOUGH = 3


def categories(view: queries.IndicatorView) -> Html | None:
    """Each breakdown under its name: the first open, the others closed."""
    if not view.categories:
        return None
    groups = [(title, list(parts)) for title, parts in groupby(view.categories, key=lambda part: part.group_title)]
    unit = unit_of(view.facts)
    wholes = [_whole(view, parts) if unit.is_share else None for _, parts in groups]
    dashed = " Dashed line: everybody, in the last period shown." if any(w is not None for w in wholes) else ""
    made = [
        group(title, _smalls(parts, unit, wholes[number]), aside=_aside(parts), is_open=number == 0)
        for number, (title, parts) in enumerate(groups)
    ]
    note = f"{view.facts['title']}, {unit.words}, for each group.{dashed} One scale within a breakdown."
    return section("Who it concerns", made, note=note)


def _whole(view: queries.IndicatorView, parts: list[queries.Part]) -> float | None:
    """The figure of everybody for the groups' own last period: a year's groups are not held against a quarter."""
    return next((row["value"] for row in view.data if row["period"] == parts[0].period), None)


def _smalls(parts: list[queries.Part], unit: Unit, whole: float | None) -> Html:
    """The groups with something to draw; those hidden almost throughout are named in one line."""
    drawn = [part for part in parts if part.value is not None or _shown(part) >= _ENOUGH]
    rest = [part for part in parts if part not in drawn]
    named = "; ".join(f"{part.label}: {unit.value(None, part.marker).lower()}" for part in rest)
    pictures = smalls([_small(part, unit) for part in drawn], whole=whole) if drawn else None
    return join(pictures, tag("p", f"Nothing to draw for {named}.", cls="second after") if rest else None)


def _shown(part: queries.Part) -> int:
    return sum(value is not None for value in part.values)


def _small(part: queries.Part, unit: Unit) -> Small:
    shown = unit.number(part.value) + unit.suffix if part.value is not None else unit.value(None, part.marker)
    hidden = len(part.values) - _shown(part)
    gaps = f" {hidden} of {len(part.values)} not shown." if hidden else ""
    return Small(part.label, part.values, shown, f"{_size(part, unit)}{part.period}.{gaps}")


def _size(part: queries.Part, unit: Unit) -> str:
    if part.denominator is not None and unit.has_parts:
        return f"n = {count(part.denominator)}. "
    return ""


def _aside(parts: list[queries.Part]) -> Html:
    known = catalogue().breakdowns.get(parts[0].group)
    overlap = (
        "" if known is None or known.sums_to_total else "; one may stand in several, so they come to more than all"
    )
    return tag("span", f"{len(parts)} groups{overlap}")
