"""The figures of a quarter that stand in rows nobody knows: sent, and not taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.checking.laid_out import labelled
from pipelines.checking.laid_out.picking import picked_by
from pipelines.checking.laid_out.placing import of_quarter
from pipelines.checking.laid_out.spread import YEAR
from pipelines.checking.laid_out.timing import periods
from schemas.returns.markers import marker_of
from schemas.returns.numbers import number_in

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.checking.laid_out.timing import Timing
    from schemas.periods import Period

_NAMELESS = (labelled.UNKNOWN, labelled.TWO, labelled.BLANK)
_ONE = ["sheet", "row", "breakdown", "category", "area_id"]


def unnamed(cells: pd.DataFrame, when: Timing, quarter: Period) -> int:
    """How many figures of the quarter they are: of one line, one for each part that has a column of its own."""
    mine = cells[cells["state"].isin(_NAMELESS) & ~cells["role"].eq(YEAR) & ~cells["answer"].isin(["marker", "reason"])]
    numbers = picked_by(mine, (number_in(text) is not None or marker_of(text) for text in mine["text"]))
    numbers = numbers.assign(period=periods(numbers, when))
    return len(of_quarter(numbers, quarter).drop_duplicates(_ONE))
