"""What a return would change, figure by figure: by meaning, never by order, spaces or a float's tail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from pipelines.store.frames import Table

# Numbers alike to nine decimals are the same number: spreadsheets store 24.2 as 24.199999999999999.
COLUMNS = ["indicator_id", "period_id", "area_id", "breakdown", "category", "was", "now"]
_SIDE = """
    select indicator_id, period_id, area_id, breakdown, category,
        round(numerator, 9) as numerator,
        round(denominator, 9) as denominator,
        round(value, 9) as value,
        marker
"""
_MACROS = """
create or replace temp macro plain_number(number) as case
    when number = round(number) then format('{:,}', number::bigint)
    else rtrim(format('{:,.9f}', number), '0')
end;
create or replace temp macro figure_words(found, numerator, denominator, value, marker) as case
    when not found then 'not supplied'
    when marker <> '' then 'marker ' || marker
    when numerator is not null and denominator is not null
        then plain_number(numerator) || ' of ' || plain_number(denominator)
    else coalesce(plain_number(numerator), plain_number(value), 'not supplied')
end
"""
_CHANGES = f"""
with was as (
{_SIDE}
    from observation
    where submission_id = ?
),
now as (
{_SIDE}
    from coming
)
select
    coalesce(was.indicator_id, now.indicator_id) as indicator_id,
    coalesce(was.period_id, now.period_id) as period_id,
    coalesce(was.area_id, now.area_id) as area_id,
    coalesce(was.breakdown, now.breakdown) as breakdown,
    coalesce(was.category, now.category) as category,
    figure_words(was.indicator_id is not null, was.numerator, was.denominator, was.value, was.marker) as was,
    figure_words(now.indicator_id is not null, now.numerator, now.denominator, now.value, now.marker) as now
from was
full outer join now
    using (indicator_id, period_id, area_id, breakdown, category)
where was.indicator_id is null
    or now.indicator_id is null
    or was.numerator is distinct from now.numerator
    or was.denominator is distinct from now.denominator
    or was.value is distinct from now.value
    or was.marker is distinct from now.marker
order by 1, 2, 3, 4, 5
"""  # noqa: S608 - put together from the two texts above


def against(connection: DuckDBPyConnection, figures: Table, standing_id: str) -> pd.DataFrame:
    """Every figure that differs from the submission that stands, by its keys; where none stands, nothing differs.

    Columns indicator_id, period_id, area_id, breakdown, category, was, now; the last two in words: "2,494 of 10,304",
    "12", "marker c", "not supplied".
    """
    if not standing_id:
        return pd.DataFrame(columns=COLUMNS, dtype="str")
    connection.execute(_MACROS)
    connection.register("coming", figures)
    try:
        return connection.execute(_CHANGES, [standing_id]).to_arrow_table().to_pandas().astype("str")
    finally:
        connection.unregister("coming")
