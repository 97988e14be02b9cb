"""A day as analysts type it: 30/09/2026, 30 Sept 2026, 2026-09-30, or a spreadsheet's day number."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

_EPOCH = date(1899, 12, 30)
# Day numbers and years outside these are slips: no record of a partnership is older or so far ahead.
_SERIALS = range(32_874, 60_000)
_YEARS = range(1990, 2061)
_ANY_YEAR = range(1990, 9999)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?(?:\.0+)?)?")
_DIGITS = re.compile(r"(\d{1,2})[./\-](\d{1,2})[./\-](\d{4}|\d{2})")
_WORDS = re.compile(r"(?:[a-z]{3,9}day,? )?(\d{1,2})(?:st|nd|rd|th)?[ \-]+(?:of )?([a-z]{3,9})\.?,?[ \-]+(\d{4}|\d{2})")


@lru_cache(maxsize=20_000)
def day_in(text: str) -> date | None:
    """The day a cell states, day before month as in Britain; None where it states none.

    >>> day_in("30/09/2026"), day_in("30th September 2026") == day_in("2026-09-30") == day_in("46295")
    (datetime.date(2026, 9, 30), True)
    >>> day_in("31/09/2026"), day_in("soon"), day_in("1.4.26")
    (None, None, datetime.date(2026, 4, 1))
    """
    return _day_in(text, _YEARS)


def is_far_off(text: str) -> bool:
    """Whether a cell states a day, but one so far ahead that it is a slip.

    >>> is_far_off("1 January 2062"), is_far_off("2026-01-01"), is_far_off("31/02/2062"), is_far_off("soon")
    (True, False, False, False)
    """
    return _day_in(text, _YEARS) is None and _day_in(text, _ANY_YEAR) is not None


def _day_in(text: str, years: range) -> date | None:
    plain = " ".join(text.strip().lower().split())
    if plain.isdecimal() and len(plain) == 5 and int(plain) in _SERIALS:
        return _EPOCH + timedelta(days=int(plain))
    if found := _ISO.fullmatch(plain):
        return _day(int(found[1]), int(found[2]), int(found[3]), years)
    if found := _DIGITS.fullmatch(plain):
        return _day(_year(found[3]), int(found[2]), int(found[1]), years)
    if (found := _WORDS.fullmatch(plain)) and found[2][:3] in _MONTHS:
        return _day(_year(found[3]), _MONTHS.index(found[2][:3]) + 1, int(found[1]), years)
    return None


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _day(year: int, month: int, day: int, years: range) -> date | None:
    try:
        return date(year, month, day) if year in years else None
    except ValueError:  # the thirty-first of a month that has none
        return None
