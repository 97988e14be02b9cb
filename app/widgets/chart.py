"""What a control chart shows, as plain facts: points, levels to compare with, events, a target."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Point:
    """One period of the chart; `value` None is a gap and `gap_words` says why. `words` is read on pointing.

    A line break in `words` is one on the chart. A provisional point is hollow.
    """

    period: str
    value: float | None
    words: str
    phase: int = 0
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None
    kind: str = "usual"
    gap_words: str = ""
    year: str = ""
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """A level to compare with, period by period, labelled on its line."""

    label: str
    values: tuple[float | None, ...]
    dash: str = "dash"


@dataclass(frozen=True, slots=True)
class Event:
    """A vertical at a place between two points (2.5 lies between the third and the fourth), its label to the `side`."""

    at: float
    label: str
    is_recommendation: bool = False
    is_break: bool = False
    side: str = "right"


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the chart shows. Equal charts are drawn once."""

    points: tuple[Point, ...]
    latest_words: str
    suffix: str = ""
    comparisons: tuple[Comparison, ...] = ()
    events: tuple[Event, ...] = ()
    target: float | None = None
    target_words: str = ""


def last(chart: Chart, count: int) -> Chart:
    """The chart of its last points only, for a narrow screen."""
    start = max(0, len(chart.points) - count)
    return replace(
        chart,
        points=chart.points[start:],
        comparisons=tuple(replace(c, values=c.values[start:]) for c in chart.comparisons),
        events=tuple(replace(e, at=e.at - start) for e in chart.events if e.at > start),
    )
