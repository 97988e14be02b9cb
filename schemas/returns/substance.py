"""Whether a reason somebody gave says anything."""

from __future__ import annotations

import re

from schemas.returns.meaning import meaning

_EMPTY = frozenset(
    {"ok", "okay", "yes", "no", "none", "na", "n a", "nil", "fine", "correct", "checked", "confirmed", "agreed", "changed",
     "its changed", "it changed", "it has changed", "has changed", "dont know", "do not know", "not known", "unknown",
     "not sure", "unsure", "see above", "as above", "as before", "see below", "same as last time", "no comment", "tbc",
     "to be confirmed", "figure correct", "figure is correct", "data correct", "this is correct", "increase", "increased",
     "decrease", "decreased", "higher", "lower", "up", "down", "gone up", "gone down", "went up", "went down",
     "numbers up", "numbers down", "more", "less", "fewer", "seasonal", "normal", "normal variation", "variation",
     "fluctuation", "random", "small numbers", "data issue", "various", "other", "awaiting", "under review", "test"}
)  # fmt: skip
_FILLER = frozenset(
    {"the", "a", "an", "it", "its", "is", "are", "was", "were", "has", "have", "been", "this", "that", "we", "they", "to",
     "of", "in", "on", "and", "or", "so", "just", "very", "quarter", "figure", "figures", "number", "numbers", "data",
     "there", "ok", "yes", "no", "not", "dont", "know", "why", "sure", "up", "down", "changed", "change", "increase",
     "increased", "decrease", "decreased", "higher", "lower", "than", "last", "time", "more", "less", "correct",
     "confirmed", "checked"}
)  # fmt: skip


def has_substance(text: str) -> bool:
    """Whether a reason says something: three words beyond filler, and none of the usual shrugs.

    >>> has_substance("OK"), has_substance("It's changed"), has_substance("Don't know why it is higher than last time")
    (False, False, False)
    >>> has_substance("New triage team from July passes fewer contacts on")
    True
    """
    plain = meaning(text)
    telling = set(re.findall(r"[a-z]{3,}", plain)) - _FILLER
    return plain not in _EMPTY and len(telling) >= 3


def is_blank(text: str) -> bool:
    """Whether an answer that may be short is empty, or one of the usual shrugs.

    >>> is_blank(""), is_blank("N/A"), is_blank("At random")
    (True, True, False)
    """
    plain = meaning(text)
    return not plain or plain in _EMPTY
