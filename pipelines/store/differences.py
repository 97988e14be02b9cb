"""What a return, a withdrawal or a step back would change, figure by figure.

Compared by meaning, never by order, spaces or a float's tail; and as a whole: what stands of the agency's figures now
beside what would stand then, so that a figure a later return corrected is not said to change where it does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pipelines.store.frames import no_figures_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from duckdb import DuckDBPyConnection

    from pipelines.store.frames import Table

COLUMNS = ["indicator_id", "period_id", "area_id", "breakdown", "category", "was", "now", "reason", "change"]
# What becomes of a figure: one that was sent and is there no more, another number, or one that was not there before.
MISSING, CHANGED, ADDED = "missing", "changed", "added"
# Numbers alike to nine decimals are the same number: spreadsheets store 24.2 as 24.199999999999999.
_SIDE = """agency_id, indicator_id, period_id, area_id, breakdown, category, marker, reason,
        round(numerator, 9) as numerator, round(denominator, 9) as denominator, round(value, 9) as value"""
_FIGURE = "agency_id, indicator_id, period_id, area_id, breakdown, category"
_MACROS = """
create or replace temp macro plain_number(number) as case
    when number = round(number) and abs(number) < 1e15 then format('{:,}', number::bigint)
    else rtrim(rtrim(format('{:,.9f}', number), '0'), '.')
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
with sent as (
    select o.*, s.received_at, s.period_id as return_period, s.version,
        s.state in ('accepted', 'accepted_with_queries') as stands
    from observation as o
    join submission as s
        on s.submission_id = o.submission_id
    where s.kind = 'figures'
        and s.agency_id = $agency
        and (s.state in ('accepted', 'accepted_with_queries') or s.submission_id = $back)
),
was as (
    select {_SIDE}
    from sent
    where stands
    qualify row_number() over (
        partition by {_FIGURE} order by received_at desc, return_period desc, version desc
    ) = 1
),
every as (
    select {_SIDE}, false as comes, received_at, return_period, version
    from sent
    where submission_id <> $out
    union all
    select {_SIDE}, true, null, '', 0
    from coming
),
now as (
    select * exclude (received_at, return_period, version)
    from every
    qualify row_number() over (
        partition by {_FIGURE} order by comes desc, received_at desc, return_period desc, version desc
    ) = 1
),
difference as (
    select
        coalesce(was.indicator_id, now.indicator_id) as indicator_id,
        coalesce(was.period_id, now.period_id) as period_id,
        coalesce(was.area_id, now.area_id) as area_id,
        coalesce(was.breakdown, now.breakdown) as breakdown,
        coalesce(was.category, now.category) as category,
        figure_words(was.indicator_id is not null, was.numerator, was.denominator, was.value, was.marker) as was,
        figure_words(now.indicator_id is not null, now.numerator, now.denominator, now.value, now.marker) as now,
        case when now.comes then now.reason else '' end as reason,
        case
            when now.indicator_id is null then '{MISSING}'
            when was.indicator_id is null then '{ADDED}'
            else '{CHANGED}'
        end as change
    from was
    full outer join now
        using ({_FIGURE})
    where was.indicator_id is null
        or now.indicator_id is null
        or was.numerator is distinct from now.numerator
        or was.denominator is distinct from now.denominator
        or was.value is distinct from now.value
        or was.marker is distinct from now.marker
)
select {", ".join(COLUMNS)}
from difference
order by change <> '{MISSING}', indicator_id, period_id, area_id, breakdown, category
"""  # noqa: S608 - put together from the texts above


@dataclass(frozen=True, slots=True)
class Act:
    """What is about to happen to an agency's figures: a submission goes out, one comes back, or new figures come."""

    agency_id: str
    out: str = ""
    back: str = ""
    coming: Table | None = None


def of(connection: DuckDBPyConnection, act: Act) -> pd.DataFrame:
    """Every figure of the agency that would no longer be what it is, those that would be missing first.

    Columns indicator_id, period_id, area_id, breakdown, category, was, now in words ("2,494 of 10,304", "12",
    "marker c", "not supplied"), the reason that comes with the figure, and what becomes of it (`change`).
    """
    connection.execute(_MACROS)
    connection.register("coming", no_figures_table() if act.coming is None else act.coming)
    asked = {"agency": act.agency_id, "out": act.out, "back": act.back}
    try:
        return connection.execute(_CHANGES, asked).to_arrow_table().to_pandas().astype("str")
    finally:
        connection.unregister("coming")


def of_first(changes: pd.DataFrame, own: Mapping[str, frozenset[str]]) -> pd.DataFrame:
    """What the first return for a period changes: what it says of earlier periods, as all of its own is new.

    `own`: indicator → the periods whose figures belong in the return.
    """
    named = zip(changes["indicator_id"], changes["period_id"], strict=True)
    is_own = [period_id in own.get(indicator_id, frozenset()) for indicator_id, period_id in named]
    kept = changes["change"].ne(ADDED) | ~pd.Series(is_own, index=changes.index, dtype="bool")
    return changes[kept].reset_index(drop=True)


def missing(changes: pd.DataFrame) -> int:
    """How many figures that stood would be there no more; of records of a log none ever is."""
    return int(changes["change"].eq(MISSING).sum()) if "change" in changes else 0
