"""Figures whose reasons are not repeated: what an agency writes of a correction can quote the number that was hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.publishing.rows import tuples
from pipelines.publishing.whole_area import HIDDEN, KEY
from pipelines.queries.pointer import opened_if_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from pipelines.queries.pointer import Pointer
    from schemas.catalogue import Catalogue

_HIDDEN = """
select distinct indicator_id, period_id
from figure
where marker = ? and breakdown = 'all' and category = 'all' and area_id = ?
"""


def unquoted(
    catalogue: Catalogue, before: Mapping[str, Iterable[Pointer]], replaced: pd.DataFrame
) -> dict[str, frozenset[tuple[str, str]]]:
    """For each audience the indicators and periods it was once not shown, and which were others then than now."""
    changed = set(tuples(replaced[KEY])) if len(replaced) else set[tuple[object, ...]]()
    here = catalogue.partnership.area_code
    return {
        audience: frozenset(
            (str(indicator_id), str(period_id))
            for pointer in (pointers if changed else ())
            for indicator_id, period_id in _hidden_in(pointer, here)
            if (indicator_id, period_id) in changed
        )
        for audience, pointers in before.items()
    }


def _hidden_in(pointer: Pointer, area_id: str) -> list[tuple[str, str]]:
    """What one publication hid of the whole area; nothing where nobody can open it any more."""
    with opened_if_whole(pointer) as connection:
        return [] if connection is None else connection.execute(_HIDDEN, [HIDDEN, area_id]).fetchall()
