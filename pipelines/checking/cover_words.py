"""A cover's own words for each kind of return: what its cells are called, what its period is, how a slip is mended."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.checking.echo import may_be_repeated, quoted
from schemas.periods import of_kind

if TYPE_CHECKING:
    from datetime import date

    from schemas.returns import Kind

# A label with one of these is a stretch of the year, and nobody's birthday; and these are all that may stand beside it.
_STRETCH = re.compile(r"(?<![a-z])(?:q|qtr|quarter|h|half|period|term|p)(?![a-z])", re.IGNORECASE)
_BESIDE = re.compile(
    r"[\W\d_]*(?:(?:q|qtr|quarter|h|half|period|p|term|year|financial|fy|to|of|and|final|revised|draft|version|one|two|three|four|first"
    r"|second|third|fourth|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}|(?<=\d)(?:st|nd|rd|th))(?![a-z])[\W\d_]*)+",
    re.IGNORECASE,
)
_MOST_DIGITS = 12
# The longest run of digits a period has, as in 202627.
_LONG_RUN = re.compile(r"\d{7}")
# The kind of period each return is for.
MEANT = {"quarter": "financial_quarter", "year": "financial_year"}


def of_sender(kind: Kind) -> dict[str, str]:
    """The words of a file that does not say whose it is."""
    sender = "whose answers it holds" if kind.from_respondents else "which agency it is from"
    cell, label = ("Respondent or Agency", "Answered by") if kind.from_respondents else ("Agency", "Agency")
    return {"sender": sender, "cell": cell, "otherwise": _otherwise(kind, label)}


def of_period(kind: Kind, day: date) -> dict[str, str]:
    """The words of a file that does not say for when it is; its example is the period around a day."""
    cell = "Year" if kind.every == "year" else "Period"
    example = of_kind("financial_year", day).short if kind.every == "year" else "2026-27-Q2"
    return {"every": kind.every, "cell": cell, "example": example, "otherwise": _otherwise(kind, cell)}


def unreadable(stated: str, why: str, kind: Kind, today: date) -> str:
    """Why a period cannot be read: the reason where it fits the kind, and never a cell that may lead to somebody."""
    if kind.every == "quarter" and (may_be_repeated(stated) or _is_of_the_year(stated)):
        return why
    example = of_period(kind, today)["example"]
    return f"The return is for a {kind.every}, written as {example}; {quoted(stated)} on the Cover is none."


def _is_of_the_year(stated: str) -> bool:
    """Whether a label can only be meant for a stretch of the year, as “2026/27 Q2 final”."""
    digits = sum(map(str.isdigit, stated))
    is_short = digits <= _MOST_DIGITS and not _LONG_RUN.search(stated)
    return is_short and bool(_STRETCH.search(stated)) and bool(_BESIDE.fullmatch(stated))


def _otherwise(kind: Kind, cell: str) -> str:
    """Where a file without a cover says it: figures in a column, a log in two cells above its headings."""
    return (
        f"write “{cell}” and the answer beside it above the headings"
        if kind.is_log
        else f"add a column {cell}, or say it as you send the file"
    )
