"""What of a log no rule has read: its sheets without the records that were taken.

A log is a list of single things by its nature, and some of them are asked to be about one child each, as the cases of an
audit. What its rules read and took needs no asking; a list on a sheet of another kind's name, below the records or beside
them does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pipelines.checking.headings import find
from pipelines.reading.grid import Column, Grid

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from pipelines.reading import Sheet, Workbook
    from schemas.returns import Kind


def without_read(workbook: Workbook, kind: Kind, records: Mapping[str, pd.DataFrame]) -> Workbook:
    """The workbook with the cells of each record that was taken left empty; `records` by sheet (index: the sheet's row)."""
    read: dict[str, tuple[str, np.ndarray]] = {}
    for name, frame in records.items():
        rows = frame.index.to_numpy(dtype=np.intp) - 1
        for sheet in frame["sheet"].unique().tolist():
            read[str(sheet)] = name, rows[frame["sheet"].eq(sheet).to_numpy(dtype=bool)]
    sheets = (_blank(sheet, kind, *read[sheet.name]) if sheet.name in read else sheet for sheet in workbook.sheets)
    return replace(workbook, sheets=tuple(sheets))


def _blank(sheet: Sheet, kind: Kind, layout: str, rows: np.ndarray) -> Sheet:
    headings = find(sheet, kind.sheet(layout))
    own = set(headings.columns.values()) if headings else set[int]()
    columns = [_without(column, rows) if at in own else column for at, column in enumerate(sheet.columns)]
    return replace(sheet, rows=Grid(len(sheet.rows), columns))


def _without(column: Column, rows: np.ndarray) -> Column:
    """The column with nothing in some rows; the empty cell is the first of its values."""
    codes = column.codes.copy()
    codes[rows] = 0
    return Column(column.values, codes).compact()
