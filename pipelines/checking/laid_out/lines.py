"""Lines above and beneath the tables of an agency's own spreadsheet that say of its figures what no heading says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.checking.laid_out.said import place, where
from schemas.period_spelling import MONTHS
from schemas.rules import file_layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.checking.laid_out.matching import Match, Table
    from schemas.periods import Period
    from schemas.problems import Problem

_SHORT = [name[:3].lower() for name in MONTHS]
_MONTH = rf"(?P<month>{'|'.join(_SHORT)})[a-z]{{0,6}}"
_UNTIL = re.compile(
    r"\b(?:data|figures|counts|numbers|records) (?:are |is )?(?:only )?(?:up )?(?:to|until|till) (?:the )?(?:end of )?"
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?{_MONTH}\b(?: 20\d\d)?(?: only)?",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(
    rf"\b{_MONTH} (?:data |figures )?(?:is |are )?to follow\b|\b(?:part|incomplete)[- ]quarter\b", re.IGNORECASE
)
_WIDER = re.compile(r"\b(?:force|icb|county|region|trust)[- ]?wide\b|\bwhole force\b", re.IGNORECASE)
# “Compared with force-wide”, “not force-wide”: said of something else.
_OF_ANOTHER = re.compile(
    r"\b(?:not|no longer|compar\w+|against|exclud\w+|without|unlike|beside|previous|last)\b", re.IGNORECASE
)
# In a title the words of a running year have a problem of their own (titles.py).
_RUNS_ON = re.compile(r"\bapril to date\b|\b(?:all|everything|figures) (?:from|since) april\b", re.IGNORECASE)
# Beneath a table: notes there are seldom more.
_ROWS = 40


def about_lines(match: Match, quarter: Period) -> Iterator[Problem]:
    """A query for each thing a line of a sheet says against how its figures have been read.

    They are read as those of the whole quarter, of each quarter by itself, and of the partnership's area alone. Of a line
    only the words it was known by are repeated.
    """
    said: set[tuple[str, str]] = set()
    for table in match.tables:
        for row, column, text in _lines(table):
            for words, read_as in _against(text, quarter):
                if (table.sheet.name, read_as) in said:
                    continue
                said.add((table.sheet.name, read_as))
                cell = {"sheet": table.sheet.name, "row": row, "column": column}
                told = {"sheet": table.sheet.name, "words": words, "where": where(cell), "read_as": read_as}
                yield file_layout.LINE_SAYS_OTHERWISE.problem(told, **place(cell, "indicator_id"))


def _lines(table: Table) -> Iterator[tuple[int, int, str]]:
    """The rows with one text alone, above a table's headings and below them."""
    head = table.head.row
    rows = [*range(max(head - _ROWS, 0), head), *range(head + 1, table.grid.height)]
    for row in rows:
        there = [(column, text) for column, text in enumerate(table.grid.texts(row)) if text]
        if len(there) == 1:
            yield row, *there[0]


def _against(text: str, quarter: Period) -> Iterator[tuple[str, str]]:
    """What a line says against how it has been read, in its words, and how that was."""
    until = _UNTIL.search(text)
    if until and not _is_its_end(until, quarter):
        yield until[0], f"those of the whole of {quarter.short}"
    elif follows := _FOLLOWS.search(text):
        yield follows[0], f"those of the whole of {quarter.short}"
    if runs := _RUNS_ON.search(text):
        yield runs[0], "those of each quarter by itself"
    if (wider := _WIDER.search(text)) and not _OF_ANOTHER.search(text):
        yield wider[0], "those of the partnership's area alone"


def _is_its_end(until: re.Match[str], quarter: Period) -> bool:
    """Whether data go to the last day of the quarter, or to its last month without a day."""
    is_month = _SHORT.index(until["month"].lower()) + 1 == quarter.end.month
    return is_month and int(until["day"] or quarter.end.day) == quarter.end.day
