"""Stories of one child in cells that no rule reads: a column or a sheet nobody asked for, a line below a table.

Nothing of them is taken, but the file they stand in would be kept: so they are asked about, and the file is not kept.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipelines.checking.named_beside import unread_words
from pipelines.checking.person_level import Finding
from pipelines.reading import address
from schemas.catalogue import catalogue
from schemas.returns.listed import listed
from schemas.returns.telling import tells_of_one
from schemas.rule import rules_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipelines.reading import Sheet, Workbook
    from schemas.problems import Problem
    from schemas.returns import Kind

# A story is a sentence: a heading, a label and a code are shorter. Nobody writes more of them than that beside a return.
_LETTERS, _SPACES, _MOST_TEXTS = 15, 2, 1000
# Two words: “01/07/2026 - 30/09/2026” says nothing of anybody.
_SAYS = re.compile(r"[^\W\d_]{2}.*[\W\d_].*[^\W\d_]{2}", re.DOTALL)


def stories_beside(workbook: Workbook, kind: Kind | None, problems: Iterable[Problem]) -> tuple[Finding, ...]:
    """Where a cell that no rule reads may tell of one person, sheet by sheet, without its words.

    `kind`: what the file was read as by its own headings, so that the columns judged by rules are passed over; None where a
    layout read it, of which every cell is looked at. `problems`: what has been said already; a cell that is withheld by one of
    them is not named twice.
    """
    withheld = {rule.name for of in ("file", kind.id if kind else "figures") for rule in rules_of(of) if rule.withheld}
    said = {(problem.sheet, problem.cell) for problem in problems if problem.cell and problem.rule in withheld}
    known = _of_the_catalogue()
    each = [(sheet, _sentences(sheet, kind) - known) for sheet in workbook.sheets]
    room = iter(range(_MOST_TEXTS))
    found: list[Finding] = []
    for number, (sheet, texts) in enumerate(each, 1):
        # In the order they stand in, whatever a set makes of them: the same file is always answered alike.
        told = {text for text in _in_order(sheet, texts) if next(room, None) is not None and tells_of_one(text)}
        cells = [cell for cell in _cells(sheet, told) if (sheet.name, cell) not in said]
        if cells:
            place = f"sheet {number}, cell{'s' if len(cells) > 1 else ''} {listed(cells)}"
            found.append(Finding("a story of one person", place))
    return tuple(found)


def _sentences(sheet: Sheet, kind: Kind | None) -> set[str]:
    words = {value for column in sheet.columns for value in column.values if isinstance(value, str)}
    unread = words if kind is None else unread_words(sheet, kind)
    return {
        text for text in unread if len(text) >= _LETTERS and text.strip().count(" ") >= _SPACES and _SAYS.search(text)
    }


@cache
def _of_the_catalogue() -> frozenset[str]:
    """What a template says of its indicators: a definition speaks of a child as every return does."""
    told = ((i.title, i.definition, i.challenge_question, *i.aliases) for i in catalogue().indicators.values())
    return frozenset(text for texts in told for text in texts)


def _in_order(sheet: Sheet, texts: set[str]) -> Iterator[str]:
    left = set(texts)
    for column in sheet.columns if texts else ():
        for value in column.values:
            if isinstance(value, str) and value in left:
                left.discard(value)
                yield value


def _cells(sheet: Sheet, told: set[str]) -> Iterator[str]:
    """The first cell of each text."""
    for at, column in enumerate(sheet.columns) if told else ():
        for number, value in enumerate(column.values):
            if value in told and (rows := column.where([number]).tolist()):
                yield address(rows[0], at)
