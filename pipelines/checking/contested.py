"""Figures of the template's table given so that nobody can tell what they are: anew in a column beside, or in merged cells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pipelines.checking.cells import LABELS, as_text
from pipelines.checking.echo import heading_shown
from pipelines.checking.rows import shown
from pipelines.reading import address
from schemas.returns.figures import KIND
from schemas.returns.heading_words import anew, is_difference
from schemas.returns.markers import marker_of
from schemas.returns.numbers import number_in
from schemas.rules import file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipelines.checking.headings import Headings
    from pipelines.checking.rows import Rows
    from pipelines.reading import Sheet
    from schemas.problems import Problem

_NUMBERS = ("numerator", "denominator", "value")
_ANSWERS = (*_NUMBERS, "marker", "nil")
# The sheet and the row (from 0) of a figure, and what is wrong with it; nothing is said twice of one merged cell.
Found = tuple[str, int, "Problem | None"]


def contested(rows: Rows, tables: Iterable[tuple[Sheet, Headings]]) -> tuple[Rows, list[Problem]]:
    """The rows with those `held` of which nobody can tell what their figure is, and an error for each."""
    found = [
        each for sheet, headings in tables for each in (*_given_anew(sheet, headings), *_in_merged(sheet, headings))
    ]
    if not found:
        return rows, []
    places = {(sheet, row + 1) for sheet, row, _ in found}
    standing = zip(rows.texts("sheet"), rows.text["row"].tolist(), strict=True)
    held = np.fromiter((place in places for place in standing), dtype=bool, count=len(rows.text))
    return replace(rows, held=frozenset(rows.text.index[held].tolist())), [each for _, _, each in found if each]


def _given_anew(sheet: Sheet, headings: Headings) -> Iterator[Found]:
    """Each row in which a column that nobody reads gives another number than the column it says it corrects."""
    known = KIND.data.headings
    named = [headings.columns[name] for name in ("indicator_id", "indicator") if name in headings.columns]
    for column, heading in headings.unread:
        name = anew(heading, known)
        if name not in _NUMBERS or name not in headings.columns:
            continue
        again, first = sheet.columns[column], sheet.columns[headings.columns[name]]
        filled = np.flatnonzero(again.filled()[headings.first_row :]) + headings.first_row
        for row in filled.tolist():
            old, new = (as_text(each.values[each.codes[row]]) for each in (first, again))
            if differ(old, new, heading) and any(
                as_text(sheet.columns[at].values[sheet.columns[at].codes[row]]) for at in named
            ):
                cell = address(row, column)
                words = {"heading": heading_shown(heading), "again": shown(new), "column": KIND.data.column(name).heading,
                         "first": f"says {shown(old)}" if old else "is empty", "where": f"{sheet.name}!{cell} and {address(row, headings.columns[name])}"}  # fmt: skip
                place = {"sheet": sheet.name, "cell": cell, "row": row + 1, "column": name}
                yield sheet.name, row, file.NUMBER_ANEW.problem(words, value=shown(new), **place)


def differ(old: str, new: str, heading: str) -> bool:
    """Whether the second of two cells is a number, and another than the first."""
    number = number_in(new)
    if number is None or (number == 0 and is_difference(heading)):
        return False
    return number != number_in(old) or marker_of(old) not in (None, "")


def _in_merged(sheet: Sheet, headings: Headings) -> Iterator[Found]:
    """Each row of a merged cell with a number or a sign that reaches over the rows of several figures."""
    answers = {headings.columns[name] for name in _ANSWERS if name in headings.columns}
    labels = [headings.columns[name] for name in LABELS if name in headings.columns]
    above = _carried(sheet, labels)
    for top, left, bottom, right in sheet.merged:
        if bottom == top or top < headings.first_row or not answers & set(range(left, right + 1)):
            continue
        value = as_text(sheet.rows[top][left])
        span = range(top, min(bottom + 1, len(sheet.rows)))
        figures = {tuple(as_text(sheet.rows[above.get((row, at), row)][at]) for at in labels) for row in span}
        count = len([each for each in figures if any(each)])
        if not value or count < 2:  # a figure on two lines of the sheet is one figure
            continue
        cells = f"{address(top, left)}:{address(bottom, right)}"
        words = {"value": shown(value), "where": f"{sheet.name}!{cells}", "count": count}
        place = {"sheet": sheet.name, "cell": address(top, left), "row": top + 1, "value": shown(value)}
        yield sheet.name, top, file.CELL_IS_SHARED.problem(words, **place)
        yield from ((sheet.name, row, None) for row in span)


def _carried(sheet: Sheet, columns: list[int]) -> dict[tuple[int, int], int]:
    """Of each cell of some columns that is merged with those above it, the row in which what it says stands."""
    found: dict[tuple[int, int], int] = {}
    for top, left, bottom, right in sheet.merged if columns else ():
        for at in (each for each in columns if left <= each <= right):
            found.update(dict.fromkeys(((row, at) for row in range(top, min(bottom + 1, len(sheet.rows)))), top))
    return found
