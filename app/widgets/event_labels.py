"""Which verticals of a chart keep their label, and on which side: as many as a telephone has room for."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.widgets.chart import Event

# Measured at 390 pixels: what is left of the page for the points, a letter of a label, the room around a label.
FIELD = 296
LETTER = 6.7
ROOM = 12
# Beyond so many verticals every arrangement takes too long to try; the oldest then go without a label.
TRIED = 7
_SIDES = ("right", "left", "")


def labelled(events: Sequence[Event], count: int) -> tuple[Event, ...]:
    """The events of a chart of so many points, each with its side; a label without room is left out.

    The server does not know how wide the screen is, so the narrowest decides; the list under the chart has every event
    whole. Definition changes come first, then as many labels as there is room for, then few that lie over another
    vertical. Recommendations stand at the foot, where nothing else does.
    """
    top = [index for index, event in enumerate(events) if not event.is_recommendation]
    tried = sorted(top, key=lambda i: (not events[i].is_break, -events[i].at))[:TRIED]
    best = max(product(_SIDES, repeat=len(tried)), key=lambda sides: _worth([events[i] for i in tried], sides, count))
    chosen = dict(zip(tried, best, strict=True))
    return tuple(_placed(event, chosen.get(index, "")) for index, event in enumerate(events))


def _placed(event: Event, side: str) -> Event:
    if event.is_recommendation:
        return replace(event, side="left")
    return replace(event, side=side, label=event.label if side else "")


def _worth(events: list[Event], sides: tuple[str, ...], count: int) -> tuple[int, int, int, int]:
    """How good an arrangement is; worse than no label at all where labels meet one another or the chart's edge."""
    spans = [(event, *_span(event, side, count)) for event, side in zip(events, sides, strict=True) if side]
    ordered = sorted((start, end) for _, start, end in spans)
    meet = any(end > start for (_, end), (start, _) in pairwise(ordered))
    if meet or any(start < -0.6 or end > count - 0.4 for start, end in ordered):
        return -1, 0, 0, 0
    crossed = sum(start + 0.01 < other.at < end - 0.01 for _, start, end in spans for other in events)
    breaks = sum(event.is_break for event, _, _ in spans)
    return breaks, len(spans), -crossed, sides.count("right")


def _span(event: Event, side: str, count: int) -> tuple[float, float]:
    """Where the label begins and ends, in points, on the narrowest screen."""
    width = (max(len(line) for line in event.label.split("\n")) * LETTER + ROOM) * count / FIELD
    return (event.at - width, event.at) if side == "left" else (event.at, event.at + width)
