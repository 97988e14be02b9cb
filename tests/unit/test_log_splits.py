"""Counts beside the figures, hidden by hand-worked patterns."""

from __future__ import annotations

from pipelines.disclosure import Policy
from pipelines.publishing.logs.splits import NO_PATTERN, Block
from pipelines.publishing.logs.splits_before import Earlier

NOBODY = Earlier()


def hidden(block, earlier=NOBODY):
    return block.hidden(Policy(), earlier).hidden


def parted(total, parts, *, is_shown=True):
    block = Block()
    for name, value in parts.items():
        block.count(name, value)
    block.figure("total", total, is_shown=is_shown)
    block.sum("total", parts)
    return block


def test_one_small_part_takes_the_next_smallest_with_it():
    assert hidden(parted(40, {"a": 3, "b": 7, "c": 30})) == {"a", "b"}


def test_noughts_are_shown_where_they_give_nothing_away():
    assert hidden(parted(40, {"a": 0, "b": 10, "c": 30})) == set()


def test_a_small_part_that_is_all_of_a_shown_total_cannot_be_hidden_and_nothing_is_shown():
    found = parted(3, {"a": 3}).hidden(Policy(), NOBODY)
    assert (found.hidden, found.note) == ({"a"}, NO_PATTERN)


def test_a_part_known_in_one_line_is_not_given_away_by_another():
    block = parted(30, {"a": 20, "b": 10})
    block.count("of a in time", 17)
    block.people("of a late", 3)
    block.sum("a", ["of a in time", "of a late"])
    assert "of a in time" in hidden(block)


def test_a_secret_figure_is_kept_by_hiding_a_part():
    assert hidden(parted(17, {"a": 7, "b": 10}, is_shown=False))


def test_names_that_are_no_cells_of_the_block_do_not_matter():
    earlier = Earlier(hidden=frozenset({"another"}), shown={"another": frozenset({4.0})})
    assert hidden(parted(40, {"a": 10, "b": 30}), earlier) == set()
