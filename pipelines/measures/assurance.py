"""What state an aspect of an agency is in, from its numbers: the limits and their reasons are in schemas.published.assuring."""

from __future__ import annotations

from typing import Literal

from schemas.published.assuring import (
    AUDITS_SHOWN,
    DAYS_PARTLY,
    ENOUGH,
    EVIDENCED,
    GOOD_PARTLY,
    GOOD_SHOWN,
    MEAN_PARTLY,
    MEAN_SHOWN,
    ON_TIME_PARTLY,
    QUARTERS,
)

State = Literal["shown", "partly", "not_shown", "not_known"]
# From the least to the most; what is not known is below nothing and above nothing.
_ORDER: tuple[State, ...] = ("not_shown", "partly", "shown")


def of_scores(mean: float | None, unmet: int, evidenced: float | None) -> State:
    """The state of an agency's own scores: their mean of 0 to 3, critical statements not met, the % with evidence.

    `evidenced` is None where nothing is scored 2 or 3.

    >>> of_scores(2.0, 0, 80.0), of_scores(2.0, 0, 79.0), of_scores(2.9, 1, 100.0)
    ('shown', 'partly', 'not_shown')
    """
    if mean is None:
        return "not_known"
    if unmet or mean < MEAN_PARTLY:
        return "not_shown"
    has_evidence = evidenced is not None and evidenced >= EVIDENCED
    return "shown" if mean >= MEAN_SHOWN and has_evidence else "partly"


def of_grades(good_or_better: int, graded: int) -> State:
    """The state of audited practice: judgements good or better, of those graded.

    >>> of_grades(6, 8), of_grades(3, 6), of_grades(2, 6), of_grades(5, 5)
    ('shown', 'partly', 'not_shown', 'not_known')
    """
    if graded < ENOUGH:
        return "not_known"
    share = 100 * good_or_better / graded
    return "shown" if share >= GOOD_SHOWN else "partly" if share >= GOOD_PARTLY else "not_shown"


def of_returns(on_time: int, due: int) -> State:
    """The state of returns: how many of those due came on time.

    >>> of_returns(4, 4), of_returns(2, 4), of_returns(1, 4), of_returns(0, 0)
    ('shown', 'partly', 'not_shown', 'not_known')
    """
    if not due:
        return "not_known"
    return "shown" if on_time == due else "partly" if on_time * QUARTERS >= due * ON_TIME_PARTLY else "not_shown"


def of_reply(answered: int, asked: int, *, signed_off: bool, is_due: bool) -> State:
    """The state of a year's self-assessment: statements answered of those asked, whether signed off, whether due.

    >>> of_reply(9, 9, signed_off=True, is_due=False), of_reply(0, 9, signed_off=False, is_due=False)
    ('shown', 'not_known')
    """
    if answered:
        return "shown" if answered >= asked and signed_off else "partly"
    return "not_shown" if is_due else "not_known"


def of_audits(graded_in: int, reported: int) -> State:
    """The state of taking part: audits with the agency's grades, of those reported.

    >>> of_audits(1, 1), of_audits(1, 2), of_audits(0, 2), of_audits(0, 0)
    ('shown', 'partly', 'not_shown', 'not_known')
    """
    if not reported:
        return "not_known"
    return "shown" if graded_in >= min(AUDITS_SHOWN, reported) else "partly" if graded_in else "not_shown"


def of_actions(every: int, still_open: int, overdue: int, longest_days: int) -> State:
    """The state of promises kept: all actions, those still open, those of them overdue, the longest overdue in days.

    >>> of_actions(5, 3, 1, 90), of_actions(5, 3, 1, 91), of_actions(5, 2, 1, 1), of_actions(5, 3, 0, 0)
    ('partly', 'not_shown', 'not_shown', 'shown')
    """
    if not every:
        return "not_known"
    if not overdue:
        return "shown"
    return "partly" if 2 * overdue < still_open and longest_days <= DAYS_PARTLY else "not_shown"


def lower(*states: State) -> State:
    """The lowest of the states that are known: a doubt counts, what is not known does not.

    >>> lower("shown", "not_shown"), lower("shown", "not_known"), lower("not_known")
    ('not_shown', 'shown', 'not_known')
    """
    for state in _ORDER:
        if state in states:
            return state
    return "not_known"
