"""The page of markers: the signs that stand where there is no number, and the words of coverage."""

from __future__ import annotations

from schemas.returns.markers import LEGACY, MARKERS, NIL, UNCLEAR
from tests.docs.markdown import code, page, table

MEANING = {
    "c": "The count is small, or would give a small one away. It also hides larger numbers, so it never means “few”.",
    "k": "More than zero, but less than half of the smallest unit shown.",
    "u": "Counted, but not to be relied on.",
    "x": "Nobody has it: not collected, or not supplied to the sender.",
    "z": "The question does not arise here.",
}
INTRODUCTION = """
Why there is no number. A blank, a zero and a marker are three different things, and none is ever turned into another:
a **blank** is not supplied, a **zero** is a count of none, a **marker** says why there is neither. To say a zero on
purpose, type 0, or put x in the column Nil.
"""
OLDER = """
Signs of earlier years that are read as a marker. The check notes each one it has read so, with its cell.
"""
UNKNOWN = """
Words and signs that could mean zero, not available or not applicable. Only the sender knows which, so each is an
error that names its cell. An error value of a spreadsheet is one of them.
"""


def markers() -> str:
    """The whole page."""
    older = sorted(LEGACY.items(), key=lambda pair: (pair[1], pair[0]))
    return page(
        "Markers",
        INTRODUCTION,
        table(("marker", "means", "when"), [(code(sign), words, MEANING[sign]) for sign, words in MARKERS.items()]),
        "## Older signs",
        OLDER,
        table(("sign", "read as"), [(code(sign), f"{code(now)} {MARKERS[now]}") for sign, now in older]),
        "## Read as zero",
        "In the column Number: " + ", ".join(code(word) for word in sorted(NIL)) + ".",
        "## Not read",
        UNKNOWN,
        ", ".join(code(word) for word in sorted(UNCLEAR)),
    )
