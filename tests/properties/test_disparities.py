"""What holds of every ratio of two groups, whatever the counts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.measures.disparities import rate_ratio, share_ratio

CALM = settings(deadline=None, derandomize=True, max_examples=60)  # the same examples on every machine
COUNTS = st.integers(10, 400)
MORE = st.integers(1, 4_000)


@CALM
@given(COUNTS, MORE, COUNTS, MORE)
def test_a_ratio_lies_in_its_interval_and_turns_over_when_the_groups_change_places(x1, rest1, x2, rest2):
    for ratio in (share_ratio, rate_ratio):
        one, other = ratio(x1, x1 + rest1, x2, x2 + rest2), ratio(x2, x2 + rest2, x1, x1 + rest1)
        assert 0 < one.lower <= one.value <= one.upper
        assert one.value * other.value == pytest.approx(1)
        assert one.lower * other.upper == pytest.approx(1)
        assert {one.word, other.word} in ({"similar"}, {"higher", "lower"})


@CALM
@given(COUNTS, MORE, COUNTS, MORE)
def test_being_surer_never_makes_an_interval_narrower(x1, rest1, x2, rest2):
    for ratio in (share_ratio, rate_ratio):
        sure, surer = (ratio(x1, x1 + rest1, x2, x2 + rest2, level) for level in (0.95, 0.99))
        assert surer.lower <= sure.lower
        assert surer.upper >= sure.upper


@CALM
@given(COUNTS, MORE, COUNTS, MORE, st.integers(2, 50))
def test_a_rate_ratio_does_not_depend_on_how_long_both_were_watched(x1, n1, x2, n2, times):
    quarter, year = rate_ratio(x1, n1, x2, n2), rate_ratio(x1, n1 * times, x2, n2 * times)
    assert year.value == pytest.approx(quarter.value)
    assert (year.lower, year.upper) == pytest.approx((quarter.lower, quarter.upper))
