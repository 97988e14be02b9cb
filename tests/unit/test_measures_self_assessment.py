from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.measures.self_assessment import counted, nearest_score, shift, spread, standard_percent

POINTS = st.lists(st.one_of(st.none(), st.integers(0, 3)), max_size=12)
PERCENTS = st.lists(st.floats(0, 100), min_size=1, max_size=40)


def test_a_three_counts_two_until_something_shows_the_difference():
    assert [counted(points, has_impact=False) for points in (0, 1, 2, 3, None)] == [0, 1, 2, 2, None]
    assert counted(3, has_impact=True) == 3


@pytest.mark.parametrize("points", [-1, 4])
def test_what_is_no_score_is_refused(points):
    with pytest.raises(ValueError, match="is no score"):
        counted(points, has_impact=True)


def test_what_does_not_apply_counts_neither_for_nor_against():
    # (3 + 2 + 1) of 9, whatever stands beside it.
    assert standard_percent([3, 2, 1]) == standard_percent([3, None, 2, 1, None]) == pytest.approx(200 / 3)
    assert standard_percent([None, None]) is None


@given(POINTS)
def test_a_standards_score_is_bounded_and_blind_to_order(points):
    found = standard_percent(points)
    assert found == standard_percent(list(reversed(points)))
    assert found is None or 0 <= found <= 100


def test_a_shift_is_over_the_pairs_alone():
    found = shift([(1, 2), (2, 2), (0, None), (None, 3)])
    assert found is not None
    # 3 of 6 before, 4 of 6 after.
    assert (found.n, found.before, found.after) == (2, pytest.approx(50), pytest.approx(200 / 3))
    assert found.change == pytest.approx(100 / 6)
    assert shift([(1, None)]) is None


def test_quartiles_by_hand():
    # In order 10, 20, 40, 50, 70, 90, 95: places 2.5, 4 and 5.5.
    found = spread([90, 10, 50, 20, 40, 95, 70])
    assert (found.n, found.lower, found.median, found.upper) == (7, 30, 50, 80)
    with pytest.raises(ValueError, match="at least one"):
        spread([])


@given(PERCENTS)
def test_a_spread_lies_within_its_values_and_is_blind_to_order(values):
    found = spread(values)
    assert found == spread(sorted(values))
    assert min(values) - 1e-9 <= found.lower <= found.median <= found.upper <= max(values) + 1e-9


def test_half_way_between_two_scores_is_the_lower():
    assert [nearest_score(percent) for percent in (50, 50.1, 83.3, 83.4)] == [1, 2, 2, 3]
    with pytest.raises(ValueError, match="no share"):
        nearest_score(101)
