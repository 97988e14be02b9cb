"""What reading gives: a workbook's sheets as rows of plain values, and where each value stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from pipelines.reading.grid import Column, Grid

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Value = str | int | float | bool | date | datetime | None
Format = Literal["xlsx", "xls", "xlsb", "ods", "csv"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: `rows[0]` is the sheet's row 1 and its first value column A; every row is equally long.

    An empty cell is None, an error cell its text (`#DIV/0!`), a formula nobody calculated its own text (`=A1/B1`),
    a whole number an int. The rows of a file that was read exist only while they are looked at; `columns` is there at
    once. `percent` holds the (row, column) of filled cells with a percent format and `merged`
    the (first row, first column, last row, last column) of merged cells, all counted from 0. `hidden_rows` and
    `hidden_columns` are those a person does not see, counted from 0; they are known of .xlsx, .ods and .xls.
    """

    name: str
    visible: bool
    rows: Sequence[list[Value]]
    percent: frozenset[tuple[int, int]] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        """Rows put together by hand become columns as those that were read are."""
        if not isinstance(self.rows, Grid):
            object.__setattr__(self, "rows", Grid.of(self.rows))

    @property
    def columns(self) -> tuple[Column, ...]:
        """The cells column by column, each different value once: quick to go through, however many rows there are."""
        return self.rows.columns if isinstance(self.rows, Grid) else ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """One file as read: `notes` say what the reader had to do or could not see, in sentences for people.

    `texts` are the words outside the cells as (where, text), for the check for person-level data:
    comments, document properties, text boxes, headers, a pivot table's hidden copy of its data.
    """

    path: Path
    file_name: str
    sha256: str
    format: Format
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
