"""Lists of single people in what people write beside the cells: a story in each comment, a line a child in a text box."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.checking.person_lists import lists_in
from pipelines.reading import Sheet
from schemas.returns.listed import listed as listed_in_words
from schemas.returns.telling import tells_of_one

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pipelines.checking.person_evidence import Listed
    from pipelines.reading import Value, Workbook

# What people write there in sentences and lines; programs and returns write the rest.
_WRITTEN = {"comment": "comments", "text box": "text boxes"}
_BETWEEN = re.compile(r"\s*[,;|\t]\s*|\s+[-–]\s+")
# Nobody writes as many; what is longer is looked at from its beginning.
_MOST_LINES, _LEAST_LINES = 2000, 3


def lists_beside(workbook: Workbook, today: date | None) -> Iterator[tuple[str, str, bool]]:
    """What was found among the comments, and in the text boxes: what it is, where, and whether it is sure."""
    for begins, where in _WRITTEN.items():
        texts = [text for place, text in workbook.texts if place.startswith(begins)]
        listed = _listed(_lines(texts), today) if texts else None
        if listed is not None:
            yield f"a list of single people ({listed_in_words(listed.signs)})", where, listed.sure
        elif any(map(tells_of_one, texts[:_MOST_LINES])):
            yield "a story of one person", where, False


def _lines(texts: list[str]) -> list[str]:
    lines = (line.strip() for text in texts for line in text.splitlines())
    return [line for line in lines if line][:_MOST_LINES]


def _listed(lines: list[str], today: date | None) -> Listed | None:
    """The lines read as rows, whole and parted at commas and dashes: the one that is sure, else the one to ask about."""
    if len(lines) < _LEAST_LINES:
        return None
    parted: list[list[Value]] = [[*_BETWEEN.split(line)] for line in lines]
    wide = max(map(len, parted))
    whole: list[list[Value]] = [[line] for line in lines]
    shapes = (whole, [[*parts, *[""] * (wide - len(parts))] for parts in parted])
    found = [listed for rows in shapes if (listed := lists_in(Sheet("", visible=True, rows=rows), today))]
    return max(found, key=lambda one: one.sure) if found else None
