"""What the publication before this one showed and hid: it can still be opened, so this one must not undo it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pipelines.publishing.cells import KEY, WHERE
from pipelines.queries.pointer import opened

if TYPE_CHECKING:
    from pipelines.queries.pointer import Pointer
    from schemas.catalogue import Catalogue


def earlier_cells(catalogue: Catalogue, before: Pointer | None) -> pd.DataFrame:
    """Every count of the earlier publication as a cell: key columns, `was` (NaN where hidden) and `was_hidden`."""
    if before is None:
        return pd.DataFrame(columns=[*KEY, "was", "was_hidden"])
    with opened(before) as connection:
        figures = connection.execute(
            "select indicator_id, period_id, agency_id, area_id, breakdown, category, numerator, denominator, marker "
            "from figure"
        ).df()
    made: list[pd.DataFrame] = []
    for side in ("numerator", "denominator"):
        names = {i.id: getattr(i, side) for i in catalogue.indicators.values()}
        cells = figures[WHERE].assign(quantity=figures["indicator_id"].map(names), was=figures[side].astype(float))
        cells["was_hidden"] = figures[side].isna() & figures["marker"].eq("c")
        made.append(cells[cells["quantity"].notna()])
    # A quantity shown under one indicator is known, whatever another indicator's row left out.
    return pd.concat(made).sort_values("was", na_position="last").drop_duplicates(KEY)
