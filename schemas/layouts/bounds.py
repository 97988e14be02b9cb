"""What the text of a layout may not exceed: held before it is parsed, as parsing what nobody wrote can take minutes."""

from __future__ import annotations

import re

from schemas.problems import UserError

# A layout of 150 rows has some twenty thousand letters.
LONGEST = 256_000
_DEEPEST = 8
_MOST_DOTS = 8
# Text and comments as TOML reads them; what is never closed goes on to the end.
_TEXT = re.compile(
    r'"""(?:\\.|[^\\])*?(?:"{3,5}|\Z)'
    r"|'''.*?(?:'{3,5}|\Z)"
    r'|"(?:\\[^\n]|[^"\\\n])*"?'
    r"|'[^'\n]*'?"
    r"|#[^\n]*",
    re.DOTALL,
)
_LONG_WORD = re.compile(r"\w{65}")


def hold(text: str) -> None:
    """UserError where a text is longer, deeper or more dotted than any layout, or has a number without end.

    >>> hold('title = "a.b.c.d.e.f.g.h.i.j.k"')
    >>> hold("a.b.c.d.e.f.g.h.i.j.k = 1")
    Traceback (most recent call last):
    ...
    schemas.problems.UserError: The layout has more dots outside quotation marks in line 1 than a layout needs, so it is none.
    """
    if len(text) > LONGEST:
        raise UserError(f"The layout is longer than {LONGEST:,} letters, so it is none.")
    bare = _TEXT.sub(lambda found: "\n" * found[0].count("\n"), text)
    for number, line in enumerate(bare.split("\n"), 1):
        if line.count(".") > _MOST_DOTS:
            raise UserError(
                f"The layout has more dots outside quotation marks in line {number} than a layout needs, so it is none."
            )
        if _LONG_WORD.search(line):
            raise UserError(
                f"The layout has a word or number outside quotation marks in line {number} longer than any, so it is none."
            )
    if _depth(bare) > _DEEPEST:
        raise UserError(f"The layout has brackets more than {_DEEPEST} deep, so it is none.")


def _depth(bare: str) -> int:
    deepest = depth = 0
    for sign in re.findall(r"[\[\]{}]", bare):
        depth += 1 if sign in "[{" else -1
        deepest = max(deepest, depth)
    return deepest
