"""What each earlier publication says of the cells of a release, looked up in all of them with one question."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from pipelines.publishing.cells import KEY
from pipelines.queries.pointer import opened_if_whole
from pipelines.queries.withdrawn import is_carried_over

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipelines.publishing.cells import Cells
    from pipelines.queries.pointer import Pointer
    from schemas.catalogue import Catalogue

# The database reads without holding up the others; more at a time than there are cores gains nothing.
READERS = 2
_STOOD = ("received_at", "replaced_at")
Asked = dict[str, Any]  # tables of pyarrow, which has no types


def asked_of(catalogue: Catalogue, cells: Cells, replaced: pd.DataFrame | None) -> Asked:
    """The tables every earlier publication is held against: the cells, what they are named there, what was replaced."""
    frames = {
        "now": cells.frame[KEY].assign(cell=cells.frame.index),
        "side": _names(catalogue),
        "past": _sides(catalogue, replaced),
    }
    text, kinds = pa.large_string(), {"cell": pa.int64(), "value": pa.float64()}
    kinds |= dict.fromkeys(_STOOD, pa.timestamp("us"))
    # The kinds are said, as a table without rows does not tell them.
    schemas = {name: [(column, kinds.get(column, text)) for column in frame.columns] for name, frame in frames.items()}
    return {
        name: pa.Table.from_pandas(frame, schema=pa.schema(schemas[name]), preserve_index=False)
        for name, frame in frames.items()
    }


def read_all(before: Mapping[str, Iterable[Pointer]], asked: Asked) -> dict[str, list[pd.DataFrame]]:
    """What each publication says, in order, several read at a time; what nobody can open tells nobody anything."""
    with ThreadPoolExecutor(READERS) as pool:
        reading = {
            audience: [pool.submit(_said, each, asked) for each in pointers] for audience, pointers in before.items()
        }
        said = {audience: [each.result() for each in one] for audience, one in reading.items()}
    return {audience: [each for each in one if each is not None] for audience, one in said.items()}


def _said(pointer: Pointer, asked: Asked) -> pd.DataFrame | None:
    """What one publication says of each cell it has: cell, was (missing where hidden), hidden, and its count then (`past`).

    `is_lost` in every row: that a restore took away what it rests on, so that a count without a `past` may have been any.
    None where the file cannot be opened; UserError where it can but its figures cannot be read.
    """
    with opened_if_whole(pointer) as connection:
        if connection is None:
            return None
        for name, table in asked.items():
            connection.register(name, table)
        return connection.execute(_SAID).df().assign(is_lost=is_carried_over(pointer.path))


def _names(catalogue: Catalogue) -> pd.DataFrame:
    """What each indicator counts, by either name its cell may have: indicator_id, side, quantity."""
    sides = [
        (i.id, side, quantity)
        for i in catalogue.indicators.values()
        for side in ("numerator", "denominator")
        for name in [getattr(i, side)]
        if name and not catalogue.quantities[name].official
        for quantity in (name, f"{name}|{i.id}")
    ]
    return pd.DataFrame(sides, columns=["indicator_id", "side", "quantity"])


def _sides(catalogue: Catalogue, replaced: pd.DataFrame | None) -> pd.DataFrame:
    """The counts of replaced returns by cell and submission: key columns, submission_id, value, from when to when."""
    columns = [*KEY, "submission_id", "value", *_STOOD]
    if replaced is None or replaced.empty:
        return pd.DataFrame(columns=columns).astype({"value": float} | dict.fromkeys(_STOOD, "datetime64[us]"))
    single = [i.id for i in catalogue.indicators.values() if len(i.sent_by) == 1]
    rows = replaced.assign(agency_id=replaced["agency_id"].where(~replaced["indicator_id"].isin(single), "all"))
    for moment in _STOOD:
        told_at = rows[moment] if moment in rows else pd.Series(pd.NaT, index=rows.index)
        rows[moment] = pd.to_datetime(told_at, utc=True).dt.tz_localize(None)
    both = rows.merge(_names(catalogue), on="indicator_id")
    both["value"] = both["numerator"].where(both["side"].eq("numerator"), both["denominator"]).astype(float)
    return both.loc[both["value"].notna(), columns]


_SAID = """
with said as (
    select
        s.quantity, f.period_id, f.agency_id, f.area_id, f.breakdown, f.category, f.marker,
        f.submission_ids as submission_id,
        case s.side when 'numerator' then f.numerator else f.denominator end as was
    from figure as f
    join side as s
        on s.indicator_id = f.indicator_id
    -- the denominator of a school year is a mean of its terms, not a count
    where not (s.side = 'denominator' and f.period_id like 'AY____-__')
)
select n.cell, max(said.was) as was, max(said.was) is null as hidden,
    coalesce(max(cited.value), max(stood.value)) as past
from now as n
cross join (select made_at from publication) as release
join said
    using (quantity, period_id, agency_id, area_id, breakdown, category)
left join past as cited
    using (quantity, period_id, agency_id, area_id, breakdown, category, submission_id)
-- A release that cites nothing rests on what stood when it was made.
left join past as stood
    on stood.quantity = n.quantity and stood.period_id = n.period_id and stood.agency_id = n.agency_id
    and stood.area_id = n.area_id and stood.breakdown = n.breakdown and stood.category = n.category
    and said.submission_id = ''
    and stood.received_at <= release.made_at
    and coalesce(stood.replaced_at > release.made_at, true)
where said.was is not null
    or said.marker = 'c'
group by n.cell
order by n.cell
"""
