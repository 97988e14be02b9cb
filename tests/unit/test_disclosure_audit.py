"""The audit: what it refuses, and that it trusts nobody."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.disclosure import audit, components, feasible_intervals, protect

LINE = [[1, 1, 1, -1]]
SMALL = [True, False, False, False]


@pytest.mark.parametrize(
    ("values", "hidden", "failing"),
    [
        ([3, 20, 30, 53], [True, True, False, False], []),
        ([3, 20, 30, 53], [True, False, False, False], [0]),
        ([3, 20, 30, 53], [False, True, True, False], [0]),
        ([3, 4, 30, 37], [True, True, False, False], [0]),
        ([3, 0, 30, 33], [True, True, False, False], [0]),
        ([3, 20, 30, 53], [True, False, False, True], []),
    ],
)
def test_a_shown_lone_or_narrow_small_number_fails(values, hidden, failing):
    assert audit(values, LINE, hidden, SMALL) == failing


def test_every_cell_that_fails_is_listed():
    lines = np.kron(np.eye(3), [[1, 1, -1]])
    values, hidden = [3, 7, 10, 2, 9, 11, 4, 8, 12], [True, False, False, True, True, False, True, False, False]
    assert audit(values, lines, hidden, np.isin(values, [2, 3, 4])) == [0, 6]


def test_hiding_a_cell_that_is_known_elsewhere_protects_nothing():
    assert audit([3, 20, 30, 53], LINE, [True, True, False, False], SMALL, fixed=[False, True, False, False]) == [0]


def test_a_group_that_does_not_add_up_fails_until_it_is_hidden_whole():
    assert audit([3, 20, 30, 60], LINE, [True, True, False, False], SMALL) == [0]
    assert audit([3, 20, 30, 60], LINE, [True, True, True, True], SMALL) == []


def test_an_interval_that_no_hiding_could_widen_passes_but_never_an_exact_one():
    total_known, part_known = [False, False, False, True], [False, True, True, True]
    assert audit([1, 1, 0, 2], LINE, [True, True, True, False], SMALL, fixed=total_known) == []
    assert audit([1, 1, 0, 2], LINE, [True, False, False, False], SMALL, fixed=part_known) == [0]


def test_a_figure_its_agency_hid_is_audited_as_a_small_one():
    assert audit([float("nan"), 20, 30, 53], LINE, [True, False, False, False], [False] * 4) == [0]


def test_a_pattern_for_one_need_fails_a_wider_one():
    values = [3, 6, 60, 69]
    hidden = protect(values, LINE, SMALL)
    assert audit(values, LINE, hidden, SMALL) == []
    assert audit(values, LINE, hidden, SMALL, need=(1, 10)) == [0]


def test_the_auditor_looks_at_no_hidden_value():
    hidden = [True, True, False, False]
    ours, theirs = (feasible_intervals(values, LINE, hidden) for values in ([3, 20, 30, 53], [999, -1, 30, 53]))
    assert [side.tolist() for side in ours] == [side.tolist() for side in theirs]


def test_cells_without_lines_can_be_anything():
    low, high = feasible_intervals([3, 9], np.zeros((0, 2)), [True, False], upper=[50, 50])
    assert (low.tolist(), high.tolist()) == ([0, 9], [50, 9])


def test_bounds_may_be_given_a_cell():
    low, high = feasible_intervals([3, 7, 10], [[1, 1, -1]], [True, True, False], [2, 1, 0], [8, 6, 99])
    assert (low.tolist(), high.tolist()) == ([4, 2, 10], [8, 6, 10])


def test_cells_that_no_line_connects_are_separate_components():
    labels = components([[1, -1, 0, 0, 0], [0, 0, 1, -1, 0]])
    assert labels.tolist() == [0, 0, 1, 1, 2]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([3, 7, 10], [[1, 1, -1]], [True, False]), "primary has the shape"),
        (([3, 7], [[1, 1, -1]], [True, False]), "Give one value a cell"),
        (([3, np.inf, 10], [[1, 1, -1]], [True, False, False]), "infinite"),
        (([3, 7, 10], [[1, np.nan, -1]], [True, False, False]), "not a finite number"),
    ],
)
def test_arguments_that_do_not_fit_are_refused_in_words(arguments, message):
    with pytest.raises(ValueError, match=message):
        protect(*arguments)
