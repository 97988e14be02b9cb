"""Policies, primary cells, and numerators that percentages and rates give away."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.disclosure import Policy, primary_cells, recoverable_from_percentage, recoverable_from_rate


def test_one_to_five_people_are_hidden_and_zero_is_shown():
    counts = [0, 1, 5, 6, 0.5, 5.4, float("nan")]
    assert primary_cells(counts, Policy(), [True] * 7).tolist() == [False, True, True, False, True, True, True]


def test_what_does_not_count_people_is_not_hidden():
    assert not primary_cells([1, 3, float("nan")], Policy(), [False] * 3).any()


def test_a_policy_may_hide_zeros_and_start_elsewhere():
    assert primary_cells([0, 1, 2, 9, 10], Policy(low=2, high=9, show_zero=False), [True] * 5).tolist() == [
        True, False, True, True, False,
    ]  # fmt: skip


def test_the_need_of_a_policy_is_its_range():
    assert Policy(low=1, high=9).need == (1, 9)


@pytest.mark.parametrize("wrong", [{"low": 0}, {"low": 6}, {"rounding": 0}])
def test_a_policy_that_hides_or_rounds_to_nothing_is_refused(wrong):
    with pytest.raises(ValueError, match="Give"):
        Policy(**wrong)


def test_one_decimal_gives_numerators_away_up_to_a_thousand_and_whole_percents_up_to_a_hundred():
    assert recoverable_from_percentage(999, 1) and not recoverable_from_percentage(1001, 1)
    assert recoverable_from_percentage(99, 0) and not recoverable_from_percentage(101, 0)


def test_a_rate_per_ten_thousand_gives_numerators_away_up_to_a_hundred_thousand():
    assert recoverable_from_rate(99_999, 10_000, 1) and not recoverable_from_rate(100_001, 10_000, 1)


@given(st.integers(1, 100), st.data())
def test_two_numerators_never_share_a_percentage_that_gives_them_away(n, data):
    numerator = data.draw(st.integers(0, n))
    shown = [round(100 * other / n) for other in range(n + 1)]
    assert recoverable_from_percentage(n, 0) and shown.count(shown[numerator]) == 1


@given(st.integers(1, 900), st.data())
def test_above_the_limit_a_numerator_is_safe_only_beside_another_that_shows_the_same(n, data):
    numerator = data.draw(st.integers(0, n))
    shown = np.floor(100 * np.arange(n + 1) / n + 0.5)
    alone = np.count_nonzero(shown == shown[numerator]) == 1
    assert recoverable_from_percentage(n, 0, numerator) or not alone


@pytest.mark.parametrize("wrong", [(-1, 10_000, 1), (50, 0, 1), (50, 100, -1)])
def test_rates_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match="No rate"):
        recoverable_from_rate(*wrong)
