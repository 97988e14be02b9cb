"""Cells to the rows of the template: the sides of one figure, on one row or on several, become one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pipelines.checking.laid_out.months import FIGURE
from pipelines.checking.rows import Rows
from schemas.returns.figures import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

Spot = tuple[str, int, int]
_ANSWERS = ("numerator", "denominator", "value", "marker", "reason")


def joined(cells: pd.DataFrame) -> Rows:
    """One row for each figure and period, as text; a figure given twice stays two rows, so that the rules see it.

    Every cell keeps its own place, so that each problem names the cell of the agency's own file.
    """
    cells = cells.reset_index(drop=True)
    figure = [*FIGURE, "period_id"]
    # The second number of a figure goes with its second "out of", and not with its first.
    nth = cells.groupby([*figure, "answer"], sort=False, dropna=False).cumcount()
    number = cells.assign(nth=nth).groupby([*figure, "nth"], sort=False, dropna=False).ngroup()
    first = cells.drop_duplicates(figure).iloc[:0] if cells.empty else cells[~number.duplicated()]
    rows = pd.DataFrame("", index=range(len(first)), columns=[column.name for column in COLUMNS], dtype="object")
    for name in figure:
        rows[name] = first[name].to_numpy(dtype=object)
    for answer in _ANSWERS:
        mine = cells["answer"].eq(answer)
        rows.loc[number[mine].to_numpy(), answer] = cells.loc[mine, "text"].to_numpy(dtype=object)
    said = cells.groupby(number, sort=False)["reason"].agg(lambda texts: next((t for t in texts if t), ""))
    rows["reason"] = rows["reason"].where(rows["reason"].ne(""), said.reindex(rows.index).fillna(""))
    rows["sheet"], rows["row"] = first["sheet"].to_numpy(dtype=object), first["row"].to_numpy() + 1
    return Rows(rows, {}, dict(_spots(cells, number)))


def _spots(cells: pd.DataFrame, number: pd.Series) -> Iterator[tuple[int, dict[str, Spot]]]:
    """Of each row: where its cells stand, and under "" where the row itself does."""
    found: dict[int, dict[str, Spot]] = {}
    names = ("sheet", "row", "column", "answer", "label_column")
    for at, sheet, row, column, answer, label in zip(
        number.tolist(), *(cells[name].tolist() for name in names), strict=True
    ):
        spots = found.setdefault(at, {"": (sheet, row, column), "indicator_id": (sheet, row, label)})
        spots.setdefault(answer, (sheet, row, column))
        if answer == "numerator":
            spots[""] = (sheet, row, column)
    yield from found.items()
