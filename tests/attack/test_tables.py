"""Protection against one who tries every table: no small number is narrowed, whatever is known beside it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.disclosure import Policy, ProtectionError, audit, feasible_intervals, primary_cells, protect
from tests.attack.tables import MOST, Shown, with_margins

pytestmark = pytest.mark.slow

SHAPES = [(3,), (5,), (2, 2), (2, 3), (3, 3), (2, 2, 2)]
COUNTS = st.sampled_from([0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 8, 12])
tried = settings(deadline=None, derandomize=True, max_examples=40)


@st.composite
def tables(draw, shapes=tuple(SHAPES)):
    shape = draw(st.sampled_from(shapes))
    size = int(np.prod(shape))
    return with_margins(np.reshape(draw(st.lists(COUNTS, min_size=size, max_size=size)), shape))


@st.composite
def linked_tables(draw):
    """Two tables of the same children: each split two ways, with one total and one margin in common."""
    shared = draw(st.lists(COUNTS, min_size=2, max_size=3))
    cuts = [[draw(st.integers(0, n)) for n in shared] for _ in range(2)]
    values, rows = [sum(shared), *shared], [{0: -1, **{1 + n: 1 for n in range(len(shared))}}]
    for parts in cuts:
        first = len(values)
        for place, (part, whole) in enumerate(zip(parts, shared, strict=True)):
            rows.append({1 + place: -1, len(values): 1, len(values) + 1: 1})
            values += [part, whole - part]
        totals = [sum(parts), sum(shared) - sum(parts)]
        for way, total in enumerate(totals):
            rows.append({len(values): -1, **{first + 2 * n + way: 1 for n in range(len(shared))}})
            values.append(total)
        rows.append({0: -1, len(values) - 2: 1, len(values) - 1: 1})
    lines = np.zeros((len(rows), len(values)))
    for line, row in zip(lines, rows, strict=True):
        line[list(row)] = list(row.values())
    return np.array(values, dtype=float), lines


def small(values, most=5):
    return (values >= 1) & (values <= most)


@tried
@given(st.one_of(tables(), linked_tables()))
def test_every_small_number_can_still_be_any_from_the_need(table):
    values, lines = table
    shown = Shown(values, lines, protect(values, lines, small(values)))
    for cell in np.flatnonzero(small(values)):
        wanted = set(range(min(int(values[cell]) - 1, 1), int(values[cell]) + 6))
        assert wanted <= set(shown.all_of(cell, max(wanted)))


@tried
@given(tables(((3,), (2, 2), (2, 3))))
def test_a_threshold_of_ten_keeps_ten(table):
    values, lines = table
    policy = Policy(high=10)
    primary = primary_cells(values, policy, np.ones(len(values), dtype=bool))
    shown = Shown(values, lines, protect(values, lines, primary, need=policy.need))
    for cell in np.flatnonzero(primary):
        assert shown.can_be(cell, min(int(values[cell]) - 1, 1)) and shown.can_be(cell, int(values[cell]) + 10)


@tried
@given(tables(((3,), (2, 2), (2, 3))))
def test_where_zeros_are_hidden_too_none_is_told_from_a_small_number(table):
    values, lines = table
    primary = primary_cells(values, Policy(show_zero=False), np.ones(len(values), dtype=bool))
    shown = Shown(values, lines, protect(values, lines, primary))
    for cell in np.flatnonzero(primary):
        assert set(range(6)) <= set(shown.all_of(cell, 5))


@tried
@given(tables(((3,), (4,), (2, 2), (2, 3))), st.data())
def test_figures_an_agency_hid_are_never_one_number(table, data):
    true, lines = table
    size = len(true)
    gone = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size))) & small(true)
    values = np.where(gone, np.nan, true)
    shown = Shown(values, lines, protect(values, lines, small(true) & ~gone))
    for cell in np.flatnonzero(small(true)):
        assert set(range(min(int(true[cell]) - 1, 1), int(true[cell]) + 6)) <= set(shown.all_of(cell, MOST // 2))


@tried
@given(tables(((3,), (4,), (2, 2), (2, 3))), st.data())
def test_beside_known_cells_a_small_number_stays_as_open_as_it_can(table, data):
    values, lines = table
    size = len(values)
    known = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size))) & ~small(values)
    nothing = Shown(values, lines, ~known)
    lost = [cell for cell in np.flatnonzero(small(values)) if len(nothing.all_of(cell, MOST // 2)) < 2]
    if lost:
        with pytest.raises(ProtectionError) as refused:
            protect(values, lines, small(values), fixed=known)
        assert set(lost) <= set(refused.value.cells.tolist())
        return
    shown = Shown(values, lines, protect(values, lines, small(values), fixed=known))
    assert not np.any(shown.hidden & known)
    for cell in np.flatnonzero(small(values)):
        most = int(values[cell]) + 5
        wanted = {n for n in nothing.all_of(cell, most) if n >= min(values[cell] - 1, 1)}
        found = shown.all_of(cell, most)
        assert len(found) > 1 and min(found) <= min(wanted) and max(found) >= max(wanted)


@tried
@given(tables(), st.data())
def test_the_audit_passes_no_pattern_that_trying_every_table_breaks(table, data):
    values, lines = table
    size = len(values)
    hidden = small(values) | np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    shown, failing = Shown(values, lines, hidden), set(audit(values, lines, hidden, small(values)))
    for cell in np.flatnonzero(small(values)):
        able = shown.can_be(cell, min(int(values[cell]) - 1, 1)) and shown.can_be(cell, int(values[cell]) + 5)
        assert able or cell in failing


@tried
@given(tables(((3,), (2, 3), (2, 2, 2))), st.data())
def test_the_intervals_hold_every_table_that_fits(table, data):
    values, lines = table
    size = len(values)
    hidden = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    low, high = feasible_intervals(values, lines, hidden)
    for cell in np.flatnonzero(hidden):
        found = Shown(values, lines, hidden).all_of(cell, MOST // 3)
        assert all(low[cell] - 1e-6 <= number <= high[cell] + 1e-6 for number in found)


def test_a_breakdown_of_one_category_hides_its_total_with_it():
    assert protect([3, 3], [[1, -1]], [True, False]).all()


def test_a_total_that_is_small_itself_is_hidden_with_enough_of_its_parts():
    values, lines = with_margins([1, 0, 3])
    hidden = protect(values, lines, small(values))
    assert hidden[0]
    assert Shown(values, lines, hidden).can_be(1, 6)


def test_where_everything_is_small_everything_is_hidden_but_zeros():
    values, lines = with_margins([[1, 2], [2, 0]])
    hidden = protect(values, lines, small(values))
    assert hidden[small(values)].all()
    assert audit(values, lines, hidden, small(values)) == []


def test_full_time_equivalents_are_protected_in_fractions():
    values, lines = with_margins([0.5, 2.25, 30.6, 12.0])
    primary = primary_cells(values, Policy(), np.ones(5, dtype=bool))
    hidden = protect(values, lines, primary)
    low, high = feasible_intervals(values, lines, hidden)
    assert primary.tolist() == [False, True, True, False, False]
    assert np.all(high[primary] >= values[primary] + 5) and np.all(low[primary] <= 1)


@pytest.mark.parametrize(
    "values", [[-2.0, 10.0, 8.0], [3.0, 7.0, 12.0]], ids=["below nothing", "totals that contradict"]
)
def test_figures_that_cannot_be_are_refused_with_the_cells_they_are(values):
    lines, primary = [[1, 1, -1]], [True, False, False]
    with pytest.raises(ProtectionError, match="Cell 0 cannot be protected") as refused:
        protect(values, lines, primary)
    assert refused.value.cells.tolist() == [0]
    assert refused.value.hidden.all()
