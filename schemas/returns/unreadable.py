"""Why a cell where a number belongs holds none: each way of going wrong is mended differently, so each is told apart."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from schemas.returns.markers import marker_of
from schemas.returns.numbers import is_nil, is_shortened, is_unclear, number_in
from schemas.returns.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable

Fault = Literal[
    "", "unclear", "error", "formula", "yes or no", "day", "comma", "two numbers", "words beside", "shortened", "other"
]

_ERROR = re.compile(
    r"#(?:N/?A|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!|CONNECT!|#+)",
    re.IGNORECASE,
)
_YES_OR_NO = frozenset({"true", "false", "yes", "no", "y", "n"})
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DAY = re.compile(
    rf"\d{{4}}-\d\d?-\d\d?(?:[ t]\d\d:\d\d.*)?|\d\d?[/.-]\d\d?[/.-]\d{{2,4}}|\d\d?[ -]?{_MONTH}(?:[ -]?\d{{2,4}})?|{_MONTH}[ -]?\d{{2,4}}|\d\d?:\d\d.*",
    re.IGNORECASE,
)
# “1.234,5” and “12,5” are a thousand and twelve and a half abroad; a comma in the wrong place may be a slip of the hand.
_COMMA = re.compile(r"[+-]?\d[\d.,' ]*,[\d.,' ]*")
_NUMBER = r"\d+(?:[,.]\d+)*"
_TWO = re.compile(rf"({_NUMBER})\s*(?:/|of|out of|from|to|-|–|and|or|&|;)\s*({_NUMBER})", re.IGNORECASE)
_WITH_WORDS = re.compile(rf"\D*({_NUMBER})\D*|\D*({_NUMBER})\W*\(.*\)\W*", re.DOTALL)

_FAULTS: tuple[tuple[Fault, Callable[[str], bool]], ...] = (
    ("formula", lambda plain: plain.startswith("=")),
    ("shortened", is_shortened),
    ("yes or no", lambda plain: plain.lower() in _YES_OR_NO),
    ("two numbers", lambda plain: _TWO.fullmatch(plain) is not None and not _DAY.fullmatch(plain)),
    ("day", lambda plain: _DAY.fullmatch(plain) is not None),
    ("comma", lambda plain: _COMMA.fullmatch(plain) is not None),
    ("words beside", lambda plain: _WITH_WORDS.fullmatch(plain) is not None),
)


@lru_cache(maxsize=50_000)
def why_no_number(text: str) -> Fault:
    """What is wrong with a cell's text as a number; "" where it is one, or empty, a marker or nil.

    >>> [why_no_number(text) for text in ("1,234", "<5", "nil", "n/a", "#REF!", "=A1", "TRUE", "2026-03-01")]
    ['', '', '', 'unclear', 'error', 'formula', 'yes or no', 'day']
    >>> [why_no_number(text) for text in ("1.234,5", "12 of 40", "approx. 40", "12*", "1.2E+05", "twelve")]
    ['comma', 'two numbers', 'words beside', 'words beside', 'shortened', 'other']
    """
    plain = visible(text).strip()
    if _ERROR.fullmatch(plain):
        return "error"
    if is_unclear(text):
        return "unclear"
    if not plain or number_in(text) is not None or marker_of(text) is not None or is_nil(text):
        return ""
    for fault, is_it in _FAULTS:
        if is_it(plain):
            return fault
    return "other"
