"""The closed rule: one line, or several breakdowns under one total."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.disclosure import feasible_intervals, protect

LINE = [[1, 1, 1, 1, -1]]


@pytest.mark.parametrize(
    ("parts", "hidden"),
    [
        ((3, 20, 30, 40), (True, True, False, False)),
        ((3, 0, 30, 40), (True, False, True, False)),
        ((3, 4, 30, 40), (True, True, True, False)),
        ((1, 5, 9, 40), (True, True, True, False)),
        ((5, 5, 5, 40), (True, True, True, False)),
        ((6, 7, 8, 0), (False, False, False, False)),
    ],
)
def test_the_smallest_others_are_hidden_until_each_small_number_can_rise_by_five(parts, hidden):
    values = np.array([*parts, sum(parts)], dtype=float)
    assert protect(values, LINE, (values >= 1) & (values <= 5)).tolist() == [*hidden, False]


def test_the_total_is_hidden_where_its_parts_are_too_few():
    assert protect([3, 0, 0, 4, 7], LINE, [True, False, False, True, False]).tolist() == [
        True,
        False,
        False,
        True,
        True,
    ]


def test_zeros_are_hidden_where_nothing_else_can_be():
    fixed_total = [False, False, False, False, True]
    hidden = protect([2, 0, 0, 0, 2], LINE, [True, False, False, False, False], fixed=fixed_total)
    assert hidden[1:4].any() and not hidden[4]


def test_breakdowns_under_a_shown_total_are_protected_each_on_its_own():
    by_sex_and_age = [[-1, 1, 1, 0, 0, 0], [-1, 0, 0, 1, 1, 1]]
    hidden = protect([50, 2, 48, 10, 20, 20], by_sex_and_age, [False, True, False, False, False, False])
    assert hidden.tolist() == [False, True, True, False, False, False]


def test_a_hidden_total_is_hidden_in_every_breakdown_that_would_give_it_back():
    by_sex_and_age = [[-1, 1, 1, 0, 0], [-1, 0, 0, 1, 1]]
    values = np.array([7.0, 3, 4, 0, 7])
    hidden = protect(values, by_sex_and_age, (values >= 1) & (values <= 5))
    low, high = feasible_intervals(values, by_sex_and_age, hidden)
    assert hidden[0] and hidden[3:].any()
    assert np.all(high[1:3] >= values[1:3] + 5) and np.all(low[1:3] <= 1)


def test_a_total_given_back_elsewhere_is_hidden_there_before_more_of_its_parts_are():
    parts_and_elsewhere = [[1, 1, 1, -1, 0, 0], [0, 0, 0, -1, 1, 1]]
    values = np.array([3.0, 4, 0, 7, 7, 0])
    hidden = protect(values, parts_and_elsewhere, (values >= 1) & (values <= 5))
    assert hidden.tolist() == [True, True, False, True, True, False]


def test_a_numerator_goes_with_its_complement():
    numerator_complement_denominator = [[1, 1, -1]]
    assert protect([38, 2, 40], numerator_complement_denominator, [False, True, False]).tolist() == [True, True, False]


def test_a_numerator_stays_within_its_denominator():
    lines = [[1, 1, -1, 0, 0, 0], [0, 0, 0, 1, 1, -1]]
    _, high = feasible_intervals([2, 38, 40, 3, 1, 4], lines, [True, True, False, True, True, False])
    assert high.tolist() == [40, 40, 40, 4, 4, 4]


def test_a_table_without_small_numbers_is_shown_whole():
    assert not protect([10, 20, 0, 0, 30], LINE, [False] * 5).any()


def test_a_small_number_in_no_line_is_hidden_alone():
    assert protect([3, 9], np.zeros((0, 2)), [True, False]).tolist() == [True, False]


def test_the_same_line_given_twice_is_one_line():
    once = protect([3, 0, 30, 40, 73], LINE, [True, False, False, False, False])
    twice = protect([3, 0, 30, 40, 73], [*LINE, [-1, -1, -1, -1, 1]], [True, False, False, False, False])
    assert once.tolist() == twice.tolist()


def test_a_wider_need_hides_more():
    small = [True, False, False, False, False]
    assert protect([3, 6, 6, 90, 105], LINE, small, need=(1, 10)).sum() > protect([3, 6, 6, 90, 105], LINE, small).sum()


def test_an_upper_bound_narrows_what_a_reader_must_be_left_with():
    hidden = protect([3, 5, 40, 0, 48], LINE, [True, False, False, False, False], upper=[4, 9, 50, 9, 60])
    low, high = feasible_intervals([3, 5, 40, 0, 48], LINE, hidden, upper=[4, 9, 50, 9, 60])
    assert low[0] <= 1 and high[0] == 4
