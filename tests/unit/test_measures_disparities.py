"""A group is called different only where the interval of its ratio leaves out 1, and not at all when few are counted."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import binom

from pipelines.measures import chance, disparities, funnels


def test_a_ratio_of_shares_is_worked_out_by_hand():
    # 45 of 150 beside 120 of 600: 0.3 / 0.2; se = sqrt(1/45 - 1/150 + 1/120 - 1/600) = 0.1491
    found = disparities.share_ratio(45, 150, 120, 600)
    error = math.sqrt(1 / 45 - 1 / 150 + 1 / 120 - 1 / 600)
    assert found.value == pytest.approx(1.5)
    assert found.lower == pytest.approx(1.5 * math.exp(-1.959964 * error), rel=1e-6)
    assert found.upper == pytest.approx(1.5 * math.exp(1.959964 * error), rel=1e-6)
    assert found.word == "higher"


def test_a_ratio_of_rates_has_the_exact_interval():
    # 11 of 800 beside 21 of 3,011: at each end of the interval, what was seen is as rare as one in forty.
    found = disparities.rate_ratio(11, 800, 21, 3011)
    assert found.value == pytest.approx((11 / 800) / (21 / 3011))
    low, high = (ratio * 800 / (ratio * 800 + 3011) for ratio in (found.lower, found.upper))
    assert binom.sf(10, 32, low) == pytest.approx(0.025)
    assert binom.cdf(11, 32, high) == pytest.approx(0.025)
    assert found.word == "similar"


@pytest.mark.parametrize("ratio", [disparities.share_ratio, disparities.rate_ratio])
@pytest.mark.parametrize("counts", [(9, 100, 50, 100), (50, 100, 9, 100)])
def test_fewer_than_ten_on_either_side_are_not_compared(ratio, counts):
    with pytest.raises(ValueError, match="at least 10 events"):
        ratio(*counts)
    assert ratio(*(max(count, 10) for count in counts)).value > 0


def test_parts_of_cases_are_not_compared_exactly():
    with pytest.raises(ValueError, match="whole counts"):
        disparities.share_ratio(12.5, 100, 20, 100)


def test_more_events_than_cases_are_no_share_but_may_be_a_rate():
    with pytest.raises(ValueError, match="not both shares"):
        disparities.share_ratio(120, 100, 20, 100)
    assert disparities.rate_ratio(120, 100, 20, 100).value == pytest.approx(6)


def test_an_interval_that_touches_one_is_no_difference():
    assert disparities.Ratio(1.0, 2.0, 1.4).word == "similar"
    assert disparities.Ratio(0.5, 1.0, 0.7).word == "similar"
    assert disparities.Ratio(0.5, 0.999, 0.7).word == "lower"


def test_one_comparison_in_twenty_differs_by_chance():
    assert disparities.expected_different(40) == pytest.approx(2)


def test_the_places_chance_puts_outside_are_as_many_as_a_simulation_finds():
    chosen = np.random.default_rng(7)
    sizes = chosen.integers(400, 900, 4_000).astype(float)
    shares = chosen.binomial(sizes.astype(int), 0.3) / sizes
    limits = funnels.funnel_limits(0.3, sizes)
    near = int(((shares > limits.upper_95) | (shares < limits.lower_95)).sum())
    far = int(np.isin(funnels.outside(shares, limits), ["above", "below"]).sum())
    assert near == pytest.approx(chance.expected_outside(4_000, 0.95), rel=0.25)
    assert 0 < far < 3 * chance.expected_outside(4_000, 0.998)
