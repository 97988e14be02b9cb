"""Intervals by hand, and what they refuse."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pipelines.measures import intervals


def test_dobson_by_hand():
    found = intervals.dsr([10, 20], [1_000, 4_000], [2, 3], 1_000)
    assert found.value == pytest.approx(1_000 * (2 * 0.010 + 3 * 0.005) / 5)
    variance = (4 * 10 / 1_000**2 + 9 * 20 / 4_000**2) / 25
    lower, upper = intervals.byar(30.0)
    assert found.lower == pytest.approx(found.value + 1_000 * math.sqrt(variance / 30) * (lower - 30))
    assert found.upper == pytest.approx(found.value + 1_000 * math.sqrt(variance / 30) * (upper - 30))


def test_one_group_standardised_is_its_own_rate():
    found = intervals.dsr([25], [8_000], [1], 10_000)
    assert list(found) == pytest.approx(list(intervals.rate(25, 8_000, 10_000)))


def test_fewer_than_ten_events_are_not_standardised():
    assert math.isnan(intervals.dsr([4, 5], [1_000, 4_000], [2, 3], 1_000).value)
    assert intervals.dsr([5, 5], [1_000, 4_000], [2, 3], 1_000).value > 0


def test_a_rate_is_exact_below_ten_and_byar_from_ten():
    assert list(intervals.rate(9, 100, 100)) == pytest.approx(list(intervals.poisson_exact(9)))
    assert list(intervals.rate(10, 100, 100)) == pytest.approx(list(intervals.byar(10)))
    assert intervals.rate(0, 100, 100).lower == 0


def test_arrays_give_what_numbers_give():
    x, n = np.array([0.0, 3.0, 12.0, np.nan]), np.array([5.0, 9.0, 12.0, 4.0])
    for function in (intervals.wilson, intervals.clopper_pearson):
        both = function(x, n)
        for row in range(3):
            assert (both.lower[row], both.upper[row]) == pytest.approx(tuple(function(x[row], n[row])))
        assert np.isnan([both.lower[3], both.upper[3]]).all()
    rates = intervals.rate(x, n, 100.0)
    assert rates.upper[2] == pytest.approx(intervals.rate(12.0, 12.0, 100.0).upper)


def test_nobody_at_risk_has_no_interval():
    assert all(math.isnan(bound) for bound in intervals.wilson(0, 0))
    assert all(math.isnan(bound) for bound in intervals.clopper_pearson(0, 0))
    assert all(math.isnan(bound) for bound in intervals.rate(0, 0, 100))


def test_part_of_a_post_may_be_counted():
    assert intervals.wilson(10.5, 42.0).lower < 0.25 < intervals.wilson(10.5, 42.0).upper


def test_even_no_events_can_be_too_few_only_where_many_are_expected():
    funnel = intervals.funnel_limits(10.0, np.array([1_000.0, 5_000.0, 0.0]), kind="rate", per=1_000)
    assert funnel.lower_95[0] > 0
    assert intervals.funnel_limits(1.0, 2.0, kind="rate").lower_95 == 0
    assert np.isnan(funnel.upper_998[2])


def test_odds_against_none_are_without_bound():
    ratio = intervals.rate_ratio_exact(4, 24, 0, 12)
    assert math.isinf(ratio.value)
    assert math.isinf(ratio.upper)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: intervals.wilson(11, 10), "numerator no larger than its denominator"),
        (lambda: intervals.clopper_pearson(11, 10), "numerator no larger than its denominator"),
        (lambda: intervals.wilson(-1, 10), "-1 is negative"),
        (lambda: intervals.byar(3, 95), "confidence is 95"),
        (lambda: intervals.poisson_exact(3, 0.0), "confidence is 0"),
        (lambda: intervals.dsr([5, 9], [100, 0], [1, 1], 100), "nobody in it"),
        (lambda: intervals.rate_ratio_exact(2.5, 1, 3, 1), "2.5 is not a whole count"),
        (lambda: intervals.rate_ratio_exact(2, 0, 3, 1), "longer than nothing"),
        (lambda: intervals.odds_ratio_exact(2, -1, 3, 1), "-1 is not a whole count"),
        (lambda: intervals.funnel_limits(35.0, 100, kind="share"), "cannot stand on 35"),
        (lambda: intervals.funnel_limits(0.35, 100, kind="ratio"), "kind 'ratio'"),
    ],
)
def test_an_interval_refuses_what_has_none(ask, said):
    with pytest.raises(ValueError, match=said):
        ask()
