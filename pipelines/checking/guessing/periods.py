"""What the heading of a column says of it: which period, which part of the figure, or that it is the year's total."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from schemas.period_spelling import MONTHS
from schemas.periods import PeriodError, parse, quarter_of
from schemas.returns.meaning import meaning

if TYPE_CHECKING:
    from schemas.layouts.layout import Answer
    from schemas.periods import Period

Year = Literal["financial", "calendar"]

_MONTH = "|".join(rf"{name[:3]}(?:{name[3:]})?" for name in MONTHS).replace("sep(?:", "sept?(?:")
_QUARTER = re.compile(r"(?:q|qtr|quarter) ?([1-4])|([1-4])(?:st|nd|rd|th) (?:q|qtr|quarter)|([1-4])q")
_ONE_MONTH = re.compile(rf"({_MONTH})")
_RUN_OF_MONTHS = re.compile(rf"({_MONTH}) (?:to )?({_MONTH})")
_TOTALS = frozenset(
    {"year", "ytd", "year to date", "total", "totals", "full year", "year total", "annual", "annual total", "outturn",
     "year end", "fy", "year outturn", "annual outturn", "cumulative", "grand total", "year end outturn", "whole year"}
)  # fmt: skip
_MADE = frozenset(
    {"aggregation", "aggregation method", "how calculated", "calculation", "year made by", "basis", "year calculation",
     "how year is made", "aggregate", "type of total", "measure type"}
)  # fmt: skip
# Columns of figures that are not this return's: read past.
_OTHER = frozenset(
    {"target", "targets", "previous", "last", "prior", "benchmark", "comparator", "trend", "dot", "direction", "travel",
     "change", "difference", "variance", "rag", "status", "rating", "england", "national", "neighbours", "yorkshire"}
)  # fmt: skip
_OWN = frozenset(
    {"this quarter", "current quarter", "this period", "current period", "actual", "latest", "current", "this time",
     "figure", "figures", "result", "performance", "position"}
)  # fmt: skip
_ANSWERS: dict[str, Answer] = {
    "number": "numerator", "num": "numerator", "numerator": "numerator", "count": "numerator", "n": "numerator",
    "no": "numerator", "actual": "numerator", "figure": "numerator", "figures": "numerator",
    "denominator": "denominator", "denom": "denominator", "den": "denominator", "out of": "denominator",
    "cohort": "denominator", "base": "denominator",
    "percent": "value", "percentage": "value", "rate": "value", "value": "value", "pct": "value",
    "reason": "reason", "comment": "reason", "comments": "reason", "commentary": "reason", "note": "reason",
    "notes": "reason", "marker": "marker", "flag": "marker",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What a heading says. `period`: `Q1`, `Apr`, an id, or "" for the return's own; None where it is not of figures."""

    role: Literal["figures", "year_total", "year_made", "other"]
    period: str | None = None
    answer: Answer = "numerator"
    confidence: float = 100.0


_NOT_FIGURES = Said("other")


@lru_cache(maxsize=4096)
def said(heading: str) -> Said | None:
    """What a heading says of its column, or None where it says nothing of figures.

    >>> [said(text).period for text in ("Qtr 1", "Q2 25-26", "Apr", "Oct-Dec", "Q3 Actual", "2025/26 Q1 %")]
    ['Q1', '2025-26-Q2', 'Apr', 'Q3', 'Q3', '2025-26-Q1']
    >>> said("YTD").role, said("Q1 target").role, said("Team")
    ('year_total', 'other', None)
    """
    words = meaning(heading)
    if words in _TOTALS:
        return Said("year_total")
    if words in _MADE:
        return Said("year_made")
    if _OTHER & set(words.split()):
        return _NOT_FIGURES
    whole = _period(heading.strip(), words)
    if whole is not None:
        return Said("year_total", confidence=80.0) if whole.startswith("FY") else Said("figures", whole)
    return _with_answer(words) or (Said("figures", "", "numerator", 80.0) if words in _OWN else None)


def of_dates(headings: list[date]) -> list[str]:
    """The periods that dates at the heads of columns stand for: quarters where they lie three months apart, else months.

    >>> of_dates([date(2025, 4, 1), date(2025, 5, 1)]), of_dates([date(2025, 6, 30), date(2025, 9, 30)])
    (['2025-04', '2025-05'], ['2025-26-Q1', '2025-26-Q2'])
    """
    months = sorted({12 * day.year + day.month for day in headings})
    apart = {later - earlier for earlier, later in pairwise(months)}
    if apart and min(apart) >= 3:
        return [quarter_of(day).id for day in headings]
    return [f"{day:%Y-%m}" for day in headings]


def within_the_year(period: str) -> str:
    """A quarter or month as it is called within its year; anything else as it is.

    >>> within_the_year("2026-27-Q3"), within_the_year("2026-07"), within_the_year("Q3"), within_the_year("")
    ('Q3', 'Jul', 'Q3', '')
    """
    if quarter := re.fullmatch(r"\d{4}-\d{2}-(Q[1-4])", period):
        return quarter[1]
    month = re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", period)
    return MONTHS[int(month[1]) - 1][:3].capitalize() if month else period


def names_a_period(text: str) -> bool:
    """Whether a cell names a quarter, month or year, and nothing else.

    >>> names_a_period("Q1"), names_a_period("2026/27 Q2"), names_a_period("12")
    (True, True, False)
    """
    return _period(text.strip(), meaning(text)) is not None


def day_in(value: object) -> date | None:
    """The day a heading cell holds, where the spreadsheet has it as a date."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _with_answer(words: str) -> Said | None:
    """A heading that says which part of the figure it holds, with or without a period beside it."""
    for answer_words in sorted(_ANSWERS, key=len, reverse=True):
        answer = _ANSWERS[answer_words]
        if words == answer_words:
            return Said("figures", "", answer, 90.0) if answer not in ("reason", "marker") else None
        for rest in (words.removeprefix(f"{answer_words} "), words.removesuffix(f" {answer_words}")):
            if rest != words:
                period = _period(rest, rest)
                if period is not None:
                    return Said("figures", period, answer, 90.0)
                if rest in _OWN:
                    return Said("figures", "", answer, 80.0)
    return None


def _period(text: str, words: str) -> str | None:
    """`Q1`, `Apr`, or the id of a whole period; None where it is none, or could be two."""
    if quarter := _QUARTER.fullmatch(words):
        return f"Q{quarter[1] or quarter[2] or quarter[3]}"
    if month := _ONE_MONTH.fullmatch(words):
        return month[1][:3].capitalize()
    if run := _RUN_OF_MONTHS.fullmatch(words):
        return _quarter_of_months(run[1][:3], run[2][:3])
    period = _parsed(text) or _parsed(words)
    return period.id if period and period.kind in ("financial_quarter", "month", "financial_year") else None


def _parsed(text: str) -> Period | None:
    try:
        return parse(text)
    except PeriodError:  # no period, or one of two: then only a person can say
        return None


def _quarter_of_months(first: str, last: str) -> str | None:
    """The financial quarter that lies between two months.

    >>> _quarter_of_months("apr", "jun"), _quarter_of_months("apr", "may")
    ('Q1', None)
    """
    short = [name[:3] for name in MONTHS]
    begins, ends = short.index(first), short.index(last)
    return f"Q{(begins // 3 + 3) % 4 + 1}" if begins % 3 == 0 and ends == begins + 2 else None
