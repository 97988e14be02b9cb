"""Words that may name somebody where no rule reads: comments, hidden and unread sheets and columns, titles, a file's name.

Nothing of them is taken, but the file they stand in would be kept: so they are said, and the file is not kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from pipelines.checking.echo import leads_to_anybody
from pipelines.checking.headings import find
from pipelines.reading import address, column_letters
from pipelines.reading.swept import BYTES, HIDDEN
from schemas.returns.meaning import meaning
from schemas.returns.telling import calls_somebody_by_name
from schemas.rules import file_contents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.checking.headings import Headings
    from pipelines.reading import Sheet, Workbook
    from schemas.problems import Problem
    from schemas.returns import Kind

# Whoever made the file or commented is at work in the agency; programs write their names without being asked.
_STAFF = (
    "document property creator",
    "document property lastModifiedBy",
    "document property Manager",
    "document property initial-creator",
    "document property Company",
    "author of a comment",
    "person who commented",
)
# What an analyst writes in sentences is read by the rules of its column; its row is out, and said there.
_READ_BY_RULES = frozenset({"reason", "what_happened", "why", "what_we_are_doing"})
_JOINTS = re.compile(r"[_.-]+")
# Two words, or one with a title or an age beside it: no name that is surely one is shorter.
_COULD_NAME = re.compile(r"[^\W\d_]{2}.*[ (,].*\w", re.DOTALL)

_LABELLED = re.compile(
    r"\b(?:child|pupil|patient|client|sibling|mother|father|forename|surname|full name|first name|baby|boy|girl|mr|mrs|ms|miss|dr)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_]{2,}")
_SENTENCE = 5

NAME_WITHHELD = "a file whose name is withheld"


def named_beside(workbook: Workbook, kind: Kind) -> list[Problem]:
    """One problem for each place with words that may name somebody, without the words."""
    places = [*_in_texts(workbook), *(place for sheet in workbook.sheets for place in _in_sheet(sheet, workbook, kind))]
    if is_named_after_somebody(workbook.file_name):
        places.append(("the file's name", None, None))
    return [
        file_contents.BESIDE_NAMES.problem({"where": where}, sheet=sheet, cell=cell) for where, sheet, cell in places
    ]


def name_shown(file_name: str) -> str:
    """A file's name as it may be repeated."""
    return NAME_WITHHELD if is_named_after_somebody(file_name) else file_name


def is_named_after_somebody(file_name: str) -> bool:
    """Whether the name of a file or a sheet surely names somebody.

    >>> is_named_after_somebody("Kayden_Smith-plan.xlsx"), is_named_after_somebody("figures_lch_2026-27-Q2.xlsx")
    (True, False)
    """
    return calls_somebody_by_name(_JOINTS.sub(" ", file_name))


def _in_texts(workbook: Workbook) -> Iterator[tuple[str, None, None]]:
    found = (where for where, text in workbook.texts if not where.startswith(_STAFF) and _names_in(where, text))
    # The words that say where may hold a sheet's name.
    for where in dict.fromkeys(found):
        yield (where if not leads_to_anybody(where) else re.split(r" (?:at|on|of) ", where)[0]), None, None


def _in_sheet(sheet: Sheet, workbook: Workbook, kind: Kind) -> Iterator[tuple[str, str | None, str | None]]:
    number = workbook.sheets.index(sheet) + 1
    name = f"sheet {number}" if leads_to_anybody(sheet.name) else sheet.name
    if not sheet.rows or meaning(sheet.name) == "cover":
        return  # the roles on the Cover are read by a rule of their own
    naming = {text for text in unread_words(sheet, kind) if _names(text)}
    for at, column in enumerate(sheet.columns) if naming else ():
        numbers = [n for n, value in enumerate(column.values) if value in naming]
        if not numbers:
            continue
        rows = column.where(numbers).tolist()
        first = address(rows[0], at)
        more = f" to {column_letters(at)}{rows[-1] + 1}" if len(rows) > 1 else ""
        yield f"{name}!{first}{more}", name if name == sheet.name else None, first


def unread_words(sheet: Sheet, kind: Kind) -> set[str]:
    """The texts of a sheet that no rule reads, each once: it stands in thousands of rows, and often in two columns."""
    headings = _headings(sheet, kind)
    # Of a column that rules read only what stands above its table is anybody's.
    read = (
        [] if headings is None else [column for column in headings.columns.values() if _is_read(column, headings, kind)]
    )
    above = headings.first_row if headings else 0
    columns = sheet.columns
    judged = {columns[at].values[n] for at in read for n in np.unique(columns[at].codes[above:]).tolist()}
    return {value for column in columns for value in column.values if isinstance(value, str) and value not in judged}


def _headings(sheet: Sheet, kind: Kind) -> Headings | None:
    """Where the sheet's table begins, if the sheet is one that is read."""
    if not sheet.visible:
        return None
    named = [layout for layout in (*kind.sheets, *kind.notes) if meaning(layout.name) == meaning(sheet.name)]
    found = (find(sheet, layout) for layout in named or (kind.data,))
    return next((headings for headings in found if headings), None)


def _is_read(column: int, headings: Headings, kind: Kind) -> bool:
    """Whether the rules read the words of a column: of a log all of its columns, of figures those with sentences."""
    names = [name for name, place in headings.columns.items() if place == column]
    return any(kind.is_log or name in _READ_BY_RULES for name in names)


def _names_in(where: str, text: str) -> bool:
    """Of what programs write only sentences and labelled names count: they name the sender's staff, fonts and colours too."""
    if where in (HIDDEN, BYTES) and not (_LABELLED.search(text) or len(_WORDS.findall(text)) >= _SENTENCE):
        return False
    return _names(text)


def _names(text: str) -> bool:
    return _COULD_NAME.search(text) is not None and calls_somebody_by_name(text)
