"""Words that are kept for good, as a reason or a label: whether they may tell of somebody, and so must be written otherwise."""

from __future__ import annotations

import re
from functools import cache
from string import digits

from pipelines.checking.person_words import kinds_in, one_spaced
from schemas.catalogue import catalogue
from schemas.returns.telling import names_anybody, tells_of_people

# “CYP123456”, “80412377”, “ref 123-456”: a number of a case or a person; a year, a day or 12,500 rows is none.
_CASE = re.compile(
    r"(?<![\w-])[A-Za-z]{1,6}[-/ ]?\d{5,}(?![\w-])|(?<![\w.,/-])\d{6,}(?![\w.,/-])"
    r"|\b(?:case|ref|reference|file|client|person|record)\W{1,3}(?:(?:is|no|number)\W{1,3}){0,2}[A-Za-z]{0,6}[-/ ]?\d[\d/-]{3,}\b",
    re.IGNORECASE,
)
# “MJ was identifiable”, “M.J.”: two capitals that are no word of the trade.
_INITIALS = re.compile(r"(?<![\w.'’&/-])([A-Z])\.? ?([A-Z])(?:\.|(?!\w))(?![\w&/-]|\.\w)")
_TRADE = frozenset(
    [
        "AI",
        "AM",
        "AP",
        "BI",
        "BU",
        "CE",
        "CF",
        "CP",
        "CS",
        "DA",
        "DP",
        "EH",
        "EU",
        "GP",
        "HR",
        "HV",
        "ID",
        "IG",
        "IS",
        "IT",
        "LA",
        "MP",
        "NI",
        "OK",
        "PA",
        "PC",
        "PI",
        "PM",
        "PR",
        "PT",
        "QA",
        "SC",
        "SW",
        "TV",
        "UK",
        "UN",
        "US",
        "VS",
    ]
)


def may_tell_of_somebody(text: str) -> bool:
    """Whether a text may name somebody, tell of one child or a few, or hold a number or initials somebody is known by.

    >>> [may_tell_of_somebody(text) for text in ("ref CYP123456 in it", "MJ was identifiable", "For Kayden Smith")]
    [True, True, True]
    >>> [may_tell_of_somebody(text) for text in ("Executive, 12 May 2026", "FD01 and CP07 were of Q1", "The GP list was old")]
    [False, False, False]
    """
    plain = one_spaced(text)
    if tells_of_people(text) or names_anybody(text) or kinds_in(text, bare=digits):
        return True
    return bool(_CASE.search(plain)) or _holds_initials(plain)


def _holds_initials(text: str) -> bool:
    """Whether two capitals stand by themselves; in a text all in capitals nothing does."""
    if text.isupper():
        return False
    return any(f"{found[1]}{found[2]}" not in _known() for found in _INITIALS.finditer(text))


@cache
def _known() -> frozenset[str]:
    """Words of two capitals that are nobody's: those of the trade, and those with which ids of indicators begin."""
    known = catalogue()
    return (
        _TRADE
        | {each[:2] for each in known.indicators}
        | {word for a in known.agencies.values() for word in a.short.split()}
    )
