"""Numbers as analysts type them: thousands commas, spaces, percent signs, brackets for minus, float tails."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from schemas.returns.by_value import by_value
from schemas.returns.markers import NIL, UNCLEAR, marker_of
from schemas.returns.visible import visible

if TYPE_CHECKING:
    import pandas as pd

_PLAIN = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:[, ]\d{3})+)(?:\.\d*)?|[+-]?\.\d+")
_SMALL = re.compile(r"[+-]?\d+(?:\.\d+)?[eE]-\d{1,2}")
_LARGE = re.compile(r"[+-]?\d+(?:\.\d*)?[eE]\+?\d{1,3}")
# Figures carry at most six decimals; what lies beyond the tenth is the tail of binary arithmetic.
_TAIL = 10


def parsed(cells: pd.Series) -> pd.Series:
    """The numbers of a column of text, NaN where a cell is empty or is not a number. "24.2%" is 24.2.

    >>> import pandas as pd
    >>> parsed(pd.Series(["1,234", "24.2%", "(3)", "24.199999999999996", "low", ""], dtype="str")).tolist()
    [1234.0, 24.2, -3.0, 24.2, nan, nan]
    """
    return by_value(cells, number_in, "float64")


@lru_cache(maxsize=50_000)
def number_in(text: str) -> float | None:
    """The number a text holds, or None: dates, words, markers, and two numbers in one cell are not numbers.

    >>> number_in("- 1 234.50"), number_in("£12"), number_in("12 of 40"), number_in("1.234,5")
    (-1234.5, None, None, None)
    """
    plain = (
        re.sub(r"[\u00a0\u2007\u2009\u202f]", " ", text if text.isascii() else visible(text))
        .replace("\u2212", "-")
        .strip()
        .lstrip("'")
        .strip()
    )
    plain = plain.removesuffix("%").strip()
    sign = 1.0
    if plain.startswith("(") and plain.endswith(")"):
        plain, sign = plain[1:-1].strip(), -1.0
    plain = re.sub(r"^([+-])\s+", r"\1", plain)
    if not _PLAIN.fullmatch(plain) or marker_of(text) is not None:
        return _scientific(plain, sign)
    return sign * round(float(plain.replace(",", "").replace(" ", "")), _TAIL)


def is_percent(cells: pd.Series) -> pd.Series:
    """Whether each cell is written as a percentage, or shown as one by its number format."""
    return by_value(cells, lambda text: text.rstrip().endswith("%"), "bool")


def is_nil(text: str) -> bool:
    """Whether a number cell says in words that there is nothing to count.

    >>> is_nil("Nil"), is_nil("none")
    (True, False)
    """
    return visible(text).strip(" .").lower() in NIL


def is_unclear(text: str) -> bool:
    """Whether a number cell holds a word that could mean zero, not available or not applicable.

    >>> is_unclear("N/A"), is_unclear("nil"), is_unclear("c")
    (True, False, False)
    """
    return " ".join(visible(text).split()).lower() in UNCLEAR


def decimals_typed(text: str) -> int:
    """How many decimals a number was typed with: the precision its sender means.

    >>> decimals_typed("24.20"), decimals_typed("24"), decimals_typed("24.199999999999996")
    (2, 0, 1)
    """
    number = number_in(text)
    whole, _, decimals = text.strip().rstrip("%").strip().partition(".")
    if number is None or not decimals or not whole:
        return 0
    tidy = f"{number:.{_TAIL}f}".rstrip("0").partition(".")[2]
    return min(len(decimals), max(len(tidy), len(decimals) if len(decimals) <= 3 else 0))


def _scientific(plain: str, sign: float) -> float | None:
    # Programs write very small numbers so. A large one has lost digits on the way, and 1e3 may be a reference.
    return sign * float(plain) if _SMALL.fullmatch(plain) else None


def is_shortened(text: str) -> bool:
    """Whether a text is a large number in the short form of a narrow column, whose last digits are gone.

    >>> is_shortened("1.23E+05"), is_shortened("1e3"), is_shortened("1.5e-05"), is_shortened("123000")
    (True, True, False, False)
    """
    return _LARGE.fullmatch(visible(text).strip()) is not None
