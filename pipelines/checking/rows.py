"""The rows of a return as text, and the address of every cell in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from pipelines.checking.cells import tidied
from pipelines.checking.echo import leads_to_anybody
from pipelines.reading import address
from schemas.returns.labelled import Labelled
from schemas.returns.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipelines.checking.cells import Cells
    from schemas.problems import Problem
    from schemas.rule import Rule

# A reference number in the wrong cell is not repeated back: it may be somebody's.
_LONGEST_NUMBER = 9
_SHOWN = 60
# The time of a day says nothing to whoever typed a number, and has the digits of a reference.
_AT_A_TIME = re.compile(r"^(\d{4}-\d\d-\d\d)[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?$")
NOT_REPEATED = "words that are not repeated here"


@dataclass(frozen=True)
class Rows:
    """The filled rows of every sheet: `text` (running index) has the layout's columns as text, `sheet` and `row`.

    `columns`: where each column stands on each sheet, counted from 0. `spots`: of rows gathered from here and there, the
    sheet, row and column (from 0) of each of their cells. `held`: the rows that were sent and are kept out, as it has been said
    already that nobody can tell what their figure is.
    """

    text: pd.DataFrame
    columns: Mapping[str, Mapping[str, int]]
    spots: Mapping[int, Mapping[str, tuple[str, int, int]]] = field(default_factory=dict[int, Any])
    held: frozenset[int] = frozenset()

    def only(self, kept: pd.DataFrame) -> Rows:
        """The same with fewer rows."""
        return replace(self, text=kept)

    def column(self, name: str) -> Labelled:
        """One column, each different text once."""
        if name not in self._read:
            self._read[name] = Labelled.of(self.text[name])
        return self._read[name]

    def value(self, at: int, column: str) -> str:
        """The text of one cell, "" for a column the layout does not have."""
        return self._text(self._position(at), column) if column in self.text else ""

    def texts(self, column: str) -> list[str]:
        """The texts of a column from top to bottom, each "" for a column the layout does not have."""
        if column not in self.text:
            return [""] * len(self.text)
        held = self.column(column)
        return [str(held.texts[code]) for code in held.codes.tolist()]

    def place(self, at: int, column: str) -> dict[str, Any]:
        """`sheet`, `cell`, `row` and `column` of a cell, as a problem names them.

        Where the sheet lacks the column, the cell is that of the indicator, or the first there is.
        """
        if at in self.spots:
            spots = self.spots[at]
            sheet, row, place = spots.get(column, spots[""])
            return {"sheet": sheet, "cell": address(row, place), "row": row + 1, "column": column}
        position = self._position(at)
        sheet, row = self._text(position, "sheet"), int(self._numbers[position])
        here = self.columns[sheet]
        place = here.get(column, here.get("indicator_id", min(here.values())))
        return {"sheet": sheet, "cell": address(row - 1, place), "row": row, "column": column}

    def cells(self, at: int) -> str:
        """The addresses of a row's cells on its sheet, as `D8 D9`, where it shares its line of the sheet with others.

        Not the words at the start of the line, which are all of its figures'.
        """
        spots = self.spots.get(at, {})
        sheet = spots[""][0] if spots else ""
        mine = {spot for name, spot in spots.items() if name != "indicator_id" and spot[0] == sheet}
        return " ".join(address(row, column) for _, row, column in sorted(mine))

    def where(self, at: int, column: str) -> str:
        """A cell's address with its sheet, as `Figures!F14`."""
        place = self.place(at, column)
        return f"{place['sheet']}!{place['cell']}"

    def problem(self, rule: Rule, at: int, column: str, words: Mapping[str, object]) -> Problem:
        """The problem a rule reports of one cell; `words` fill its message."""
        place, value = self.place(at, column), "" if rule.withheld else shown(self.value(at, column))
        every = {"value": value, **words, "where": f"{place['sheet']}!{place['cell']}"}
        return rule.problem(every, value=value, **place)

    def _text(self, position: int, column: str) -> str:
        held = self.column(column)
        return str(held.texts[held.codes[position]])

    def _position(self, at: int) -> int:
        found = self.text.index.get_loc(at)
        if not isinstance(found, int):
            raise KeyError(f"row {at} stands more than once")
        return found

    @cached_property
    def _numbers(self) -> np.ndarray:
        """Each row's number on its sheet."""
        return self.text["row"].to_numpy()

    @cached_property
    def _read(self) -> dict[str, Labelled]:
        return {}


def joined(tables: Iterable[Cells]) -> Rows:
    """The rows of several sheets as one."""
    tables = list(tables)
    frames = [table.text for table in tables]
    if len(frames) == 1:
        text = frames[0].reset_index(drop=True)
    else:
        text = pd.DataFrame({name: _one_below_another([frame[name] for frame in frames]) for name in frames[0]})
    sheets = Labelled(
        np.repeat(np.arange(len(tables), dtype=np.int16), list(map(len, frames))), [table.sheet for table in tables]
    )
    numbers = np.concatenate([frame.index.to_numpy() for frame in frames])
    is_categorical = any(isinstance(kind, pd.CategoricalDtype) for kind in text.dtypes)
    named = sheets.renamed(str).column(text.index)
    return Rows(
        text.assign(sheet=named if is_categorical else named.astype("object"), row=numbers),
        {table.sheet: table.columns for table in tables},
    )


def _one_below_another(columns: list[pd.Series]) -> pd.Series:
    """Columns of several sheets as one, categorical where they are."""
    if all(isinstance(column.dtype, pd.CategoricalDtype) for column in columns):
        return pd.Series(union_categoricals(columns))
    return pd.concat(columns, ignore_index=True)


def shown(text: str) -> str:
    """A cell's text as a message may repeat it: short, without long numbers, and nothing that could be a person's.

    >>> shown("12 of 40"), shown("4857773456"), shown("83.8998211091%"), shown("Jane Example")
    ('12 of 40', 'a 10-digit number', '83.9%', 'words that are not repeated here')
    >>> shown("1900-01-01 10:30:00")
    '1900-01-01'
    """
    text = _AT_A_TIME.sub(r"\1", tidied(visible(text)))
    digits = sum(map(str.isdigit, text))
    if digits >= _LONGEST_NUMBER:
        return f"a {digits}-digit number"
    if leads_to_anybody(text):
        return NOT_REPEATED
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
