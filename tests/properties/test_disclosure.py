"""No shown set of numbers lets a reader recover or narrow a hidden one, whatever the table."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from pipelines.disclosure import ProtectionError, audit, components, feasible_intervals, protect, protect_components
from pipelines.disclosure.attained import attained
from pipelines.disclosure.release import release_of

pytestmark = pytest.mark.slow

COUNTS = st.integers(0, 14)
exhaustive = settings(deadline=None, derandomize=True, max_examples=60)
brief = settings(deadline=None, derandomize=True, max_examples=20)


def with_margins(core):
    """Every total of a table of any dimension, and the line that makes each."""
    table = np.asarray(core, dtype=float)
    for axis in range(table.ndim):
        table = np.concatenate([table.sum(axis=axis, keepdims=True), table], axis=axis)
    number, lines = np.arange(table.size).reshape(table.shape), []
    for axis in range(table.ndim):
        for line in np.moveaxis(number, axis, 0).reshape(table.shape[axis], -1).T:
            row = np.zeros(table.size)
            row[line[0]], row[line[1:]] = -1, 1
            lines.append(row)
    return table.ravel(), np.array(lines)


@st.composite
def one_way(draw):
    return with_margins(draw(st.lists(COUNTS, min_size=2, max_size=6)))


def stacked(total, ways):
    """Several breakdowns of the same people, each summing to the one total."""
    values, lines = [total], np.zeros((len(ways), 1 + sum(len(parts) for parts in ways)))
    lines[:, 0] = -1
    for line, parts in zip(lines, ways, strict=True):
        line[len(values) : len(values) + len(parts)] = 1
        values += parts
    return np.array(values, dtype=float), lines


@st.composite
def several_one_way(draw):
    total = draw(st.integers(0, 30))
    cuts = st.lists(st.integers(0, total), min_size=1, max_size=3).map(sorted)
    return stacked(
        total,
        [[last - first for first, last in pairwise([0, *draw(cuts), total])] for _ in range(draw(st.integers(2, 3)))],
    )


@st.composite
def two_way(draw, most=4):
    rows, columns = draw(st.integers(2, most)), draw(st.integers(2, most))
    return with_margins(
        np.reshape(draw(st.lists(COUNTS, min_size=rows * columns, max_size=rows * columns)), (rows, -1))
    )


@st.composite
def three_level(draw):
    """Wards sum to districts, districts to the city; each by sex, whose two categories sum to the ward's total."""
    districts = [draw(st.lists(st.tuples(COUNTS, COUNTS), min_size=2, max_size=3)) for _ in range(2)]
    values, rows = [], []

    def place(pair, below):
        first = len(values)
        values.extend([sum(pair), *pair])
        rows.append((first, [first + 1, first + 2]))
        rows.extend((first + way, [cell + way for cell in below]) for way in range(3) if below)
        return first

    tops = [place(tuple(np.sum(wards, axis=0)), [place(ward, []) for ward in wards]) for wards in districts]
    place(tuple(np.sum([ward for wards in districts for ward in wards], axis=0)), tops)
    lines = np.zeros((len(rows), len(values)))
    for line, (total, parts) in zip(lines, rows, strict=True):
        line[total], line[parts] = -1, 1
    return np.array(values, dtype=float), lines


TABLES = st.one_of(one_way(), several_one_way(), two_way(), three_level())


def small(values):
    return (values >= 1) & (values <= 5)


@exhaustive
@given(TABLES)
def test_no_small_number_can_be_narrowed_below_the_need(table):
    values, lines = table
    primary = small(values)
    hidden = protect(values, lines, primary)
    low, high = feasible_intervals(values, lines, hidden)
    assert np.all(hidden[primary])
    assert np.all(low[primary] <= np.minimum(values[primary] - 1, 1))
    assert np.all(high[primary] >= values[primary] + 5)
    assert audit(values, lines, hidden, primary) == []


def every_table(lines, most):
    """Every table of whole numbers that adds up and whose innermost cells are at most `most`, one a row."""
    inner = np.flatnonzero(~np.any(lines < 0, axis=0))
    tables = np.zeros(((most + 1) ** len(inner), lines.shape[1]))
    tables[:, inner] = np.indices([most + 1] * len(inner)).reshape(len(inner), -1).T
    for line in [*lines, *lines]:
        tables[:, line < 0] = tables[:, line > 0].sum(axis=1, keepdims=True)
    return tables[np.all(tables @ lines.T == 0, axis=1)]


@st.composite
def tiny(draw):
    few = st.integers(0, 8)
    if draw(st.booleans()):
        return with_margins([[draw(few), draw(few)], [draw(few), draw(few)]])
    total, *ways = draw(few), *draw(st.sampled_from([(2,), (3,), (2, 2)]))
    parts = [draw(st.lists(st.integers(0, total), min_size=way - 1, max_size=way - 1).map(sorted)) for way in ways]
    parts = [[last - first for first, last in pairwise([0, *cuts, total])] for cuts in parts]
    return stacked(total, parts)


@brief
@given(tiny())
def test_trying_every_table_of_whole_numbers_narrows_nothing(table):
    values, lines = table
    hidden = protect(values, lines, small(values))
    tables = every_table(lines, 13)
    fitting = tables[np.all(tables[:, ~hidden] == values[~hidden], axis=1)]
    for cell in np.flatnonzero(small(values)):
        assert set(range(1, int(values[cell]) + 6)) <= set(fitting[:, cell].astype(int))


def solved_by_elimination(lines, values, hidden):
    """The attacker: exact Gaussian elimination of what is shown; the hidden cells with one solution, and it."""
    unknown = np.flatnonzero(hidden)
    rows = [
        [Fraction(int(x)) for x in line[unknown]] + [Fraction(-int(line[~hidden] @ values[~hidden]))] for line in lines
    ]
    pivots = []
    for column in range(len(unknown)):
        pivot = next((row for row in rows[len(pivots) :] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        pivot = [x / pivot[column] for x in pivot]
        rows = [[x - row[column] * y for x, y in zip(row, pivot, strict=True)] if row[column] else row for row in rows]
        rows.insert(len(pivots), pivot)
        pivots.append(column)
    return {
        unknown[column]: row[-1]
        for column, row in zip(pivots, rows, strict=False)
        if sum(bool(x) for x in row[:-1]) == 1
    }


@exhaustive
@given(TABLES)
def test_an_attacker_with_pencil_and_paper_recovers_no_small_number(table):
    values, lines = table
    primary = small(values)
    hidden = protect(values, lines, primary)
    assert not set(np.flatnonzero(primary)) & set(solved_by_elimination(lines, values, hidden))


def test_the_attacker_of_these_tests_does_recover_an_unprotected_number():
    values, lines = with_margins([[3, 9], [8, 2]])
    assert solved_by_elimination(lines, values, small(values)) == {4: 3, 8: 2}


@exhaustive
@given(TABLES)
def test_a_reader_who_rules_out_zeros_must_still_think_of_every_small_number(table):
    values, lines = table
    primary, not_zero = small(values), np.minimum(values, 1)
    low, high = feasible_intervals(values, lines, protect(values, lines, primary), lower=not_zero)
    least, _ = feasible_intervals(values, lines, primary | True, lower=not_zero)
    assert np.all(low[primary] <= np.maximum(1, least)[primary])
    assert np.all(high[primary] >= 5)


@exhaustive
@given(TABLES, st.data())
def test_hiding_more_later_only_widens(table, data):
    values, lines = table
    flags = st.lists(st.booleans(), min_size=len(values), max_size=len(values))
    first = protect(values, lines, small(values))
    later = first | np.array(data.draw(flags))
    (low, high), (lower, higher) = (feasible_intervals(values, lines, hidden) for hidden in (first, later))
    assert np.all(lower <= low + 1e-6) and np.all(higher >= high - 1e-6)
    assert audit(values, lines, later, small(values)) == []


@exhaustive
@given(TABLES)
def test_true_zeros_stay_shown_unless_they_protect_a_small_number_they_are_linked_to(table):
    values, lines = table
    hidden, group = protect(values, lines, small(values)), components(lines)
    assert np.all(np.isin(group[hidden], group[small(values)]))


@exhaustive
@given(TABLES, st.data())
def test_the_audit_finds_what_the_programmes_find_for_any_pattern(table, data):
    values, lines = table
    primary = small(values)
    hidden = primary | np.array(data.draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values))))
    low, high = feasible_intervals(values, lines, hidden)
    narrow = primary & ((low > np.minimum(values - 1, 1) + 1e-6) | (high < values + 5 - 1e-6))
    assert set(audit(values, lines, hidden, primary)) >= set(np.flatnonzero(narrow))


@exhaustive
@given(st.one_of(one_way(), several_one_way()), st.data())
def test_interval_arithmetic_agrees_with_the_programmes_where_lines_do_not_cross(table, data):
    values, lines = table
    hidden = np.array(data.draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values))))
    system = release_of(values, lines, hidden, need=(1, 5), lower=0, upper=None, fixed=None).system
    low, high = feasible_intervals(values, lines, hidden)
    quick_low, quick_high = attained(system, hidden)
    wanted_low, wanted_high = np.maximum(low, system.low_target), np.minimum(high, system.high_target)
    assert quick_low[hidden].tolist() == wanted_low[hidden].tolist()
    assert quick_high[hidden].tolist() == wanted_high[hidden].tolist()


def end_of(cell, sign, lines, bounds):
    """How far a cell goes over all tables of whole numbers, each asked for on its own; infinite where there is none."""
    cost = np.zeros(lines.shape[1])
    cost[cell] = -sign
    found = milp(cost, integrality=np.ones(len(cost)), bounds=bounds, constraints=LinearConstraint(lines, 0, 0))
    return found.x[cell] if found.success else -sign * np.inf


@brief
@given(st.one_of(two_way(3), three_level()), st.data())
def test_the_audit_knows_how_far_whole_numbers_go_where_lines_cross(table, data):
    values, lines = table
    shown = data.draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values)))
    hidden = small(values) | ~np.array(shown)
    system = release_of(values, lines, small(values), need=(1, 5), lower=0, upper=None, fixed=None).system
    low, high = attained(system, hidden, workers=2)
    bounds = Bounds(np.where(hidden, 0, values), np.where(hidden, 200, values))
    for cell in np.flatnonzero(small(values)):
        least, most = (end_of(cell, sign, lines, bounds) for sign in (-1, 1))
        assert low[cell] == pytest.approx(max(least, system.low_target[cell]))
        assert high[cell] == pytest.approx(min(most, system.high_target[cell]))


@exhaustive
@given(TABLES, st.data())
def test_figures_an_agency_hid_stay_hidden_and_wide(table, data):
    true, lines = table
    withheld = np.array(data.draw(st.lists(st.booleans(), min_size=len(true), max_size=len(true))))
    values = np.where(withheld, np.nan, true)
    hidden = protect(values, lines, small(true) & ~withheld)
    low, high = feasible_intervals(values, lines, hidden)
    assert np.all(hidden[withheld])
    assert np.all(high[withheld] - low[withheld] >= 10)
    assert np.all(low <= true + 1e-6) and np.all(high >= true - 1e-6)


@exhaustive
@given(TABLES, st.data())
def test_with_some_cells_known_elsewhere_it_protects_or_says_which_it_cannot(table, data):
    values, lines = table
    primary, count = small(values), len(values)
    fixed = np.array(data.draw(st.lists(st.booleans(), min_size=count, max_size=count))) & ~primary
    low, high = feasible_intervals(values, lines, ~fixed)
    lost = np.flatnonzero(primary & (high - low < 1))
    if len(lost):
        with pytest.raises(ProtectionError) as refusal:
            protect(values, lines, primary, fixed=fixed)
        error = refusal.value
        assert error.cells.tolist() == lost.tolist()
        assert audit(values, lines, error.hidden, primary, fixed=fixed & ~error.hidden) == []
    else:
        hidden = protect(values, lines, primary, fixed=fixed)
        assert not np.any(hidden & fixed)
        assert audit(values, lines, hidden, primary, fixed=fixed) == []


@brief
@given(st.lists(TABLES, min_size=2, max_size=4))
def test_a_release_is_protected_as_its_parts_are(tables):
    values = np.concatenate([cells for cells, _ in tables])
    lines = np.zeros((sum(len(rows) for _, rows in tables), len(values)))
    row = column = 0
    for cells, rows in tables:
        lines[row : row + len(rows), column : column + len(cells)] = rows
        row, column = row + len(rows), column + len(cells)
    cache: dict[str, bytes] = {}
    apart = np.concatenate([protect(cells, rows, small(cells)) for cells, rows in tables])
    together = protect_components(values, lines, small(values), cache=cache, workers=2)
    assert together.tolist() == apart.tolist()
    assert protect_components(values, lines, small(values), cache=cache).tolist() == apart.tolist()
