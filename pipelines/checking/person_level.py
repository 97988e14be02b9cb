"""The first check of any file: is it about single people? Says where and what kind, never the value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.reading import column_letters
from schemas.returns.meaning import meaning
from schemas.returns.person_headings import COLLECTIONS, WEAK_HEADINGS, heading_kind
from schemas.returns.person_level import (
    BIRTH_IN_TEXT,
    NHS_IN_TEXT,
    POSTCODE_ALONE,
    POSTCODE_IN_TEXT,
    UPN_IN_TEXT,
    is_nhs_number,
    is_upn,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipelines.reading import Sheet, Workbook

FILE_NAME = "the file's name"
_SEARCHED = 60
_DIGIT = re.compile(r"\d")
# The shortest text that can hold a postcode; nearly all cells of a return are shorter or have no digit.
_SHORTEST = 5
# Of chance ten-digit numbers one in eleven passes the check digit; of NHS numbers all do, but for slips of typing.
_SHARE = 0.5
# First digits of the numbers issued in England, and of those kept for tests; one of another range may be chance.
_ISSUED = "4679"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sign of person-level data: what it looks like, and where."""

    what: str
    place: str
    sheet: str | None = None


def findings(workbook: Workbook) -> tuple[Finding, ...]:
    """Every sign that the file is about single people, in all sheets, hidden ones too, and in the words around them."""
    found = [finding for sheet in workbook.sheets for finding in _in_sheet(sheet)]
    around = [
        (FILE_NAME, workbook.file_name),
        *((f"the name of sheet {n}", s.name) for n, s in enumerate(workbook.sheets, 1)),
    ]
    for place, text in (*around, *workbook.texts):
        found += [Finding(what, place) for what in _kinds_in(text)]
    return tuple(dict.fromkeys(found))


def _in_sheet(sheet: Sheet) -> Iterator[Finding]:
    yield from _headed(sheet)
    cells: set[object] = set().union(*sheet.rows)
    suspects = {text: kinds for text in cells if isinstance(text, str) and (kinds := _kinds_in(text))}
    for what in dict.fromkeys(kind for kinds in suspects.values() for kind in kinds):
        texts = {text for text, kinds in suspects.items() if what in kinds}
        yield from _placed(sheet, what, lambda cell, texts=texts: isinstance(cell, str) and cell in texts)
    yield from _ten_digits(sheet, cells)


def _kinds_in(text: str) -> list[str]:
    """What kinds of person-level data a text holds."""
    kinds: list[str] = []
    if len(text) < _SHORTEST or not _DIGIT.search(text):
        return kinds
    spaced = (found.group() for found in NHS_IN_TEXT.finditer(text) if not found.group().isdigit() or len(text) > 12)
    if any(map(is_nhs_number, spaced)):
        kinds.append("NHS numbers")
    if any(is_upn(found.group()) for found in UPN_IN_TEXT.finditer(text)):
        kinds.append("unique pupil numbers")
    if POSTCODE_ALONE.fullmatch(text) or POSTCODE_IN_TEXT.search(text):
        kinds.append("full postcodes")
    if BIRTH_IN_TEXT.search(text):
        kinds.append("dates of birth")
    return kinds


def _ten_digits(sheet: Sheet, cells: set[object]) -> Iterator[Finding]:
    """Columns of bare ten-digit numbers of which at least half carry an NHS number's check digit."""
    big = {
        cell
        for cell in cells
        if (type(cell) is int and 10**9 <= cell < 10**10)
        or (type(cell) is float and 1e9 <= cell < 1e10)
        or (type(cell) is str and len(cell.strip()) == 10 and cell.strip().isdigit())
    }
    if not big:
        return
    for column in range(len(sheet.rows[0])):
        mine = {str(cell).strip().removesuffix(".0") for row in sheet.rows if (cell := row[column]) in big}
        valid = {number for number in mine if is_nhs_number(number)}
        telling = any(number[0] in _ISSUED for number in valid) or len(valid) > 1
        if telling and len(valid) >= _SHARE * len(mine):
            yield from _placed(
                sheet, "NHS numbers", lambda cell, v=valid: str(cell).strip().removesuffix(".0") in v, only=column
            )


def _headed(sheet: Sheet) -> Iterator[Finding]:
    for index, row in enumerate(sheet.rows[:_SEARCHED]):
        names = {
            column: meaning(cell) for column, cell in enumerate(row) if isinstance(cell, str) and 0 < len(cell) <= 40
        }
        present = set(names.values())
        strong = {column for column in names if heading_kind(str(row[column])) and _filled(sheet, index, column)}
        for title, (marks, enough) in COLLECTIONS.items():
            if len(present & marks) >= enough and any(_filled(sheet, index, column) for column in names):
                yield Finding(title, f"sheet {sheet.name}", sheet.name)
        if "name" in present and len(present & WEAK_HEADINGS) >= 3:
            strong |= {column for column, name in names.items() if name == "name" and _filled(sheet, index, column)}
        for column in sorted(strong):
            yield Finding(f"a column headed “{names[column]}”", f"{sheet.name}!{column_letters(column)}", sheet.name)


def _filled(sheet: Sheet, heading: int, column: int) -> bool:
    return any(row[column] not in (None, "") for row in sheet.rows[heading + 1 :])


def _placed(sheet: Sheet, what: str, is_it: Callable[[object], bool], only: int | None = None) -> Iterator[Finding]:
    """One finding a column, as a range from its first to its last cell."""
    columns = range(len(sheet.rows[0]) if sheet.rows else 0) if only is None else (only,)
    for column in columns:
        rows = [index for index, row in enumerate(sheet.rows, 1) if is_it(row[column])]
        if rows:
            letters = column_letters(column)
            span = f"{letters}{rows[0]}" + (f":{letters}{rows[-1]}" if len(rows) > 1 else "")
            yield Finding(what, f"{sheet.name}!{span}", sheet.name)
