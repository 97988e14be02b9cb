"""An indicator by place: wards in alphabetical order with deprivation beside, agencies each with what it sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets import place_funnel
from app.widgets.amounts import Unit, unit_of
from app.widgets.html import Child, Html, join, tag
from app.widgets.icons import mark
from app.widgets.page import more, section
from app.widgets.tables import Column, Row, table

if TYPE_CHECKING:
    from pipelines.queries import beside
    from pipelines.queries import indicator as queries

# Enough to see how figures look; the whole list is one press away.
_SHOWN = 8
_FIFTHS = {1: "1 (least)", 5: "5 (most)"}
_DIFFER = "Each agency's own figure. Their services differ, so they are shown and not compared."
_LIKE = (
    "Each agency's own figure, in alphabetical order. Their services are alike, so chance can be told from difference."
)


def wards_head(view: queries.IndicatorView, plot: beside.Plot | None) -> Html | None:
    """What the funnel plot below shows, or what stands instead of it."""
    if not view.wards:
        return None
    hidden = sum(part.marker == "c" for part in view.wards)
    few = f" {hidden} of {len(view.wards)} are hidden to protect." if hidden else ""
    period = plot.period if plot else view.wards[0].period
    note = f"{view.facts['title']}, {unit_of(view.facts).words}, by ward, {period}.{few}"
    if all(part.deprivation_fifth is None for part in view.wards):
        note += " The wards’ deprivation fifths are not in the catalogue yet, so they cannot stand beside."
    return section(place_funnel.title_of(plot, "ward"), note=join(note, _limits(plot, "Wards")))


def wards(view: queries.IndicatorView, plot: beside.Plot | None) -> Html | None:
    """Wards in alphabetical order with deprivation beside: never a league table."""
    if not view.wards:
        return None
    placed = plot.by_key if plot else {}
    ordered = sorted(view.wards, key=lambda part: part.label)
    stray = [part for part in ordered if part.key in placed and placed[part.key].is_outside]
    shown = stray or [part for part in ordered if part.value is not None][:_SHOWN]
    caption = "Wards outside the limits" if stray else "Wards with a figure"
    first = _wards(caption, shown, view, placed) if 0 < len(shown) <= _SHOWN else None
    every = more(f"Show all {len(ordered)} wards, in alphabetical order", _wards("All wards", ordered, view, placed))
    return join(_said(plot), first, every)


def senders_head(view: queries.IndicatorView, plot: beside.Plot | None) -> Html | None:
    """The heading of what each agency sent, where several send a part."""
    if len(view.senders) < 2:
        return None
    if plot is None:
        return section("By agency", note=_DIFFER)
    return section(
        place_funnel.title_of(plot, "agency"), note=join(f"{plot.period}. ", _LIKE, _limits(plot, "Agencies"))
    )


def senders(view: queries.IndicatorView, plot: beside.Plot | None) -> Html | None:
    """What each agency sent, alphabetical and never ranked, with its position where services are alike."""
    if len(view.senders) < 2:
        return None
    unit, placed = unit_of(view.facts), plot.by_key if plot else {}
    columns = [Column("Agency", width="34%"), Column("Figure", width="18%"), Column("Counts", width="20%")]
    columns += [Column("Position", width="28%")] if placed else []
    rows = [
        Row(
            part.label,
            (
                unit.value(part.value, part.marker),
                unit.counts(part.numerator, part.denominator) or "–",
                *([_position(placed.get(part.key))] if placed else []),
                part.period,
            ),
        )
        for part in sorted(view.senders, key=lambda part: part.label)
    ]
    shown = table("What each agency sent", [*columns, Column("Period")], rows, cls="pairs", hide_caption=True)
    return join(_said(plot), shown)


def _limits(plot: beside.Plot | None, many: str) -> str:
    if plot is None or not plot.places:
        return ""
    return f" {many} outside the solid lines differ by more than chance would explain; dotted lines are the 95% limits."


def _said(plot: beside.Plot | None) -> Html | None:
    """What chance alone would give, or why there are no limits."""
    return tag("p", plot.note, cls="second chance") if plot and plot.note else None


def _position(place: beside.Place | None) -> Child:
    return "Not judged" if place is None else mark(place.mark, place.words)


def _wards(
    caption: str, parts: list[queries.Part], view: queries.IndicatorView, placed: dict[str, beside.Place]
) -> Html:
    unit = unit_of(view.facts)
    fifths = any(part.deprivation_fifth is not None for part in parts)
    columns = [Column("Ward", width="28%"), Column("Figure", width="18%")]
    if unit.has_parts:
        columns += [Column("Counts", width="16%"), Column("Between (95% sure)", "Between", width="18%")]
    if placed:
        columns.append(Column("Position"))
    periods = len({part.period for part in view.wards}) > 1
    columns += [Column("Deprivation fifth", "Deprivation")] if fifths else []
    columns += [Column("Period")] if periods else []
    rows = [_ward(part, unit, placed, fifths=fifths, periods=periods) for part in parts]
    return table(caption, columns, rows, cls="pairs", hide_caption=True)


def _ward(part: queries.Part, unit: Unit, placed: dict[str, beside.Place], *, fifths: bool, periods: bool) -> Row:
    cells: list[Child] = [unit.value(part.value, part.marker)]
    if unit.has_parts:
        cells += [unit.counts(part.numerator, part.denominator) or "–", unit.between(part.lower, part.upper) or "–"]
    if placed:
        cells.append(_position(placed.get(part.key)))
    fifth = part.deprivation_fifth
    if fifths:
        cells.append("Not known" if fifth is None else _FIFTHS.get(fifth, str(fifth)))
    if periods:
        cells.append(part.period)
    return Row(part.label, tuple(cells))
