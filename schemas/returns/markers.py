"""Why there is no number: the five markers, and the older signs still seen in returns."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from schemas.returns.visible import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

MARKERS: Mapping[str, str] = MappingProxyType(
    {
        "c": "hidden to protect",
        "k": "rounds to zero",
        "u": "unreliable",
        "x": "not available",
        "z": "not applicable",
    }
)

# Government Statistical Service symbols before 2021, DfE's older ones, and what analysts type instead.
LEGACY: Mapping[str, str] = MappingProxyType(
    {
        "*": "c",
        "<3": "c",
        "<5": "c",
        "<6": "c",
        "<10": "c",
        "1-4": "c",
        "1-5": "c",
        "1to4": "c",
        "1to5": "c",
        "<=4": "c",
        "<=5": "c",
        "\u22644": "c",
        "\u22645": "c",
        "lessthan5": "c",
        "fewerthan5": "c",
        "fewerthanfive": "c",
        "lessthanfive": "c",
        "under5": "c",
        "underfive": "c",
        "5orfewer": "c",
        "5orless": "c",
        "suppressed": "c",
        "supp": "c",
        "redacted": "c",
        "withheld": "c",
        "**": "c",
        "low": "k",
        "~": "k",
        "0~": "k",
        ":": "x",
        "..": "x",
        "-100": "x",
        ".": "z",
    }
)

# Words that could mean zero, not available or not applicable: only the sender knows which.
UNCLEAR = frozenset(
    {"-", "--", "\u2013", "\u2014", "n/a", "na", "n.a.", "n/k", "not known", "unknown", "none", "null", "nan", "tbc",
     "tba", "tbd", "pending", "awaited", "awaiting", "awaiting data", "to follow", "to be confirmed", "not yet known",
     "not yet available", "dk", "don't know", "not recorded", "not reported", "not provided", "not supplied", "missing",
     "see note", "see notes", "see comment", "see comments", "see below", "see commentary", "...", "\u2026", "---", "?", "??",
     "nil return", "nil to report", "no data", "no return", "no figure", "blank", "not collected", "not held"}
)  # fmt: skip

NIL = frozenset({"nil", "zero"})


@lru_cache(maxsize=50_000)
def marker_of(text: str) -> str | None:
    """The marker a cell's text stands for, "" for an empty cell, None where it stands for none.

    >>> marker_of("C"), marker_of(" <5 "), marker_of(""), marker_of("q")
    ('c', 'c', '', None)
    """
    plain = visible(text).strip().strip("[]()'\"").replace("\uff1c", "<").replace(" ", "").replace("\u00a0", "").lower()
    if plain in MARKERS or not plain:
        return plain
    named = next((code for code, words in MARKERS.items() if words.replace(" ", "") == plain), None)
    return named or LEGACY.get(plain)
