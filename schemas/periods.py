"""The stretches of time figures belong to: real objects, one id each, read from every common spelling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal, cast

from schemas.period_spelling import MONTHS, interpretations
from schemas.problems import UserError

Kind = Literal[
    "financial_quarter", "financial_year", "academic_year", "calendar_year", "month", "term", "rolling_12_months",
    "year_to_date", "day",
]  # fmt: skip


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
        until = day_words(self.end)
        return {
            "financial_quarter": f"Quarter to {until}, {self.short}",
            "financial_year": f"Year to {until}, {self.short}",
            "academic_year": f"School year {self.short}",
            "calendar_year": f"Year to {until}",
            "term": f"{_TERMS.get(self.id[-1], '')} term {self.id[2:9]}",
            "rolling_12_months": f"12 months to {until}",
            "year_to_date": f"Year to date, 1 April to {until}",
        }.get(self.kind, self.short)

    @property
    def short(self) -> str:
        """The period as tables and charts name it.

        >>> parse("2025-26-Q2").short, parse("FY2025-26").short, parse("2025-09").short
        ('2025-26 Q2', '2025-26', 'September 2025')
        """
        month = day_words(self.end).partition(" ")[2]
        return {
            "financial_quarter": self.id.replace("-Q", " Q"),
            "month": month,
            "term": f"{self.id[2:9]} term {self.id[-1]}",
            "rolling_12_months": f"12 months to {month}",
            "year_to_date": f"{self.id[3:10]} to {self.id[-2:]}",
            "day": day_words(self.end),
        }.get(self.kind, self.id[2:])

    @property
    def next(self) -> Period:
        """The one of the same kind that follows; of rolling 12 months a month later, of a year to date a quarter later."""
        return of_kind(self.kind, self.end + timedelta(days=1))

    @property
    def previous(self) -> Period:
        """The one of the same kind before; of rolling 12 months, a month earlier; of a year to date, a quarter earlier."""
        steps = {"rolling_12_months": self.end.replace(day=1), "year_to_date": quarter_of(self.end).start}
        return of_kind(self.kind, steps.get(self.kind, self.start) - timedelta(days=1))

    @property
    def year_before(self) -> Period:
        """The same period a year earlier, as seasonal comparison needs it; of 29 February, 28 February."""
        month = _first(12 * (self.end.year - 1) + self.end.month - 1)
        return of_kind(self.kind, month.replace(day=min(self.end.day, _month_end(month).day)))

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
    return of_kind("day", text) if isinstance(text, date) else _read(str(text))


def is_in_force(since: str, until: str, period: Period) -> bool:
    """Whether something agreed from one period on, to the end of another, holds for a period; empty means without end.

    >>> [is_in_force("2023-24-Q2", "FY2025-26", parse(text)) for text in ("2023-24-Q1", "2023-24-Q2", "2025-26-Q4", "2026-27-Q1")]
    [False, True, True, False]
    """
    begun = not since or parse(since).start <= period.start
    return begun and (not until or period.start <= parse(until).end)


def quarter(start_year: int, number: int) -> Period:
    """Quarter 1 to 4 of the financial year that starts in April of `start_year`.

    >>> quarter(2025, 4).end
    datetime.date(2026, 3, 31)
    """
    return _built("financial_quarter", (start_year, number))


def quarter_of(day: date) -> Period:
    """The financial quarter a day lies in."""
    return of_kind("financial_quarter", day)


@lru_cache(maxsize=4096, typed=True)  # a moment is not the day it lies in
def of_kind(kind: Kind, day: date) -> Period:
    """The period of a kind a day lies in (rolling 12 months end with its month, a year to date with its quarter)."""
    if kind == "year_to_date":
        last = quarter_of(day)
        return Period(last.end, last.financial_year.start, kind, f"YTD{last.id}")
    if kind == "day":
        only = day.date() if isinstance(day, datetime) else day
        return Period(only, only, kind, f"D{only.isoformat()}")
    month, (begins, length, id_form) = 12 * day.year + day.month - 1, _GRID[kind]
    first = month - 11 if kind == "rolling_12_months" else month - (month - begins) % length
    start, end = _first(first), _month_end(_first(first + length - 1))
    year, within = divmod(first - begins, 12)
    years = f"{year}-{(year + 1) % 100:02}"
    return Period(end, start, kind, id_form.format(years=years, number=within // length + 1, end=end))


def quarters(first: Period, last: Period) -> list[Period]:
    """Every financial quarter from the first to the last, both included; none where the last comes before.

    >>> [q.id for q in quarters(parse("2024-25-Q4"), parse("2025-26-Q2"))]
    ['2024-25-Q4', '2025-26-Q1', '2025-26-Q2']
    """
    months = range(12 * first.start.year + first.start.month - 1, 12 * last.end.year + last.end.month, 3)
    return [quarter_of(_first(month)) for month in months]


def day_words(day: date) -> str:
    """A date as pages write it.

    >>> day_words(date(2026, 9, 30))
    '30 September 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


# The month a kind's first period of a year begins with (January is 0), how many months each lasts, and its id.
# A term counts periods, not holidays: each school's dates differ, and the data set needs one line for all.
_GRID: dict[Kind, tuple[int, int, str]] = {
    "financial_quarter": (3, 3, "{years}-Q{number}"),
    "financial_year": (3, 12, "FY{years}"),
    "academic_year": (8, 12, "AY{years}"),
    "calendar_year": (0, 12, "CY{end:%Y}"),
    "month": (0, 1, "{end:%Y-%m}"),
    "term": (8, 4, "AY{years}-T{number}"),
    "rolling_12_months": (0, 12, "R12-{end:%Y-%m}"),
}
_TERMS = {"1": "Autumn", "2": "Spring", "3": "Summer"}


@lru_cache(maxsize=4096)
def _read(text: str) -> Period:
    shown = " ".join(text.split())
    try:
        found = {_built(cast("Kind", kind), numbers) for kind, numbers in interpretations(shown)}
    except ValueError as why:
        raise PeriodError(f"“{shown[:40]}” is not a period: {why}. Write it as 2025-26-Q2.") from why
    if not found:
        raise PeriodError(f"“{shown[:40]}” is not a period Throughline knows. Write it as 2025-26-Q2 or FY2025-26.")
    if len(found) > 1:
        either = " or ".join(sorted(period.id for period in found))
        raise PeriodError(f"“{shown[:40]}” could mean {either}. Write the one you mean.")
    return found.pop()


def _built(kind: Kind, numbers: tuple[int, ...]) -> Period:
    if kind == "day":
        return of_kind("day", date(*numbers))
    year, number = (*numbers, 1)[:2]
    if kind == "year_to_date":
        return of_kind(kind, quarter(*numbers).end)
    begins, length, _ = _GRID[kind] if kind != "rolling_12_months" else _GRID["month"]
    if not 1 <= number <= 12 // length:
        raise ValueError(f"there is no {kind.removeprefix('financial_').split('_')[0]} {number}")
    return of_kind(kind, _first(12 * year + begins + length * (number - 1)))


def _first(month: int) -> date:  # counted from January of year 0
    return date(month // 12, month % 12 + 1, 1)


def _month_end(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
