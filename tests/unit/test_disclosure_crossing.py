"""The witness method: tables whose lines cross."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from pipelines.disclosure import audit, feasible_intervals, protect

# Two by two with margins: total, columns; row totals and cells.
SQUARE = np.array(
    [
        [-1, 1, 1, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, -1, 1, 1, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, -1, 1, 1],
        [-1, 0, 0, 1, 0, 0, 1, 0, 0],
        [0, -1, 0, 0, 1, 0, 0, 1, 0],
        [0, 0, -1, 0, 0, 1, 0, 0, 1],
    ]
)


def table(a, b, c, d):
    return np.array([a + b + c + d, a + c, b + d, a + b, a, b, c + d, c, d], dtype=float)


def small(values):
    return (values >= 1) & (values <= 5)


def with_margins(core):
    """A table of any dimension with all its margins, and their lines."""
    full = np.asarray(core, dtype=float)
    for axis in range(full.ndim):
        full = np.concatenate([full.sum(axis=axis, keepdims=True), full], axis=axis)
    number, rows = np.arange(full.size).reshape(full.shape), []
    for axis in range(full.ndim):
        for line in np.moveaxis(number, axis, 0).reshape(full.shape[axis], -1).T:
            row = np.zeros(full.size)
            row[line[0]], row[line[1:]] = -1, 1
            rows.append(row)
    return full.ravel(), np.array(rows)


def test_one_small_cell_takes_the_three_that_close_its_rectangle():
    values = table(3, 20, 30, 40)
    assert np.flatnonzero(protect(values, SQUARE, small(values))).tolist() == [4, 5, 7, 8]


def test_a_sparse_matrix_gives_what_a_dense_one_gives():
    values = table(3, 20, 30, 40)
    dense, compact = (protect(values, lines, small(values)) for lines in (SQUARE, sparse.csr_array(SQUARE)))
    assert dense.tolist() == compact.tolist()


def test_every_line_with_two_hidden_cells_is_not_enough():
    rows, columns = 3, 3
    values, lines = with_margins(np.arange(27).reshape(3, rows, columns) + 6)
    low, high = feasible_intervals(values, lines, np.isin(values, [6, 7, 9, 10]))
    assert np.any((high - low)[np.isin(values, [6, 7, 9, 10])] == 0)


def test_the_order_of_cells_and_lines_does_not_change_who_is_protected():
    values = table(3, 1, 9, 12)
    shuffle = np.random.default_rng(1).permutation(9)
    hidden = protect(values[shuffle], SQUARE[::-1, shuffle], small(values[shuffle]))
    assert audit(values[shuffle], SQUARE[::-1, shuffle], hidden, small(values[shuffle])) == []


@pytest.mark.parametrize("seed", range(4))
def test_three_dimensions_keep_whole_numbers_open(seed):
    chance = np.random.default_rng(seed)
    values, lines = with_margins(chance.poisson(6 * np.exp(chance.normal(size=(3, 4, 4)))))
    hidden = protect(values, lines, small(values))
    low, high = feasible_intervals(values, lines, hidden)
    assert np.all(low[small(values)] <= 1) and np.all(high[small(values)] >= values[small(values)] + 5)
    assert audit(values, lines, hidden, small(values)) == []


def test_halves_of_children_protect_nobody():
    # x + y, y + z and z + x are shown: for readers of real numbers and of whole ones alike nothing moves.
    # With w added twice, x may move by halves only, which no count can.
    lines = np.array([[1, 1, 0, 1, -1, 0, 0], [0, 1, 1, 0, 0, -1, 0], [1, 0, 1, 0, 0, 0, -1]])
    values = np.array([3.0, 9, 8, 0, 12, 17, 11])
    only_whole = np.array([0.0, 0, 0, 0, 0, 0, 0]), np.array([99.0, 99, 99, 1, 99, 99, 99])
    hidden = np.array([True, True, True, True, False, False, False])
    low, high = feasible_intervals(values, lines, hidden, *only_whole)
    assert (low[0], high[0]) == (2.5, 3)
    assert audit(values, lines, hidden, values == 3, lower=only_whole[0], upper=only_whole[1]) == [0]


# x is the sum of three equal figures and of s: by the three it moves in threes, by s as it likes.
THREES = np.array(
    [
        [-1, 1, 1, 1, 1, 0, 0, 0, 0],
        [0, 0, 1, 0, 0, 1, -1, 0, 0],
        [0, 0, 0, 1, 0, 1, 0, -1, 0],
        [0, 0, 0, 0, 1, 1, 0, 0, -1],
    ]
)
X_S_THREE_V_SUMS = np.array([3.0, 0, 1, 1, 1, 6, 7, 7, 7])
ROOM_FOR_FIVE_THIRDS = np.array([99, 99, *[1 + 5 / 3] * 3, 99, 7, 7, 7])


def test_a_count_that_can_rise_by_five_in_fractions_only_is_not_safe():
    primary, by_threes = X_S_THREE_V_SUMS == 3, np.array([1, 0, 1, 1, 1, 1, 0, 0, 0], dtype=bool)
    _, high = feasible_intervals(X_S_THREE_V_SUMS, THREES, by_threes, upper=ROOM_FOR_FIVE_THIRDS)
    assert high[0] == pytest.approx(8)
    assert audit(X_S_THREE_V_SUMS, THREES, by_threes, primary, upper=ROOM_FOR_FIVE_THIRDS) == [0]


def test_a_table_in_fractions_is_exchanged_for_one_in_whole_numbers():
    primary = X_S_THREE_V_SUMS == 3
    hidden = protect(X_S_THREE_V_SUMS, THREES, primary, upper=ROOM_FOR_FIVE_THIRDS)
    assert hidden[1] and audit(X_S_THREE_V_SUMS, THREES, hidden, primary, upper=ROOM_FOR_FIVE_THIRDS) == []


def test_small_numbers_that_cross_stay_open_for_a_reader_who_rules_out_zeros():
    values, lines = with_margins([[0, 2, 18, 1], [1, 2, 2, 2]])
    hidden = protect(values, lines, small(values))
    _, high = feasible_intervals(values, lines, hidden, lower=np.minimum(values, 1))
    assert np.all(high[small(values)] >= 5)


def test_full_time_equivalents_need_not_be_whole():
    values = np.round(table(3, 20, 30, 40) * 1.1, 1)
    values = np.array(
        [
            values[4:6].sum() + values[7:].sum(),
            values[4] + values[7],
            values[5] + values[8],
            values[4] + values[5],
            *values[4:6],
            values[7] + values[8],
            *values[7:],
        ]
    )
    hidden = protect(values, SQUARE, small(values))
    low, high = feasible_intervals(values, SQUARE, hidden)
    assert low[4] <= 2.3 and high[4] >= 8.3 and audit(values, SQUARE, hidden, small(values)) == []
