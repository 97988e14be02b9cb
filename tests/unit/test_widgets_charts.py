from __future__ import annotations

import dataclasses
from itertools import pairwise

import pytest

from app.widgets import control_chart, funnel
from app.widgets.axes import nice
from app.widgets.chart import Chart, Comparison, Event, Point, last
from app.widgets.event_labels import FIELD, LETTER
from app.widgets.smalls import Small, smalls
from app.widgets.sparkline import Line, sparkline
from app.widgets.tokens import TOKENS, colour, css, follow


def points(*values, kind="usual"):
    return tuple(
        Point(f"2025-26 Q{n}", value, f"Q{n}: {value}", 0, 20.0, 15.0, 25.0, kind, "Hidden to\nprotect", "2025-26")
        for n, value in enumerate(values)
    )


def names(figure):
    return [trace.name for trace in figure.data]


def test_a_hidden_point_is_a_gap_with_a_hollow_square_and_its_reason():
    figure = control_chart.figure(Chart(points(20, None, 21), "21%", "%"), "light")
    line = next(trace for trace in figure.data if trace.name == "data")
    assert line.y == (20, None, 21)
    assert "hollow" in names(figure)
    assert any("Hidden to" in str(trace.text) for trace in figure.data)


@pytest.mark.parametrize(
    ("values", "at", "place"),
    [
        ((*range(10), None, None, None), 9.75, "middle left"),
        ((None, None, 5, 6, 7), 1.25, "middle right"),
        ((1, None, 3, 4, None, None, 7), 3.75, "middle left"),
    ],
)
def test_the_reason_of_a_gap_stands_beside_its_squares_and_not_over_them(values, at, place):
    figure = control_chart.figure(Chart(points(*values), ""), "light")
    (label,) = (trace for trace in figure.data if trace.name == "hole")
    assert (label.x[0], label.textposition) == (at, place)


def test_a_point_tells_its_kind_by_shape_as_well_as_by_colour():
    shapes = {
        kind: next(
            trace.marker.symbol
            for trace in control_chart.figure(Chart(points(20, kind=kind), ""), "light").data
            if trace.name.startswith("dots")
        )
        for kind in ("concern", "improvement", "unusual")
    }
    assert len(set(shapes.values())) == 3


def test_limits_stop_where_a_phase_ends():
    first, second = points(20, 21), tuple(dataclasses.replace(p, phase=1, lower=18.0) for p in points(22, 23))
    figure = control_chart.figure(Chart(first + second, ""), "light")
    assert sum(name.startswith("band") for name in names(figure)) == 2


def test_a_chart_without_limits_has_no_band():
    bare = tuple(dataclasses.replace(p, mean=None, lower=None, upper=None) for p in points(20, 21))
    assert not any("band" in name or "mean" in name for name in names(control_chart.figure(Chart(bare, ""), "light")))


def test_words_from_returns_are_text_on_the_chart():
    figure = control_chart.figure(Chart(points(20), "<a href='x'>20</a>"), "light")
    assert not any("<a" in str(trace.text) for trace in figure.data)


def test_an_equal_chart_is_built_once():
    assert control_chart.figure(Chart(points(20), "x"), "dark") is control_chart.figure(Chart(points(20), "x"), "dark")


def many(number, **of_chart):
    """A chart of so many quarters, four to a year."""
    quarters = (dataclasses.replace(points(20.0)[0], year=f"{2021 + n // 4}-{22 + n // 4}") for n in range(number))
    return control_chart.figure(Chart(tuple(quarters), "20%", "%", **of_chart), "light")


@pytest.mark.parametrize("quarters", [1, 4, 20, 36, 40, 80])
def test_years_stand_side_by_side_on_a_telephone_however_many_they_are(quarters):
    across = many(quarters).layout.xaxis
    named = [at for at, words in zip(across.tickvals, across.ticktext, strict=True) if words]
    pixels = FIELD / (across.range[1] - across.range[0])
    assert across.tickangle == 0 and across.ticktext[-1]
    assert all((after - before) * pixels >= 7 * LETTER + 10 for before, after in pairwise(named))


@pytest.mark.parametrize("quarters", [1, 20, 40, 80])
def test_the_latest_figure_stands_within_the_chart_however_many_points_it_has(quarters):
    figure = many(quarters)
    (latest,) = (trace for trace in figure.data if trace.name == "latest")
    assert quarters - 1 < latest.x[0] < figure.layout.xaxis.range[1]


def test_a_line_that_steps_does_not_run_through_its_own_label():
    england = Comparison("England 24.5%", (22.7,) * 4 + (23.6,) * 4 + (24.7,) * 32)
    below = Comparison("Neighbours", (23.0,) * 4 + (21.0,) * 36)
    drawn = [trace for trace in many(40, comparisons=(england, below)).data if trace.mode == "text"]
    heights = {trace.text[0].strip("\xa0"): (trace.y[0], trace.textposition) for trace in drawn}
    assert heights["England 24.5%"][0] > 23.6 and heights["England 24.5%"][1] == "top right"
    assert heights["Neighbours"][0] < 21.0 and heights["Neighbours"][1] == "bottom right"


def test_a_vertical_without_a_label_ends_beneath_the_labels_of_others():
    figure = many(40, events=(Event(6.5, "Definition\nchanged", is_break=True), Event(7.5, "Service\nmoved")))
    tops = {trace.name: max(trace.y) for trace in figure.data if trace.name in ("event-0", "event-1")}
    labels = [trace.name for trace in figure.data if trace.name.startswith("event-label")]
    assert labels == ["event-label-0"]
    low, high = figure.layout.yaxis.range
    assert tops["event-0"] == high and tops["event-1"] < high - 0.1 * (high - low)


def test_the_last_twelve_keep_their_events_and_levels_in_place():
    chart = Chart(
        points(*range(20)), "", "", (Comparison("England", tuple(range(20))),), (Event(3.5, "a"), Event(12.5, "b"))
    )
    short = last(chart, 12)
    assert len(short.points) == len(short.comparisons[0].values) == 12
    assert [(event.at, event.label) for event in short.events] == [(4.5, "b")]


def test_a_funnel_names_only_what_stands_out():
    limits = (0.0, 5.0)
    places = (funnel.Place(10, 20, "A: 20%"), funnel.Place(90, 60, "B: 60%", "concern", "B"))
    made = funnel.figure(funnel.Funnel(places, 23, "Leeds 23%", (10, 90), limits, limits, limits, limits), "light")
    assert [name for name in names(made) if name.startswith("place")] == ["place-0"]


@pytest.mark.parametrize(("low", "high", "step"), [(17.4, 27.4, 5), (0, 1284, 500), (0.1, 0.4, 0.1)])
def test_lines_across_stand_at_round_numbers(low, high, step):
    assert nice(low, high).step == pytest.approx(step)


def test_a_flat_series_still_has_an_axis():
    assert nice(7, 7).high > nice(7, 7).low


def test_a_sparkline_has_its_words_and_marks_the_run_at_its_end():
    kinds = ("usual", "improvement", "concern", "concern")
    made = sparkline(Line((1.0, 2.0, 8.0, 9.0), (0.0,) * 4, (4.0,) * 4, kinds), "Plans, last 9", marks=3)
    assert 'alt="Plans, last 9"' in made
    assert made.count("pt-concern") == 2
    assert "pt-improvement" not in made


def test_a_missing_end_is_a_hollow_square_and_the_line_stops():
    made = sparkline(Line((1.0, 2.0, None)), "alt")
    assert made.count("pt-none") == 1
    assert "pt-usual" not in made


def test_a_series_without_any_figure_says_so_in_words():
    assert "None to show" in sparkline(Line((None, None)), "alt")


def test_small_multiples_share_one_scale():
    made = smalls([Small("A", (0.0, 10.0), "10%", "n = 1"), Small("B", (5.0, 5.0), "5%", "n = 2")], whole=5.0)
    assert made.count("top:50.0%") == 2


def test_every_colour_has_both_themes_and_reaches_the_page():
    assert all(f"--{name}:light-dark({token.light},{token.dark})" in css() for name, token in TOKENS.items())
    assert colour("concern", "light") != colour("concern", "dark")


def test_a_chart_drawn_in_one_theme_is_told_how_to_look_in_the_other():
    rules = follow(".chart")
    assert '.chart [style*="stroke: rgb(122, 135, 147)"]' in rules
    assert "stroke:var(--line)!important" in rules


def _luminance(shade: str) -> float:
    parts = [int(shade[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(first: str, second: str) -> float:
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("surface", ["page", "tint"])
@pytest.mark.parametrize("token", ["ink", "ink-2", "link", "comparison"])
def test_words_stand_out_from_every_surface(token, surface, theme):
    assert _contrast(colour(token, theme), colour(surface, theme)) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("token", ["concern-edge", "improvement", "usual", "line", "rule-2"])
def test_marks_stand_out_from_the_page(token, theme):
    assert _contrast(colour(token, theme), colour("page", theme)) >= 3
