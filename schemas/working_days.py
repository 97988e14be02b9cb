"""Working days of England: no weekend, no bank holiday nor the day that stands in for one."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

# Bank holidays are worked out for these years; a date outside them is a slip of the pen.
FIRST_YEAR, LAST_YEAR = 1990, 2100


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
    import numpy as np  # slow to load, and the catalogue is read without it

    if number < 0:
        raise ValueError(f"{number} working days cannot come after a day. Give 0 or more.")
    if number == 0:
        return countable(day)
    # A day that is no working day counts from the last one before it.
    found = np.busday_offset(np.datetime64(countable(day)), number, roll="preceding", busdaycal=_england())
    return countable(found.astype(date))


def working_days_before(day: date, number: int) -> date:
    """The working day of England so many working days before a day; the day itself does not count.

    Raises ValueError for a number below nothing and for a day outside the years bank holidays are worked out for.

    >>> working_days_before(date(2026, 9, 1), 1)  # the last Monday of August is a bank holiday
    datetime.date(2026, 8, 28)
    """
    import numpy as np  # slow to load, and the catalogue is read without it

    if number < 0:
        raise ValueError(f"{number} working days cannot come before a day. Give 0 or more.")
    if number == 0:
        return countable(day)
    # A day that is no working day counts from the first one after it.
    found = np.busday_offset(np.datetime64(countable(day)), -number, roll="following", busdaycal=_england())
    return countable(found.astype(date))


def working_days_between(start: date, end: date) -> int:
    """How many working days of England lie after `start`, up to and with `end`; below nothing where `end` is earlier.

    Raises ValueError for a day outside the years bank holidays are worked out for.

    >>> working_days_between(date(2026, 12, 24), date(2026, 12, 29))  # Boxing Day is a Saturday: Monday is its substitute
    1
    """
    import numpy as np  # slow to load, and the catalogue is read without it

    first, last = (np.datetime64(countable(day) + timedelta(days=1)) for day in (start, end))
    if first > last:
        return -int(np.busday_count(last, first, busdaycal=_england()))
    return int(np.busday_count(first, last, busdaycal=_england()))


def is_working_day(day: date) -> bool:
    """Whether offices are open: no Saturday, no Sunday, no bank holiday of England.

    >>> is_working_day(date(2026, 12, 28)), is_working_day(date(2026, 12, 29))  # Boxing Day falls on a Saturday
    (False, True)
    """
    import numpy as np  # slow to load, and the catalogue is read without it

    return bool(np.is_busday(np.datetime64(countable(day)), busdaycal=_england()))


def working_day_from(day: date) -> date:
    """The day itself where it is a working day, else the next that is.

    >>> working_day_from(date(2026, 10, 31))  # a Saturday
    datetime.date(2026, 11, 2)
    """
    import numpy as np  # slow to load, and the catalogue is read without it

    return countable(
        np.busday_offset(np.datetime64(countable(day)), 0, roll="following", busdaycal=_england()).astype(date)
    )


def countable(day: date) -> date:
    """The day itself; ValueError where bank holidays are not worked out for its year."""
    if not can_be_counted(day):
        raise ValueError(
            f"Bank holidays are worked out for {FIRST_YEAR + 1} to {LAST_YEAR - 1}, not for {day}. Give a day in these years."
        )
    return day


@cache
def _england() -> np.busdaycalendar:
    import holidays  # slow to load, and few need it
    import numpy as np

    known = holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST_YEAR, LAST_YEAR + 1))
    return np.busdaycalendar(holidays=np.array(sorted(known), dtype="datetime64[D]"))
