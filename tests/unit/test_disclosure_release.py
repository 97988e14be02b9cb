"""Whole releases: many small groups, a few crossing ones, and what was solved before."""

from __future__ import annotations

from time import process_time

import numpy as np
from scipy import sparse

from pipelines.disclosure import audit, protect_components

SQUARE = sparse.csr_array(
    [[1, 1, 0, 0, -1, 0, 0, 0], [0, 0, 1, 1, 0, -1, 0, 0], [1, 0, 1, 0, 0, 0, -1, 0], [0, 1, 0, 1, 0, 0, 0, -1]]
)


def squares(count):
    chance = np.random.default_rng(3)
    core = chance.poisson(9, size=(count, 4))
    margins = core @ np.array([[1, 0, 1, 0], [1, 0, 0, 1], [0, 1, 1, 0], [0, 1, 0, 1]])
    values = np.hstack([core, margins]).ravel().astype(float)
    return values, sparse.block_diag([SQUARE] * count, format="csr"), (values >= 1) & (values <= 5)


class Counted(dict[str, bytes]):
    writes = 0

    def __setitem__(self, key, value):
        self.writes += 1
        super().__setitem__(key, value)


def test_what_was_solved_before_is_not_solved_again():
    values, lines, small = squares(12)
    cache = Counted()
    first = protect_components(values, lines, small, cache=cache)
    solved = cache.writes
    assert solved > 0
    assert protect_components(values, lines, small, cache=cache).tolist() == first.tolist()
    assert cache.writes == solved


def test_the_same_figures_elsewhere_in_a_release_are_the_same_group():
    values, lines, small = squares(1)
    cache = Counted()
    moved = sparse.block_diag([sparse.csr_array([[1, -1]]), lines], format="csr")
    alone = protect_components(values, lines, small, cache=cache)
    beside = protect_components([90, 90, *values], moved, [False, False, *small], cache=cache)
    assert beside[2:].tolist() == alone.tolist() and cache.writes == 1


def test_other_figures_needs_or_bounds_are_other_groups():
    values, lines, small = squares(1)
    cache = Counted()
    for need, upper in (((1, 5), None), ((1, 6), None), ((1, 5), 99.0)):
        protect_components(values, lines, small, need=need, upper=upper, cache=cache)
    protect_components(values * 2, lines, small, cache=cache)
    assert cache.writes == 4


def test_a_damaged_memory_is_solved_again():
    values, lines, small = squares(4)
    cache = {}
    first = protect_components(values, lines, small, cache=cache)
    for damage in (b"", b"\x00", b"\xff" * 18):
        damaged = dict.fromkeys(cache, damage)
        assert protect_components(values, lines, small, cache=damaged).tolist() == first.tolist()
        assert damaged == cache


def test_no_bit_of_a_memory_can_change_unnoticed():
    values, lines, small = squares(1)
    cache = {}
    first = protect_components(values, lines, small, cache=cache)
    ((key, kept),) = cache.items()
    for bit in range(8 * len(kept)):
        changed = (int.from_bytes(kept) ^ (1 << bit)).to_bytes(len(kept))
        assert protect_components(values, lines, small, cache={key: changed}).tolist() == first.tolist()


def test_an_answer_to_another_question_is_no_answer():
    (values, lines, small), cache = squares(1), {}
    protect_components(values, lines, small, cache=cache)
    others = values + np.array([0, 10, 0, 10, 10, 10, 0, 20])
    asked = {}
    protect_components(others, lines, small & (others <= 5), cache=asked)
    exchanged = dict.fromkeys(asked, *cache.values())
    protect_components(others, lines, small & (others <= 5), cache=exchanged)
    assert exchanged == asked and asked != cache


def test_several_workers_find_what_one_finds():
    values, lines, small = squares(12)
    one, two = (protect_components(values, lines, small, workers=workers) for workers in (1, 2))
    assert one.tolist() == two.tolist()
    given_away = one.copy()
    given_away[np.flatnonzero(one & ~small)[::3]] = False
    found = [audit(values, lines, pattern, small, workers=w) for pattern in (one, given_away) for w in (1, 3)]
    assert found[:2] == [[], []] and found[2] == found[3] != []


def test_of_two_that_would_do_the_one_worth_less_is_hidden():
    line, small = [[1, 1, 1, 1, -1]], [True, False, False, False, False]
    values = [3, 20, 30, 40, 93]
    assert protect_components(values, line, small).tolist() == [True, True, False, False, False]
    worth = [1, 9, 1, 9, 9]
    assert protect_components(values, line, small, worth=worth).tolist() == [True, False, True, False, False]


def test_where_lines_cross_too_what_is_worth_less_is_hidden():
    core = np.array([[3, 20, 21], [22, 23, 24], [25, 26, 27.0]])
    table = np.append(core.ravel(), [*core.sum(axis=1), *core.sum(axis=0)])
    lines = np.vstack([np.kron(np.eye(3), np.ones((1, 3))), np.kron(np.ones((1, 3)), np.eye(3))])
    lines = np.hstack([lines, -np.eye(6)])
    dear = np.ones(15)
    dear[[1, 3, 9, 12]] = 20
    hidden = protect_components(table, lines, table == 3, worth=dear)
    assert hidden.sum() == 4 and not hidden[[1, 3]].any()
    assert audit(table, lines, hidden, table == 3) == []


def test_a_pattern_is_not_remembered_for_another_worth():
    values, lines, small = squares(1)
    cache = Counted()
    for worth in (None, np.arange(1.0, 9.0)):
        protect_components(values, lines, small, worth=worth, cache=cache)
    assert cache.writes == 2


def test_a_release_of_a_hundred_thousand_cells_takes_seconds():
    count = 30_000
    chance = np.random.default_rng(5)
    parts = chance.poisson(np.where(chance.random((count, 1)) < 0.1, 2, 80), size=(count, 3))
    values = np.hstack([parts, parts.sum(axis=1, keepdims=True)]).ravel().astype(float)
    lines = sparse.kron(sparse.eye_array(count), sparse.csr_array([[1, 1, 1, -1]]), format="csr")
    small = (values >= 1) & (values <= 5)
    start = process_time()
    hidden = protect_components(values, lines, small)
    assert audit(values, lines, hidden, small) == []
    assert process_time() - start < 5
    assert not hidden.reshape(count, 4)[~small.reshape(count, 4).any(axis=1)].any()
