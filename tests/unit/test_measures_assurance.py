from __future__ import annotations

import pytest

from pipelines.measures.assurance import lower, of_actions, of_audits, of_grades, of_reply, of_returns, of_scores


@pytest.mark.parametrize(
    ("mean", "unmet", "evidenced", "state"),
    [
        (2.0, 0, 80.0, "shown"),
        (1.99, 0, 100.0, "partly"),
        (3.0, 0, 79.9, "partly"),
        (2.0, 0, None, "partly"),
        (1.0, 0, None, "partly"),
        (0.99, 0, 100.0, "not_shown"),
        (3.0, 1, 100.0, "not_shown"),
        (None, 0, None, "not_known"),
    ],
)
def test_scores(mean, unmet, evidenced, state):
    assert of_scores(mean, unmet, evidenced) == state


@pytest.mark.parametrize(
    ("good", "graded", "state"),
    [
        (6, 8, "shown"),
        (5, 7, "partly"),
        (4, 8, "partly"),
        (3, 7, "not_shown"),
        (0, 6, "not_shown"),
        (5, 5, "not_known"),
        (0, 0, "not_known"),
    ],
)
def test_grades(good, graded, state):
    assert of_grades(good, graded) == state


@pytest.mark.parametrize(
    ("on_time", "due", "state"),
    [
        (4, 4, "shown"),
        (3, 4, "partly"),
        (2, 4, "partly"),
        (1, 4, "not_shown"),
        (1, 2, "partly"),
        (1, 3, "not_shown"),
        (1, 1, "shown"),
        (0, 0, "not_known"),
    ],
)
def test_returns(on_time, due, state):
    assert of_returns(on_time, due) == state


@pytest.mark.parametrize(
    ("answered", "signed_off", "is_due", "state"),
    [
        (47, True, True, "shown"),
        (47, True, False, "shown"),
        (47, False, True, "partly"),
        (46, True, True, "partly"),
        (1, False, False, "partly"),
        (0, False, True, "not_shown"),
        (0, False, False, "not_known"),
    ],
)
def test_replies(answered, signed_off, is_due, state):
    assert of_reply(answered, 47, signed_off=signed_off, is_due=is_due) == state


@pytest.mark.parametrize(
    ("graded_in", "reported", "state"),
    [
        (2, 5, "shown"),
        (1, 5, "partly"),
        (0, 5, "not_shown"),
        (1, 1, "shown"),
        (0, 1, "not_shown"),
        (0, 0, "not_known"),
    ],
)
def test_audits(graded_in, reported, state):
    assert of_audits(graded_in, reported) == state


@pytest.mark.parametrize(
    ("every", "still_open", "overdue", "longest", "state"),
    [
        (5, 3, 0, 0, "shown"),
        (5, 3, 1, 90, "partly"),
        (5, 3, 1, 91, "not_shown"),
        (5, 2, 1, 1, "not_shown"),
        (0, 0, 0, 0, "not_known"),
    ],
)
def test_actions(every, still_open, overdue, longest, state):
    assert of_actions(every, still_open, overdue, longest) == state


def test_a_doubt_counts_and_what_is_not_known_does_not():
    assert lower("shown", "partly") == "partly"
    assert lower("partly", "not_shown") == "not_shown"
    assert lower("shown", "not_known") == "shown"
    assert lower("not_known", "not_known") == "not_known"
