"""What stands of each figure, and what stood before: of every version that was sent, the one received last.

A figure may come more than once: with the return of its own period, and as a correction inside a later one. Among the
submissions that stand, the one received last says what it is; a correction taken back leaves what stood before it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# What makes two rows the same figure, whichever submissions they came in.
_FIGURE = "o.agency_id, o.indicator_id, o.period_id, o.area_id, o.breakdown, o.category"
# Of two returns received at one moment the later quarter's speaks last, then the later version.
_LAST = "s.received_at desc, s.period_id desc, s.version desc"
# The figures that stand, to be narrowed with “and …” on o (observation) and s (submission).
STANDING = """
select {columns}
from observation as o
join submission as s
    on s.submission_id = o.submission_id
where s.state in ('accepted', 'accepted_with_queries')
    and s.kind = 'figures'
    {narrowed}
qualify row_number() over (partition by {figure} order by {last}) = 1
order by {order}
"""
_AS_RECEIVED = "s.received_at, s.submission_id, o.rowid"
# Every stretch of time during which one row said what a figure was, but for the rows that say so now.
_REPLACED = """
with sent as (
    select o.agency_id, o.indicator_id, o.period_id, o.area_id, o.breakdown, o.category,
        o.numerator, o.denominator, o.submission_id,
        s.received_at as came_at, s.period_id as return_period, s.version,
        t.from_at, t.until_at
    from observation as o
    join submission as s
        on s.submission_id = o.submission_id
    join stood as t
        on t.submission_id = o.submission_id
    where s.kind = 'figures'
),
-- Most figures were sent once and stand: only the others have a past.
several as (
    select agency_id, indicator_id, period_id, area_id, breakdown, category
    from sent
    group by all
    having count(*) > 1 or max(until_at) is not null
),
past as (
    select sent.* from sent join several using (agency_id, indicator_id, period_id, area_id, breakdown, category)
),
turn as (
    select agency_id, indicator_id, period_id, area_id, breakdown, category, from_at as moment from past
    union
    select agency_id, indicator_id, period_id, area_id, breakdown, category, until_at from past
    where until_at is not null
),
said as (
    select m.*, p.submission_id, p.numerator, p.denominator
    from turn as m
    left join past as p
        on p.agency_id = m.agency_id and p.indicator_id = m.indicator_id and p.period_id = m.period_id
        and p.area_id = m.area_id and p.breakdown = m.breakdown and p.category = m.category
        and p.from_at <= m.moment
        and coalesce(p.until_at > m.moment, true)
    qualify row_number() over (
        partition by m.agency_id, m.indicator_id, m.period_id, m.area_id, m.breakdown, m.category, m.moment
        order by p.came_at desc nulls last, p.return_period desc, p.version desc
    ) = 1
),
stretch as (
    select *, lead(moment) over (
        partition by agency_id, indicator_id, period_id, area_id, breakdown, category order by moment
    ) as replaced_at
    from said
),
now as (
    select agency_id, indicator_id, period_id, area_id, breakdown, category, submission_id
    from stretch
    where replaced_at is null
),
gone as (
    select s.* exclude (moment), s.moment as received_at
    from stretch as s
    join now as n
        using (agency_id, indicator_id, period_id, area_id, breakdown, category)
    where s.submission_id is not null
        and s.submission_id is distinct from n.submission_id
),
-- By a clock that was set back it stood for no time at all; a publication made meanwhile cites it all the same.
timeless as (
    select distinct p.agency_id, p.indicator_id, p.period_id, p.area_id, p.breakdown, p.category,
        p.submission_id, p.numerator, p.denominator
    from past as p
    anti join stretch as s
        using (agency_id, indicator_id, period_id, area_id, breakdown, category, submission_id)
)
select indicator_id, period_id, agency_id, area_id, breakdown, category,
    numerator, denominator, submission_id, received_at, replaced_at
from (
    select * from gone
    union all by name
    select * from timeless
)
order by received_at nulls last, submission_id, indicator_id, period_id, area_id, breakdown, category
"""


def standing_sql(columns: str, narrowed: str = "", order: str = _AS_RECEIVED) -> str:
    """The question for what stands of each figure: `columns` of o and s; `narrowed` continues its conditions."""
    return STANDING.format(columns=columns, narrowed=narrowed, figure=_FIGURE, last=_LAST, order=order)


def replaced_sql() -> str:
    """The question for every row that once said what a figure was and does not now, from when and until when.

    Both moments are missing of a row that stood for no time by the clock.
    """
    return _REPLACED


def begin(connection: DuckDBPyConnection, submission_id: str, at: datetime) -> None:
    """Note that a submission stands from now on."""
    connection.execute("insert into stood values (?, ?, null)", [submission_id, _utc(at)])


def end(connection: DuckDBPyConnection, submission_id: str, at: datetime) -> None:
    """Note that a submission stands no longer."""
    connection.execute(
        "update stood set until_at = ? where submission_id = ? and until_at is null", [_utc(at), submission_id]
    )


def last_before(connection: DuckDBPyConnection, submission_ids: list[str]) -> str | None:
    """Of these submissions the one that stood last and does not now; None where none ever did."""
    row = connection.execute(
        """
        select t.submission_id
        from stood as t
        join submission as s
            on s.submission_id = t.submission_id
        where list_contains(?, t.submission_id)
            and t.until_at is not null
        order by t.until_at desc, s.version desc
        limit 1
        """,
        [submission_ids],
    ).fetchone()
    return row[0] if row else None


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None)
