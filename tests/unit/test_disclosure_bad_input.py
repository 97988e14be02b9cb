"""Bad input to protection: a sentence that names the cells, never the solver's or the array library's own words."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.disclosure import (
    Policy,
    ProtectionError,
    Reason,
    audit,
    feasible_intervals,
    primary_cells,
    protect,
    protect_components,
)

NAN, INF = float("nan"), float("inf")
LINE = [[1, 1, 1, -1]]
FIRST = [True, False, False, False]
ALL, NONE = [True] * 4, [False] * 4
GOOD = [3, 20, 30, 53]
# Two by two with margins: each row, then each column, sums to its last cell.
SQUARE = [
    [1, 1, -1, 0, 0, 0, 0, 0, 0],
    [0, 0, 0, 1, 1, -1, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 1, 1, -1],
    [1, 0, 0, 1, 0, 0, -1, 0, 0],
    [0, 1, 0, 0, 1, 0, 0, -1, 0],
    [0, 0, 1, 0, 0, 1, 0, 0, -1],
]


def refused(*arguments, **facts):
    with pytest.raises(ProtectionError) as refusal:
        protect(*arguments, **facts)
    return refusal.value


def small(values):
    return [1 <= value <= 5 for value in values]


def test_a_total_that_its_parts_contradict_names_the_line():
    error = refused([3, 20, 30, 60], LINE, FIRST)
    assert str(error) == (
        "Cell 0 cannot be protected, because cells 0, 1, 2 and 3 do not add up. "
        "Put the figures right, or hide every cell linked to them."
    )
    (fault,) = error.faults
    assert fault.reason is Reason.CONTRADICTION
    assert (fault.cells.tolist(), fault.because.tolist()) == ([0], [0, 1, 2, 3])


def test_a_total_off_by_one_in_a_million_is_a_contradiction():
    error = refused([3, 500_000, 499_997, 1_000_001], LINE, FIRST)
    assert error.faults[0].reason is Reason.CONTRADICTION


def test_a_contradiction_among_crossing_totals_names_the_lines_it_is_in():
    values = [4, 3, 7, 5, 6, 11, 9, 9, 99]
    (fault,) = refused(values, SQUARE, small(values)).faults
    assert (fault.reason, fault.cells.tolist()) == (Reason.CONTRADICTION, [0, 1, 3])
    assert fault.because.tolist() == [2, 5, 6, 7, 8]


def test_figures_hidden_at_their_source_that_nothing_fits_are_a_contradiction_of_their_line():
    (fault,) = refused([NAN, 20, 30, 40], LINE, NONE).faults
    assert (fault.reason, fault.cells.tolist()) == (Reason.CONTRADICTION, [0])
    assert fault.because.tolist() == [0, 1, 2, 3]


def test_where_totals_cross_figures_that_nothing_fits_are_a_contradiction():
    values = [NAN, 20, 23, 30, 40, 70, 32, 60, 93]
    (fault,) = refused(values, SQUARE, [False] * 9).faults
    assert (fault.reason, fault.cells.tolist()) == (Reason.CONTRADICTION, [0])


def test_each_reason_and_group_is_a_fault_of_its_own():
    lines = np.kron(np.eye(3), [[1, 1, -1]])
    values, primary = [3, 7, 11, 2, 9, 11, 4, 8, 12], [True, False, False] * 3
    error = refused(values, lines, primary, fixed=[False, False, False, False, True, True, False, False, False])
    assert [(fault.reason, fault.cells.tolist()) for fault in error.faults] == [
        (Reason.CONTRADICTION, [0]),
        (Reason.KNOWN_ELSEWHERE, [3]),
    ]
    assert error.cells.tolist() == [0, 3] and "1 more fault is not named." in str(error)
    assert error.hidden.tolist() == [*[True] * 8, False] and audit(values, lines, error.hidden, primary) == []


def test_what_is_known_elsewhere_is_told_apart_from_what_has_no_room():
    known = refused(GOOD, LINE, FIRST, fixed=[False, True, True, True]).faults[0]
    assert (known.reason, known.because.tolist()) == (Reason.KNOWN_ELSEWHERE, [1, 2, 3])
    closed = refused(GOOD, LINE, FIRST, lower=[3, 20, 30, 53], upper=[3, 20, 30, 53]).faults[0]
    assert (closed.reason, closed.because.tolist()) == (Reason.NO_ROOM, [])
    assert closed.sentence() == "Cell 0 cannot be protected, because lines and bounds leave it one value only."
    both = refused(GOOD, LINE, FIRST, lower=[3, 0, 0, 0], upper=[3, 99, 99, 99], fixed=[False, True, False, False])
    assert both.faults[0].reason is Reason.NO_ROOM


def test_a_small_number_that_is_itself_known_elsewhere_is_its_own_cause():
    fault = refused(GOOD, LINE, FIRST, fixed=FIRST).faults[0]
    assert (fault.reason, fault.because.tolist()) == (Reason.KNOWN_ELSEWHERE, [0])
    assert "what is known elsewhere (cell 0) gives it away" in fault.sentence()


def test_one_category_that_is_its_total_is_hidden_with_it():
    hidden = protect([3, 3], [[1, -1]], [True, True])
    assert hidden.tolist() == [True, True] and audit([3, 3], [[1, -1]], hidden, [True, True]) == []
    assert not protect([8, 8], [[1, -1]], [False, False]).any()
    assert audit([3, 3], [[1, -1]], [True, False], [True, True]) == [0, 1]


def test_one_category_whose_total_is_known_elsewhere_is_refused():
    faults = refused([3, 3], [[1, -1]], [True, False], fixed=[False, True]).faults
    assert [(fault.reason, fault.cells.tolist()) for fault in faults] == [(Reason.KNOWN_ELSEWHERE, [0])]


def test_a_total_of_nothing_but_one_cell_cannot_be_anything_else():
    fault = refused([0, 9], [[1, 0]], [True, False]).faults[0]
    assert fault.reason is Reason.NO_ROOM


def test_a_hidden_total_leaves_its_only_hidden_part_open():
    values = [3, 20, 30, NAN]
    hidden = protect(values, LINE, FIRST)
    assert hidden.tolist() == [True, False, False, True] and audit(values, LINE, hidden, FIRST) == []


def test_a_table_all_of_which_its_source_hid_is_hidden_and_open():
    hidden = protect([NAN] * 4, LINE, NONE)
    low, high = feasible_intervals([NAN] * 4, LINE, hidden)
    assert hidden.all() and low.tolist() == [0] * 4 and high.tolist() == [INF] * 4
    assert audit([NAN] * 4, LINE, hidden, NONE) == []


@pytest.mark.parametrize(
    ("values", "lines"),
    [([], []), ([], np.zeros((0, 0))), ([3, 9], []), ([3, 9], np.zeros((0, 2))), ([3, 9], np.zeros((4, 2)))],
)
def test_nothing_to_protect_and_nothing_that_links_are_no_faults(values, lines):
    primary = small(values)
    assert protect(values, lines, primary).tolist() == primary
    assert audit(values, lines, primary, primary) == []
    low, high = feasible_intervals(values, lines, primary)
    assert (low.tolist(), high.tolist()) == (([0, 9], [INF, 9]) if values else ([], []))


def test_people_counted_below_zero_are_named_before_anything_is_hidden():
    with pytest.raises(ProtectionError, match=r"Cells 0 and 2 cannot be protected.*outside the bounds") as refusal:
        primary_cells([-1, 4, -0.5, -7], Policy(), [True, True, True, False])
    assert refusal.value.cells.tolist() == [0, 2]
    assert refusal.value.faults[0].reason is Reason.OUT_OF_BOUNDS


@pytest.mark.parametrize(
    ("values", "facts", "cause"),
    [
        ([3, -2, 30, 31], {}, [1]),
        ([-3, 20, 30, 47], {}, [0]),
        (GOOD, {"upper": [2, 99, 99, 99]}, [0]),
        (GOOD, {"lower": [0, 0, 31, 0]}, [2]),
    ],
)
def test_a_figure_outside_its_bounds_is_the_cause_it_is(values, facts, cause):
    (fault,) = refused(values, LINE, FIRST, **facts).faults
    assert (fault.reason, fault.because.tolist()) == (Reason.OUT_OF_BOUNDS, cause)
    assert audit(values, LINE, [True, True, False, False], FIRST, **facts) == [0]


def test_full_time_equivalents_are_protected_as_fractions():
    values = [2.5, 20.2, 30, 52.7]
    primary = primary_cells(values, Policy(), ALL)
    hidden = protect(values, LINE, primary)
    low, high = feasible_intervals(values, LINE, hidden)
    assert primary.tolist() == FIRST and hidden.tolist() == [True, True, False, False]
    assert low[0] <= 1 and high[0] >= 7.5 and audit(values, LINE, hidden, primary) == []


def test_a_need_larger_than_the_table_hides_all_that_can_be():
    assert protect(GOOD, LINE, FIRST, need=(1, 5_000)).tolist() == ALL
    known_total = [False, False, False, True]
    hidden = protect(GOOD, LINE, FIRST, need=(1, 5_000), fixed=known_total)
    assert hidden.tolist() == [True, True, True, False]
    assert audit(GOOD, LINE, hidden, FIRST, need=(1, 5_000), fixed=known_total) == []


def test_a_solver_that_gives_up_protects_nothing_and_says_so_plainly():
    beyond_arithmetic = 1e16
    lines = [[beyond_arithmetic, 1, -1, 0], [1, beyond_arithmetic, 0, -1]]
    values = [3, 7, 3 * beyond_arithmetic + 7, 3 + 7 * beyond_arithmetic]
    error = refused(values, lines, FIRST)
    assert error.faults[0].reason is Reason.UNSOLVED
    assert "because no answer was found in the time allowed." in str(error)
    assert audit(values, lines, [True, True, True, False], FIRST) == [0]
    with pytest.raises(ProtectionError, match="cannot be worked out, because no answer was found") as refusal:
        feasible_intervals(values, lines, [True, True, True, False])
    assert refusal.value.faults[0].reason is Reason.UNSOLVED


def test_shown_figures_that_contradict_each_other_have_no_intervals():
    with pytest.raises(ProtectionError) as shown:
        feasible_intervals([3, 20, 30, 60], LINE, NONE)
    with pytest.raises(ProtectionError) as hidden:
        feasible_intervals([3, 40, 30, 53], LINE, FIRST)
    assert str(hidden.value).startswith("Cell 0 cannot be worked out, because cells 0, 1, 2 and 3 do not add up.")
    assert [error.value.faults[0].because.tolist() for error in (shown, hidden)] == [[0, 1, 2, 3]] * 2


@pytest.mark.parametrize(
    ("values", "lines", "primary", "facts", "message"),
    [
        ([3, INF, 30, -INF], LINE, FIRST, {}, "The value of cells 1 and 3 is infinite"),
        (["three", 20, 30, 53], LINE, FIRST, {}, "values holds something that is not a number"),
        ([GOOD], LINE, FIRST, {}, r"values has the shape \(1, 4\)"),
        (GOOD, [[1, 1, -1]], FIRST, {}, "The lines link 3 cells, but 4 values"),
        (GOOD, [[1, 1, 1, "minus"]], FIRST, {}, "constraints holds something that is not a number"),
        (GOOD, [[1, 1], [1, 1, -1]], FIRST, {}, "constraints holds something that is not a number"),
        (GOOD, [LINE], FIRST, {}, r"constraints has the shape \(1, 1, 4\)"),
        (GOOD, [[1, 1, 1, INF]], FIRST, {}, "coefficient that is not a finite number"),
        (GOOD, LINE, [True], {}, r"primary has the shape \(1,\)"),
        (GOOD, LINE, ["yes", "no", "no", "no"], {}, "primary holds something that is not a number"),
        (GOOD, LINE, [2, 0, 0, 0], {}, "primary has other values than true and false"),
        (GOOD, LINE, FIRST, {"fixed": [NAN, 0, 0, 0]}, "fixed has other values than true and false"),
        (GOOD, LINE, FIRST, {"upper": [1, 2]}, r"upper has the shape \(2,\)"),
        (GOOD, LINE, FIRST, {"upper": NAN}, "A bound of cells 0, 1, 2 and 3 is not a number"),
        (GOOD, LINE, FIRST, {"lower": [9, 0, 0, 0], "upper": 8}, "A bound of cell 0 leaves no number"),
        (GOOD, LINE, FIRST, {"lower": "none"}, "lower holds something that is not a number"),
        (GOOD, LINE, FIRST, {"need": (5, 1)}, r"need is \(5, 1\)"),
        (GOOD, LINE, FIRST, {"need": (1, NAN)}, "Give two numbers above 0"),
        (GOOD, LINE, FIRST, {"need": (1, 2, 3)}, "Give two numbers above 0"),
    ],
)
def test_what_cannot_be_read_is_refused_before_anything_is_solved(values, lines, primary, facts, message):
    for act in (
        lambda: protect(values, lines, primary, **facts),
        lambda: protect_components(values, lines, primary, cache={}, **facts),
        lambda: audit(values, lines, NONE, primary, **facts),
    ):
        with pytest.raises(ValueError, match=message) as refusal:
            act()
        assert not isinstance(refusal.value, ProtectionError)


@pytest.mark.parametrize(
    ("worth", "message"),
    [
        ([1, 1, 0, NAN], "The worth of cells 2 and 3 is no number above 0"),
        ([1, 1], r"worth has the shape \(2,\)"),
        (["much", 1, 1, 1], "worth holds something that is not a number"),
        ([1, 1, 1, INF], "The worth of cell 3 is no number above 0"),
    ],
)
def test_a_worth_that_is_none_is_refused(worth, message):
    with pytest.raises(ValueError, match=message):
        protect_components(GOOD, LINE, FIRST, worth=worth)


@pytest.mark.parametrize(
    ("counts", "protected", "message"),
    [
        ([INF], [True], "The value of cell 0 is infinite"),
        (["a few"], [True], "values holds something that is not a number"),
        ([1, 2], [True], "protected has the shape"),
    ],
)
def test_counts_that_cannot_be_read_are_refused(counts, protected, message):
    with pytest.raises(ValueError, match=message):
        primary_cells(counts, Policy(), protected)


def test_nothing_given_is_a_figure_its_source_hid():
    assert protect([None, 20, 30, 54], LINE, NONE).tolist() == [True, True, False, False]
