"""What a heading that is in no list most likely means: with a note in brackets, a count of something, a slip of the hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemas.returns.meaning import meaning, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

_BRACKETS = re.compile(r"\s*[(\[{][^)\]}]*[)\]}]|[*\u2020\u2021:]+")
# What makes a number another one: of another time, or none that was counted.
_ANOTHER = re.compile(
    r"\d|\b(?:old|last|previous|prior|former|next|target|plan|planned|forecast|budget|benchmark|england|national|region\w*|neighbours?"
    r"|year|ytd|cumulative|to date|change|difference|estimate[ds]?|average|mean)\b",
    re.IGNORECASE,
)
# “Number of children”, “No. of plans”: how many there are of something is the number itself; a year beside it is not ours.
_HOW_MANY = re.compile(
    r"(?:the )?(?:total )?(?:number|no|nr|count|how many)(?: of (?!quarters|years|months)[a-z ]{3,30})?"
)
_MISSPELT, _SHORTEST = 87, 5
# What says that a number was given anew. The first alone will do as a heading; the others need what they give anew beside them.
_ANEW = re.compile(
    r"\b(?:correct(?:ed|ion)s?|revis(?:ed|ion)s?|amend(?:ed|ment)s?|updated|final(?:ised)?|restate[dment]*|adjust(?:ed|ment)s?)\b"
)
_NEWER = re.compile(
    r"\b(?:correct|new|newest|latest|actual|true|valid(?:ated)?|verified|checked|v(?:ersion)? ?[2-9]|[2-9])\b"
)
_DIFFERENCE = re.compile(r"\b(?:correction|amendment|adjustment|revision)s?\b")
# A day or a month beside it, and words that say nothing.
_DATED = re.compile(r"\b(?:\d{1,4}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}|q ?[1-4])\b")
_FILLING = re.compile(r"\b(?:the|on|of|in|at|as|figures?|data)\b")
# “In thousands”, “(000s)”, “'000”: what a sheet of money says over its numbers; “per 10,000” is a rate.
_THOUSANDS = re.compile(
    r"\bin (?:hundreds|thousands|millions)\b|\((?:hundreds|thousands|millions|['\u2019]?0?00s?)\)|(?<![\d,.])['\u2019]0{3}s?\b|(?<![\d,.'])\b0{3}s\b",
    re.IGNORECASE,
)


def loosely(text: str, known: Mapping[str, str]) -> str:
    """The column a heading most likely heads, by the layout's own headings; "" where it could as well be another's.

    >>> known = {"number": "numerator", "out of": "denominator", "period": "period_id"}
    >>> [loosely(text, known) for text in ("Number (whole)", "No. of children", "Numbr", "Number (old)", "Our workings")]
    ['numerator', 'numerator', 'numerator', '', '']
    """
    if _ANOTHER.search(text):
        return ""
    plain = meaning(_BRACKETS.sub(" ", text))
    if plain in known:
        return known[plain]
    if "number" in known and _HOW_MANY.fullmatch(plain):
        return known["number"]
    if len(plain) < _SHORTEST:
        return ""
    return known.get(nearest(plain, known, least=_MISSPELT), "")


def anew(text: str, known: Mapping[str, str]) -> str:
    """The column whose numbers a heading gives once more, by the layout's own headings; "" where it does not.

    >>> known = {"number": "numerator", "figure": "numerator", "out of": "denominator"}
    >>> [anew(text, known) for text in ("Number (corrected)", "Out of, revised 12 Oct", "Final", "Number v2", "New number")]
    ['numerator', 'denominator', 'numerator', 'numerator', 'numerator']
    >>> [anew(text, known) for text in ("Number (old)", "Target", "New", "Corrected by", "Reason for correction")]
    ['', '', '', '', '']
    """
    plain = meaning(text)
    said = _ANEW.search(plain) is not None
    if not said and not _NEWER.search(plain):
        return ""
    bare = _NEWER.sub(" ", _ANEW.sub(" ", plain))
    undated = _DATED.sub(" ", bare)
    ways = [" ".join(way.split()) for way in (bare, undated, _FILLING.sub(" ", undated))]
    found = next((known[way] for way in ways if way in known), "")
    return found or (known.get("number", "") if said and not ways[-1] else "")


def is_difference(text: str) -> bool:
    """Whether a heading may be over differences, among which 0 says that nothing changed.

    >>> is_difference("Correction"), is_difference("Number (corrected)")
    (True, False)
    """
    return _DIFFERENCE.search(meaning(text)) is not None


def is_in_thousands(text: str) -> bool:
    """Whether words over a table say that its numbers are thousands, or hundreds or millions.

    >>> [is_in_thousands(text) for text in ("All figures in thousands", "Number (000s)", "Number '000", "£000s")]
    [True, True, True, True]
    >>> [is_in_thousands(text) for text in ("Rate per 10,000", "Thousands of children", "E08000035", "1 000")]
    [False, False, False, False]
    """
    return _THOUSANDS.search(text) is not None
