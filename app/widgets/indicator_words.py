"""The Indicator page in words: its opening, its facts, the notes under the chart, what agencies say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets import indicator_longer
from app.widgets.amounts import MARKERS, unit_of
from app.widgets.counts import Fact, facts
from app.widgets.findings import not_said
from app.widgets.html import Html, join, tag
from app.widgets.icons import mark
from app.widgets.lines import kind_of
from app.widgets.page import opening, section
from schemas.catalogue import catalogue
from schemas.periods import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.queries import indicator as queries

_POLARITY = {"lower": "lower is better", "higher": "higher is better", "neutral": "neither more nor fewer is better"}


def head(view: queries.IndicatorView) -> Html:
    """Question, finding, facts."""
    eyebrow = join(view.facts["domain"], " · ", view.facts["title"])
    return join(opening(eyebrow, view.facts["question"], _lede(view), strong=True), facts(_facts(view)))


def finding(view: queries.IndicatorView) -> str:
    """The chart's message as a heading: what the line does."""
    signal = view.card["signal_words"]
    title = view.facts["title"]
    if view.card["variation"] == "none" and view.card["value"] is not None:
        return f"{title}, {view.points[0].period} to {view.points[-1].period}"
    if view.card["value"] is None:
        return f"{title}: no figure for {parse(view.card['period_id']).short}"
    since = view.chart.get("since_period")
    started = f", since {parse(since).short}" if since and "running" not in signal else ""
    return f"{title}: {signal}{started}" if signal else title


def caption(view: queries.IndicatorView) -> str:
    """Measure, unit, place, dates."""
    first, last = view.points[0].period, view.points[-1].period
    place = next((mark.area_name for mark in view.benchmarks if mark.level == "partnership"), "Leeds")
    return f"{view.facts['title']}, {unit_of(view.facts).words}. {place}, {first} to {last}."


def notes(view: queries.IndicatorView, events: Sequence[Html] = ()) -> Html:
    """What the marks on the chart mean, each in full: hidden points, breaks, events, how limits were found."""
    found = [_gap(marker, periods) for marker, periods in _gaps(view).items()]
    for period_id, change in view.breaks:
        found.append(join(tag("b", f"{parse(period_id).short}: definition changed."), " ", change, _no_claim()))
    found += events
    if view.chart["note"]:
        found.append(join(tag("b", "Usual range."), " ", view.chart["note"]))
    if view.card["england"] is not None and view.card["comparison_period"]:
        found.append(_england(view))
    if view.facts["target"] is not None:
        found.append(join(tag("b", "Target."), " ", view.facts["target_words"]))
    if view.facts["note"]:
        found.append(join(tag("b", "Note."), " ", view.facts["note"]))
    if view.rounded_to:
        said = f" Counts of children and families are rounded to the nearest {view.rounded_to}; shares, ranges and changes come from those."
        found.append(join(tag("b", "Rounded."), said))
    return tag("ul", [tag("li", note) for note in found], cls="notes") if found else Html("")


def _england(view: queries.IndicatorView) -> Html:
    if not view.card.get("comparison_on_chart", True):
        return join(tag("b", "England."), " Its figures are of whole years, so they are not on this chart's scale.")
    year = parse(view.card["comparison_period"]).short
    return join(tag("b", "Dashed and dotted lines."), f" England year by year; both labels are for {year}.")


def key(view: queries.IndicatorView) -> Html:
    """The chart's legend: the shapes that are on it with their words, and what its lines are."""
    shown = {kind_of(point.point_type) for point in view.points if point.value is not None}
    words = {
        "concern": "Concern",
        "improvement": "Improvement",
        "unusual": "Unusual, with no right direction",
        "usual": "Within the usual range",
    }
    limits = any(point.lower is not None for point in view.points)
    items = [tag("li", mark(name, meaning)) for name, meaning in words.items() if name in shown and limits]
    if any(row["status"] == "provisional" for row in view.data if row["value"] is not None):
        items.append(tag("li", "Hollow: provisional, not yet approved by its agency."))
    if limits:
        items.append(tag("li", "Solid line: mean. Shaded, between dotted lines: usual range."))
    return tag("ul", items, cls="legend") if items else Html("")


def said_about(view: queries.IndicatorView) -> Html:
    """The agencies' accounts, the newest first."""
    if not view.has_accounts:
        return section(
            "What the agencies say", tag("p", "The agencies' accounts are not part of this publication.", cls="second")
        )
    if not view.remarks:
        return section("What the agencies say", not_said(f"No account yet from {view.facts['owner']}."))
    return section("What the agencies say", [_remark(remark) for remark in view.remarks])


def _lede(view: queries.IndicatorView) -> Html:
    card = view.card
    period = parse(card["period_id"]).short
    if card["value"] is None:
        return join(tag("b", f"{card['latest_words']}"), f" for {period}. {card['n_words']}")
    n = f" ({card['n_words']})" if card["n_words"] else ""
    usual = f" ({card['usual_words']})" if card["usual_words"] else ""
    signal = f", {card['signal_words']}{usual}" if card["signal_words"] and card["variation"] != "none" else ""
    beside = f" {card['comparison_words']}: {card['comparison_detail']}." if card["comparison_detail"] else ""
    return join(tag("b", f"{card['latest_words']}{n}"), f" in {period}{signal}.{beside}")


def _facts(view: queries.IndicatorView) -> list[Fact]:
    card = view.card
    polarity = _POLARITY[view.facts["polarity"]]
    target = "no target" if view.facts["target"] is None else card["assurance_words"].lower()
    agency = catalogue().agencies.get(view.facts["agency_id"])
    owner = agency.short if agency else view.facts["owner"]
    made = [
        Fact(f"Latest, {parse(card['period_id']).short}{_status(view)}", card["latest_words"], card["n_words"]),
        Fact("Change on last period", card["change_words"], f"on a year ago: {card['year_change_words'].lower()}"),
        Fact("Variation", mark(card["variation"], card["variation_words"]), f"{polarity}; {target}"),
        Fact("Owner", owner, view.facts["owner"] if owner != view.facts["owner"] else card["freshness_words"]),
    ]
    return made + indicator_longer.facts(view)


def _status(view: queries.IndicatorView) -> str:
    """Said of the latest figure only while its agency has not approved it; what is not said is final."""
    latest = next((row for row in view.data if row["period_id"] == view.card["period_id"]), None)
    return ", provisional" if latest is not None and latest["status"] == "provisional" else ""


def _no_claim() -> str:
    return " Nothing is compared, joined or added up across it."


def _gaps(view: queries.IndicatorView) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for point in view.points:
        if point.value is None:
            found.setdefault(point.marker, []).append(point.period)
    return found


def _gap(marker: str, periods: list[str]) -> Html:
    shown = ", ".join(periods[-4:]) + (f" and {len(periods) - 4} earlier" if len(periods) > 4 else "")
    why = {"c": " A small number, or one that could reveal one. Runs are not counted across the gap."}.get(marker, "")
    return join(tag("b", f"{shown}: {MARKERS.get(marker, 'no figure').lower()}."), why)


def _remark(remark: queries.Remark) -> Html:
    text = " ".join(part for part in (remark.what_happened, remark.why, remark.what_we_are_doing) if part)
    return tag("p", tag("b", f"{remark.agency}, {remark.period}."), " ", text, cls="said")
