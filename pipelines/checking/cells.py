"""A sheet's cells as text, one row a figure, with the address of each kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from schemas.returns.labelled import Labelled, plain
from schemas.returns.numbers import number_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipelines.checking.headings import Headings
    from pipelines.reading import Sheet, Value
    from pipelines.reading.grid import Column
    from schemas.returns import SheetLayout

# What may be merged over several rows: labels, never numbers.
LABELS = ("indicator_id", "indicator", "agency_id", "period_id", "area_id", "breakdown", "category")


@dataclass(frozen=True)
class Cells:
    """One sheet's table. `text`: every column of the layout as text (index: the sheet's row number, 1 = first).

    `columns` gives the 0-based sheet column of each column found; `as_text` holds the (row, column) of numbers stored as
    text, from 0; `blank` counts rows with labels but no answer, which are not supplied.
    """

    sheet: str
    text: pd.DataFrame
    columns: dict[str, int]
    as_text: tuple[tuple[int, int], ...]
    blank: int


def table(sheet: Sheet, headings: Headings, layout: SheetLayout, *, typed: bool, categorical: bool = False) -> Cells:
    """The filled rows of a sheet as text. `typed` says the file distinguishes numbers from text (a CSV does not).

    `categorical`: the columns hold each different text once, which is quick for long tables; otherwise plain objects.
    """
    first, count = headings.first_row, max(len(sheet.rows) - headings.first_row, 0)
    columns = {name: sheet.columns[at] for name, at in headings.columns.items()}
    percents = _percents(sheet, first)
    made = {
        name: _texts(column, first, percents.get(headings.columns[name]), count) for name, column in columns.items()
    }
    labelled, answered = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    for column in layout.columns:
        if column.name in made:
            filled = ~made[column.name].is_("")
            labelled |= filled
            answered |= filled if column.answer else False
    for name in LABELS:
        if sheet.merged and name in made:
            made[name] = _carried_down(made[name], sheet, first, headings.columns[name])
    index = pd.RangeIndex(first + 1, first + 1 + count)
    nothing = Labelled(np.zeros(count, dtype=np.int8), [""])
    frame = pd.DataFrame({c.name: made.get(c.name, nothing).column(index) for c in layout.columns}, copy=False)
    kept = frame if answered.all() else frame[answered]
    numbers = [c.name for c in layout.columns if c.holds == "number" and c.name in columns]
    stored = tuple(_stored_as_text(headings, {name: columns[name] for name in numbers}, answered)) if typed else ()
    blank = int((labelled & ~answered).sum())
    return Cells(sheet.name, kept if categorical else plain(kept), dict(headings.columns), stored, blank)


def as_text(value: Value) -> str:
    """A cell as an analyst reads it: whole numbers without ".0", dates as 2026-09-30, no float tails.

    >>> as_text(24.0), as_text(0.1 + 0.2), as_text("  a b "), as_text(True)
    ('24', '0.3', 'a b', 'TRUE')
    """
    if type(value) is str:  # the commonest first
        return value.replace("\u00a0", " ").strip()
    if value is None:
        return ""
    if type(value) is float:
        return _number(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return str(value.date()) if value.time() == time.min else str(value)
    return str(value)


# What two decimals would round away.
_SEEN = 0.005
# A number with more decimals than anybody typed; one of more whole digits may be somebody's, decimals or not.
_LONG_TAIL = re.compile(r"(-?\d{1,7}\.\d{3,})(%?)")


def tidied(text: str) -> str:
    """A cell's text; a number with a long tail of decimals as a spreadsheet shows it, with two.

    >>> tidied("83.8998211091%"), tidied("0.000432100"), tidied("24.5"), tidied("1234567890.1234"), tidied("Q1")
    ('83.9%', '0.00043', '24.5', '1234567890.1234', 'Q1')
    """
    found = _LONG_TAIL.fullmatch(text)
    if found is None:
        return text
    number = float(found[1])
    rounded = f"{number:.2f}" if abs(number) >= _SEEN or not number else f"{number:.2g}"
    return (rounded.rstrip("0").rstrip(".") if "e" not in rounded else rounded) + found[2]


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    tidy = round(value, 10)
    return repr(tidy) if abs(tidy) < 1e16 else f"{tidy:.0f}"


def _percents(sheet: Sheet, first: int) -> dict[int, np.ndarray]:
    """By column, the rows beneath the headings (from 0) whose number is shown as a percentage."""
    found: dict[int, list[int]] = {}
    for row, column in sheet.percent:
        if row >= first:
            found.setdefault(column, []).append(row - first)
    return {column: np.array(rows, dtype=np.intp) for column, rows in found.items()}


def _texts(column: Column, first: int, percents: np.ndarray | None, count: int) -> Labelled:
    """A column's cells beneath the headings as text."""
    values, cells = column.values, column.codes[first : first + count]  # noqa: PD011 - a column of ours
    known: dict[str, int] = {"": 0}
    numbers = np.array([known.setdefault(as_text(value), len(known)) for value in values], dtype=np.intp)
    if percents is None:
        return Labelled(numbers.astype(np.min_scalar_type(-len(known)))[cells], list(known))
    codes = numbers[cells]
    if len(percents):
        shown = {
            number: known.setdefault(f"{_number(float(value) * 100)}%", len(known))
            for number in np.unique(cells[percents]).tolist()
            if isinstance(value := values[number], int | float)
        }
        for number, text in shown.items():
            codes[percents[cells[percents] == number]] = text
    return Labelled(codes.astype(np.min_scalar_type(-len(known))), list(known))


def _carried_down(column: Labelled, sheet: Sheet, first: int, at: int) -> Labelled:
    """A column with each label that is merged over several rows repeated on each of them."""
    codes = column.codes.copy()
    for top, left, bottom, right in sheet.merged:
        if left <= at <= right and bottom > top and first <= top < first + len(codes):
            codes[top - first : bottom - first + 1] = codes[top - first]
    return Labelled(codes, column.texts)


def _stored_as_text(
    headings: Headings, columns: Mapping[str, Column], answered: np.ndarray
) -> Iterator[tuple[int, int]]:
    """Where numbers stand as text in rows that count."""
    first = headings.first_row
    for name, column in columns.items():
        numbers = [
            number
            for number, value in enumerate(column.values)
            if isinstance(value, str) and number_in(value) is not None
        ]
        rows = column.where(numbers) - first if numbers else np.array([], dtype=np.intp)
        at = headings.columns[name]
        yield from ((first + row, at) for row in rows[rows >= 0].tolist() if answered[row])
