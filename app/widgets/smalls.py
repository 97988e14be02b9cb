"""Small multiples: the same measure for each category, on one scale, with the whole as a dashed line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.widgets.html import Html, tag
from app.widgets.scale import Scale, scale_of, spread
from app.widgets.svg import path, picture

if TYPE_CHECKING:
    from collections.abc import Sequence


_HOLES_DRAWN = 4


@dataclass(frozen=True, slots=True)
class Small:
    """One category: its values with None for gaps, its last value in words, and n and what is to be said."""

    title: str
    values: tuple[float | None, ...]
    value_words: str
    note: str
    kind: str = "usual"


def smalls(items: Sequence[Small], *, whole: float | None, level: int = 3) -> Html:
    """The small pictures in a grid; `whole` is the level of the dashed line, in the same unit."""
    scale = scale_of(*(item.values for item in items), [whole], margin=12)
    return tag("div", [_small(item, scale, whole, level) for item in items], cls="smalls")


def _small(item: Small, scale: Scale, whole: float | None, level: int) -> Html:
    places = spread(len(item.values), 2, 98) if item.values else []
    shapes = path([(2, scale.y(whole)), (98, scale.y(whole))], "s-comparison", 1.5, "6 3") if whole is not None else ""
    points = [None if v is None else (x, scale.y(v)) for x, v in zip(places, item.values, strict=True)]
    shapes += path(points, "s-line", 1.7)
    image = picture(shapes, _alt(item), uses=("line", "comparison"))
    return tag(
        "div",
        tag(f"h{level + 1}", item.title),
        tag("div", image, _end(item, scale, places), _holes(item, places), cls="field"),
        tag("p", item.note, cls="under"),
        cls="small",
    )


def _end(item: Small, scale: Scale, places: Sequence[float]) -> list[Html]:
    """The marker at the last point and its value beside it; words where the last figure is not shown."""
    value = item.values[-1] if item.values else None
    if value is None:
        return [tag("span", item.value_words, cls="value words", style="top:50%")]
    top = f"{scale.y(value):.1f}%"
    dot = tag("span", cls=f"pt pt-{item.kind}", style=f"left:{places[-1]:.1f}%;top:{top}", aria_hidden="true")
    return [dot, tag("span", item.value_words, cls="value", style=f"top:{top}", aria_hidden="true")]


def _holes(item: Small, places: Sequence[float]) -> list[Html]:
    """Hollow squares where single points are missing; where many are, the note under the picture says so instead."""
    if sum(value is None for value in item.values) > _HOLES_DRAWN:
        return []
    return [
        tag("span", cls="pt pt-none", style=f"left:{x:.1f}%;top:94%", aria_hidden="true")
        for x, value in zip(places, item.values, strict=True)
        if value is None
    ]


def _alt(item: Small) -> str:
    shown = [value for value in item.values if value is not None]
    gaps = len(item.values) - len(shown)
    hole = f" {gaps} not shown." if gaps else ""
    return f"{item.title}: {len(item.values)} points, the last {item.value_words}.{hole}"
