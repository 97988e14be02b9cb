"""The stretches of time figures belong to: real objects, one id each, read from every common spelling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from schemas.period_spelling import MONTHS, interpretations
from schemas.problems import UserError

Kind = Literal[
    "financial_quarter",
    "financial_year",
    "academic_year",
    "calendar_year",
    "month",
    "term",
    "rolling_12_months",
    "day",
]


class PeriodError(UserError):
    """A period label that cannot be read, or could mean two things."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One stretch of time, first and last day included; ordered by when it ends.

    >>> parse("Q2 25-26").label
    'Quarter to 30 September 2025, 2025-26 Q2'
    """

    end: date
    start: date
    kind: Kind
    id: str

    @property
    def label(self) -> str:
        """The period in words, as every page's header says it."""
        return _label(self)

    @property
    def short(self) -> str:
        """The period as tables and charts name it.

        >>> parse("2025-26-Q2").short, parse("FY2025-26").short, parse("2025-09").short
        ('2025-26 Q2', '2025-26', 'September 2025')
        """
        if self.kind == "financial_quarter":
            return self.id.replace("-Q", " Q")
        if self.kind == "month":
            return f"{_month_name(self.end)} {self.end.year}"
        if self.kind == "term":
            return f"{self.id[2:9]} term {self.id[-1]}"
        if self.kind == "rolling_12_months":
            return f"12 months to {_month_name(self.end)} {self.end.year}"
        if self.kind == "day":
            return day_words(self.end)
        return self.id[2:]

    @property
    def next(self) -> Period:
        """The period of the same kind that follows."""
        return of_kind(self.kind, self.end + timedelta(days=1))

    @property
    def previous(self) -> Period:
        """The period of the same kind before this one."""
        if self.kind == "rolling_12_months":
            return _rolling(_month_before(self.end))
        return of_kind(self.kind, self.start - timedelta(days=1))

    @property
    def year_before(self) -> Period:
        """The same period a year earlier, as seasonal comparison needs it."""
        if self.kind == "day":
            return of_kind("day", _clamped(self.end.year - 1, self.end.month, self.end.day))
        end_month = date(self.end.year - 1, self.end.month, 1)
        return _rolling(end_month) if self.kind == "rolling_12_months" else of_kind(self.kind, end_month)

    @property
    def financial_year(self) -> Period:
        """The financial year (1 April to 31 March) the period ends in.

        >>> parse("2025-26-Q4").financial_year.id
        'FY2025-26'
        """
        return of_kind("financial_year", self.end)

    def contains(self, other: Period) -> bool:
        """Whether the other period lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


def parse(text: str | date) -> Period:
    """Read a period label in any common spelling; refuse what is impossible or could mean two things.

    >>> [parse(t).id for t in ("2025/26 Q2", "Q2 25-26", "202526Q2", "Jul-Sep 2025", "quarter 2 2025-26")]
    ['2025-26-Q2', '2025-26-Q2', '2025-26-Q2', '2025-26-Q2', '2025-26-Q2']
    >>> parse("2025-27 Q2")
    Traceback (most recent call last):
    ...
    schemas.periods.PeriodError: “2025-27 Q2” is not a period: 2025-27 is not one year. Write it as 2025-26-Q2.
    """
    return of_kind("day", text) if isinstance(text, date) else _read(" ".join(str(text).split()))


@lru_cache(maxsize=4096)
def _read(shown: str) -> Period:
    try:
        found = {_built(kind, numbers) for kind, numbers in interpretations(shown)}
    except ValueError as why:
        raise PeriodError(f"“{shown[:40]}” is not a period: {why}. Write it as 2025-26-Q2.") from why
    if not found:
        raise PeriodError(f"“{shown[:40]}” is not a period Throughline knows. Write it as 2025-26-Q2 or FY2025-26.")
    if len(found) > 1:
        either = " or ".join(sorted(period.id for period in found))
        raise PeriodError(f"“{shown[:40]}” could mean {either}. Write the one you mean.")
    return found.pop()


def quarter(start_year: int, number: int) -> Period:
    """Quarter 1 to 4 of the financial year that starts in April of `start_year`.

    >>> quarter(2025, 4).end
    datetime.date(2026, 3, 31)
    """
    if number not in (1, 2, 3, 4):
        raise ValueError(f"there is no quarter {number}")
    first = date(start_year, 3 * number + 1, 1) if number < 4 else date(start_year + 1, 1, 1)
    return Period(_end_of_month(first, 2), first, "financial_quarter", f"{_years(start_year)}-Q{number}")


def quarter_of(day: date) -> Period:
    """The financial quarter a day lies in."""
    return of_kind("financial_quarter", day)


def of_kind(kind: Kind, day: date) -> Period:
    """The period of a kind that a day lies in (for rolling 12 months: the one ending with the day's month)."""
    financial = day.year if day.month >= 4 else day.year - 1
    academic = day.year if day.month >= 9 else day.year - 1
    if kind == "financial_quarter":
        return quarter(financial, (day.month - 4) // 3 + 1 if day.month >= 4 else 4)
    if kind == "financial_year":
        return Period(date(financial + 1, 3, 31), date(financial, 4, 1), kind, f"FY{_years(financial)}")
    if kind == "academic_year":
        return Period(date(academic + 1, 8, 31), date(academic, 9, 1), kind, f"AY{_years(academic)}")
    if kind == "calendar_year":
        return Period(date(day.year, 12, 31), date(day.year, 1, 1), kind, f"CY{day.year}")
    if kind == "month":
        first = day.replace(day=1)
        return Period(_end_of_month(first, 0), first, kind, f"{day.year}-{day.month:02}")
    if kind == "term":
        return _term(academic, 1 if day.month >= 9 else 2 if day.month <= 4 else 3)
    if kind == "rolling_12_months":
        return _rolling(day)
    return Period(day, day, "day", f"D{day.isoformat()}")


def quarters(first: Period, last: Period) -> list[Period]:
    """Every financial quarter from the first to the last, both included.

    >>> [q.id for q in quarters(parse("2024-25-Q4"), parse("2025-26-Q2"))]
    ['2024-25-Q4', '2025-26-Q1', '2025-26-Q2']
    """
    found = [first]
    while found[-1].end < last.end:
        found.append(found[-1].next)
    return found


def day_words(day: date) -> str:
    """A date as pages write it.

    >>> day_words(date(2026, 9, 30))
    '30 September 2026'
    """
    return f"{day.day} {_month_name(day)} {day.year}"


def _label(period: Period) -> str:
    until = day_words(period.end)
    return {
        "financial_quarter": f"Quarter to {until}, {period.short}",
        "financial_year": f"Year to {until}, {period.short}",
        "academic_year": f"School year {period.short}",
        "calendar_year": f"Year to {until}",
        "month": period.short,
        "term": f"{('Autumn', 'Spring', 'Summer')[int(period.id[-1]) - 1]} term {period.id[2:9]}"
        if period.kind == "term"
        else "",
        "rolling_12_months": f"12 months to {until}",
        "day": until,
    }[period.kind]


def _built(kind: str, numbers: tuple[int, ...]) -> Period:
    if kind == "financial_quarter":
        return quarter(numbers[0], numbers[1])
    if kind == "term":
        return _term(numbers[0], numbers[1])
    starts: dict[str, date] = {
        "financial_year": date(numbers[0], 4, 1),
        "academic_year": date(numbers[0], 9, 1),
        "calendar_year": date(numbers[0], 1, 1),
    }
    if kind in starts:
        return of_kind(kind, starts[kind])  # pyright: ignore[reportArgumentType] - the keys are kinds
    if kind == "day":
        return of_kind("day", date(*numbers))
    month = date(numbers[0], numbers[1], 1)
    return of_kind("month" if kind == "month" else "rolling_12_months", month)


def _term(academic: int, number: int) -> Period:
    if number not in (1, 2, 3):
        raise ValueError(f"there is no term {number}")
    # Counting periods, not holidays: each school's dates differ, the data set needs one line for all.
    first, last = {
        1: (date(academic, 9, 1), date(academic, 12, 31)),
        2: (date(academic + 1, 1, 1), date(academic + 1, 4, 30)),
        3: (date(academic + 1, 5, 1), date(academic + 1, 8, 31)),
    }[number]
    return Period(last, first, "term", f"AY{_years(academic)}-T{number}")


def _rolling(day: date) -> Period:
    end = _end_of_month(day.replace(day=1), 0)
    first = (date(end.year - 1, end.month, 1) + timedelta(days=32)).replace(day=1)
    return Period(end, first, "rolling_12_months", f"R12-{end.year}-{end.month:02}")


def _years(start_year: int) -> str:
    return f"{start_year}-{(start_year + 1) % 100:02}"


def _month_before(day: date) -> date:
    return day.replace(day=1) - timedelta(days=1)


def _end_of_month(first: date, months_on: int) -> date:
    later = first
    for _ in range(months_on + 1):
        later = (later.replace(day=1) + timedelta(days=32)).replace(day=1)
    return later - timedelta(days=1)


def _clamped(year: int, month: int, day: int) -> date:
    return min(date(year, month, 28) + timedelta(days=max(0, day - 28)), _end_of_month(date(year, month, 1), 0))


def _month_name(day: date) -> str:
    return MONTHS[day.month - 1].capitalize()
