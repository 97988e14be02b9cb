"""Clocks that run on days: working days of England, calendar months, and whether something was done in time."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

import numpy as np

Unit = Literal["working_days", "months"]
State = Literal["running", "met", "missed"]
# Bank holidays are worked out for these years; a date outside them is a slip of the pen.
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class Run:
    """How one clock stands: `used` days so far and `left` until the day it is due, below nothing where it is over.

    Both are counted in working days where the clock is, else in days of the calendar. `has_ended` says that it was
    done, in time or late; a missed clock may still be open.
    """

    state: State
    due_on: date
    used: int
    left: int
    has_ended: bool


def can_be_counted(day: date) -> bool:
    """Whether bank holidays are known around the day, so that a clock may start or end on it.

    >>> can_be_counted(date(2026, 9, 30)), can_be_counted(date(2206, 9, 30))
    (True, False)
    """
    return FIRST_YEAR < day.year < LAST_YEAR


def working_days_after(day: date, number: int) -> date:
    """The working day of England so many working days after a day; the day itself does not count.

    Weekends and bank holidays with their substitute days are left out. Raises ValueError for a number below nothing
    and for a day outside the years bank holidays are worked out for.

    >>> working_days_after(date(2026, 4, 1), 5)  # Good Friday and Easter Monday lie between
    datetime.date(2026, 4, 10)
    """
    if number < 0:
        raise ValueError(f"{number} working days cannot come after a day. Give 0 or more.")
    if number == 0:
        return _countable(day)
    # A day that is no working day counts from the last one before it.
    found = np.busday_offset(np.datetime64(_countable(day)), number, roll="preceding", busdaycal=_england())
    return _countable(found.astype(date))


def working_days_between(start: date, end: date) -> int:
    """How many working days of England lie after `start`, up to and with `end`; below nothing where `end` is earlier.

    Raises ValueError for a day outside the years bank holidays are worked out for.

    >>> working_days_between(date(2026, 12, 24), date(2026, 12, 29))  # Boxing Day is a Saturday: Monday is its substitute
    1
    """
    first, last = (np.datetime64(_countable(day) + timedelta(days=1)) for day in (start, end))
    if first > last:
        return -int(np.busday_count(last, first, busdaycal=_england()))
    return int(np.busday_count(first, last, busdaycal=_england()))


def months_after(day: date, number: int) -> date:
    """The same day so many months later; the last day of a month that is too short for it.

    >>> months_after(date(2025, 8, 31), 6), months_after(date(2027, 8, 31), 6)
    (datetime.date(2026, 2, 28), datetime.date(2028, 2, 29))
    """
    year, month = divmod(12 * day.year + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def run(start: date, end: date | None, allowed: int, unit: Unit, today: date) -> Run:
    """How a clock stands that started on a day and ended on another, or has not ended yet.

    It is met when it ended on the day it was due or before, missed when it ended later or is still open after that day,
    else running. An end that lies ahead is a plan, and not taken for the end. Raises ValueError for less than one
    day or month, and for days outside the years bank holidays are worked out for.

    >>> run(date(2026, 4, 1), date(2026, 4, 10), 5, "working_days", date(2026, 5, 1))
    Run(state='met', due_on=datetime.date(2026, 4, 10), used=5, left=0, has_ended=True)
    """
    if allowed < 1:
        raise ValueError(f"A clock of {allowed} {unit.replace('_', ' ')} ends before it starts. Give 1 or more.")
    due = working_days_after(start, allowed) if unit == "working_days" else months_after(_countable(start), allowed)
    over = end is not None and end <= today
    until = end if end is not None and over else max(today, start)
    state = ("met" if until <= due else "missed") if over else ("running" if today <= due else "missed")
    between = working_days_between if unit == "working_days" else _days_between
    used, left = max(between(start, until), 0), between(until, due)
    if state == "missed":  # on a Saturday after it was due, no working day has gone by, but the time has
        used, left = max(used, between(start, due) + 1), min(left, -1)
    return Run(state, due, used, left, over)


def _days_between(start: date, end: date) -> int:
    return (end - start).days


def _countable(day: date) -> date:
    if not can_be_counted(day):
        raise ValueError(
            f"Bank holidays are worked out for {FIRST_YEAR + 1} to {LAST_YEAR - 1}, not for {day}. Give a day in these years."
        )
    return day


@cache
def _england() -> np.busdaycalendar:
    import holidays  # slow to load, and only clocks need it

    known = holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST_YEAR, LAST_YEAR + 1))
    return np.busdaycalendar(holidays=np.array(sorted(known), dtype="datetime64[D]"))
