"""Clocks by hand: over Easter, Christmas with its substitute days, leap days and months of unlike length."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.measures import clocks
from schemas import working_days

TODAY = date(2026, 11, 17)


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        (date(2026, 9, 7), 5, date(2026, 9, 14)),  # Monday to Monday
        (date(2026, 9, 11), 1, date(2026, 9, 14)),  # Friday to Monday
        (date(2026, 9, 12), 1, date(2026, 9, 14)),  # found on a Saturday
        (date(2026, 9, 13), 5, date(2026, 9, 18)),  # found on a Sunday
        (date(2026, 4, 2), 5, date(2026, 4, 13)),  # Good Friday 3 and Easter Monday 6 April
        (date(2026, 4, 1), 15, date(2026, 4, 24)),
        (date(2025, 12, 23), 5, date(2026, 1, 2)),  # 25, 26 December and 1 January
        (date(2026, 12, 24), 5, date(2027, 1, 5)),  # Boxing Day a Saturday: its substitute is Monday 28 December
        (date(2021, 12, 24), 1, date(2021, 12, 29)),  # both days on a weekend: 27 and 28 are substitutes
        (date(2022, 12, 23), 1, date(2022, 12, 28)),  # Christmas Day a Sunday: substitute Tuesday 27
        (date(2023, 5, 5), 1, date(2023, 5, 9)),  # the coronation's holiday
        (date(2022, 9, 16), 1, date(2022, 9, 20)),  # a day of mourning
        (date(2026, 8, 28), 1, date(2026, 9, 1)),  # the summer bank holiday
        (date(2024, 2, 28), 2, date(2024, 3, 1)),  # 29 February is a day of work
        (date(2026, 9, 12), 0, date(2026, 9, 12)),
    ],
)
def test_working_days_are_counted_as_by_hand(start, number, end):
    assert clocks.working_days_after(start, number) == end
    if number:
        assert clocks.working_days_between(start, end) == number


def test_the_days_between_are_counted_backwards_too():
    assert clocks.working_days_between(date(2026, 4, 13), date(2026, 4, 2)) == -5
    assert clocks.working_days_between(date(2026, 9, 12), date(2026, 9, 13)) == 0


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 17), 6, date(2027, 5, 17)),
        (date(2025, 10, 31), 1, date(2025, 11, 30)),
        (date(2026, 7, 1), 6, date(2027, 1, 1)),
    ],
)
def test_months_are_those_of_the_calendar(start, number, end):
    assert clocks.months_after(start, number) == end


def test_done_on_the_day_it_was_due_is_in_time_and_the_next_day_is_not():
    start, due = date(2026, 9, 7), date(2026, 9, 14)
    met = clocks.run(start, due, 5, "working_days", TODAY)
    assert (met.state, met.due_on, met.used, met.left) == ("met", due, 5, 0)
    late = clocks.run(start, date(2026, 9, 15), 5, "working_days", TODAY)
    assert (late.state, late.used, late.left) == ("missed", 6, -1)


def test_a_saturday_after_the_due_day_is_a_day_late():
    found = clocks.run(date(2026, 9, 4), date(2026, 9, 12), 5, "working_days", TODAY)
    assert (found.state, found.due_on, found.used, found.left) == ("missed", date(2026, 9, 11), 6, -1)


def test_an_open_clock_runs_until_the_end_of_the_day_it_is_due():
    start = date(2026, 11, 10)
    last = clocks.run(start, None, 5, "working_days", date(2026, 11, 17))
    assert (last.state, last.due_on, last.used, last.left) == ("running", date(2026, 11, 17), 5, 0)
    over = clocks.run(start, None, 5, "working_days", date(2026, 11, 19))
    assert (over.state, over.left) == ("missed", -2)


def test_an_end_that_lies_ahead_is_a_plan_and_not_the_end():
    found = clocks.run(date(2026, 11, 16), date(2026, 11, 18), 5, "working_days", TODAY)
    assert (found.state, found.used, found.left) == ("running", 1, 4)


def test_months_count_days_of_the_calendar():
    found = clocks.run(date(2026, 8, 31), None, 6, "months", TODAY)
    assert (found.state, found.due_on, found.used, found.left) == ("running", date(2027, 2, 28), 78, 103)
    late = clocks.run(date(2026, 1, 15), date(2026, 8, 1), 6, "months", TODAY)
    assert (late.state, late.due_on, late.left) == ("missed", date(2026, 7, 15), -17)


def test_a_clock_that_ended_before_it_started_has_used_no_day():
    found = clocks.run(date(2026, 9, 7), date(2026, 9, 4), 5, "working_days", TODAY)
    assert (found.state, found.used) == ("met", 0)


def test_a_day_without_known_bank_holidays_is_refused_by_name():
    assert not working_days.can_be_counted(date(202, 9, 7))
    for day in (date(202, 9, 7), date(2206, 9, 7)):
        with pytest.raises(ValueError, match=f"not for {day}"):
            clocks.run(day, None, 5, "working_days", TODAY)
        with pytest.raises(ValueError, match=f"not for {day}"):
            clocks.run(day, None, 6, "months", TODAY)


def test_a_clock_of_no_days_is_refused():
    with pytest.raises(ValueError, match="Give 1 or more"):
        clocks.run(TODAY, None, 0, "working_days", TODAY)
    with pytest.raises(ValueError, match="Give 0 or more"):
        clocks.working_days_after(TODAY, -1)
