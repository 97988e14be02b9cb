"""How figures are compared: by what is better for children, and never across unlike stretches of time."""

from __future__ import annotations

import math

import pytest

from pipelines.measures import comparisons as compare


@pytest.mark.parametrize(
    ("polarity", "up", "down"),
    [("higher", "better", "worse"), ("lower", "worse", "better"), ("neutral", "", "")],
)
def test_only_polarity_makes_a_change_good_or_bad(polarity, up, down):
    assert compare.change(12, 10, polarity, "children").judgement == up
    assert compare.change(10, 12, polarity, "children").judgement == down


@pytest.mark.parametrize(
    ("latest", "earlier", "unit", "words"),
    [
        (27.4, 24.2, "percent", "up 3.2 points"),
        (26, 25, "percent", "up 1.0 point"),
        (1_634, 3_234, "children", "down 1,600"),
        (10.5, 9, "posts", "up 1.5"),
        (36.0, 33.0, "per 10,000", "up 3.0"),
        (24.2, 24.2, "percent", "unchanged"),
        (0.1 + 0.2, 0.3, "percent", "unchanged"),
        (24.21, 24.2, "percent", "barely changed"),
        (None, 3, "children", "no figure"),
        (3, float("nan"), "children", "no earlier figure to compare with"),
    ],
)
def test_a_change_is_said_in_its_unit(latest, earlier, unit, words):
    assert compare.change(latest, earlier, "lower", unit).words == words


def test_a_missing_figure_is_neither_better_nor_worse():
    missing = compare.change(3, None, "lower", "children")
    assert (missing.direction, missing.judgement) == ("", "")
    assert math.isnan(missing.difference)


def test_the_best_comes_first_and_ties_share_the_better_place():
    others = [70.0, 80.0, 90.0, None, float("nan"), 80.0]
    assert compare.rank_among(80.0, others, "higher") == compare.Rank(2, 5, 2)
    assert compare.rank_among(95.0, others, "higher") == compare.Rank(1, 5, 1)
    assert compare.rank_among(95.0, others, "lower") == compare.Rank(5, 5, 4)


def test_a_neutral_measure_has_no_rank_and_three_have_no_quartiles():
    assert compare.rank_among(80.0, [70.0], "neutral") is None
    assert compare.rank_among(None, [70.0], "higher") is None
    assert compare.rank_among(80.0, [None], "higher") is None
    assert compare.rank_among(80.0, [70.0, 90.0], "higher") == compare.Rank(2, 3, None)


@pytest.mark.parametrize(
    ("value", "polarity", "word"),
    [
        (80, "higher", "ahead"),
        (60, "higher", "behind"),
        (80, "lower", "behind"),
        (60, "lower", "ahead"),
        (80, "neutral", "higher"),
        (60, "neutral", "lower"),
        (70, "higher", "in line"),
        (70, "neutral", "similar"),
    ],
)
def test_a_position_is_a_word(value, polarity, word):
    assert compare.position(value, 70, polarity) == word


def test_an_interval_that_covers_the_benchmark_is_in_line():
    assert compare.position(75, 70, "higher", (69, 81)) == "in line"
    assert compare.position(75, 70, "higher", (70, 80)) == "in line"
    assert compare.position(75, 70, "higher", (71, 79)) == "ahead"
    assert compare.position(75, 70, "neutral", (69, 81)) == "similar"
    assert compare.position(None, 70, "higher") == ""
    assert compare.position(75, float("nan"), "higher") == ""


def test_a_flow_adds_up_over_a_complete_year_only():
    assert compare.year_value([10, 12, 9, 11], "sum").value == 42
    part = compare.year_value([10, None, 9, float("nan")], "sum")
    assert part.value is None
    assert part.reason == "2 of 4 quarters have no figure, so there is no figure for the year."


def test_a_stock_is_its_last_figure_and_nothing_else():
    assert compare.year_value([600, 610, None, 634], "last").value == 634
    assert compare.year_value([600, 610, 620, None], "last").reason == "The last period of the year has no figure."


def test_a_share_of_a_year_is_recomputed_and_never_an_average():
    year = compare.year_value([50, 10, 20, 20], "recompute", numerators=[50, 1, 2, 2], denominators=[100, 10, 10, 10])
    assert year == compare.YearValue(pytest.approx(100 * 55 / 130), 55, 130)


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({}, "Without numerators"),
        ({"numerators": [1, 2, None, 2], "denominators": [3, 3, 3, 3]}, "1 of 4 quarters has no figure"),
        ({"numerators": [1, 2, 2, 2], "denominators": [3, None, 3, 3]}, "1 of 4 quarters has no figure"),
        ({"numerators": [0, 0], "denominators": [0, 0]}, "add up to nothing"),
    ],
)
def test_a_share_without_its_parts_has_no_year(options, reason):
    year = compare.year_value([50, 10, 20, 20], "recompute", **options)
    assert year.value is None
    assert reason in year.reason


@pytest.mark.parametrize("how", ["none", "published"])
def test_what_may_not_be_added_up_says_why(how):
    year = compare.year_value([10, 12, 9, 11], how)
    assert year.value is None
    assert year.reason.endswith(".")


def test_an_unknown_word_is_refused():
    with pytest.raises(ValueError, match="year_value is 'mean'"):
        compare.year_value([1], "mean")
    with pytest.raises(ValueError, match="polarity is 'up'"):
        compare.change(1, 2, "up", "percent")
    with pytest.raises(ValueError, match="5 quarters"):
        compare.annualise(1.0, 5)
