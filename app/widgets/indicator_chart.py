"""The Indicator page's view turned into its control chart, with its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets import annotated
from app.widgets.amounts import MARKERS, Unit, unit_of
from app.widgets.chart import Chart, Comparison, Event, Point
from app.widgets.lines import kind_of
from schemas.periods import parse

if TYPE_CHECKING:
    from pipelines.queries import indicator as queries

_KIND_WORDS = {"concern": ". Concern", "improvement": ". Improvement", "unusual": ". Unusual", "usual": ""}


def chart_of(view: queries.IndicatorView, notes: annotated.Notes = ()) -> Chart:
    """The chart: points with their limits, England and the neighbours' median, breaks, annotations, target."""
    unit = unit_of(view.facts)
    target = view.facts["target"]
    provisional = {row["period_id"] for row in view.data if row["status"] == "provisional"}
    breaks = tuple(_break(view, period_id) for period_id, _ in view.breaks if _place(view, period_id) > 0)
    return Chart(
        points=tuple(_point(point, unit, notes, provisional) for point in view.points),
        latest_words=_latest(view, unit),
        suffix=unit.suffix,
        comparisons=_comparisons(view, unit),
        events=breaks + annotated.events(notes, view.points),
        target=target,
        target_words=f"Target {unit.value(target)}" if target is not None else "",
    )


def is_drawn(view: queries.IndicatorView) -> bool:
    """Whether there is a line to draw: not where figures are too rare to be shown as one."""
    return view.chart["chart"] != "none" and any(point.value is not None for point in view.points)


def alt_of(view: queries.IndicatorView, finding: str, notes: annotated.Notes = ()) -> str:
    """What the chart shows, for those who do not see it; every number is in the table under Data."""
    first, last = view.points[0].period, view.points[-1].period
    hidden = sum(point.value is None for point in view.points)
    gaps = f" {hidden} of {len(view.points)} periods have no point." if hidden else ""
    return f"Line chart of {view.facts['title']}, {first} to {last}. {finding}{gaps}{_changes(view)}{annotated.marked(notes)} The numbers are in the table under Data."


def _point(point: queries.Point, unit: Unit, notes: annotated.Notes, provisional: set[str]) -> Point:
    kind = kind_of(point.point_type) if point.value is not None else "usual"
    counts = unit.counts(point.numerator, point.denominator)
    beside = f" ({counts})" if counts else ""
    is_provisional = point.period_id in provisional and point.value is not None
    status = ". Provisional" if is_provisional else ""
    reason = annotated.reason_for(notes, point.period_id)
    return Point(
        period=point.period,
        value=point.value,
        words=f"{point.period}: {unit.value(point.value, point.marker)}{beside}{_KIND_WORDS[kind]}{status}"
        + (f"\n{reason}" if reason else ""),
        phase=point.phase,
        mean=point.mean,
        lower=None if point.lower is None else max(point.lower, 0.0),
        upper=point.upper,
        kind=kind,
        gap_words=MARKERS.get(point.marker, "").replace(" to ", " to\n") if point.value is None else "",
        year=parse(point.period_id).financial_year.short,
        is_provisional=is_provisional,
    )


def _changes(view: queries.IndicatorView) -> str:
    named = [parse(period_id).short for period_id, _ in view.breaks if _place(view, period_id) > 0]
    return f" The definition changed in {' and '.join(named)}; the line is broken there." if named else ""


def _latest(view: queries.IndicatorView, unit: Unit) -> str:
    shown = [point.value for point in view.points if point.value is not None]
    return unit.number(shown[-1]) + unit.suffix if shown else ""


def _break(view: queries.IndicatorView, period_id: str) -> Event:
    return Event(_place(view, period_id) - 0.5, "Definition\nchanged", is_break=True)


def _place(view: queries.IndicatorView, period_id: str) -> int:
    start = parse(period_id).start
    return next((n for n, point in enumerate(view.points) if parse(point.period_id).start >= start), -1)


def _comparisons(view: queries.IndicatorView, unit: Unit) -> tuple[Comparison, ...]:
    """England year by year where it was published; the neighbours' median where the latest year has one."""
    found: list[Comparison] = []
    england = [mark for mark in view.benchmarks if mark.level == "country" and mark.value is not None]
    if not view.card.get("comparison_on_chart", True):
        return ()
    if england and view.card["england"] is not None:
        values = tuple(_published(england, point.period_id) for point in view.points)
        found.append(Comparison(_named("England", view.card["england"], unit), values))
    median = view.card["neighbours_median"]
    if median is not None:
        label = _named("Neighbours’ median", median, unit)
        found.append(Comparison(label, (median,) * len(view.points), "dot"))
    return tuple(found)


def _named(place: str, value: float, unit: Unit) -> str:
    return f"{place} {unit.number(value)}{unit.suffix}"


def _published(england: list[queries.Benchmark], period_id: str) -> float | None:
    """The figure of the last year published by the end of a period: what could be compared with at the time."""
    end = parse(period_id).end
    known = [mark for mark in england if parse(mark.period_id).start <= end]
    return max(known, key=lambda mark: parse(mark.period_id).end).value if known else None
