"""The rows of a return as text, and the address of every cell in them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.checking.echo import leads_to_anybody
from pipelines.reading import address
from schemas.returns.by_value import texts
from schemas.returns.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipelines.checking.cells import Cells
    from schemas.problems import Problem
    from schemas.rule import Rule

# A reference number in the wrong cell is not repeated back: it may be somebody's.
_LONGEST_NUMBER = 9
_SHOWN = 60
NOT_REPEATED = "words that are not repeated here"


@dataclass(frozen=True)
class Rows:
    """The filled rows of every sheet: `text` (running index) has the layout's columns as text, `sheet` and `row`.

    `columns`: where each column stands on each sheet, counted from 0. `spots`: of rows gathered from here and there, the
    sheet, row and column (from 0) of each of their cells.
    """

    text: pd.DataFrame
    columns: Mapping[str, Mapping[str, int]]
    spots: Mapping[int, Mapping[str, tuple[str, int, int]]] = field(default_factory=dict[int, Any])

    def only(self, kept: pd.DataFrame) -> Rows:
        """The same with fewer rows."""
        return replace(self, text=kept)

    def value(self, at: int, column: str) -> str:
        """The text of one cell, "" for a column the layout does not have."""
        if column not in self.text:
            return ""
        if column not in self._read:
            self._read[column] = dict(zip(self.text.index.tolist(), self.text[column].tolist(), strict=True))
        return str(self._read[column][at])

    def place(self, at: int, column: str) -> dict[str, Any]:
        """`sheet`, `cell`, `row` and `column` of a cell, as a problem names them.

        Where the sheet lacks the column, the cell is that of the indicator, or the first there is.
        """
        if at in self.spots:
            spots = self.spots[at]
            sheet, row, place = spots.get(column, spots[""])
            return {"sheet": sheet, "cell": address(row, place), "row": row + 1, "column": column}
        sheet, row = self.value(at, "sheet"), int(self.value(at, "row"))
        here = self.columns[sheet]
        place = here.get(column, here.get("indicator_id", min(here.values())))
        return {"sheet": sheet, "cell": address(row - 1, place), "row": row, "column": column}

    def where(self, at: int, column: str) -> str:
        """A cell's address with its sheet, as `Figures!F14`."""
        place = self.place(at, column)
        return f"{place['sheet']}!{place['cell']}"

    def problem(self, rule: Rule, at: int, column: str, words: Mapping[str, object]) -> Problem:
        """The problem a rule reports of one cell; `words` fill its message."""
        place, value = self.place(at, column), "" if rule.withheld else shown(self.value(at, column))
        every = {"value": value, **words, "where": f"{place['sheet']}!{place['cell']}"}
        return rule.problem(every, value=value, **place)

    @cached_property
    def _read(self) -> dict[str, dict[int, Any]]:
        return {}


def joined(tables: Iterable[Cells]) -> Rows:
    """The rows of several sheets as one."""
    tables = list(tables)
    frames = [
        table.text.assign(sheet=texts([table.sheet] * len(table.text), table.text.index), row=table.text.index)
        for table in tables
    ]
    return Rows(pd.concat(frames, ignore_index=True), {table.sheet: table.columns for table in tables})


def shown(text: str) -> str:
    """A cell's text as a message may repeat it: short, without long numbers, and nothing that could be a person's.

    >>> shown("12 of 40"), shown("4857773456"), shown("Jane Example")
    ('12 of 40', 'a 10-digit number', 'words that are not repeated here')
    """
    text = visible(text)
    digits = sum(map(str.isdigit, text))
    if digits >= _LONGEST_NUMBER:
        return f"a {digits}-digit number"
    if leads_to_anybody(text):
        return NOT_REPEATED
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
