"""Why there is no number: the five markers, and the older signs still seen in returns."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

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
     "tba", "pending", "awaited", "?", "no data", "not collected", "#n/a", "#div/0!", "#ref!", "#value!", "#name?"}
)  # fmt: skip

NIL = frozenset({"nil", "zero"})


@lru_cache(maxsize=50_000)
def marker_of(text: str) -> str | None:
    """The marker a cell's text stands for, "" for an empty cell, None where it stands for none.

    >>> marker_of("C"), marker_of(" <5 "), marker_of(""), marker_of("q")
    ('c', 'c', '', None)
    """
    plain = text.strip().strip("[]()'\"").replace("\uff1c", "<").replace(" ", "").lower()
    if plain in MARKERS or not plain:
        return plain
    named = next((code for code, words in MARKERS.items() if words.replace(" ", "") == plain), None)
    return named or LEGACY.get(plain)
