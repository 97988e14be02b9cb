"""One indicator whole: the partnership's question, the finding, the chart, who, where, what is said, every number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from app import downloads, reading, session
from app.widgets import (
    annotated,
    control_chart,
    disparities,
    funnel,
    indicator_chart,
    indicator_data,
    indicator_longer,
    indicator_parts,
    indicator_places,
    indicator_words,
    ledger,
    linked,
    making,
    place_funnel,
    standards,
)
from app.widgets.axes import CONFIG
from app.widgets.chart import last
from app.widgets.html import Html, join
from app.widgets.nothing import nothing_published
from app.widgets.page import empty, opening, put, section
from pipelines.queries import indicator as queries
from pipelines.queries.owners import of_figures
from pipelines.queries.remembered import remembered

if TYPE_CHECKING:
    from app.session import Visit
    from app.widgets.chart import Chart
    from app.widgets.funnel import Funnel
    from pipelines.queries.beside import Plot
    from pipelines.queries.indicator import IndicatorView
    from pipelines.queries.pointer import Pointer
    from pipelines.reports.marked import Marked

TITLE = "Indicator"
ORDER = 30
URL = "indicator"
ROLES = (
    "executive", "scrutineer", "legal_adviser", "business_unit", "analyst", "approver", "chair", "practitioner",
    "public",
)  # fmt: skip
_SPANS = {"all": "All periods", "12": "Last twelve"}


def show() -> None:
    """The page, words first, so that they can be read before the chart has loaded."""
    visit = session.here()
    if visit.pointer is None:
        put(nothing_published(TITLE, visit.actor))
        return
    chosen = _chosen(visit.pointer)
    view = reading.indicator(visit.pointer, chosen)
    if view is None:
        put(
            opening(TITLE, f"There is no indicator “{chosen[:20]}”"),
            empty("What to do", "Choose one from the list above."),
        )
        return
    put(_above(visit.pointer, chosen))
    _chart(visit.pointer, view)
    put(_below(visit.pointer, chosen))
    _places(visit.pointer, view, "ward")
    _places(visit.pointer, view, "agency")
    put(_end(visit.pointer, chosen))
    _tabs(visit, visit.pointer, view)


def _chosen(pointer: Pointer) -> str:
    """The indicator the address names, or the one last looked at, or the first; changing it changes the address."""
    names = dict(reading.names(pointer))
    asked = st.query_params.get("indicator") or st.session_state.get("last_indicator") or next(iter(names))
    if st.session_state.get("indicator_from") != asked:
        st.session_state["indicator"] = asked if asked in names else None
    with st.container(key="choice"):
        found = st.selectbox(
            "Indicator", list(names), format_func=names.__getitem__, key="indicator", placeholder="Choose an indicator"
        )
    chosen = found or asked
    st.session_state["last_indicator"] = st.session_state["indicator_from"] = chosen
    st.query_params["indicator"] = chosen
    return chosen


def prepare(visit: Visit) -> None:
    """The headline indicator that the page opens with."""
    if visit.pointer is not None:
        first = next(iter(dict(reading.names(visit.pointer))), None)
        if first is not None:
            for part in (_above, _below, _end):
                part(visit.pointer, first)


@remembered(maxsize=256)
def _above(pointer: Pointer, indicator_id: str) -> Html:
    view = reading.indicator(pointer, indicator_id)
    if view is None:
        return Html("")
    head = indicator_words.head(view)
    if not indicator_chart.is_drawn(view):
        return join(
            head,
            section("No chart", empty("There is no line to draw", view.chart["note"] or "No figure is shown.")),
        )
    return join(head, section(indicator_words.finding(view), note=indicator_words.caption(view)))


def _chart(pointer: Pointer, view: IndicatorView) -> None:
    chart = _lines(pointer, view.facts["indicator_id"])
    if chart is None:
        return
    if len(chart.points) > 12:
        with st.container(key="span"):
            span = st.segmented_control(
                "Periods shown", list(_SPANS), format_func=_SPANS.__getitem__, default="all", key="span_chosen",
                label_visibility="collapsed",
            )  # fmt: skip
        chart = last(chart, 12) if span == "12" else chart
    drawn = control_chart.figure(chart, session.theme())
    alt = indicator_chart.alt_of(view, indicator_words.finding(view) + ".", _notes(pointer, view))
    alt += linked.marked(reading.linked(pointer, view.facts["indicator_id"]))
    st.plotly_chart(drawn, theme=None, config=CONFIG, alt=alt, key="control_chart")


@remembered(maxsize=256)
def _lines(pointer: Pointer, indicator_id: str) -> Chart | None:
    view = reading.indicator(pointer, indicator_id)
    if view is None or not indicator_chart.is_drawn(view):
        return None
    chart = indicator_chart.chart_of(view, _notes(pointer, view))
    changes = linked.events(reading.linked(pointer, indicator_id), [point.period_id for point in view.points])
    return replace(chart, events=chart.events + changes)


def _notes(pointer: Pointer, view: IndicatorView) -> annotated.Notes:
    return reading.annotated(pointer, view.facts["indicator_id"])


@remembered(maxsize=256)
def _below(pointer: Pointer, indicator_id: str) -> Html:
    view = reading.indicator(pointer, indicator_id)
    if view is None:
        return Html("")
    found, notes = reading.compared(pointer, indicator_id), _notes(pointer, view)
    return join(
        indicator_words.key(view) if indicator_chart.is_drawn(view) else None,
        indicator_words.notes(view, annotated.listed(notes)),
        annotated.reasons(notes),
        linked.listed(reading.linked(pointer, indicator_id)),
        indicator_data.comparison(view),
        indicator_parts.categories(view),
        disparities.disparities(view, found),
        standards.standards(view, found),
    )


def _places(pointer: Pointer, view: IndicatorView, kind: str) -> None:
    """Wards, or the agencies that send a part: heading, funnel where one can stand, table."""
    indicator_id = view.facts["indicator_id"]
    head, below = _places_words(pointer, indicator_id, kind)
    put(head)
    plot, drawn = _plot(pointer, indicator_id, kind)
    if plot is not None and drawn is not None:
        shown = funnel.figure(drawn, session.theme())
        alt = place_funnel.alt_of(view.facts, plot, kind)
        st.plotly_chart(shown, theme=None, config=CONFIG, alt=alt, key=f"{kind}_funnel")
    put(below)


@remembered(maxsize=256)
def _plot(pointer: Pointer, indicator_id: str, kind: str) -> tuple[Plot | None, Funnel | None]:
    view, found = reading.indicator(pointer, indicator_id), reading.compared(pointer, indicator_id)
    if view is None or found is None:
        return None, None
    plot, whole = (found.wards, found.place) if kind == "ward" else (found.agencies, "All agencies")
    return plot, place_funnel.funnel_of(view.facts, plot, whole)


@remembered(maxsize=256)
def _places_words(pointer: Pointer, indicator_id: str, kind: str) -> tuple[Html | None, Html | None]:
    view = reading.indicator(pointer, indicator_id)
    if view is None:
        return None, None
    plot, _ = _plot(pointer, indicator_id, kind)
    if kind == "ward":
        return indicator_places.wards_head(view, plot), indicator_places.wards(view, plot)
    return indicator_places.senders_head(view, plot), indicator_places.senders(view, plot)


@remembered(maxsize=256)
def _end(pointer: Pointer, indicator_id: str) -> Html:
    view = reading.indicator(pointer, indicator_id)
    if view is None:
        return Html("")
    return join(
        indicator_words.said_about(view),
        ledger.ledger(reading.ledger(pointer, indicator_id)),
        section("The numbers"),
    )


def _tabs(visit: session.Visit, pointer: Pointer, view: IndicatorView) -> None:
    indicator_id = view.facts["indicator_id"]
    data, definition = st.tabs(["Data", "Definition"])
    known = reading.owners(pointer)
    senders = known.senders.get(indicator_id, ())
    how = downloads.marked(visit, {"wards"} if reading.has_wards(pointer, indicator_id) else (), senders)
    with data:
        made = reading.makings(pointer, indicator_id)
        put(making.latest(made, view.card["period_id"]), indicator_data.data_table(view))
        put(join(indicator_longer.longer_table(view), making.every(made)))
        if downloads.are_offered(visit):
            _download(visit, pointer, view, how)
    with definition:
        put(indicator_data.definition(view, how))


def _download(visit: session.Visit, pointer: Pointer, view: IndicatorView, how: Marked) -> None:
    indicator_id, known = view.facts["indicator_id"], reading.owners(pointer)
    with st.container(key="space"):
        st.download_button(
            "Download every figure (CSV)",
            downloads.table(
                visit,
                f"indicator.{indicator_id}",
                view.facts["title"],
                "csv",
                how,
                lambda: of_figures(queries.download(pointer, indicator_id), known),
            ),
            file_name=downloads.name(indicator_id, "csv", how),
            mime="text/csv",
            on_click="ignore",
        )
