"""What must hold of counts protected beside the figures, whatever they are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.disclosure import Policy, feasible_intervals
from pipelines.publishing.logs.splits import CHANGED, Block
from pipelines.publishing.logs.splits_before import Earlier

pytestmark = pytest.mark.slow

CALM = settings(deadline=None, derandomize=True, max_examples=80)  # the same examples on every machine
COUNTS = st.lists(st.integers(0, 40), min_size=1, max_size=8)
NOBODY = Earlier()


def block_of(splits, *, is_shown=True):
    """Splits of one total, each as a list of counts; the total is a figure."""
    block, total = Block(), sum(splits[0])
    for number, counts in enumerate(splits):
        for place, value in enumerate(counts):
            block.count((number, place), value)
        block.sum("total", [(number, place) for place in range(len(counts))])
    block.figure("total", total, is_shown=is_shown)
    return block


@st.composite
def splits(draw):
    """Two ways of parting the same number of people."""
    first = draw(COUNTS)
    cuts = sorted(draw(st.lists(st.integers(0, sum(first)), max_size=5)))
    second = [b - a for a, b in zip([0, *cuts], [*cuts, sum(first)], strict=True)]
    return first, second


def known(counts, hidden, total):
    """What a reader knows of the counts of one split under its total."""
    values = np.array([*counts, total], dtype=float)
    covered = np.array([place in hidden for place in range(len(counts))] + [False])
    return feasible_intervals(values, np.array([[1.0] * len(counts) + [-1.0]]), covered)


@CALM
@given(splits())
def test_no_small_count_of_a_split_is_narrowed_more_than_hiding_everything_would(both):
    pattern = block_of(both).hidden(Policy(), NOBODY)
    for number, counts in enumerate(both):
        hidden = {place for n, place in pattern.hidden if n == number}
        low, high = known(counts, hidden, sum(counts))
        least, most = known(counts, set(range(len(counts))), sum(counts))
        for place, value in enumerate(counts):
            if 1 <= value <= 5 and high[place] - low[place] < 1:
                # Nothing hides a single part of a shown total; then no release may show the total.
                assert len(counts) == 1 or most[place] - least[place] < 1
            elif 1 <= value <= 5:
                assert low[place] <= max(value - 1, least[place])
                assert high[place] >= min(value + 5, most[place])


@CALM
@given(COUNTS)
def test_large_counts_without_small_ones_beside_them_are_shown(counts):
    large = [value + 6 for value in counts]
    assert block_of([large]).hidden(Policy(), NOBODY).hidden == frozenset()


@CALM
@given(splits(), st.sets(st.tuples(st.just(0), st.integers(0, 7)), max_size=3))
def test_what_an_earlier_release_hid_stays_hidden(both, before):
    mine = {name for name in before if name[1] < len(both[0])}
    pattern = block_of(both).hidden(Policy(), Earlier(hidden=frozenset(mine)))
    assert mine <= pattern.hidden


@CALM
@given(splits(), st.integers(1, 9))
def test_a_count_that_was_shown_otherwise_hides_its_whole_block(both, more):
    earlier = Earlier(shown={(0, 0): frozenset({float(both[0][0] + more)})})
    pattern = block_of(both).hidden(Policy(), earlier)
    assert pattern.hidden == set(block_of(both).counts())
    assert pattern.note == CHANGED


@CALM
@given(splits())
def test_a_total_that_is_secret_is_not_given_away_by_its_parts(both):
    total = sum(both[0])
    pattern = block_of(both, is_shown=False).hidden(Policy(), NOBODY)
    for number, counts in enumerate(both):
        assert {n for n, _ in pattern.hidden} >= {number} or total == 0
        assert len(counts) > 0


def test_it_can_be_seen_that_the_checks_above_can_fail():
    low, high = known([3, 9], {0}, 12)
    assert (low[0], high[0]) == (3, 3)
