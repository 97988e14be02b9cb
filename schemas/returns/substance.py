"""Whether a reason somebody gave says anything."""

from __future__ import annotations

import re

from schemas.returns.meaning import meaning

# Words beyond filler: “No plan says what changed” has two.
_ENOUGH = 2
_EMPTY = frozenset(
    {"ok", "okay", "yes", "no", "none", "na", "n a", "nil", "fine", "correct", "checked", "confirmed", "agreed", "changed",
     "its changed", "it changed", "it has changed", "has changed", "dont know", "do not know", "not known", "unknown",
     "not sure", "unsure", "see above", "as above", "as before", "see below", "same as last time", "no comment", "tbc",
     "to be confirmed", "figure correct", "figure is correct", "data correct", "this is correct", "increase", "increased",
     "decrease", "decreased", "higher", "lower", "up", "down", "gone up", "gone down", "went up", "went down",
     "numbers up", "numbers down", "more", "less", "fewer", "seasonal", "normal", "normal variation", "variation",
     "fluctuation", "random", "small numbers", "data issue", "various", "other", "awaiting", "under review", "test"}
)  # fmt: skip
# Words that say that something moved, was looked at or will be, or point elsewhere; what happened is in the others.
_FILLER = frozenset(
    {"the", "its", "are", "was", "were", "has", "have", "had", "been", "being", "this", "that", "these", "those",
     "they", "our", "their", "there", "here", "for", "from", "with", "without", "and", "but", "not", "yes", "than",
     "then", "just", "very", "also", "only", "due", "because", "into", "per", "change", "changed", "changes",
     "changing", "increase", "increased", "increases", "increasing", "decrease", "decreased", "decreases",
     "higher", "lower", "more", "less", "fewer", "down", "rise", "risen", "rose", "fall", "fallen", "fell", "gone",
     "went", "moved", "movement", "fluctuate", "fluctuated", "fluctuation", "fluctuations", "variation",
     "variations", "vary", "varied", "variance", "swing", "trend", "natural", "normal", "normally", "usual",
     "usually", "typical", "seasonal", "random", "chance", "expected", "expectation", "expectations", "within",
     "range", "line", "quarter", "quarters", "quarterly", "quarterlies", "period", "periods", "year", "years",
     "month", "months", "last", "previous", "previously", "prior", "before", "time", "times", "again", "same",
     "similar", "figure", "figures", "number", "numbers", "data", "value", "values", "total", "totals", "count",
     "counts", "result", "results", "return", "returns", "report", "reported", "reporting", "record", "recorded",
     "performance", "indicator", "measure", "correct", "correctly", "corrected", "correction", "right", "accurate",
     "accurately", "checked", "check", "checking", "confirmed", "confirm", "verified", "validated", "valid",
     "reviewed", "review", "reviewing", "amended", "updated", "revised", "latest", "quality", "issue", "issues",
     "error", "errors", "know", "known", "unknown", "dont", "sure", "unsure", "why", "what", "reason", "reasons",
     "explanation", "explanations", "explain", "explained", "comment", "comments", "commentary", "narrative",
     "note", "notes", "see", "above", "below", "attached", "elsewhere", "given", "give", "provided", "please",
     "refer", "various", "several", "multiple", "many", "factors", "factor", "other", "others", "particular",
     "specific", "identified", "awaiting", "await", "awaited", "pending", "follow", "following", "confirmation",
     "response", "looking", "looked", "look", "investigate", "investigated", "investigating", "investigation",
     "further", "information", "available", "nothing", "add", "any", "system", "systems", "taken", "extract",
     "extracted", "sheet", "cover", "email", "tab", "cell", "column", "row", "good", "better", "best", "bad",
     "worse", "improved", "improve", "improvement", "improving", "declined", "decline", "slight", "slightly",
     "significant", "significantly", "small", "large", "big", "lot", "test", "one", "off", "spike", "dip", "blip",
     "peak", "outlier", "anomaly", "ongoing", "historic", "service", "services", "advise", "advised", "demand",
     "lorem", "ipsum", "dolor", "sit", "amet", "consectetur", "adipiscing", "elit", "blah", "led", "activity", "will", "cant", "cannot", "could", "say", "said", "separate", "document", "delay",
     "delays", "delayed", "timing", "rounding", "cohort", "lag", "tolerance", "limits"}
)  # fmt: skip

_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def has_substance(text: str, title: str = "", *, words: int = _ENOUGH) -> bool:
    """Whether a reason says something: so many words beyond filler, and none of the usual shrugs.

    `title`: the indicator's own title, whose words explain nothing when they are given back.

    >>> has_substance("OK"), has_substance("It's changed"), has_substance("Don't know why it is higher than last time")
    (False, False, False)
    >>> has_substance("Lorem ipsum dolor sit amet"), has_substance("asdf qwer"), has_substance("asdfasdf hjkl")
    (False, False, False)
    >>> has_substance("New triage team from July passes fewer contacts on")
    True
    >>> has_substance("Plan reviews held on time", "Plan reviews on time")
    False
    """
    plain = meaning(text)
    if plain in _EMPTY:
        return False
    telling = {word for word in re.findall(r"[a-z]{3,}", plain) if not _is_no_word(word)} - _FILLER
    beyond_title = telling - set(meaning(title).split()) if title else telling
    return len(telling) >= words and (beyond_title == telling or len(beyond_title) > 1)


def _is_no_word(word: str) -> bool:
    """Whether a word is one letter over and over, or keys that lie side by side, once or more.

    >>> [_is_no_word(word) for word in ("xxx", "asdf", "asdfasdf", "qwerty", "were", "reader")]
    [True, True, True, True, False, False]
    """
    for length in range(1, len(word) + 1):
        unit = word[:length]
        if unit * (len(word) // length) == word:  # the shortest it is made of
            return length == 1 or (length >= 4 and any(unit in row for row in _KEYS))
    return False


def is_blank(text: str) -> bool:
    """Whether an answer that may be short is empty, or one of the usual shrugs.

    >>> is_blank(""), is_blank("N/A"), is_blank("At random")
    (True, True, False)
    """
    plain = meaning(text)
    return not plain or plain in _EMPTY
