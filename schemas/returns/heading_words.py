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
