"""The first check of any file: is it about single people? Says where and what kind, never the value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.checking.person_words import kinds_in
from pipelines.reading import column_letters
from schemas.returns.meaning import meaning
from schemas.returns.person_headings import COLLECTIONS, WEAK_HEADINGS, heading_kind
from schemas.returns.person_level import is_nhs_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipelines.reading import Sheet, Workbook

FILE_NAME = "the file's name"
_SEARCHED = 60
# Of chance ten-digit numbers one in eleven passes the check digit; of NHS numbers all do, but for slips of typing.
_SHARE = 0.5
# First digits of the numbers issued in England, and of those kept for tests; one of another range may be chance.
_ISSUED = "4679"
_ANY = "0123456789"
# Words beside the cells among which a figure's copy may stand; in all others ten digits are never a total.
_WITH_FIGURES = ("chart", "a pivot table", "a copy of", "hidden data", "text outside")
_ON_SHEET = re.compile(r"(.*?) (at|on|of) (.+?)(?:!(\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Finding:
    """One sign of person-level data: what it looks like, and where."""

    what: str
    place: str
    sheet: str | None = None


def findings(workbook: Workbook) -> tuple[Finding, ...]:
    """Every sign that the file is about single people, in all sheets, hidden ones too, and in the words around them.

    Sheets are told by their place, "sheet 2": a sheet's name may be a child's.
    """
    numbers = {sheet.name: f"sheet {number}" for number, sheet in enumerate(workbook.sheets, 1)}
    found = [finding for sheet in workbook.sheets for finding in _in_sheet(sheet, numbers[sheet.name])]
    found += [Finding(what, FILE_NAME) for what in kinds_in(workbook.file_name)]
    for name, number in numbers.items():
        found += [Finding(what, f"the name of {number}", number) for what in kinds_in(name, bare=_ANY)]
    for place, text in workbook.texts:
        bare = _ISSUED if place.startswith(_WITH_FIGURES) else _ANY
        found += [_beside(what, place, numbers) for what in kinds_in(text, bare=bare)]
    return tuple(dict.fromkeys(found))


def _beside(what: str, place: str, numbers: dict[str, str]) -> Finding:
    """A sign outside the cells; of the words that say where, no sheet's name is kept."""
    match = _ON_SHEET.fullmatch(place)
    if match is None or place.startswith(_WITH_FIGURES):
        return Finding(what, place)
    kind, joint, name, cell = match.groups()
    number = numbers.get(name)
    if number is None:
        return Finding(what, kind)
    return Finding(what, f"{kind} {joint} {number}" + (f", cell {cell}" if cell else ""), number)


def _in_sheet(sheet: Sheet, number: str) -> Iterator[Finding]:
    yield from _headed(sheet, number)
    cells: set[object] = set().union(*sheet.rows)
    suspects = {text: kinds for text in cells if isinstance(text, str) and (kinds := kinds_in(text))}
    for what in dict.fromkeys(kind for kinds in suspects.values() for kind in kinds):
        texts = {text for text, kinds in suspects.items() if what in kinds}
        yield from _placed(sheet, number, what, lambda cell, texts=texts: isinstance(cell, str) and cell in texts)
    yield from _ten_digits(sheet, number, cells)


def _ten_digits(sheet: Sheet, number: str, cells: set[object]) -> Iterator[Finding]:
    """Columns of bare ten-digit numbers of which at least half carry an NHS number's check digit."""
    big = {
        cell
        for cell in cells
        if (type(cell) is int and 10**9 <= cell < 10**10)
        or (type(cell) is float and 1e9 <= cell < 1e10)
        or (type(cell) is str and len(cell.strip()) == 10 and cell.strip().isdecimal())
    }
    if not big:
        return
    for column in range(len(sheet.rows[0])):
        mine = {str(cell).strip().removesuffix(".0") for row in sheet.rows if (cell := row[column]) in big}
        valid = {digits for digits in mine if is_nhs_number(digits)}
        telling = any(digits[0] in _ISSUED for digits in valid) or len(valid) > 1
        if telling and len(valid) >= _SHARE * len(mine):
            yield from _placed(
                sheet, number, "NHS numbers", lambda cell, v=valid: str(cell).strip().removesuffix(".0") in v, column
            )


def _headed(sheet: Sheet, number: str) -> Iterator[Finding]:
    for index, row in enumerate(sheet.rows[:_SEARCHED]):
        names = {
            column: meaning(cell) for column, cell in enumerate(row) if isinstance(cell, str) and 0 < len(cell) <= 40
        }
        present = set(names.values())
        strong = {column for column in names if heading_kind(str(row[column])) and _filled(sheet, index, column)}
        for title, (marks, enough) in COLLECTIONS.items():
            if len(present & marks) >= enough and any(_filled(sheet, index, column) for column in names):
                yield Finding(title, number, number)
        if "name" in present and len(present & WEAK_HEADINGS) >= 3:
            strong |= {column for column, name in names.items() if name == "name" and _filled(sheet, index, column)}
        for column in sorted(strong):
            yield Finding(f"a column headed “{names[column]}”", f"{number}, column {column_letters(column)}", number)


def _filled(sheet: Sheet, heading: int, column: int) -> bool:
    return any(row[column] not in (None, "") for row in sheet.rows[heading + 1 :])


def _placed(
    sheet: Sheet, number: str, what: str, is_it: Callable[[object], bool], only: int | None = None
) -> Iterator[Finding]:
    """One finding a column, as a range from its first to its last cell."""
    columns = range(len(sheet.rows[0]) if sheet.rows else 0) if only is None else (only,)
    for column in columns:
        rows = [index for index, row in enumerate(sheet.rows, 1) if is_it(row[column])]
        if rows:
            letters = column_letters(column)
            span = f"cells {letters}{rows[0]}:{letters}{rows[-1]}" if len(rows) > 1 else f"cell {letters}{rows[0]}"
            yield Finding(what, f"{number}, {span}", number)
