"""The first check of any file: is it about single people? Says where and what kind, never the value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.checking.person_lists import Listed, lists_in, names_among
from pipelines.checking.person_numbers import ISSUED, in_parts, nhs_numbers
from pipelines.checking.person_texts import lists_beside
from pipelines.checking.person_words import kinds_in
from pipelines.reading import column_letters
from pipelines.reading.swept import BYTES, HIDDEN, WRITTEN
from schemas.returns.listed import listed as listed_in_words
from schemas.returns.meaning import meaning
from schemas.returns.person_headings import (
    COLLECTIONS,
    CONTACT_HEADINGS,
    OFFICE_HEADINGS,
    WEAK_HEADINGS,
    heading_kind,
)
from schemas.returns.telling import names_a_person
from schemas.rules import file, file_contents

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence
    from datetime import date

    from pipelines.reading import Sheet, Workbook
    from pipelines.reading.grid import Column
    from schemas.problems import Problem

FILE_NAME = "the file's name"
_SEARCHED = 60
_ANY = "0123456789"
# Words beside the cells among which a figure's copy may stand; in all others ten digits are never a total.
_WITH_FIGURES = ("chart", "a pivot table", "a copy of", "hidden data", "text outside", WRITTEN, BYTES)
# Programs write these without being asked, and their names are those of whoever works with the file.
_STAFF_OR_PROGRAMS = ("document property", "author of a comment", "person who commented", HIDDEN, BYTES)
_APART = re.compile(r"[,;|\n\t\"]+")
_ON_SHEET = re.compile(r"(.*?) (at|on|of) (.+?)(?:!(\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?))?", re.DOTALL)
# What a spreadsheet calls a copy of a sheet, and the sheets of the templates, of which the first may be gone.
_COPY = re.compile(r"(.+?) ?\(\d{1,2}\)")
_TEMPLATES_OWN = frozenset({"cover", "figures", "commentary", "not held", "lists", "scorecard", "dashboard", "data"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One sign of person-level data: what it looks like, and where; whether a heading that says what it is would let it pass."""

    what: str
    place: str
    sheet: str | None = None
    by_its_values: bool = False


def findings(workbook: Workbook, today: date | None = None) -> tuple[Finding, ...]:
    """Every sign that the file is about single people, in all sheets, hidden ones too, and in the words around them.

    Sheets are told by their place, "sheet 2": a sheet's name may be a child's. `today`: from which ages are counted.
    """
    return looked_through(workbook, today)[0]


def looked_through(workbook: Workbook, today: date | None = None) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The signs that refuse a file, as `findings` gives them, and those that are only to be asked about."""
    numbers = {sheet.name: f"sheet {number}" for number, sheet in enumerate(workbook.sheets, 1)}
    asked: list[Finding] = []
    found = [finding for sheet in workbook.sheets for finding in _in_sheet(sheet, numbers[sheet.name])]
    if not found:  # what is refused already need not be weighed
        lists = [(numbers[s.name], listed) for s in workbook.sheets if (listed := lists_in(s, today))]
        found = [_as_a_list(listed, number) for number, listed in lists if listed.sure]
        asked = [_as_a_list(listed, number) for number, listed in lists if not listed.sure]
        for what, where, sure in lists_beside(workbook, today):
            (found if sure else asked).append(Finding(what, where, by_its_values=sure))
    found += [Finding(what, FILE_NAME) for what in kinds_in(workbook.file_name)]
    for name, number in numbers.items():
        found += [Finding(what, f"the name of {number}", number) for what in kinds_in(name, bare=_ANY)]
        is_named = names_a_person(_uncopied(name, numbers))
        found += [Finding("a person's name", f"the name of {number}", number)] if is_named else []
    for place, text in workbook.texts:
        bare = "" if place == HIDDEN else ISSUED if place.startswith(_WITH_FIGURES) else _ANY
        found += [_beside(what, place, numbers) for what in kinds_in(text, bare=bare)]
    found += [Finding("a list of people’s names", kind) for kind in _kinds_of_names(workbook)]
    return tuple(dict.fromkeys(found)), tuple(asked)


def asked_about(workbook: Workbook, today: date) -> tuple[Finding, ...]:
    """What of a file that nothing refuses is to be asked about, as `looked_through` does; without what was read, of the rest."""
    found = [Finding(what, where) for what, where, _ in lists_beside(workbook, today)]
    lists = ((f"sheet {number}", lists_in(sheet, today)) for number, sheet in enumerate(workbook.sheets, 1))
    return (*(_as_a_list(listed, number) for number, listed in lists if listed), *found)


def _uncopied(name: str, names: Container[str]) -> str:
    """A sheet's name without the number a spreadsheet gives to a copy of one that is there, or of one of the template's.

    >>> _uncopied("Scorecard (2)", {"Scorecard"}), _uncopied("Cover (3)", ()), _uncopied("Somebody (7)", ())
    ('Scorecard', 'Cover', 'Somebody (7)')
    """
    copied = _COPY.fullmatch(name)
    return copied[1] if copied and (copied[1] in names or meaning(copied[1]) in _TEMPLATES_OWN) else name


def refusing(found: tuple[Finding, ...]) -> list[Problem]:
    """The errors that refuse a file; where only its values told, with what would let a harmless sheet pass."""
    return [
        file.PERSON_LEVEL.problem(
            {"what": one.what, "place": one.place, "unless": file.HEADED if one.by_its_values else ""}, sheet=one.sheet
        )
        for one in found
    ]


def asking(found: tuple[Finding, ...]) -> list[Problem]:
    """The queries about rows that may be about single people."""
    return [file_contents.MAY_BE_SINGLE.problem({"what": one.what, "place": one.place}) for one in found]


def _as_a_list(listed: Listed, number: str) -> Finding:
    """A list of single people, by what it was known and where."""
    (top, bottom), (left, right) = listed.rows, listed.columns
    span = f"cells {column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}"
    said = f"a list of single people ({listed_in_words(listed.signs)})"
    return Finding(said, f"{number}, {span}", number, by_its_values=True)


def _kinds_of_names(workbook: Workbook) -> Iterator[str]:
    """The kinds of words beside the cells that are mostly names: a list of choices, the names given to ranges."""
    by_kind: dict[str, list[str]] = {}
    for place, text in workbook.texts:
        match = _ON_SHEET.fullmatch(place)
        kind = match[1] if match else place
        if not kind.startswith(_STAFF_OR_PROGRAMS):
            by_kind.setdefault(kind, []).extend(_APART.split(text))
    yield from (kind for kind, texts in by_kind.items() if names_among(texts))


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
    looked_at: dict[str, list[str]] = {}
    found: dict[str, list[Finding]] = {}
    for at, column in enumerate(sheet.columns):
        # A label stands in thousands of rows, and often in two columns: each text is read once.
        for value in column.values:
            if isinstance(value, str) and value not in looked_at:
                looked_at[value] = kinds_in(value)
        telling = [n for n, value in enumerate(column.values) if isinstance(value, str) and looked_at[value]]
        for what in dict.fromkeys(kind for n in telling for kind in looked_at[str(column.values[n])]):
            mine = [n for n in telling if what in looked_at[str(column.values[n])]]
            found.setdefault(what, []).append(_placed(column, at, mine, what, number))
    yield from _headed(sheet, number, {text for text in looked_at if heading_kind(text)})
    yield from (finding for each in found.values() for finding in each)
    for at, rows in nhs_numbers(sheet):
        yield _placed(sheet.columns[at], at, rows, "NHS numbers", number)
    yield from (Finding("NHS numbers, a part in each column", f"{number}, {span}", number) for span in in_parts(sheet))


def _headed(sheet: Sheet, number: str, telling: set[str]) -> Iterator[Finding]:
    """Columns under a heading of a list of people, wherever on the sheet it begins."""
    for index, row in enumerate(sheet.rows if telling else sheet.rows[:_SEARCHED]):
        if index >= _SEARCHED and telling.isdisjoint(row):
            continue
        names = {
            column: meaning(cell) for column, cell in enumerate(row) if isinstance(cell, str) and 0 < len(cell) <= 60
        }
        present = set(names.values())
        strong = {column for column in names if heading_kind(str(row[column])) and _filled(sheet, index, column)}
        if present & OFFICE_HEADINGS and {names[column] for column in strong} <= CONTACT_HEADINGS:
            strong = set()  # how to reach an office; a whole postcode that is no agency's is found by itself
        for title, (marks, enough) in COLLECTIONS.items():
            if len(present & marks) >= enough and any(_filled(sheet, index, column) for column in names):
                yield Finding(title, number, number)
        if "name" in present and len(present & WEAK_HEADINGS) >= 3:
            strong |= {column for column, name in names.items() if name == "name" and _filled(sheet, index, column)}
        for column in sorted(strong):
            yield Finding(f"a column headed “{names[column]}”", f"{number}, column {column_letters(column)}", number)


def _filled(sheet: Sheet, heading: int, column: int) -> bool:
    return sheet.columns[column].last() > heading


def _placed(column: Column, at: int, numbers: Sequence[int], what: str, sheet: str) -> Finding:
    """One finding for a column, as a range from its first to its last cell."""
    rows, letters = column.where(numbers) + 1, column_letters(at)
    span = f"cells {letters}{rows[0]}:{letters}{rows[-1]}" if len(rows) > 1 else f"cell {letters}{rows[0]}"
    return Finding(what, f"{sheet}, {span}", sheet)
