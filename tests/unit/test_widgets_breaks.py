from __future__ import annotations

import dataclasses
import html
from datetime import date
from itertools import pairwise

import pytest

from app.widgets import annotated, control_chart
from app.widgets.chart import Chart, Event, Point
from app.widgets.event_labels import FIELD, LETTER, labelled
from app.widgets.html import plain
from app.widgets.sparkline import Line, sparkline
from pipelines.queries.annotated import Annotation
from pipelines.queries.indicator import Point as Read
from schemas.periods import parse, quarters

ODD = "<script>alert(1)</script>"
EVERY = [q.id for q in quarters(parse("2024-25-Q1"), parse("2026-27-Q2"))]


def points(*values, **facts):
    return tuple(Point(f"Q{n}", value, f"Q{n}: {value}", **facts) for n, value in enumerate(values))


def traces(chart):
    return {trace.name: trace for trace in control_chart.figure(chart, "light").data}


def read(period_id):
    return Read(period_id, period_id, 20.0, 2.0, 10.0, "", 0, None, None, None, "", "")


def note(**facts):
    given = {
        "kind": "event", "from_day": date(2025, 1, 1), "period_id": "2024-25-Q4", "until_period_id": "2024-25-Q4",
        "label": "New\nprovider", "text": "The service changed provider.", "source": "Council", "is_account": False,
    }  # fmt: skip
    return Annotation(**(given | facts))


def reason(text, period_id="2025-26-Q1", until=None):
    return note(kind="reason", label="", text=text, period_id=period_id, until_period_id=until or period_id)


def test_the_line_is_broken_where_the_definition_changed():
    second = tuple(dataclasses.replace(p, phase=1) for p in points(22, 23))
    line = traces(Chart(points(20, 21) + second, ""))["data"]
    assert line.y == (20, 21, None, 22, 23)
    assert line.x == (0, 1, None, 2, 3)


def test_a_small_line_is_broken_there_too():
    whole = sparkline(Line((20.0, 21.0, 22.0, 23.0)), "a line")
    parted = sparkline(Line((20.0, 21.0, 22.0, 23.0), phases=(0, 0, 1, 1)), "a line")
    drawn = [
        html.unescape(markup).partition("class='s-line'")[2].partition("/%3E")[0].count("M")
        for markup in (whole, parted)
    ]
    assert drawn == [1, 2]


def test_a_provisional_point_is_hollow_and_keeps_its_shape():
    settled, open_ = points(20, 21, kind="concern"), points(22, kind="concern", is_provisional=True)
    found = traces(Chart(settled + open_, ""))
    full, hollow = found["dots-concern"].marker, found["dots-concern-provisional"].marker
    assert full.symbol == hollow.symbol == "diamond"
    assert full.color != hollow.color
    assert hollow.line.color == full.line.color


def test_words_on_pointing_break_where_asked_and_are_never_run():
    point = Point("Q1", 20.0, f"Q1: 20\n{ODD}")
    text = traces(Chart((point,), ""))["dots-usual"].text[0]
    assert text == "Q1: 20<br>&lt;script&gt;alert(1)&lt;/script&gt;"


def spans(events, count):
    """From where to where each label lies at 390 pixels, in pixels."""
    pixel = FIELD / count
    found = []
    for event in (e for e in events if e.label and not e.is_recommendation):
        width = max(map(len, event.label.split("\n"))) * LETTER
        start = event.at * pixel if event.side == "right" else event.at * pixel - width
        found.append((start, start + width))
    return sorted(found)


@pytest.mark.parametrize(
    "places", [(6.5, 8.5), (2.5, 3.5, 4.5), (0.1, 18.5), (17.5,), (1.5, 6.5, 8.5, 12.5, 16.5, 19.2)]
)
def test_labels_never_meet_and_never_leave_the_chart(places):
    events = tuple(Event(at, "Conference\nservice moved") for at in places)
    found = spans(labelled(events, 20), 20)
    assert found
    assert all(end <= start for (_, end), (start, _) in pairwise(found))
    assert found[0][0] >= -0.6 * FIELD / 20 and found[-1][1] <= FIELD


def test_every_vertical_stays_though_its_label_goes():
    events = tuple(Event(at, "Conference\nservice moved") for at in (5.5, 6.0, 6.5, 7.0))
    found = labelled(events, 20)
    assert [event.at for event in found] == [5.5, 6.0, 6.5, 7.0]
    assert sum(bool(event.label) for event in found) == 2


def test_a_change_of_definition_keeps_its_label_before_others():
    events = (
        Event(6.0, "Definition\nchanged", is_break=True),
        *(Event(at, "Fourteen chars") for at in (5.6, 5.8, 6.2)),
    )
    assert labelled(events, 20)[0].label == "Definition\nchanged"


def test_two_neighbours_turn_their_labels_away_from_one_another():
    events = (Event(6.5, "Definition\nchanged", is_break=True), Event(8.5, "Conference\nservice moved"))
    assert [event.side for event in labelled(events, 20)] == ["left", "right"]


def test_an_event_stands_where_its_day_lies_among_the_periods():
    every = [read(period_id) for period_id in EVERY]
    first, middle = note(), note(from_day=date(2025, 2, 15))
    assert [event.at for event in annotated.events((first, middle), every)] == [2.5, 3.0]
    assert annotated.events((note(from_day=date(2020, 1, 1)),), every) == ()


def test_a_reason_is_read_on_every_point_it_explains_and_on_no_other():
    notes = (reason("A new form.", "2025-26-Q1", "2025-26-Q3"),)
    assert annotated.reason_for(notes, "2025-26-Q2") == "Council: A new form."
    assert annotated.reason_for(notes, "2025-26-Q4") == ""


def test_a_long_reason_is_cut_on_the_point_and_whole_in_the_list():
    text = " ".join(["word"] * 80)
    shown = annotated.reason_for((reason(text),), "2025-26-Q1")
    assert len(shown.split("\n")) == annotated.LINES
    assert shown.endswith(" …")
    assert text in plain(annotated.reasons((reason(text),)) or "")


def test_the_list_says_every_event_whole_and_as_text():
    listed = annotated.listed((note(text=ODD),))
    assert plain(listed[0]) == f"1 January 2025: New provider. {ODD} Noted by Council."
    assert ODD not in listed[0]


def test_commentary_is_not_said_twice():
    assert annotated.reasons((dataclasses.replace(reason("More families."), is_account=True),)) is None
