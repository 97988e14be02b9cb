"""An indicator split: small multiples for its categories, tables for wards and for the agencies that send it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from app.widgets import ward_funnel
from app.widgets.amounts import Unit, count, unit_of
from app.widgets.html import Child, Html, join, tag
from app.widgets.icons import mark
from app.widgets.page import group, more, section
from app.widgets.smalls import Small, smalls
from app.widgets.tables import Column, Row, table

if TYPE_CHECKING:
    from pipelines.queries import indicator as queries

# Enough to see how figures look; the whole list is one press away.
_WARDS_SHOWN = 8
# A line of fewer points than this says nothing.
_ENOUGH = 3
_FIFTHS = {1: "1 (least)", 5: "5 (most)"}


def categories(view: queries.IndicatorView) -> Html | None:
    """Each breakdown under its name: the first open, the others closed."""
    if not view.categories:
        return None
    groups = [(title, list(parts)) for title, parts in groupby(view.categories, key=lambda part: part.group_title)]
    unit = unit_of(view.facts)
    whole = view.card["value"] if unit.is_share else None
    dashed = f" Dashed line: all of Leeds, {unit.value(whole)}." if whole is not None else ""
    made = [
        group(title, _smalls(parts, unit, whole), aside=_aside(parts), is_open=number == 0)
        for number, (title, parts) in enumerate(groups)
    ]
    note = f"{view.facts['title']}, {unit.words}, for each group.{dashed} One scale within a breakdown."
    return section("Who it concerns", made, note=note)


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
    return tag("span", f"{len(parts)} groups")


def wards_head(view: queries.IndicatorView) -> Html | None:
    """What the funnel plot below shows, or what stands instead of it."""
    if not view.wards:
        return None
    hidden = sum(part.marker == "c" for part in view.wards)
    few = f" {hidden} of {len(view.wards)} are hidden to protect." if hidden else ""
    limits = " Wards outside the solid lines differ from Leeds by more than chance would explain."
    judged = limits if ward_funnel.positions(view) else ""
    note = f"{view.facts['title']}, {unit_of(view.facts).words}, by ward, {view.wards[0].period}.{few}{judged}"
    return section(ward_funnel.title_of(view), note=note)


def wards(view: queries.IndicatorView) -> Html | None:
    """Wards in alphabetical order with deprivation beside: never a league table."""
    if not view.wards:
        return None
    placed = ward_funnel.positions(view)
    ordered = sorted(view.wards, key=lambda part: part.label)
    stray = [part for part in ordered if placed.get(part.key, ("usual", ""))[0] != "usual"]
    shown = stray or [part for part in ordered if part.value is not None][:_WARDS_SHOWN]
    first = _wards("Wards with a figure", shown, view) if shown else None
    every = more(f"Show all {len(ordered)} wards, in alphabetical order", _wards("All wards", ordered, view))
    return join(first, every)


def _wards(caption: str, parts: list[queries.Part], view: queries.IndicatorView) -> Html:
    placed, unit = ward_funnel.positions(view), unit_of(view.facts)
    fifths = any(part.deprivation_fifth is not None for part in parts)
    columns = [Column("Ward", width="28%"), Column("Figure", width="18%")]
    if unit.has_parts:
        columns += [Column("Counts", width="16%"), Column("Between (95% sure)", "Between", width="18%")]
    if placed:
        columns.append(Column("Position"))
    if fifths:
        columns.append(Column("Deprivation fifth", "Deprivation"))
    return table(
        caption, columns, [_ward(part, unit, placed, fifths=fifths) for part in parts], cls="pairs", hide_caption=True
    )


def _ward(part: queries.Part, unit: Unit, placed: dict[str, tuple[str, str]], *, fifths: bool) -> Row:
    cells: list[Child] = [unit.value(part.value, part.marker)]
    if unit.has_parts:
        cells += [unit.counts(part.numerator, part.denominator) or "–", unit.between(part.lower, part.upper) or "–"]
    if placed:
        cells.append(mark(*placed[part.key]) if part.key in placed else "Not judged")
    if fifths:
        fifth = part.deprivation_fifth
        cells.append("–" if fifth is None else _FIFTHS.get(fifth, str(fifth)))
    return Row(part.label, tuple(cells))


def senders(view: queries.IndicatorView) -> Html | None:
    """What each agency sent, where several send a part; no ranking, as their services differ."""
    if len(view.senders) < 2:
        return None
    unit = unit_of(view.facts)
    columns = [
        Column("Agency", width="40%"),
        Column("Figure", width="22%"),
        Column("Counts", width="20%"),
        Column("Period"),
    ]
    rows = [
        Row(
            part.label,
            (unit.value(part.value, part.marker), unit.counts(part.numerator, part.denominator) or "–", part.period),
        )
        for part in view.senders
    ]
    note = "Each agency's own figure. Their services differ, so they are not ranked."
    shown = table("What each agency sent", columns, rows, cls="pairs", hide_caption=True)
    return section("By agency", join(shown), note=note)
