"""Verdicts on a change of practice, worked by hand: each verdict, each reason, each rule."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import beta

from pipelines.measures import impact
from pipelines.measures.impact_kinds import FEWEST_AFTER
from pipelines.measures.share_differences import newcombe

# Mean 40, moving ranges all 4: limits 40 -/+ 2.66 x 4, which is 29.36 to 50.64; near lines 40 -/+ 7.09.
STEADY = [38.0, 42] * 6
LOW, USUAL, HIGH = 25.0, 41.0, 56.0


def flow(after, before=STEADY, **options):
    options = {"measure_type": "flow", "expected": "lower", "changed_at": len(before), **options}
    return impact.judge_impact([*before, *after], **options)


def said(found):
    return found.verdict, found.reason


def test_the_usual_range_is_that_of_the_points_before_carried_on():
    found = flow([LOW] * 4)
    points = found.points
    assert points["mean"].tolist() == pytest.approx([40.0] * 16)
    assert points["lower"].tolist() == pytest.approx([29.36] * 16)
    assert points["upper"].tolist() == pytest.approx([50.64] * 16)
    assert points["part"].tolist() == ["before"] * 12 + ["after"] * 4
    assert points["special_cause"].tolist() == ["Common Cause"] * 12 + ["Below LCL"] * 4
    assert points["point_type"].tolist()[-1] == "special_cause_improvement"
    assert points["used"].all()


@pytest.mark.parametrize(
    ("verdict", "reason", "after"),
    [
        ("improved", "signal", [LOW] * 4),
        ("worse", "signal", [HIGH] * 4),
        ("no_change", "no_signal", [38, 42, 38, 42]),
        ("improved", "signal", [USUAL, USUAL, USUAL, LOW]),
        ("improved", "signal", [HIGH, HIGH, USUAL, LOW]),
        ("worse", "signal", [LOW, LOW, USUAL, HIGH]),
        ("improved", "signal", [31, 32, 38, 39]),
        ("no_change", "no_signal", [31, 38, 42, 32]),
        ("improved", "signal", [39, 38, 39, 38, 39, 38, 39]),
        ("no_change", "no_signal", [39, 38, 39, 38, 39, 38]),
        ("improved", "signal", [47, 46, 45, 44, 43, 42, 41]),
        ("no_change", "no_signal", [45, 44, 43, 42, 41, 40]),
        ("no_change", "signal_did_not_last", [LOW, 41, 42, 41]),
        ("no_change", "signal_did_not_last", [LOW, LOW, 39, 42, 38]),
        ("improved", "signal", [LOW, LOW, 42, 38]),
        ("improved", "signal", [LOW, LOW, 42, 38, 39, 38]),
        ("too_early", "fewer_than_four_after", [LOW] * 3),
        ("too_early", "fewer_than_four_after", []),
    ],
)
def test_the_latest_special_cause_after_the_change_decides(verdict, reason, after):
    assert said(flow(after)) == (verdict, reason)


def test_the_deciding_signal_is_named_with_the_row_it_began_in():
    found = flow([USUAL, LOW, LOW, LOW])
    assert (found.signal, found.since, found.chart, found.basis) == ("Below LCL", 13, "xmr", "quarters")
    assert flow([42, 38, 42, 38]).signal == ""
    assert flow([42, 38, 42, 38]).since is None


def test_too_early_names_a_signal_already_there_and_how_many_more_points_it_needs():
    found = flow([LOW, LOW])
    assert (found.verdict, found.signal, found.needed, found.after_points) == ("too_early", "Below LCL", 2, 2)
    assert flow([LOW, None, LOW, LOW]).needed == 1
    assert flow([LOW] * FEWEST_AFTER).needed == 0


def test_no_rule_crosses_the_change():
    before = [*STEADY, 39, 38, 39, 38]
    assert said(flow([39, 38, 39, 38], before)) == ("no_change", "no_signal")


@pytest.mark.parametrize("hole", [{}, {"hidden": [False] * 15 + [True] + [False] * 11}])
def test_no_rule_crosses_a_gap_or_a_hidden_point(hole):
    after = [39, 38, 39, 38 if hole else None, 39, 38, 39, 42, 38, 42, 38, 42, 38, 42, 38]
    assert said(flow(after, **hole)) == ("no_change", "no_signal")
    assert said(flow([39, 38, 39, 38, 39, 38, 39])) == ("improved", "signal")


def test_the_period_a_change_falls_in_is_shown_and_used_for_nothing():
    plain = flow([39] * 4)
    found = flow([39] * 4, [*STEADY, 900.0], changed_at=13, straddling=12)
    assert found.points["part"].tolist()[12] == "straddling"
    assert found.points["value"].tolist()[12] == 900
    assert found.points["special_cause"].tolist()[12] == "Common Cause"
    assert not found.points["used"].tolist()[12]
    assert (found.effect, found.baseline_points, found.after_points) == (plain.effect, 12, 4)
    assert found.points["upper"].tolist()[-1] == plain.points["upper"].tolist()[-1]


@pytest.mark.parametrize(
    ("points", "few", "reason"),
    [(12, False, "signal"), (11, True, "signal"), (6, True, "signal"), (5, False, "no_baseline")],
)
def test_a_baseline_needs_six_points_and_is_called_short_below_twelve(points, few, reason):
    found = flow([LOW] * 4, STEADY[:points])
    assert (found.reason, found.few_baseline, found.baseline_points) == (reason, few, points)
    assert (found.verdict == "not_measurable") == (reason == "no_baseline")


def test_missing_points_do_not_count_towards_a_baseline():
    assert said(flow([LOW] * 4, [*STEADY[:5], None, None])) == ("not_measurable", "no_baseline")


def test_a_definition_that_began_before_the_change_cuts_the_baseline_to_itself():
    found = flow([LOW] * 4, [400.0] * 9 + STEADY, rebase=[3, 9])
    assert (found.verdict, found.baseline_points) == ("improved", 12)
    assert found.points["used"].tolist() == [False] * 9 + [True] * 16
    assert found.points["mean"].isna().tolist() == [True] * 9 + [False] * 16
    assert said(flow([LOW] * 4, [400.0] * 9 + STEADY[:5], rebase=[9])) == ("not_measurable", "no_baseline")


def test_a_definition_that_began_after_the_change_ends_what_is_judged():
    found = flow([LOW] * 4 + [90.0] * 6, rebase=[16])
    assert (found.verdict, found.after_points) == ("improved", 4)
    assert found.points["used"].tolist() == [True] * 16 + [False] * 6
    assert said(flow([LOW] * 3 + [90.0] * 6, rebase=[15])) == ("not_measurable", "definition_changed")
    assert said(flow([LOW] * 6, rebase=[12])) == ("not_measurable", "definition_changed")


def test_a_definition_that_began_in_the_straddling_period_leaves_nothing_to_compare():
    found = flow([LOW] * 6, [*STEADY, 40.0], changed_at=13, straddling=12, rebase=[12])
    assert said(found) == ("not_measurable", "definition_changed")


@pytest.mark.parametrize(
    ("unusual", "before"),
    [
        (False, STEADY),
        (True, [*STEADY, 60.0]),
        (True, [*STEADY, 60.0, 40.0]),
        (True, [*STEADY, 20.0, 40.0]),
        (False, [*STEADY, 60.0, 40.0, 39.0]),
        (True, [*STEADY, 45.5, 45.0, 45.5]),
        (False, [*STEADY, 34.5, 35.0, 34.5]),
        (False, [*STEADY, 45.5, 41.0, 45.5]),
    ],
)
def test_a_baseline_that_ended_unusually_is_said_to(unusual, before):
    assert flow([41, 39, 41, 39], before).unusual_baseline is unusual


@pytest.mark.parametrize(
    ("reason", "values", "options"),
    [
        ("rare", STEADY, {"measure_type": "rare"}),
        ("rolling", STEADY, {"measure_type": "percent", "base": "window"}),
        ("rolling", STEADY, {"window": "rolling_12_months"}),
        ("audit", STEADY, {"measure_type": "percent", "window": "audit"}),
        ("constant", [40.0] * 12, {}),
        ("near_zero", [4.0, 5, 4, 5, 4, 5, 4, 5, 4, 5, 4, 5], {}),
        ("no_baseline", [None] * 12, {}),
    ],
)
def test_what_has_no_usual_range_is_not_measurable_and_says_why(reason, values, options):
    found = flow([LOW] * 4, values, **options)
    assert (*said(found), found.basis, found.chart) == ("not_measurable", reason, "none", "none")
    assert found.set_aside == reason
    assert found.effect.kind == "none"
    assert found.points["mean"].isna().all()
    assert not found.points["used"].any()


def hidden_at(*rows, size=16):
    return [row in rows for row in range(size)]


@pytest.mark.parametrize(("reason", "rows"), [("signal", ()), ("signal", (3,)), ("hidden", (3, 5)), ("hidden", (10,))])
def test_too_many_hidden_points_or_one_of_the_last_six_end_the_verdict_by_quarter(reason, rows):
    assert flow([LOW] * 4, hidden=hidden_at(*rows)).reason == reason


def test_a_hidden_point_of_another_definition_does_no_harm():
    found = flow([LOW] * 4, [400.0] * 4 + STEADY, rebase=[4], hidden=hidden_at(0, 1, 2, 3, size=20))
    assert found.reason == "signal"


def year(part, top, bottom: float | None = None, *, hidden=False):
    return ("FY", top, bottom, hidden, part)


TWO_BEFORE = [year("before", 60), year("before", 64)]


@pytest.mark.parametrize(
    ("verdict", "reason", "years"),
    [
        ("improved", "signal", [*TWO_BEFORE, year("after", 30)]),
        ("worse", "signal", [*TWO_BEFORE, year("after", 100)]),
        ("no_change", "no_signal", [*TWO_BEFORE, year("after", 55)]),
        ("improved", "signal", [*TWO_BEFORE, year("straddling", 900), year("after", 30)]),
        ("too_early", "no_whole_year_after", [*TWO_BEFORE, year("straddling", 30)]),
        ("not_measurable", "rare", [year("before", 60), year("after", 30)]),
        ("not_measurable", "rare", [*TWO_BEFORE, year("after", 30, hidden=True)]),
        ("not_measurable", "rare", [*TWO_BEFORE, year("before", None, hidden=True), year("after", 30)]),
        ("not_measurable", "rare", [year("before", 60), year("before", None), year("after", 30)]),
        ("not_measurable", "rare", [year("before", 60.5), year("before", 64), year("after", 30)]),
        ("not_measurable", "rare", []),
    ],
)
def test_whole_years_decide_where_points_may_not(verdict, reason, years):
    found = flow([LOW] * 4, measure_type="rare", years=years)
    assert said(found) == (verdict, reason)
    assert found.basis == ("none" if verdict == "not_measurable" else "years")
    assert found.needed == (1 if verdict == "too_early" else 0)
    assert found.set_aside == "rare"


def test_years_are_compared_year_for_year_by_the_exact_ratio():
    effect = flow([], measure_type="rare", years=[*TWO_BEFORE, year("after", 31)]).effect
    assert (effect.kind, effect.before, effect.after, effect.value) == ("rate_ratio", 62, 31, 0.5)
    assert (effect.before_numerator, effect.after_numerator) == (124, 31)
    assert math.isnan(effect.before_denominator)
    low, high = beta.ppf(0.025, 31, 125), beta.ppf(0.975, 32, 124)  # of 31 among 155, expected a third
    assert (effect.lower, effect.upper) == pytest.approx((2 * low / (1 - low), 2 * high / (1 - high)))


def test_years_of_rates_use_their_exposures_and_years_of_percentages_their_difference():
    rate = [year("before", 60, 10_000), year("before", 60, 10_000), year("after", 60, 20_000)]
    found = flow([LOW] * 4, measure_type="rate", multiplier=10_000, base="window", years=rate)
    assert found.verdict == "improved"
    assert (found.effect.value, found.effect.before, found.effect.after) == pytest.approx((0.5, 60, 30))
    share = [year("before", 24, 40), year("before", 24, 40), year("after", 56, 70)]
    found = flow([LOW] * 4, measure_type="percent", base="window", expected="higher", years=share)
    assert (found.verdict, found.effect.kind) == ("improved", "difference")
    assert (found.effect.value, found.effect.lower, found.effect.upper) == pytest.approx((20, 5.24, 33.39), abs=0.005)
    assert said(flow([], measure_type="percent", base="window", years=[*TWO_BEFORE, year("after", 30)])) == (
        "not_measurable",
        "rolling",
    )


@pytest.mark.parametrize("options", [{"measure_type": "mean"}, {"measure_type": "snapshot"}])
def test_years_of_means_and_of_what_stands_on_a_day_have_no_interval_to_judge_by(options):
    years = [*TWO_BEFORE, year("after", 30)]
    assert said(flow([LOW] * 4, hidden=hidden_at(15), years=years, **options)) == ("not_measurable", "hidden")


def test_years_are_not_asked_where_points_can_answer():
    assert flow([LOW] * 4, years=[*TWO_BEFORE, year("after", 100)]).basis == "quarters"


def test_years_never_mend_a_change_of_definition():
    years = [*TWO_BEFORE, year("after", 30)]
    assert said(flow([LOW] * 4, measure_type="rare", rebase=[12], years=years)) == (
        "not_measurable",
        "definition_changed",
    )


def test_years_lengthen_a_short_baseline_but_not_one_cut_by_a_definition():
    years = [*TWO_BEFORE, year("after", 30)]
    assert flow([LOW] * 4, STEADY[:5], years=years).basis == "years"
    assert said(flow([LOW] * 4, STEADY, rebase=[9], years=years)) == ("not_measurable", "no_baseline")


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
    ("message", "options"),
    [
        ("expected is 'neutral'", {"expected": "neutral"}),
        ("measure_type is 'count'", {"measure_type": "count"}),
        ("changed_at is 17, outside", {"changed_at": 17}),
        ("changed_at is -1, outside", {"changed_at": -1}),
        ("straddling is 5; the period", {"straddling": 5}),
        ("straddling is -1; the period", {"straddling": -1, "changed_at": 0}),
        ("rebase 40 is outside", {"rebase": [40]}),
        ("different lengths", {"hidden": [True]}),
        ("A year's part is 'later'", {"measure_type": "rare", "years": [year("later", 3)]}),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_in_a_sentence(message, options):
    with pytest.raises(ValueError, match=message):
        flow([LOW] * 4, **options)


def test_nothing_at_all_is_no_baseline():
    assert said(flow([], [])) == ("not_measurable", "no_baseline")


def test_every_reason_is_explained_once():
    assert all(words and not words.endswith(".") for words in impact.REASONS.values())
    assert len(set(impact.REASONS.values())) == len(impact.REASONS)


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
