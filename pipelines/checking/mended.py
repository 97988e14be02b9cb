"""A workbook as its sender mended it: the same sheets with other answers in single cells, before anything is judged."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import cache
from string import digits
from typing import TYPE_CHECKING

import numpy as np

from pipelines.checking.person_level import findings
from pipelines.checking.person_words import kinds_in
from pipelines.reading import address, place_of
from pipelines.reading.grid import Column, Grid
from schemas.problems import UserError
from schemas.returns import kinds
from schemas.returns.kind import LOG_COVER
from schemas.returns.mends import COVER, LONGEST, REASON_FOR, Mend
from schemas.returns.numbers import number_in
from schemas.returns.telling import calls_somebody_by_name, names_anybody, tells_of_one
from schemas.returns.visible import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.reading import Sheet, Value, Workbook

# What is written of figures in sentences: the same check as in the file.
SENTENCES = frozenset({REASON_FOR, "reason", "what_happened", "why", "what_we_are_doing"})
# A number as a spreadsheet would take it when it is typed; a percentage stays text, which says what it is.
_TYPED = re.compile(r"[+-]?[\d,]*\.?\d+")
_PERSONAL = (
    "What was typed for {where} may be about a person, so it was not kept. Write the role instead of the name, and no number, "
    "date or address by which anybody could be known."
)


class PersonalError(UserError):
    """What was typed may be about a person: it is kept nowhere, not even in the field it was typed in."""


def mended(workbook: Workbook, mends: Sequence[Mend]) -> Workbook:
    """The workbook with every mend in its place.

    UserError where a mend lies outside the sheets, is too long, or may be about a person: that one is named by its cell,
    never by what it says. What was mended is held to the first check of any file again, in its column and sheet.
    """
    for mend in mends:
        _refuse(mend)
    known = {sheet.name for sheet in workbook.sheets}
    placed = [mend for mend in mends if mend.cell]
    for mend in placed:
        if mend.sheet not in known:
            raise _not_there(mend)
    whole = _with(workbook, [mend for mend in placed if not mend.is_beside])
    if placed and findings(_with(whole, _at_the_right(whole, placed))):
        raise PersonalError(_PERSONAL.format(where=", ".join(mend.where for mend in mends[:5])))
    return whole


def reasons_for(workbook: Workbook, mends: Sequence[Mend]) -> dict[tuple[str, int, int], str]:
    """The reasons given for figures by the cells that give them: sheet, row and column, counted from 0.

    UserError where a cell is not in the workbook.
    """
    sizes = {sheet.name: (len(sheet.rows), len(sheet.columns)) for sheet in workbook.sheets}
    beside = [mend for mend in mends if mend.is_beside]
    for mend in beside:
        if mend.sheet not in sizes:
            raise _not_there(mend)
    return {(mend.sheet, *_place(mend, *sizes[mend.sheet])): visible(mend.value) for mend in beside}


def nothing_beside(mends: Sequence[Mend]) -> None:
    """Stop a reason for a cell's figure in a file whose rows have a column for reasons: it would count for nothing."""
    for mend in mends:
        if mend.is_beside:
            raise _not_there(mend)


def _with(workbook: Workbook, mends: Sequence[Mend]) -> Workbook:
    by_sheet: dict[str, list[Mend]] = defaultdict(list)
    for mend in mends:
        by_sheet[mend.sheet].append(mend)
    sheets = [_sheet(sheet, by_sheet[sheet.name]) if sheet.name in by_sheet else sheet for sheet in workbook.sheets]
    return replace(workbook, sheets=tuple(sheets))


def _at_the_right(workbook: Workbook, mends: Sequence[Mend]) -> list[Mend]:
    """The reasons for figures as if they stood at the end of their rows, so that a sheet is looked at with them."""
    width = {sheet.name: len(sheet.columns) for sheet in workbook.sheets}
    rows: dict[tuple[str, int], list[str]] = defaultdict(list)
    for (sheet, row, _), text in reasons_for(workbook, mends).items():
        rows[sheet, row].append(text)
    return [Mend(sheet, address(row, width[sheet]), "reason", "\n".join(said)) for (sheet, row), said in rows.items()]


def covers_a_name(workbook: Workbook, mends: Sequence[Mend]) -> bool:
    """Whether what stood in a mended cell may have named somebody: it still does so in the file."""
    sheets = {sheet.name: sheet.rows for sheet in workbook.sheets}
    for mend in mends:
        if mend.cell and not mend.is_beside:
            row, column = place_of(mend.cell)
            stood = sheets[mend.sheet][row][column : column + 1]
            if any(isinstance(value, str) and _may_name(value) for value in stood):
                return True
    return False


def on_cover(mends: Sequence[Mend]) -> dict[str, str]:
    """The answers of the cover that were given in place of the file's own, by name."""
    return {mend.column: mend.value for mend in mends if mend.sheet == COVER and not mend.cell}


def _refuse(mend: Mend) -> None:
    """Stop what may not be kept, before it stands anywhere."""
    value = visible(mend.value)
    if mend.column not in _columns() or not (mend.cell or mend.sheet == COVER):
        raise UserError("A mend was given for a place that no return has, so nothing was mended. Drop the file again.")
    if len(value) > LONGEST:
        raise UserError(f"What was typed for {mend.where} is longer than {LONGEST} letters. Say it shorter.")
    if kinds_in(value, bare=digits) or (number_in(value) is None and (_may_name(value) or _tells(mend, value))):
        raise PersonalError(_PERSONAL.format(where=mend.where))


def _tells(mend: Mend, value: str) -> bool:
    """Whether a sentence for a reason or an account tells of one child: it would be kept with the mend, its row out or not."""
    return mend.column in SENTENCES and tells_of_one(value)


def _may_name(text: str) -> bool:
    return names_anybody(text) or calls_somebody_by_name(text)


@cache
def _columns() -> frozenset[str]:
    """The name of every column and every answer of a cover there is; only these are stored beside what was mended."""
    layouts = [layout for kind in kinds().values() for layout in (*kind.sheets, *kind.notes)]
    covers = {name for kind in kinds().values() for name in (*LOG_COVER, *kind.cover)}
    return frozenset(covers | {REASON_FOR} | {column.name for layout in layouts for column in layout.columns})


def _sheet(sheet: Sheet, mends: Sequence[Mend]) -> Sheet:
    columns, percent = list(sheet.columns), set(sheet.percent)
    width = len(columns)
    places = {_place(mend, len(sheet.rows), width): mend for mend in mends}
    if any(column == width for _, column in places):
        columns.append(Column([None], np.zeros(len(sheet.rows), dtype=np.intp)))
    merged = _apart(sheet.merged, set(places), columns)
    by_column: dict[int, dict[int, Value]] = defaultdict(dict)
    for (row, column), mend in places.items():
        by_column[column][row] = _value(mend.value)
        percent.discard((row, column))  # "24" typed where 24% stood means 24
    for column, answers in by_column.items():
        columns[column] = _answered(columns[column], answers)
    return replace(sheet, rows=Grid(len(sheet.rows), columns), percent=frozenset(percent), merged=merged)


def _answered(column: Column, answers: Mapping[int, Value]) -> Column:
    """A column with other values in some rows (from 0)."""
    values, codes = list(column.values), column.codes.astype(np.intp)
    known = {(type(value), value): number for number, value in enumerate(values)}
    for row, value in answers.items():
        codes[row] = known.setdefault((type(value), value), len(values))
        if codes[row] == len(values):
            values.append(value)
    return Column(values, codes).compact()


def _place(mend: Mend, rows: int, width: int) -> tuple[int, int]:
    """The row and column of a mend: on the sheet, or in the first column beyond it."""
    try:
        row, column = place_of(mend.cell)
    except ValueError:
        raise _not_there(mend) from None
    if not (0 <= row < rows and 0 <= column <= width):
        raise _not_there(mend)
    return row, column


def _not_there(mend: Mend) -> UserError:
    return UserError(f"{mend.where} is not in this file, so it cannot be mended there. Drop the file again.")


def _apart(
    merged: tuple[tuple[int, int, int, int], ...], places: set[tuple[int, int]], columns: list[Column]
) -> tuple[tuple[int, int, int, int], ...]:
    """Merged cells without those a mend lies in, whose rows then each say themselves what the label above said for them."""
    kept: list[tuple[int, int, int, int]] = []
    for top, left, bottom, right in merged:
        if not any(top <= row <= bottom and left <= column <= right for row, column in places):
            kept.append((top, left, bottom, right))
            continue
        codes = columns[left].codes.copy()
        codes[top : bottom + 1] = codes[top]
        columns[left] = Column(columns[left].values, codes).compact()
    return tuple(kept)


def _value(text: str) -> Value:
    """What a spreadsheet would make of it: a number where it is one, else the text without signs nobody sees."""
    plain = visible(text).strip()
    number = number_in(plain) if _TYPED.fullmatch(plain) else None
    if number is None:
        return plain or None
    return int(number) if number.is_integer() else number
