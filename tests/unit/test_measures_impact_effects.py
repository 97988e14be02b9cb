"""How large a change is, and how each kind of measure is judged and compared."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pipelines.measures import impact
from pipelines.measures.share_differences import newcombe
from tests.unit.changes import LOW, STEADY, flow, said


def test_counts_are_compared_by_the_exact_ratio_over_equal_periods():
    effect = flow([20.0] * 4).effect
    assert (effect.kind, effect.before, effect.after, effect.value) == ("rate_ratio", 40, 20, 0.5)
    assert (effect.before_numerator, effect.after_numerator) == (480, 80)
    assert effect.lower < 0.5 < effect.upper < 1
    parts_of_people = flow([20.5] * 4).effect
    assert (parts_of_people.after, math.isnan(parts_of_people.value)) == (20.5, False)
    uneven = flow([20.5, 20, 20, 20]).effect
    assert (uneven.after, math.isnan(uneven.value), math.isnan(uneven.lower)) == (20.125, True, True)


SIZES = [50.0, 60, 40, 50, 55, 45] * 2


def percent(after_tops, after_sizes, **options):
    tops = [30.0, 38, 22, 29, 34, 25] * 2
    numerators, denominators = [*tops, *after_tops], [*SIZES, *after_sizes]
    values = [100 * top / size for top, size in zip(numerators, denominators, strict=True)]
    return impact.judge_impact(
        values,
        changed_at=12,
        numerators=numerators,
        denominators=denominators,
        **{"expected": "higher", "measure_type": "percent", **options},
    )


def test_percentages_are_pooled_compared_by_newcombe_and_tested_by_fisher():
    found = percent([45, 40, 46, 45], [50] * 4)
    assert (found.chart, found.verdict) == ("p_prime", "improved")
    effect = found.effect
    assert effect.kind == "difference"
    assert (effect.before_numerator, effect.before_denominator) == (356, 600)
    assert (effect.after_numerator, effect.after_denominator) == (176, 200)
    assert (effect.before, effect.after) == pytest.approx((100 * 356 / 600, 88))
    assert effect.value == pytest.approx(effect.after - effect.before)
    assert 0 < effect.lower < effect.value < effect.upper
    assert effect.odds_p < 0.001
    assert found.segmented is None


def test_each_point_of_a_percentage_has_the_range_of_its_own_denominator():
    points = percent([150, 6, 30, 30], [250, 10, 50, 50]).points
    width = (points["upper"] - points["lower"]).tolist()
    assert width[12] < width[14] < width[13]
    assert width[14] == pytest.approx(width[15])
    assert points["mean"].tolist() == pytest.approx([100 * 356 / 600] * 16)


def test_percentages_without_their_counts_are_judged_by_xmr_and_never_averaged():
    found = flow([LOW] * 4, measure_type="percent")
    assert (found.chart, found.verdict, found.effect.kind) == ("xmr", "improved", "none")


def test_rates_are_compared_over_their_exposures():
    numerators, denominators = [*STEADY, *[20.0] * 8], [10_000.0] * 12 + [20_000.0] * 8
    values = [10_000 * top / size for top, size in zip(numerators, denominators, strict=True)]
    found = impact.judge_impact(
        values,
        changed_at=12,
        expected="lower",
        measure_type="rate",
        numerators=numerators,
        denominators=denominators,
        multiplier=10_000,
    )
    assert (found.chart, found.verdict) == ("u_prime", "improved")
    assert (found.effect.before, found.effect.after, found.effect.value) == pytest.approx((40, 10, 0.25))
    assert (found.effect.before_denominator, found.effect.after_denominator) == (120_000, 160_000)
    assert found.segmented is not None
    assert found.segmented.level.value == pytest.approx(0.25, rel=0.05)


def test_means_give_a_difference_without_an_interval():
    tops, sizes = [400.0, 840] * 6 + [300.0] * 4, [10.0, 20] * 6 + [10.0] * 4
    values = [top / size for top, size in zip(tops, sizes, strict=True)]
    options = {"changed_at": 12, "expected": "lower", "measure_type": "mean"}
    pooled = impact.judge_impact(values, numerators=tops, denominators=sizes, **options).effect
    assert (pooled.kind, pooled.before, pooled.after) == ("mean_difference", pytest.approx(1240 / 30), 30)
    plain = impact.judge_impact(values, **options).effect
    assert (plain.kind, plain.before, plain.value) == ("mean_difference", 41, -11)
    assert math.isnan(plain.lower)


# Changes alternate -10, +10: mean change -10/11, moving ranges all 20, limits -0.91 -/+ 53.2.
STOCK = [600.0, 590] * 6


@pytest.mark.parametrize(
    ("verdict", "reason", "after"),
    [
        ("improved", "signal", [500, 505, 498, 503]),
        ("improved", "signal", [500, 505, 498, 503, 500, 505, 498]),
        ("no_change", "no_signal", [560, 530, 500, 470]),
        ("worse", "signal", [590, 600, 690, 700]),
        ("no_change", "signal_did_not_last", [500, 550, 580, 600, 590, 600]),
        ("no_change", "signal_did_not_last", [500, 510, 595, 590]),
        ("too_early", "fewer_than_four_after", [500, 500, 500]),
    ],
)
def test_a_stock_is_judged_by_its_change_and_lasts_by_its_level(verdict, reason, after):
    found = flow(after, STOCK, measure_type="snapshot")
    assert (*said(found), found.chart) == (verdict, reason, "change")
    assert found.effect.kind == "mean_difference"
    assert (found.effect.before, math.isnan(found.effect.lower)) == (595, True)
    assert found.segmented is None


def test_the_change_out_of_the_straddling_period_of_a_stock_is_not_judged():
    found = flow([500, 500, 500, 500], [*STOCK, 590.0], measure_type="snapshot", changed_at=13, straddling=12)
    assert said(found) == ("too_early", "fewer_than_four_after")
    assert found.needed == 1


def test_a_percentage_on_a_day_is_pooled_without_an_interval():
    effect = percent([45, 40, 46, 45], [50] * 4, base="snapshot").effect
    assert (effect.kind, effect.after, math.isnan(effect.upper)) == ("mean_difference", 88, True)
    assert math.isnan(effect.before_numerator)


SEASON = np.array([400.0, 600, 800, 500])
WAVER = 0.02 * np.array([[1, -1, 1, -1], [-1, -1, 1, 1], [1, 1, -1, -1], [-1, 1, -1, 1]])  # each quarter's mean stays


def seasonal(after, **options):
    return flow([*after], (SEASON * (1 + WAVER)).ravel().round().tolist(), seasonal=True, **options)


@pytest.mark.parametrize("years", [1, 2, 3])
def test_a_seasonal_change_that_lasts_is_not_compared_with_itself(years):
    found = seasonal([*(SEASON * 0.8)] * years)
    assert (*said(found), found.chart) == ("improved", "signal", "ratio")
    assert set(found.points["special_cause"][16:]) == {"Below LCL"}
    assert found.points["mean"].tolist()[16:20] == pytest.approx(found.points["mean"].tolist()[-4:])


def test_a_seasonal_effect_pools_whole_years_only():
    effect = seasonal([999, 999, *(SEASON * 0.8)]).effect
    assert (effect.before, effect.after) == (575, 460)
    assert effect.value == pytest.approx(0.8)
    assert seasonal([1, 2, 3]).effect.kind == "none"
    assert seasonal([*(SEASON * 0.8), None, 1, 2, 3]).effect.after == 460


def test_a_seasonal_baseline_needs_six_comparisons_with_the_year_before():
    assert flow([LOW] * 4, STEADY[:9], seasonal=True).reason == "no_baseline"
    assert flow([LOW] * 4, STEADY[:10], seasonal=True).reason == "constant"


@pytest.mark.parametrize(("before", "after", "there"), [(12, 8, True), (8, 8, True), (7, 8, False), (12, 7, False)])
def test_segmented_regression_needs_eight_points_on_each_side(before, after, there):
    found = flow([20, 22] * 4 if after == 8 else [20] * after, STEADY[:before])
    assert (found.segmented is not None) is there


def test_segmented_regression_keeps_time_across_gaps_and_leaves_seasons_alone():
    found = flow([20, 22] * 4, [*STEADY[:5], None, *STEADY[6:]])
    assert found.segmented is not None
    assert found.segmented.level.lower < 0.51 < found.segmented.level.upper
    assert seasonal([*(SEASON * 0.8)] * 2).segmented is None


def test_figures_no_line_fits_have_no_regression():
    assert flow([0.0] * 8).segmented is None
    with pytest.raises(ValueError, match="No such line fits"):
        impact.segmented_poisson([5, 6, 5, 0, 0, 0], 3)
    with pytest.raises(ValueError, match="No such line fits"):
        impact.segmented_poisson([5, 6, 5, 7], 3)
    with pytest.raises(ValueError, match="negative"):
        impact.segmented_poisson([5, -6, 5, 7, 4, 3], 3)


@pytest.mark.parametrize(
    ("pairs", "lower", "upper"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0),
    ],
)
def test_a_difference_of_shares_agrees_with_the_paper_of_newcombe(pairs, lower, upper):
    found = newcombe(*pairs)
    assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=6e-5)


def test_a_share_of_nobody_differs_from_nothing_and_a_part_above_its_whole_is_refused():
    assert math.isnan(newcombe(0, 0, 3, 10).lower)
    with pytest.raises(ValueError, match="no larger than its denominator"):
        newcombe(11, 10, 3, 10)
