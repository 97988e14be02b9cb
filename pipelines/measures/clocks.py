"""Clocks that run on days: working days of England, calendar months, and whether something was done in time."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Literal

from schemas.working_days import countable, working_days_after, working_days_between

Unit = Literal["working_days", "months"]
State = Literal["running", "met", "missed"]


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
    due = working_days_after(start, allowed) if unit == "working_days" else months_after(countable(start), allowed)
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
