"""What must hold of clocks on whatever days they run."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.measures import clocks

CALM = settings(deadline=None, derandomize=True, max_examples=120)  # the same examples on every machine
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
ENGLAND = holidays.country_holidays("GB", subdiv="ENG", years=range(1999, 2062))


def is_worked(day: date) -> bool:
    return day.weekday() < 5 and day not in ENGLAND


@CALM
@given(DAYS, st.integers(1, 40))
def test_the_end_is_a_working_day_and_so_many_lie_up_to_it(start, number):
    end = clocks.working_days_after(start, number)
    assert is_worked(end)
    walked = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(map(is_worked, walked)) == number == clocks.working_days_between(start, end)


@CALM
@given(DAYS, DAYS, DAYS)
def test_days_between_add_up_over_a_day_in_between(first, second, third):
    through = clocks.working_days_between(first, second) + clocks.working_days_between(second, third)
    assert through == clocks.working_days_between(first, third)


@CALM
@given(DAYS, st.integers(0, 40))
def test_a_later_start_never_ends_earlier(start, number):
    assert clocks.working_days_after(start, number) <= clocks.working_days_after(start + timedelta(days=1), number)
    assert clocks.months_after(start, number) <= clocks.months_after(start + timedelta(days=1), number)


@CALM
@given(DAYS, st.one_of(st.none(), st.integers(-5, 300)), st.integers(1, 20), st.integers(0, 400), st.booleans())
def test_a_clock_is_met_exactly_when_it_ended_by_the_day_it_was_due(start, end, allowed, passed, in_months):
    unit = "months" if in_months else "working_days"
    ended, today = None if end is None else start + timedelta(days=end), start + timedelta(days=passed)
    found = clocks.run(start, ended, allowed, unit, today)
    is_over = ended is not None and ended <= today
    assert (found.state == "met") == (is_over and ended <= found.due_on)
    assert (found.state == "running") == (not is_over and today <= found.due_on)
    assert found.used >= 0
    assert (found.left < 0) == (found.state == "missed")
