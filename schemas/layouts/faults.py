"""What in a layout contradicts the catalogue, or the layout itself, in words its author can act on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from schemas.catalogue.faults import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from schemas.catalogue.models import Indicator
    from schemas.catalogue.whole import Catalogue
    from schemas.layouts.layout import Label, Layout, Place

_SHOWN = 40


def faults(layout: Layout, catalogue: Catalogue) -> tuple[str, ...]:
    """Every fault, each the part of a sentence that says where, what, and what is meant instead; none in a good layout."""
    return tuple(_all(layout, catalogue))


def _all(layout: Layout, catalogue: Catalogue) -> Iterator[str]:
    if layout.agency_id and layout.agency_id not in catalogue.agencies:
        yield f"agency_id is {_quoted(layout.agency_id)}, which is no agency{_meant(layout.agency_id, catalogue.agencies)}"
    for number, label in enumerate(layout.labels, 1):
        yield from _of_label(f"labels {number} (“{label.words[:_SHOWN]}”)", label, layout, catalogue)
    yield from _twice("labels and left_out", [e.words for e in (*layout.labels, *layout.left_out)])
    for number, sheet in enumerate(layout.sheets, 1):
        for at, place in enumerate(sheet.places, 1):
            where = f"sheets {number}, places {at} (“{place.heading[:_SHOWN]}”)"
            yield from _of_part(where, place, catalogue, has_names="category" in sheet.names)
        yield from _twice(f"sheets {number}, places", [place.heading for place in sheet.places])


def _of_label(where: str, label: Label, layout: Layout, catalogue: Catalogue) -> Iterator[str]:
    indicator = catalogue.indicators.get(label.indicator_id)
    if indicator is None:
        meant = _meant(label.indicator_id, catalogue.indicators)
        yield f"{where}: {_quoted(label.indicator_id)} is no indicator{meant}"
        return
    if indicator.computed_from is not None:
        yield f"{where}: {indicator.id} is worked out here and not sent, so the row belongs to left_out"
    if label.answer == "denominator" and indicator.denominator is None:
        yield f"{where}: {indicator.id} is a count and has no out of, so answer cannot be “denominator”"
    named = any("category" in sheet.names for sheet in layout.sheets)
    in_columns = any(place.category for sheet in layout.sheets for place in sheet.places)
    yield from _of_part(where, label, catalogue, has_names=named or in_columns)
    if label.breakdown in catalogue.breakdowns and label.breakdown not in indicator.breakdowns:
        yield f"{where}: {indicator.id} is not collected by {label.breakdown}{_collected(indicator)}"


def _of_part(where: str, part: Label | Place, catalogue: Catalogue, *, has_names: bool) -> Iterator[str]:
    """What is wrong with the breakdown, category and area of a row or a column."""
    if part.area and part.area not in catalogue.areas:
        codes = {area.name: area.code for area in catalogue.areas.values()}
        known = f"; {part.area} is {codes[part.area]}" if part.area in codes else _meant(part.area, catalogue.areas)
        yield f"{where}: area is {_quoted(part.area)}, which is no area’s code{known}"
    breakdown = catalogue.breakdowns.get(part.breakdown)
    if part.breakdown and part.breakdown != "all" and breakdown is None:
        meant = _meant(part.breakdown, catalogue.breakdowns)
        yield f"{where}: {_quoted(part.breakdown)} is no breakdown{meant}"
    elif part.category and breakdown is None:
        if part.breakdown != "all" or part.category != "all":
            yield f"{where}: category {_quoted(part.category)} stands without the breakdown it is of"
    elif breakdown is not None and part.category:
        ids = [category.id for category in breakdown.categories]
        if part.category not in ids:
            yield f"{where}: {_quoted(part.category)} is no category of {breakdown.id}; it has {', '.join(ids)}"
    elif breakdown is not None and not has_names:
        yield f"{where}: breakdown {breakdown.id} stands without a category, and no column names it"


def _twice(where: str, words: Iterable[str]) -> Iterator[str]:
    counted = Counter(" ".join(each.casefold().split()) for each in words)
    for each, count in counted.items():
        if count > 1:
            yield f"{where}: {_quoted(each)} stands {count} times, so nobody could tell which is meant"


def _collected(indicator: Indicator) -> str:
    return f"; it is by {', '.join(indicator.breakdowns)}" if indicator.breakdowns else "; it is a total only"


def _quoted(text: str) -> str:
    return f"“{text[:_SHOWN]}”"


def _meant(text: str, known: Iterable[str]) -> str:
    return nearest(text, known).replace(" Did", "; did").rstrip("?").replace("; did you mean ", "; perhaps ")
