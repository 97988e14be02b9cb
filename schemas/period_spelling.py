"""The spellings of periods seen in real returns, and what each says."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NAMES = "january february march april may june july august september october november december"
MONTHS = tuple(re.findall(r"\w+", _NAMES))
_DASHES = "[\u2010-\u2015\u2212_]"
_TERMS = {"autumn": 1, "spring": 2, "summer": 3}
_MONTH = "(?P<month>" + "|".join(rf"{name[:3]}(?:{name[3:]})?" for name in MONTHS).replace("sep(?:", "sept?(?:") + ")"
_FROM = _MONTH.replace("month", "first")
_YEARS = r"(?P<a>(?:20)?\d{2})\s*[-/ ]\s*(?P<b>(?:20)?\d{2})"
_RUN = r"(?P<a>20\d{2})(?P<b>\d{2})"
_SHORT_RUN = r"(?!20\d\d)(?P<a>\d{2})(?P<b>\d{2})"
_QUARTER = r"(?:q|qu|qtr|quarter)\.?\s*(?P<q>\d)"
_NUMBERED = {
    "first": "1",
    "second": "2",
    "third": "3",
    "fourth": "4",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
}
_FY = r"(?:fy|f/y|financial year|year)?\s*"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:20)?\d{2})"

Interpretation = tuple[str, tuple[int, ...]]
_Match = re.Match[str]


def interpretations(text: str) -> Iterator[Interpretation]:
    """Every (kind, numbers) the label can mean; raises ValueError naming what is impossible.

    A label that says its period twice ("Quarter to 30 September 2025, 2025-26 Q2") yields both readings, so that two
    periods in one label are found out.

    >>> list(interpretations("FY2025-26")), list(interpretations("Summer term 2025/26"))
    ([('financial_year', (2025,))], [('term', (2025, 3))])
    """
    plain = re.sub(_DASHES, "-", text.strip().lower())
    plain = re.sub(r"\b(first|second|third|fourth)(?= quarter)", lambda found: f"{_NUMBERED[found[0]]}th", plain)
    plain = re.sub(r"(?<=quarter )(one|two|three|four)\b", lambda found: _NUMBERED[found[0]], plain)
    whole = list(_readings(re.sub(r"[,()]", " ", plain)))
    parts = [list(_readings(part)) for part in re.split(r"[,()&;]| and ", plain) if part.strip()]
    apart = [reading for part in parts for reading in part] if all(parts) else []
    yield from whole or apart or _beside_its_months(re.sub(r"[,()]", " ", plain))


def _beside_its_months(text: str) -> Iterator[Interpretation]:
    """A quarter and its months in one label, “2026-27 Q2 (Jul-Sep)”: both readings, so that months of another are found out."""
    found = re.search(rf"\b{_FROM}\b\.?\s*(?:-|to)\s*{_MONTH}\b\.?", text)
    quarter = list(_readings(f"{text[: found.start()]} {text[found.end() :]}")) if found else []
    if not found or not quarter:
        return
    first, last = _month_number(found["first"]), _month_number(found["month"])
    yield from quarter
    for kind, (start, _) in (reading for reading in quarter if reading[0] == "financial_quarter"):
        if (last - first) % 12 != 2 or first % 3 != 1:
            raise ValueError("its months are not a financial quarter")
        yield kind, (start, (first - 4) % 12 // 3 + 1)


def _readings(text: str) -> Iterator[Interpretation]:
    plain = " ".join(text.split()).strip(" .")
    for pattern, meaning in _SPELLINGS:
        found = re.fullmatch(pattern, plain)
        if found:
            yield from meaning(found)
            return


def _quarter(found: _Match) -> Iterator[Interpretation]:
    start, number = _one_year(found["a"], found["b"]), int(found["q"])
    if not 1 <= number <= 4:
        raise ValueError(f"there is no quarter {number}")
    yield "financial_quarter", (start, number)


def _to_date(found: _Match) -> Iterator[Interpretation]:
    for _, numbers in _quarter(found):
        yield "year_to_date", numbers


def _to_date_in_words(found: _Match) -> Iterator[Interpretation]:
    for _, numbers in _quarter_to(found):
        yield "year_to_date", numbers


def _quarter_of_one_year(found: _Match) -> Iterator[Interpretation]:
    # "Q2 2025": the second quarter of 2025, of the year that starts in 2025, or of the one that ends in it.
    year, number = int(found["year"]), int(found["q"])
    yield from (("financial_quarter", (start, number)) for start in (year, year - 1))
    yield "financial_quarter", (year, number - 1) if number > 1 else (year - 1, 4)


def _quarter_months(found: _Match) -> Iterator[Interpretation]:
    first, last, year = _month_number(found["first"]), _month_number(found["month"]), _full(found["year"])
    if found["since"] and _full(found["since"]) != year:
        raise ValueError("its months lie in different years")
    if (last - first) % 12 != 2 or first % 3 != 1:
        raise ValueError("these months are not a financial quarter")
    yield "financial_quarter", (year if first >= 4 else year - 1, (first - 4) % 12 // 3 + 1)


def _quarter_months_of_a_year(found: _Match) -> Iterator[Interpretation]:
    # "July - September 2026/27": the months of a financial year.
    first, last, start = _month_number(found["first"]), _month_number(found["month"]), _one_year(found["a"], found["b"])
    if (last - first) % 12 != 2 or first % 3 != 1:
        raise ValueError("these months are not a financial quarter")
    yield "financial_quarter", (start, (first - 4) % 12 // 3 + 1)


def _between(found: _Match) -> Iterator[Interpretation]:
    # "1 July 2026 to 30 September 2026": the one period of ours that begins and ends on these days.
    (_, (year, month, day)), (_, until) = _one_day(found["since"]), _one_day(found["until"])
    months = 12 * (until[0] - year) + until[1] - month + 1
    is_whole = day == 1 and until[2] == monthrange(*until[:2])[1]
    start = year if month >= 4 else year - 1
    if not is_whole or months not in (1, 3, 12) or (months == 3 and month % 3 != 1):
        raise ValueError("from one day to the other is no month, quarter or year of ours")
    if months == 1:
        yield "month", (year, month)
    elif months == 3:
        yield "financial_quarter", (start, (month - 4) % 12 // 3 + 1)
    elif month == 4:
        yield "financial_year", (year,)
    else:
        yield "rolling_12_months", until[:2]


def _one_day(text: str) -> Interpretation:
    days = [reading for reading in _readings(text) if reading[0] == "day"]
    if not days:
        raise ValueError(f"“{text}” is no day")
    return days[0]


def _of_a_year_without_its_other(found: _Match) -> Iterator[Interpretation]:
    # "FY26 Q2": of the year that ends in 2026, as accountants write, or of the one that begins in it.
    year, number = _full(found["year"]), int(found["q"])
    yield from (("financial_quarter", (start, number)) for start in (year - 1, year))


def _quarter_to(found: _Match) -> Iterator[Interpretation]:
    last, year = _month_number(found["month"]), _full(found["year"])
    if last % 3:
        raise ValueError("a quarter ends in March, June, September or December")
    yield "financial_quarter", (year if last >= 4 else year - 1, (last - 6) % 12 // 3 + 1)


def _one_of_each(found: _Match) -> Iterator[Interpretation]:
    # "2025-26" alone is the financial year, the calendar of every return; school years say AY.
    # "2025-09" can only be a month, as no year runs from 2025 to 2009.
    # "2011-12" could be either.
    a, b = found["a"], found["b"]
    is_month = len(b) == 2 and 1 <= int(b) <= 12
    if is_month:
        yield "month", (int(a), int(b))
    if not is_month or (int(a) + 1) % 100 == int(b):
        yield "financial_year", (_one_year(a, b),)


def _year_of(kind: str) -> Callable[[_Match], Iterator[Interpretation]]:
    def meaning(found: _Match) -> Iterator[Interpretation]:
        yield kind, (_one_year(found["a"], found["b"]),)

    return meaning


def _year_to(found: _Match) -> Iterator[Interpretation]:
    month, year = _month_number(found["month"]), _full(found["year"])
    if month == 3:
        yield "financial_year", (year - 1,)
    elif month == 12:
        yield "calendar_year", (year,)
    else:
        yield "rolling_12_months", (year, month)


def _rolling(found: _Match) -> Iterator[Interpretation]:
    yield "rolling_12_months", (_full(found["year"]), _month_number(found["month"]))


def _rolling_id(found: _Match) -> Iterator[Interpretation]:
    yield "rolling_12_months", (int(found["year"]), _possible_month(int(found["number"])))


def _calendar(found: _Match) -> Iterator[Interpretation]:
    yield "calendar_year", (int(found["year"]),)


def _term(found: _Match) -> Iterator[Interpretation]:
    number = _TERMS[found["term"]] if "term" in found.groupdict() else int(found["n"])
    yield "term", (_one_year(found["a"], found["b"]), number)


def _month(found: _Match) -> Iterator[Interpretation]:
    yield "month", (_full(found["year"]), _month_number(found["month"]))


def _day(found: _Match) -> Iterator[Interpretation]:
    parts = found.groupdict()
    month = _month_number(parts["month"]) if parts.get("month") else _possible_month(int(parts["number"]))
    yield "day", (_full(parts["year"]), month, int(parts["day"]))


def _one_year(a: str, b: str) -> int:
    start, end = _full(a), _full(b)
    if end != start + 1:
        raise ValueError(f"{a}-{b} is not one year")
    return start


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _month_number(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name[:3]))


def _possible_month(number: int) -> int:
    if not 1 <= number <= 12:
        raise ValueError(f"there is no month {number}")
    return number


_SPELLINGS: tuple[tuple[str, Callable[[_Match], Iterator[Interpretation]]], ...] = (
    (rf"(?:ytd|year to date)\s*{_YEARS}\s*-?\s*{_QUARTER}", _to_date),
    (rf"{_YEARS} to {_QUARTER}", _to_date),
    (rf"(?:ytd|year to date) 1 april to {_DAY} {_MONTH} {_YEAR}", _to_date_in_words),
    (rf"{_FY}{_YEARS}\s*-?\s*{_QUARTER}", _quarter),
    (rf"{_FY}{_RUN}\s*-?\s*{_QUARTER}", _quarter),
    (rf"{_QUARTER}\s*-?\s*(?:of\s*)?{_FY}{_YEARS}", _quarter),
    (rf"{_QUARTER}\s*-?\s*(?:of\s*)?{_FY}{_RUN}", _quarter),
    (rf"(?P<q>\d)(?:st|nd|rd|th) quarter (?:of )?{_FY}{_YEARS}", _quarter),
    (rf"{_SHORT_RUN}\s*-?\s*{_QUARTER}", _quarter),
    (rf"{_QUARTER}\s*-?\s*{_SHORT_RUN}", _quarter),
    (rf"(?:fy|f/y|financial year)\s*{_YEAR}\s*-?\s*{_QUARTER}", _of_a_year_without_its_other),
    (rf"{_QUARTER}\s*-?\s*(?:of\s*)?(?:fy|f/y|financial year)\s*{_YEAR}", _of_a_year_without_its_other),
    (rf"{_FROM}\.?\s*(?:-|to)\s*{_MONTH}\.?\s*{_FY}{_YEARS}", _quarter_months_of_a_year),
    (r"(?P<since>.*\d)\s*(?:to|-)\s+(?P<until>\d.*)", _between),
    (rf"(?:cy ?)?(?P<year>20\d{{2}})\s*-?\s*{_QUARTER}", _quarter_of_one_year),
    (rf"{_QUARTER}\s*-?\s*(?:of\s*)?(?P<year>20\d{{2}})", _quarter_of_one_year),
    (rf"{_FROM}\.?\s*(?P<since>(?:20)?\d{{2}})?\s*(?:-|to)\s*{_MONTH}\.?\s*{_YEAR}", _quarter_months),
    (rf"(?:quarter|q|qtr) (?:to|ending|ended) (?:{_DAY} )?{_MONTH} {_YEAR}", _quarter_to),
    (rf"(?:ay|academic year|school year)\s*{_YEARS}\s*-?\s*t(?:erm)?\s*(?P<n>\d)", _term),
    (rf"(?P<term>autumn|spring|summer)(?: term)?\s*{_YEARS}", _term),
    (rf"{_YEARS}\s*-?\s*t(?:erm)?\s*(?P<n>\d)", _term),
    (rf"(?:ay|academic year|school year)\s*{_YEARS}", _year_of("academic_year")),
    (rf"(?:fy|f/y|financial year)\s*{_YEARS}", _year_of("financial_year")),
    (rf"(?:fy|f/y|financial year)\s*{_RUN}", _year_of("financial_year")),
    (r"(?P<a>20\d{2})[-/]?(?P<b>\d{2})", _one_of_each),
    (r"(?P<a>20\d{2}|\d{2})[-/](?P<b>20\d{2}|\d{2})", _year_of("financial_year")),
    (rf"(?:year|y/e) (?:to|ending|ended)? ?(?:{_DAY} )?{_MONTH} {_YEAR}", _year_to),
    (rf"(?:(?:rolling )?12 months|rolling year|r12) (?:to|ending|ended)? ?(?:{_DAY} )?{_MONTH} {_YEAR}", _rolling),
    (r"r12-(?P<year>20\d{2})-(?P<number>\d{2})", _rolling_id),
    (r"(?:cy ?|calendar year )?(?P<year>20\d{2})", _calendar),
    (rf"{_MONTH}\.?[ -]?{_YEAR}", _month),
    (rf"(?:as at |at )?{_DAY}[ -]{_MONTH}[ -]{_YEAR}", _day),
    (r"d?(?P<year>20\d{2})-(?P<number>\d{1,2})-(?P<day>\d{1,2})(?:[ t]00:00:00)?", _day),
    (r"(?P<day>\d{1,2})[/.-](?P<number>\d{1,2})[/.-](?P<year>20\d{2})", _day),
    (r"(?P<day>\d{1,2})[/.](?P<number>\d{1,2})[/.](?P<year>\d{2})", _day),
)
