"""Which verticals of a chart keep their label: so many as a telephone has room for, the rest stand in the list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.widgets.chart import Event

# Measured at 390 pixels: what is left of the page for the points, a letter of a label, the room around a label.
FIELD = 296
LETTER = 6.7
ROOM = 12


def labelled(events: Sequence[Event], count: int) -> tuple[Event, ...]:
    """The events of a chart of so many points, in their order; a label that would run into another is left out.

    The server does not know how wide the screen is, so the narrowest decides. Definition changes come first, then the
    newest; recommendations stand at the foot, apart from the others.
    """
    kept: list[tuple[float, float, bool]] = []
    names: dict[int, str] = {}
    for index in sorted(range(len(events)), key=lambda i: (not events[i].is_break, -events[i].at)):
        start, end = _span(events[index], count)
        beside = [(a, b) for a, b, foot in kept if foot == events[index].is_recommendation]
        if all(end <= a or b <= start for a, b in beside):
            kept.append((start, end, events[index].is_recommendation))
            names[index] = events[index].label
    return tuple(replace(event, label=names.get(index, "")) for index, event in enumerate(events))


def side_of(event: Event, count: int) -> str:
    """`right` of its vertical, or `left` where the label would leave the chart."""
    return "left" if event.at + _width(event, count) > count - 0.4 else "right"


def _width(event: Event, count: int) -> float:
    """How many points wide the label is on the narrowest screen."""
    letters = max(len(line) for line in event.label.split("\n")) if event.label else 0
    return (letters * LETTER + ROOM) * count / FIELD


def _span(event: Event, count: int) -> tuple[float, float]:
    width = _width(event, count)
    if event.is_recommendation or side_of(event, count) == "left":
        return event.at - width, event.at
    return event.at, event.at + width
