"""Figures an agency itself hid, figures known elsewhere, and tables that cannot be protected."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.disclosure import ProtectionError, audit, feasible_intervals, protect, protect_components

NAN = float("nan")
LINE = [[1, 1, 1, -1]]
NONE = [False, False, False, False]
SQUARE = [[-1, 1, 1, 0, 0, 0], [0, 0, 0, -1, 1, 1], [0, 1, 0, 0, 1, 0]]


def test_a_figure_its_agency_hid_is_hidden_and_not_given_away_by_the_total():
    hidden = protect([NAN, 20, 30, 54], LINE, NONE)
    low, high = feasible_intervals([NAN, 20, 30, 54], LINE, hidden)
    assert hidden.tolist() == [True, True, False, False]
    assert low[0] == 0 and high[0] >= 10


def test_two_figures_an_agency_hid_take_a_third_where_their_sum_is_small():
    assert protect([NAN, NAN, 30, 34], LINE, NONE).tolist() == [True, True, True, False]


def test_without_a_supplied_total_the_total_is_hidden_too():
    hidden = protect([NAN, 20, 30, NAN], LINE, NONE)
    assert hidden.tolist() == [True, False, False, True]
    low, high = feasible_intervals([NAN, 20, 30, NAN], LINE, hidden)
    assert (low[0], high[0], low[3], high[3]) == (0, np.inf, 50, np.inf)


def test_unknown_figures_are_protected_where_lines_cross():
    lines = [[1, 1, 0, 0, -1, 0, 0, 0], [0, 0, 1, 1, 0, -1, 0, 0], [1, 0, 1, 0, 0, 0, -1, 0], [0, 1, 0, 1, 0, 0, 0, -1]]
    values = [NAN, 20, 30, 40, 23, 70, 33, 60]
    hidden = protect(values, lines, [False] * 8)
    low, high = feasible_intervals(values, lines, hidden)
    assert hidden[0] and low[0] == 0 and high[0] >= 10
    assert audit(values, lines, hidden, [False] * 8) == []


def test_a_cell_known_elsewhere_is_never_hidden():
    hidden = protect([3, 20, 30, 53], LINE, [True, False, False, False], fixed=[False, True, False, False])
    assert hidden.tolist() == [True, False, True, False]


def test_the_need_is_capped_at_what_hiding_everything_gives():
    known_total = [False, False, False, True]
    hidden = protect([1, 1, 0, 2], LINE, [True, True, False, False], fixed=known_total)
    low, high = feasible_intervals([1, 1, 0, 2], LINE, hidden)
    assert (low[0], high[0]) == (0, 2)
    assert audit([1, 1, 0, 2], LINE, hidden, [True, True, False, False], fixed=known_total) == []


def test_a_cell_that_cannot_be_protected_is_named_and_all_linked_to_it_hidden():
    values, lines = [7, 3, 10, 50, 20, 70], [[1, 1, -1, 0, 0, 0], [0, 0, 0, 1, 1, -1]]
    known = [True, False, True, False, False, False]
    with pytest.raises(ProtectionError, match=r"Cell 1 cannot be protected.*cells 0 and 2") as refusal:
        protect(values, lines, [False, True, False, False, False, False], fixed=known)
    assert refusal.value.cells.tolist() == [1]
    assert refusal.value.hidden.tolist() == [True, True, True, False, False, False]


def test_a_small_number_known_elsewhere_cannot_be_protected():
    with pytest.raises(ProtectionError) as refusal:
        protect([3, 20, 30, 53], LINE, [True, False, False, False], fixed=[True, False, False, False])
    assert refusal.value.cells.tolist() == [0]


def test_an_unknown_figure_cannot_be_known_elsewhere():
    with pytest.raises(ProtectionError):
        protect([NAN, 20, 30, 53], LINE, NONE, fixed=[True, False, False, False])


@pytest.mark.parametrize("values", [[3, 20, 30, 60], [NAN, 20, 30, 40]])
def test_a_line_that_does_not_add_up_is_refused(values):
    with pytest.raises(ProtectionError, match="do not add up"):
        protect(values, LINE, [True, False, False, False])


def test_two_known_totals_of_the_same_cells_that_differ_are_refused():
    lines = [[1, 1, -1, 0], [1, 1, 0, -1]]
    with pytest.raises(ProtectionError, match="do not add up"):
        protect([3, 7, 10, 12], lines, [True, False, False, False], fixed=[False, False, True, True])


def test_a_crossing_table_that_no_figures_fit_is_refused():
    lines = [[1, 1, 0, 0, -1, 0, 0, 0], [0, 0, 1, 1, 0, -1, 0, 0], [1, 0, 1, 0, 0, 0, -1, 0], [0, 1, 0, 1, 0, 0, 0, -1]]
    with pytest.raises(ProtectionError):
        protect([NAN, 20, 30, 40, 18, 70, 33, 60], lines, [False] * 8)


def test_a_figure_below_its_bound_is_refused():
    with pytest.raises(ProtectionError):
        protect([3, -2, 30, 31], LINE, [True, False, False, False])


def test_what_an_earlier_publication_hid_stays_hidden():
    hidden = protect_components([40, 50, 60, 150], LINE, NONE, also_hidden=[True, False, False, True])
    assert hidden.tolist() == [True, False, False, True]


def test_an_old_small_number_is_not_given_away_by_a_restated_total():
    # The old publication showed 8 beside a hidden 4 under 12; the new one adds a shown 8, so the total is now 20.
    lines = [[1, 1, 0, -1, 0], [1, 1, 1, 0, -1]]
    values, small = [4, 8, 8, 12, 20], [True, False, False, False, False]
    still_visible = [False, False, False, True, False]
    hidden = protect(values, lines, small, fixed=still_visible)
    assert hidden.tolist()[:2] == [True, True]
    assert audit(values, lines, hidden, small, fixed=still_visible) == []


def test_contradicting_figures_have_no_intervals():
    with pytest.raises(ProtectionError, match="do not add up"):
        feasible_intervals([3, 40, 30, 53], LINE, [True, False, False, False])
