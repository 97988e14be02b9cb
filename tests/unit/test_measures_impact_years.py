"""Verdicts on whole years, where points are hidden, rare or overlap."""

from __future__ import annotations

import math

import pytest
from scipy.stats import beta

from tests.unit.changes import LOW, STEADY, TWO_BEFORE, flow, hidden_at, said, year


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
