"""The period a cell of a return states, whether typed as a label, a date, or left as a spreadsheet's day number."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from schemas.periods import Period, PeriodError, parse, quarter_of

# Day 0 of spreadsheets' calendars, and the day numbers of 2009 to 2064: outside them it is not a date.
_EPOCH = date(1899, 12, 30)
_DAYS = range(40_000, 60_000)


@lru_cache(maxsize=10_000)
def stated_period(text: str) -> Period:
    """The period a label means; the first or last day of a quarter means the quarter. PeriodError where it means none.

    >>> [stated_period(text).id for text in ("Q2 2025/26", "2025-09-30", "45930", "2025-08-31")]
    ['2025-26-Q2', '2025-26-Q2', '2025-26-Q2', 'D2025-08-31']
    """
    plain = text.strip()
    is_serial = re.fullmatch(r"\d{5}", plain) is not None and int(plain) in _DAYS
    period = parse(_EPOCH + timedelta(days=int(plain)) if is_serial else plain)
    if period.kind != "day":
        return period
    around = quarter_of(period.end)
    return around if period.end in (around.start, around.end) else period


def is_period(text: str) -> bool:
    """Whether a text states a period.

    >>> is_period("2025-26 Q2"), is_period("2025-27 Q2")
    (True, False)
    """
    try:
        stated_period(text)
    except PeriodError:
        return False
    return True
