"""A linked indicator turned into its verdict chart, with its caption and the table of the points behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.amounts import MARKERS, Unit
from app.widgets.annotated import place_of
from app.widgets.html import Html, tag
from app.widgets.lines import kind_of
from app.widgets.page import more
from app.widgets.tables import Column, Row, table
from app.widgets.verdict_chart import AHEAD, Mark, Verdict, verdict_chart
from schemas.periods import day_words, parse

if TYPE_CHECKING:
    from pipelines.queries.learning_impacts import Impact, ImpactPoint

PARTS = {"before": "Before", "straddling": "During", "after": "After"}


def figure(impact: Impact) -> Html:
    """Caption, picture and the figures behind it, as one figure."""
    caption = tag("figcaption", caption_of(impact), cls="second")
    if not any(point.value is not None for point in impact.points):
        said = "No figure of this indicator is shown, so there is no line to draw."
        if impact.verdict == "not_measurable":
            said = f"No line is drawn: {reason(impact)}"
        return tag("figure", caption, tag("p", said, cls="second nothing"))
    return tag("figure", caption, verdict_chart(verdict_of(impact)), behind(impact))


def caption_of(impact: Impact) -> str:
    """Measure, unit, and what was expected by when."""
    unit = f", {impact.unit_words}" if impact.unit_words else ""
    years = "By year, as too many quarters are hidden. " if impact.basis == "years" else ""
    return f"{impact.title}{unit}. {years}{impact.expected_words}"


def reason(impact: Impact) -> str:
    """Why a verdict could not be given, in the words after the colon of its sentence; never the reason's code."""
    return impact.sentence.partition(": ")[2] or impact.sentence


def since_the_change(impact: Impact) -> str:
    """How much has come since the change of what is needed: `1 of 4 quarters needed`, `0 of 1 whole year needed`."""
    unit = "whole year" if impact.basis == "years" else "quarter"
    return f"{impact.after_points} of {impact.needed} {unit}{'' if impact.needed == 1 else 's'} needed"


def verdict_of(impact: Impact) -> Verdict:
    """The chart's facts: the range frozen before the change, and a coloured mark only after a signal."""
    periods = [point.period_id for point in impact.points]
    hidden = [point for point in impact.points if point.value is None]
    return Verdict(
        marks=tuple(_mark(point, impact) for point in impact.points),
        first=parse(periods[0]).short,
        last=parse(periods[-1]).short,
        latest_words=impact.latest_words,
        usual_words=impact.usual_words,
        changed_words=changed_words(impact),
        changed_at=place_of(impact.changed_on, periods),
        review_words=f"Review date: {day_words(impact.review_on)}",
        review_at=_review_at(impact, periods),
        alt=alt_of(impact),
        note=_gaps(hidden, len(periods)),
    )


def changed_words(impact: Impact) -> str:
    """When practice changed or is to, short enough for a chart: `Changed July 2025`."""
    is_ahead = bool(impact.points) and impact.changed_on > parse(impact.points[-1].period_id).end
    return f"{'Changes' if is_ahead else 'Changed'} {day_words(impact.changed_on).partition(' ')[2]}"


def alt_of(impact: Impact) -> str:
    """What the chart shows, for those who do not see it; the numbers are in the table under it."""
    first, last = parse(impact.points[0].period_id).short, parse(impact.points[-1].period_id).short
    hidden = _gaps([point for point in impact.points if point.value is None], len(impact.points))
    usual = f" {impact.usual_words}, fixed before the change." if impact.usual_words else ""
    gaps = f" {hidden}" if hidden else ""
    return (
        f"Line chart of {impact.title}, {first} to {last}. {impact.verdict_words}: {impact.sentence} "
        f"{changed_words(impact)}.{usual} {impact.expected_words}.{gaps} The numbers are in the table under it."
    )


def behind(impact: Impact) -> Html:
    """Every point of the chart in a table that opens in place."""
    unit = unit_of(impact)
    columns = [
        Column("Period", width="26%"),
        Column("Figure", width="34%"),
        Column("Change of practice", "Change", width="20%"),
        Column("Signal"),
    ]
    rows = [_row(point, unit) for point in impact.points]
    title = f"The points of {impact.title}"
    return more("The figures behind this chart", table(title, columns, rows, cls="pairs", hide_caption=True))


def unit_of(impact: Impact) -> Unit:
    """The unit of the linked indicator."""
    decimals = 1 if impact.decimals is None else impact.decimals
    return Unit(impact.unit or "", decimals, impact.denominator is not None)


def _mark(point: ImpactPoint, impact: Impact) -> Mark:
    signal = kind_of(point.point_type) if point.part == "after" and point.value is not None else "usual"

    def level(name: str) -> float | None:
        own, frozen = getattr(point, name), getattr(impact, name)
        return frozen if own is None else own

    return Mark(point.value, level("mean"), level("lower"), level("upper"), signal, point.part == "before")


def _review_at(impact: Impact, periods: list[str]) -> float | None:
    """Where the review date lies, past the last period too, unless it is too far ahead to draw."""
    inside = place_of(impact.review_on, periods)
    if inside is not None:
        return inside
    last = parse(periods[-1])
    ahead = (impact.review_on - last.end).days / ((last.end - last.start).days + 1)
    return len(periods) - 0.5 + ahead if 0 < ahead <= AHEAD else None


def _gaps(hidden: list[ImpactPoint], every: int) -> str:
    if not hidden:
        return ""
    why = " and ".join(dict.fromkeys(MARKERS.get(point.marker, MARKERS[""]).lower() for point in hidden))
    return f"{len(hidden)} of {every} points have no figure: {why}."


def _row(point: ImpactPoint, unit: Unit) -> Row:
    signal = point.special_cause if kind_of(point.point_type) != "usual" and point.part == "after" else "None"
    counts = unit.counts(point.numerator, point.denominator) if point.value is not None else ""
    return Row(
        parse(point.period_id).short,
        (
            f"{unit.value(point.value, point.marker)}{f' ({counts})' if counts else ''}",
            PARTS.get(point.part, point.part),
            signal if point.value is not None else "–",
        ),
    )
