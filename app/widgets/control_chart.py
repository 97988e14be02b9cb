"""The control chart of one indicator, as a plotly figure built from a dictionary."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING

from app.widgets import chart_marks as marks
from app.widgets.axes import Axis, layout, nice
from app.widgets.chart_marks import Stroke, Words
from app.widgets.event_labels import labelled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plotly.graph_objects import Figure

    from app.widgets.chart import Chart, Event, Point
    from app.widgets.tokens import Theme

KINDS = ("usual", "unusual", "improvement", "concern")


@lru_cache(maxsize=256)
def figure(chart: Chart, theme: Theme) -> Figure:
    """The figure in a theme's colours; built once for each chart and theme."""
    from plotly.graph_objects import Figure

    axis = _axis(chart)
    drawn = [
        *_usual(chart, theme),
        *_verticals(chart, axis, theme),
        *_levels(chart, axis, theme),
        *_dots(chart, theme),
        *_holes(chart, axis, theme),
    ]
    shape = layout(axis, len(chart.points), _years(chart), chart.suffix, theme)
    return Figure({"data": drawn, "layout": shape})


def _axis(chart: Chart) -> Axis:
    levels: list[float | None] = [chart.target]
    for point in chart.points:
        levels += [point.value, point.lower, point.upper]
    for comparison in chart.comparisons:
        levels += comparison.values
    shown = [level for level in levels if level is not None]
    least = min(shown, default=0.0)
    return nice(least, max(shown, default=1.0), least=0 if least >= 0 else None)


def _usual(chart: Chart, theme: Theme) -> Iterator[marks.Mark]:
    """Mean, limits and the band between them, stepping from point to point and breaking where a phase ends."""
    for index, members in enumerate(_stretches(chart)):
        xs = [place + half for place, _ in members for half in (-0.5, 0.5)]
        lower, mean, upper = (
            [level for _, point in members for level in (getattr(point, name),) * 2]
            for name in ("lower", "mean", "upper")
        )
        if members[0][1].lower is not None:
            yield marks.band(f"band-{index}", xs, lower, upper, theme)
            yield marks.line(f"lower-{index}", xs, lower, Stroke("limit", 1, "dot"), theme)
            yield marks.line(f"upper-{index}", xs, upper, Stroke("limit", 1, "dot"), theme)
        if members[0][1].mean is not None:
            yield marks.line(f"mean-{index}", xs, mean, Stroke("limit", 1.5), theme)


def _stretches(chart: Chart) -> Iterator[list[tuple[int, Point]]]:
    """The points of each phase, apart where limits come or go."""
    numbered = list(enumerate(chart.points))
    for _, members in groupby(numbered, key=lambda pair: (pair[1].phase, pair[1].lower is None, pair[1].mean is None)):
        yield list(members)


def _verticals(chart: Chart, axis: Axis, theme: Theme) -> Iterator[marks.Mark]:
    for index, event in enumerate(labelled(chart.events, len(chart.points))):
        # One without a label may stand where another's label runs: it ends beneath it.
        top = axis.at(0.78 if event.is_recommendation else 1 if event.label else 0.86)
        stroke = Stroke("ink", 1.6) if event.is_recommendation else Stroke("rule-2", 1)
        yield marks.line(f"event-{index}", [event.at, event.at], [axis.low, top], stroke, theme)
        if event.label:
            yield marks.label(f"event-label-{index}", _event_words(event, axis), theme)


def _event_words(event: Event, axis: Axis) -> Words:
    if event.is_recommendation:
        return Words(event.at, axis.at(0.03), event.label, "ink", "top left", bold=True)
    return Words(event.at, axis.high, event.label, "ink-2", f"bottom {event.side}")


def _levels(chart: Chart, axis: Axis, theme: Theme) -> Iterator[marks.Mark]:
    """Comparisons and the target as labelled lines; a label goes under its line where another is close above."""
    xs = [index + half for index in range(len(chart.points)) for half in (-0.5, 0.5)]
    placed: list[float] = []
    for index, comparison in enumerate(chart.comparisons):
        ys = [value for value in comparison.values for _ in (0, 1)]
        yield marks.line(f"level-{index}", xs, ys, Stroke("comparison", 1.8, comparison.dash), theme)
        start = next((i for i, value in enumerate(comparison.values) if value is not None), None)
        if start is None:
            continue
        # A line that steps must not run through its own label, which lies over about a fifth of the points.
        reach = comparison.values[start : start + ceil(len(chart.points) / 5)]
        beside = [value for value in reach if value is not None]
        close = any(0 <= other - max(beside) < axis.at(0.08) - axis.low for other in placed)
        level = min(beside) if close else max(beside)
        placed.append(level)
        place, share = ("bottom right", -0.012) if close else ("top right", 0.012)
        lift = share * (axis.high - axis.low)
        yield marks.label(
            f"level-{index}", Words(start - 0.5, level + lift, comparison.label, "comparison", place), theme
        )
    if chart.target is not None:
        ends = [xs[0], xs[-1]]
        yield marks.line("target", ends, [chart.target] * 2, Stroke("ink", 1.2, "longdash"), theme)
        yield marks.label("target", Words(xs[0], chart.target, chart.target_words, "ink", "top right"), theme)


def _dots(chart: Chart, theme: Theme) -> Iterator[marks.Mark]:
    values = [point.value for point in chart.points]
    yield marks.line("data", *_joined(chart), Stroke("line", 2), theme)
    for kind in KINDS:
        chosen = [(i, p) for i, p in enumerate(chart.points) if p.value is not None and p.kind == kind]
        settled = [pair for pair in chosen if not pair[1].is_provisional]
        if settled:
            yield _points(kind, settled, theme)
        if len(settled) < len(chosen):
            yield marks.provisional(_points(kind, [pair for pair in chosen if pair[1].is_provisional], theme), theme)
    shown = [(i, value) for i, value in enumerate(values) if value is not None]
    if shown:
        at, value = shown[-1]
        # The last figure ends a little right of its point, so that it stays clear of the line that leads there.
        at_the_end = at > len(values) - 2
        place, shift = ("top left", 0.022 * len(values)) if at_the_end else ("top center", 0.0)
        # A blank line as high as a marker keeps the figure clear of a diamond.
        yield marks.label(
            "latest", Words(at + shift, value, chart.latest_words + "\n ", "ink", place, 16, bold=True), theme
        )


def _points(kind: str, chosen: list[tuple[int, Point]], theme: Theme) -> marks.Mark:
    xs, ys = [index for index, _ in chosen], [point.value for _, point in chosen]
    return marks.points(kind, xs, ys, [point.words for _, point in chosen], theme)


def _joined(chart: Chart) -> tuple[list[float | None], list[float | None]]:
    """The points of the line, with the pen lifted where a definition changed: no line claims what happened across it."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for index, point in enumerate(chart.points):
        if index and point.phase != chart.points[index - 1].phase:
            xs.append(None)
            ys.append(None)
        xs.append(index)
        ys.append(point.value)
    return xs, ys


def _holes(chart: Chart, axis: Axis, theme: Theme) -> Iterator[marks.Mark]:
    """Periods that have no point, as hollow squares by the axis, with why beside the last row of them."""
    holes = [i for i, point in enumerate(chart.points) if point.value is None and point.gap_words]
    if not holes:
        return
    yield marks.hollow(holes, [axis.at(0.04)] * len(holes), theme)
    last = first = holes[-1]
    while first - 1 in holes:
        first -= 1
    # Left of the row, where nothing of it stands; right of one that begins with the chart.
    place, at = ("middle left", first - 0.25) if first > 2 else ("middle right", last + 0.25)
    yield marks.label("hole", Words(at, axis.at(0.04), chart.points[last].gap_words, "ink-2", place), theme)


def _years(chart: Chart) -> list[tuple[int, str]]:
    """Where each year starts, for the ticks."""
    before = ""
    found: list[tuple[int, str]] = []
    for index, point in enumerate(chart.points):
        if point.year and point.year != before:
            found.append((index, point.year))
            before = point.year
    return found
