"""Reasons its sender gave on the page for figures of an agency's own spreadsheet, each put beside the figure it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.checking.laid_out.months import FIGURE
from pipelines.checking.laid_out.picking import picked_by, records
from pipelines.checking.laid_out.spread import YEAR
from schemas.periods import quarter_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    import pandas as pd

Spot = tuple[str, int, int]


def of_figure(cell: Mapping[str, Any]) -> tuple[Any, ...]:
    """Which figure of which quarter a cell is one answer of, or one month of an answer."""
    return (*(cell[name] for name in FIGURE), quarter_of(cell["period"].end))


def spot(cell: Mapping[str, Any]) -> Spot:
    """Where a cell stands: sheet, row and column, counted from 0."""
    return str(cell["sheet"]), int(cell["row"]), int(cell["column"])


def explained(cells: pd.DataFrame, given: Mapping[Spot, str]) -> pd.DataFrame:
    """The cells, of each figure with a reason given that reason in place of the file's own.

    `given`: by the cell of any answer of the figure. A line of the file may have one column for comments and a figure of each
    quarter; what is given counts for its own quarter's figure alone. Figures of a period nobody knows have none.
    """
    if not given:
        return cells
    dated = [cell if cell["period"] is not None and cell["role"] != YEAR else None for cell in records(cells)]
    keys = [of_figure(cell) if cell else None for cell in dated]
    reasons = {key: given[spot(cell)] for cell, key in zip(dated, keys, strict=True) if cell and spot(cell) in given}
    said = [reasons.get(key) if key else None for key in keys]
    own = cells["reason"].tolist()
    answered = cells.assign(reason=[old if new is None else new for old, new in zip(own, said, strict=True)])
    is_stale = [new is not None and a == "reason" for new, a in zip(said, cells["answer"].tolist(), strict=True)]
    return picked_by(answered, (not each for each in is_stale))
