"""The words by which a layout names the period of a column, and the years that headings and titles name."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from schemas.period_spelling import MONTHS
from schemas.periods import PeriodError, of_kind, parse, quarter_of

if TYPE_CHECKING:
    from schemas.periods import Period

_QUARTER = re.compile(r"(?:q|qtr|quarter) ?([1-4])", re.IGNORECASE)
_WHOLE = frozenset({"year", "whole year", "full year"})
# "2026-27", "2026/2027", "26/27"; then a single year, as in "April 2026" or "Apr-26".
# Two digits and two digits are years from here on, and ages before: "16-17 year olds".
_FIRST_SHORT = 2021
_PAIR = re.compile(r"(?<!\d)(20\d\d|\d\d)\s*[-/\u2010-\u2015 ]\s*(20\d\d|\d\d)(?!\d)")


def check_word(word: str) -> str:
    """The word for a period as it is, where it can be read.

    >>> check_word("Q2"), check_word("2026-27-Q1"), check_word("")
    ('Q2', '2026-27-Q1', '')
    >>> check_word("Q7")
    Traceback (most recent call last):
    ...
    ValueError: period “Q7” is none of Q1 to Q4, Apr to Mar, Year, or a period such as 2026-27-Q2
    """
    if word and not is_relative(word):
        try:
            parse(word)
        except PeriodError:
            known = "Q1 to Q4, Apr to Mar, Year, or a period such as 2026-27-Q2"
            raise ValueError(f"period “{word[:40]}” is none of {known}") from None
    return word


def is_relative(word: str) -> bool:
    """Whether a word names a period only within a year: `Q1`, `Apr`, `Year`."""
    plain = word.strip().lower()
    return _QUARTER.fullmatch(plain) is not None or _month(plain) > 0 or plain in _WHOLE


def period_named(word: str, year: Period) -> Period:
    """The period a word names, within a financial or calendar year where it is one of a year.

    >>> in_2026 = parse("FY2026-27")
    >>> [period_named(word, in_2026).id for word in ("Q4", "Feb", "Year", "2025-26-Q1")]
    ['2026-27-Q4', '2027-02', 'FY2026-27', '2025-26-Q1']
    """
    plain = word.strip().lower()
    found = _QUARTER.fullmatch(plain)
    if found:
        return quarter_of(_month_of(year, 3 * int(found[1]) - 3))
    month = _month(plain)
    if month:
        return of_kind("month", _month_of(year, (month - year.start.month) % 12))
    return year if plain in _WHOLE else parse(word)


def year_around(day: date, *, calendar: bool) -> Period:
    """The financial or calendar year a day lies in."""
    return of_kind("calendar_year" if calendar else "financial_year", day)


def years_in(text: str, *, calendar: bool) -> frozenset[Period]:
    """The years a heading or a title names; of a month, the year the month lies in.

    A lone year counts for a calendar year and beside a month, but for no financial year: nobody could tell which.

    >>> [[year.id for year in years_in(text, calendar=False)] for text in ("Q1 2026/27", "Mar-27", "Plan for 2026")]
    [['FY2026-27'], ['FY2026-27'], []]
    """
    plain = " ".join(text.split())
    found: set[Period] = set()
    if not calendar:
        pairs = ((a, _full(a), _full(b)) for a, b in _PAIR.findall(plain))
        starts = {a for short, a, b in pairs if b == a + 1 and (len(short) == 4 or a >= _FIRST_SHORT)}
        found |= {of_kind("financial_year", date(start, 4, 1)) for start in starts}
    months = r"\b([a-z]{3})[a-z]*\.?[\s\-/']*(20\d\d|\d\d)(?![\d/]|-\d)"
    for name, year in re.findall(months, plain.lower()):
        if (number := _month(name)) and not (found and len(year) == 2):
            found.add(year_around(date(_full(year), number, 1), calendar=calendar))
    iso = re.findall(r"(?<!\d)(20\d\d)-(0[1-9]|1[0-2])-[0-3]\d(?!\d)", plain)
    british = re.findall(r"(?<!\d)(?:0?1|28|29|30|31)/(0?[1-9]|1[0-2])/(20\d\d)(?!\d)", plain)
    iso += [(year, month) for month, year in british]
    found |= {year_around(date(int(year), int(month), 1), calendar=calendar) for year, month in iso}
    if calendar and not found:
        alone = re.findall(r"(?<!\d)20\d\d(?!\d)", _PAIR.sub(" ", plain))
        found = {of_kind("calendar_year", date(int(year), 1, 1)) for year in alone}
    return frozenset(found)


def _month(word: str) -> int:
    """Which month a name or its short form is, 1 to 12; 0 where it is none."""
    plain = "sep" if word == "sept" else word
    return next((n for n, name in enumerate(MONTHS, 1) if plain and plain in (name, name[:3])), 0)


def _month_of(year: Period, place: int) -> date:
    month = 12 * year.start.year + year.start.month - 1 + place
    return date(month // 12, month % 12 + 1, 1)


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)
