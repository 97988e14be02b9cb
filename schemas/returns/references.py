"""The running numbers by which records of a log are told apart, and what is no such number."""

from __future__ import annotations

import re

# Letters, digits, dots and dashes, short; a long run of digits is a case number, and words are a name.
_SHAPE = re.compile(r"[A-Za-z]{0,6}[ .\-/]?\d{1,4}(?:[A-Za-z]|(?:[.\-/]\d{1,4}){0,3})?(?:[.\-][A-Za-z0-9]{1,4})?")
_PUBLICATION = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}")
_MOST_DIGITS = 8


def reference_in(text: str) -> str | None:
    """A reference in its one spelling (capitals, no spaces, dashes); None where the cell may hold somebody's number or name.

    >>> reference_in(" r 14 "), reference_in("RV/2025/02"), reference_in("r-14.1")
    ('R-14', 'RV-2025-02', 'R-14.1')
    >>> reference_in("943 476 5919"), reference_in("Child AB"), reference_in("Case 1234567890")
    (None, None, None)
    """
    plain = " ".join(text.replace("\u2010", "-").replace("\u2011", "-").replace("\u2013", "-").split())
    if _PUBLICATION.fullmatch(plain):
        return plain
    if not _SHAPE.fullmatch(plain) or sum(map(str.isdigit, plain)) > _MOST_DIGITS:
        return None
    return re.sub(r"^([A-Za-z]+)[ ]?(?=\d)", r"\1-", plain.replace("/", "-")).upper()
