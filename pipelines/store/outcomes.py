"""What the checks said of the submissions that stand: rules and rows only, never a message or a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.store.held import framed

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection

# A figure that shares its row with others is found by its cells, so that what is said of one is not counted for all. A row
# kept out by an error holds no figure; the indicator is then read off the start of the problem's own words.
_OUTCOMES = """
select p.submission_id, p.rule, p.severity, s.agency_id as sender, s.period_id as return_period,
    p.row is null as is_whole_file,
    coalesce(o.indicator_id, c.indicator_id, regexp_extract(p.message, '^(The ID )?([A-Z]{2}[0-9]{2})\\b', 2), '') as indicator_id,
    coalesce(o.period_id, c.period_id, '') as period_id,
    coalesce(o.agency_id, c.agency_id, '') as agency_id,
    coalesce(o.area_id, c.area_id, '') as area_id,
    coalesce(o.breakdown, c.breakdown, '') as breakdown,
    coalesce(o.category, c.category, '') as category,
    coalesce(o.reason, c.reason, '') <> '' as has_reason
from problem as p
join submission as s
    on s.submission_id = p.submission_id
left join observation as o
    on o.submission_id = p.submission_id
    and o.sheet = p.sheet
    and o.row = p.row
    and o.cells = ''
left join (
    select *, unnest(string_split(cells, ' ')) as cell
    from observation
    where cells <> ''
) as c
    on c.submission_id = p.submission_id
    and c.sheet = p.sheet
    and c.cell = p.cell
where s.state in ('accepted', 'accepted_with_queries')
    and s.kind = 'figures'
order by p.submission_id, p.position
"""


def outcomes(connection: DuckDBPyConnection) -> pd.DataFrame:
    """One row a problem: its submission, its rule, and the figure it is about, without what it says of it.

    Columns: submission_id, rule, severity, sender, return_period, is_whole_file, the figure's indicator_id, period_id,
    agency_id, area_id, breakdown and category (empty where not known), has_reason.
    """
    return framed(connection.execute(_OUTCOMES).to_arrow_table())
