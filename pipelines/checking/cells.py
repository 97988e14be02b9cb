"""A sheet's cells as text, one row a figure, with the address of each kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

import pandas as pd

from pipelines.reading import address
from schemas.returns.numbers import number_in

if TYPE_CHECKING:
    from pipelines.checking.headings import Headings
    from pipelines.reading import Sheet, Value
    from schemas.returns import SheetLayout

# What may be merged over several rows: labels, never numbers.
_LABELS = ("indicator_id", "indicator", "agency_id", "period_id", "area_id", "breakdown", "category")


@dataclass(frozen=True)
class Cells:
    """One sheet's table. `text`: every column of the layout as text (index: the sheet's row number, 1 = first).

    `columns` gives the 0-based sheet column of each column found; `as_text` are addresses of numbers stored as text;
    `blank` counts rows with labels but no answer, which are not supplied.
    """

    sheet: str
    text: pd.DataFrame
    columns: dict[str, int]
    as_text: tuple[str, ...]
    blank: int


def table(sheet: Sheet, headings: Headings, layout: SheetLayout, *, typed: bool) -> Cells:
    """The filled rows of a sheet as text. `typed` says the file distinguishes numbers from text (a CSV does not)."""
    rows = sheet.rows[headings.first_row :]
    columns = {name: _column(sheet, rows, headings, at) for name, at in headings.columns.items()}
    frame = pd.DataFrame(
        {c.name: columns.get(c.name, [""] * len(rows)) for c in layout.columns},
        index=pd.RangeIndex(headings.first_row + 1, headings.first_row + 1 + len(rows)),
        dtype="object",
    )
    labelled = (frame != "").any(axis=1)
    answered = (frame[list(layout.answers)] != "").any(axis=1)
    for name in _LABELS:
        if sheet.merged and name in headings.columns:
            _carry_down(frame, sheet, name, headings.columns[name])
    kept = frame[answered]
    numbers = [c.name for c in layout.columns if c.holds == "number" and c.name in headings.columns]
    stored = _stored_as_text(rows, headings, numbers, kept) if typed else ()
    return Cells(sheet.name, kept, dict(headings.columns), stored, int((labelled & ~answered).sum()))


def as_text(value: Value) -> str:
    """A cell as an analyst reads it: whole numbers without ".0", dates as 2026-09-30, no float tails.

    >>> as_text(24.0), as_text(0.1 + 0.2), as_text("  a b "), as_text(True)
    ('24', '0.3', 'a b', 'TRUE')
    """
    if type(value) is str:  # the commonest first: this runs once a cell
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


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    tidy = round(value, 10)
    return repr(tidy) if abs(tidy) < 1e16 else f"{tidy:.0f}"


def _column(sheet: Sheet, rows: list[list[Value]], headings: Headings, at: int) -> list[str]:
    cells = [row[at] for row in rows]
    # One answer for each different value; but 1 and True are one key to a dictionary, and two texts.
    known: dict[Value, str] = {}
    if bool in set(map(type, cells)):
        texts = [as_text(cell) for cell in cells]
    else:
        texts = [known[cell] if cell in known else known.setdefault(cell, as_text(cell)) for cell in cells]
    for row, column in sheet.percent:
        place = row - headings.first_row
        if column == at and place >= 0 and isinstance(value := rows[place][at], int | float):
            texts[place] = f"{_number(float(value) * 100)}%"
    return texts


def _carry_down(frame: pd.DataFrame, sheet: Sheet, name: str, column: int) -> None:
    """Repeat a label merged over several rows on each of them."""
    for top, left, bottom, right in sheet.merged:
        if left <= column <= right and bottom > top and top + 1 in frame.index:
            frame.loc[top + 1 : bottom + 1, name] = str(frame.loc[top + 1, name])


def _stored_as_text(
    rows: list[list[Value]], headings: Headings, names: list[str], kept: pd.DataFrame
) -> tuple[str, ...]:
    first, found = headings.first_row + 1, []
    wanted = set(kept.index)
    for name in names:
        at = headings.columns[name]
        found += [
            address(first + place - 1, at)
            for place, row in enumerate(rows)
            if type(row[at]) is str and first + place in wanted and number_in(row[at]) is not None  # pyright: ignore[reportArgumentType]
        ]
    return tuple(found)
