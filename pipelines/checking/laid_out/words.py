"""Headings compared by meaning, with the year they name set apart, so that next year's file still fits."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from pipelines.checking.cells import as_text
from schemas.period_spelling import MONTHS
from schemas.returns.meaning import meaning
from schemas.returns.visible import visible

if TYPE_CHECKING:
    from pipelines.reading import Value

_SHORT = {name: name[:3] for name in MONTHS} | {"sept": "sep"}
_MONTHS = [name[:3] for name in MONTHS]
_NAMED = "|".join(_MONTHS)
_QUARTER = re.compile(r"\b(?:q|qtr|quarter) ?([1-4])\b")
_DAY = re.compile(r"\b(20\d\d) (0\d|1[0-2]) [0-3]\d\b")
# The first or last day of a month stands for it, as a CSV says it; 04/01/2026 may be American and stands for none.
_BRITISH_DAY = re.compile(r"\b(?:0?1|28|29|30|31) (0?[1-9]|1[0-2]) (20\d\d)\b")
_YEARS = re.compile(r"\b(?:fy ?)?20\d\d 20\d\d\b|\b(?:fy ?)?20\d\d \d\d\b|\b20\d\d\b")
# A number in front (“2. PPO used”, “1.4) Repeats”, “4.1 PPO used”): one of a single level is a number only with its mark, as a
# row may begin “1 parent”. Behind, a raised figure, a note by its number, or one in square brackets.
_NUMBERED = re.compile(r"^\s*\d+(?:(?:\.\d+)*[a-z]?[.):]|(?:\.\d+)+[a-z]?)\s+(?=\S)", re.IGNORECASE)
_NOTED = re.compile(
    r"(?:\s*(?:[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+|\((?:see )?(?:foot)?note \w{1,2}\)|\[(?:note )?\w{1,2}\]|[*\u2020\u2021]))+\s*$",
    re.IGNORECASE,
)
_SHORT_YEARS = re.compile(r"\b(?:fy ?)?(2[1-9]|[3-9]\d) (2[2-9]|[3-9]\d)\b")


_MONTHS_RUN = re.compile(rf"\b({_NAMED})(?: 20\d\d)?(?: to| and)? ({_NAMED})\b")
# “Q1 (Apr-Jun)” says it twice.
_TWICE = re.compile(r"\b(q[1-4]) \1\b")


def in_quarters(words: str, *, calendar: bool) -> str:
    """A plain heading with the first and the last month of a quarter as that quarter, in the year that layouts count it in.

    >>> [in_quarters(words, calendar=False) for words in ("apr jun 2026", "q2 jul to sep", "apr sep")]
    ['q1 2026', 'q2', 'apr sep']
    >>> in_quarters("apr to jun", calendar=True)
    'q2'
    """

    def named(run: re.Match[str]) -> str:
        first, last = (_MONTHS.index(month) for month in run.groups())
        is_quarter = first % 3 == 0 and last == first + 2
        return f"q{(first // 3 + (0 if calendar else 3)) % 4 + 1}" if is_quarter else run[0]

    return _TWICE.sub(r"\1", _MONTHS_RUN.sub(named, words))


def quarters_begun(text: str) -> frozenset[int]:
    """The months (1 to 12) in which the quarters begin that a heading names by their first and last month.

    >>> sorted(quarters_begun("Q1 (Jan-Mar)")), sorted(quarters_begun("Apr to Sep")), sorted(quarters_begun("Q2"))
    ([1], [], [])
    """
    runs = ([_MONTHS.index(month) for month in run] for run in _MONTHS_RUN.findall(plain(text)))
    return frozenset(first + 1 for first, last in runs if first % 3 == 0 and last == first + 2)


def heading_text(value: Value) -> str:
    """What a heading says; a date as a month, for that is how a sheet with months across shows it.

    >>> heading_text(date(2026, 4, 1)), heading_text(" Q1 ")
    ('April 2026', 'Q1')
    """
    if isinstance(value, date | datetime):
        return f"{MONTHS[value.month - 1].capitalize()} {value.year}"
    return visible(as_text(value))


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A heading's meaning with its months and quarters in one spelling.

    >>> plain("September '26"), plain("Apr-26"), plain("Qtr 2"), plain("01/04/2026"), plain("No. of  Children")
    ('sep 2026', 'apr 2026', 'q2', 'apr 2026', 'no of children')
    """
    words = meaning(text)
    words = _DAY.sub(lambda day: f"{MONTHS[int(day[2]) - 1]} {day[1]}", words)
    words = _BRITISH_DAY.sub(lambda day: f"{MONTHS[int(day[1]) - 1]} {day[2]}", words)
    words = " ".join(_SHORT.get(word, word) for word in words.split())
    words = _QUARTER.sub(r"q\1", words)
    return re.sub(rf"\b({_NAMED}) (\d\d)\b(?! \d)", r"\1 20\2", words)


@lru_cache(maxsize=20_000)
def undated(text: str) -> str:
    """The same without the years in it; what is nothing but a year keeps it.

    >>> undated("Q1 2026/27"), undated("Apr-26"), undated("26/27 Q2"), undated("2026-27"), undated("Age 16-17")
    ('q1', 'apr', 'q2', '2026 27', 'age 16 17')
    """
    words = plain(text)
    bare = _SHORT_YEARS.sub(lambda pair: "" if int(pair[2]) == int(pair[1]) + 1 else pair[0], _YEARS.sub("", words))
    return " ".join(bare.split()) or words


def unmarked(text: str) -> str:
    """The words of a row without the number before them, and without the mark of a note behind.

    >>> unmarked("PPO used\u00b9"), unmarked("PPO used (note 3)"), unmarked("2. PPO used"), unmarked("Seen in 24 hrs [a] *")
    ('PPO used', 'PPO used', 'PPO used', 'Seen in 24 hrs')
    >>> unmarked("4.1 PPO used"), unmarked("1.2.3 PPO used"), unmarked("2a) PPO used")
    ('PPO used', 'PPO used', 'PPO used')
    >>> unmarked("16-17 year olds"), unmarked("1 parent"), unmarked("Repeats (2)"), unmarked("2.5% of all")
    ('16-17 year olds', '1 parent', 'Repeats (2)', '2.5% of all')
    """
    return _NOTED.sub("", _NUMBERED.sub("", text)) or text
