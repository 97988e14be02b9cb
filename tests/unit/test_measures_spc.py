"""Control charts by hand: limits, rules, phases and what they refuse."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from pipelines.measures import spc

TWELVE = [10.0, 12, 9, 11, 10, 13, 9, 12, 10, 11, 12, 9]
DAYS = [date(2020, month, 1) for month in range(1, 13)]


def test_xmr_limits_are_the_mean_and_two_point_six_six_moving_ranges():
    points = spc.xmr([4, 6, 5], improvement="increase", screen=False).points
    assert points["mean"].tolist() == [5.0] * 3
    assert points["upl"].tolist() == pytest.approx([5 + 2.66 * 1.5] * 3)
    assert points["lpl"].tolist() == pytest.approx([5 - 2.66 * 1.5] * 3)


def test_one_wild_step_is_left_out_of_the_spread_but_not_of_the_mean():
    values = [10.0, 11, 10, 11, 10, 11, 10, 40]
    screened, whole = (spc.xmr(values, improvement="increase", screen=screen).points for screen in (True, False))
    assert screened["mean"].equals(whole["mean"])
    assert (screened["upl"] - screened["mean"]).tolist() == pytest.approx([2.66] * 8)
    assert (whole["upl"] > screened["upl"]).all()


def test_the_columns_are_the_contract():
    assert list(spc.xmr(TWELVE, improvement="increase").points) == [
        "phase",
        "mean",
        "lpl",
        "upl",
        "outside_limits",
        "relative_to_mean",
        "close_to_limits",
        "special_cause",
        "point_type",
    ]


@pytest.mark.parametrize(
    ("dates", "rebase"),
    [
        (None, [6]),
        (DAYS, [date(2020, 7, 1)]),
        (DAYS, ["2020-07-01"]),
        ([str(day) for day in DAYS], ["2020-07-01"]),
        ([str(day) for day in DAYS], [date(2020, 7, 1)]),
        (pd.Series(pd.to_datetime(DAYS)), [pd.Timestamp(2020, 7, 1)]),
        (np.array(DAYS, dtype="datetime64[D]"), [np.datetime64("2020-07-01")]),
        ([f"2020-21-Q{n:02}" for n in range(12)], ["2020-21-Q06"]),
    ],
)
def test_a_phase_starts_at_its_date_or_row(dates, rebase):
    points = spc.xmr(TWELVE, dates, improvement="increase", rebase=rebase).points
    assert points["phase"].tolist() == [0] * 6 + [1] * 6


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"dates": DAYS, "rebase": ["2020-07-02"]}, "rebase 2020-07-02 is not among the dates"),
        ({"dates": DAYS[:3]}, "12 values but 3 dates"),
        ({"dates": DAYS[::-1]}, "repeat or go back"),
        ({"dates": [DAYS[0]] * 12}, "repeat or go back"),
        ({"rebase": ["2020-07-01"]}, "is not a row number"),
        ({"rebase": [12]}, "rebase 12 is outside the series of 12 points"),
        ({"fix_after": 11}, "at least 12"),
        ({"improvement": "higher"}, "must be increase, decrease or neutral"),
    ],
)
def test_xmr_refuses_what_it_cannot_place(options, said):
    with pytest.raises(ValueError, match=said):
        spc.xmr(TWELVE, **{"improvement": "increase", **options})


def test_a_point_missing_is_not_judged():
    points = spc.xmr([*TWELVE, None, 11], improvement="increase").points
    assert points[["outside_limits", "relative_to_mean", "close_to_limits"]].iloc[12].isna().all()
    assert points["special_cause"].iloc[12] == "Common Cause"


def test_numbers_come_in_any_clothes():
    wanted = spc.xmr([*TWELVE, None], improvement="increase").points
    for values in (
        np.array([*TWELVE, np.nan]),
        pd.Series([*TWELVE, None], dtype="Float64"),
        (*TWELVE, float("inf")),
    ):
        assert spc.xmr(values, improvement="increase").points.equals(wanted)


@pytest.mark.parametrize("target", [None, 11.0])
def test_a_neutral_measure_has_no_assurance(target):
    assert spc.xmr(TWELVE, improvement="neutral", target=target).assurance is None


def test_shares_with_one_size_have_the_textbook_limits():
    points = spc.p([2, 4, 3], [10, 10, 10]).points
    assert points["mean"].tolist() == pytest.approx([0.3] * 3)
    assert points["upl"].tolist() == pytest.approx([0.3 + 3 * (0.3 * 0.7 / 10) ** 0.5] * 3)
    assert points["lpl"].tolist() == [0.0] * 3


def test_rates_have_the_textbook_limits():
    points = spc.u([9, 16, 11], [10, 10, 10]).points
    assert points["upl"].tolist() == pytest.approx([1.2 + 3 * (1.2 / 10) ** 0.5] * 3)


def test_laney_widens_limits_that_large_denominators_make_too_narrow():
    tops, sizes = [5_000, 5_400, 4_800, 5_300, 4_700, 5_200], [10_000] * 6
    assert (spc.p_prime(tops, sizes).points["upl"] > spc.p(tops, sizes).points["upl"]).all()


def test_a_denominator_of_nothing_is_a_missing_point():
    points = spc.p([2, 0, 3], [10, 0, 10]).points
    assert points["relative_to_mean"].isna().tolist() == [False, True, False]
    assert points["upl"].isna().tolist() == [False, True, False]


def test_limits_can_come_from_a_baseline_and_restart_at_a_phase():
    values = [10, 12, 11, 9, 30, 32, 31, 29]
    frozen = spc.c(values, baseline=[True] * 4 + [False] * 4).points
    assert frozen["mean"].tolist() == [10.5] * 8
    assert frozen["special_cause"].iloc[-1] == "Above UCL"
    assert spc.c(values, rebase=[4]).points["mean"].tolist() == [10.5] * 4 + [30.5] * 4


def test_a_chart_refuses_an_option_it_does_not_know():
    with pytest.raises(TypeError, match="fix_after"):
        spc.p([1], [2], fix_after=12)


def test_time_between_events_cannot_be_negative():
    with pytest.raises(ValueError, match="-4 is a time between events"):
        spc.t([3, -4])


def test_a_run_chart_says_when_it_stays_on_one_side():
    chart = spc.run([1, 2, 1, 2, 1, 2, 1, 2, 8, 9, 8, 9, 8, 9, 8, 9])
    assert chart.runs is not None
    assert (chart.runs.longest_run, chart.runs.crossings, chart.runs.signal) == (8, 1, True)
    assert chart.note == "The line stays on one side of its median for too long to be chance."
    assert spc.run([1, 9] * 8).note == ""


def test_a_run_does_not_cross_a_gap():
    values = np.array([9.0] * 5 + [np.nan] + [9.0] * 5)
    runs = spc.runs_test(values, np.full(11, 5.0))
    assert (runs.n_useful, runs.longest_run, runs.crossings) == (10, 5, 0)


@pytest.mark.parametrize("n", [2, 5, 10, 24, 60, 100])
def test_the_bounds_of_runs_are_those_of_the_binomial_distribution(n):
    from scipy.stats import binom

    runs = spc.runs_test(np.tile([1.0, -1.0], n // 2), np.zeros(n // 2 * 2))
    assert runs.crossings_min == binom.ppf(0.05, runs.n_useful - 1, 0.5)
    assert runs.longest_run_max == round(np.log2(runs.n_useful) + 3)


@pytest.mark.parametrize(
    "chart",
    [
        lambda: spc.c([]),
        lambda: spc.run([None, None]),
        lambda: spc.g([None]),
        lambda: spc.t([]),
        lambda: spc.p([], []),
        lambda: spc.u_prime([None], [None]),
        lambda: spc.xmr([], improvement="increase"),
    ],
)
def test_no_figures_are_no_error(chart):
    assert chart().variation == "common_cause"
