"""When each submission stood: from its receipt, until another took its place or it was taken back, and perhaps again.

What stands now is the state of the submission; this says what stood at any moment before, which a reader of an old
publication still knows. Vaults made earlier have no such table: it is made from what superseded what, and from the
withdrawals in the event log.
"""

from __future__ import annotations

SQL = """
create table stood (
    submission_id varchar not null,
    from_at timestamp not null,
    until_at timestamp              -- null while it stands
);
insert into stood
with withdrawal as (
    select subject as submission_id, happened_at::timestamp as taken_at,
        json_extract_string(detail, '$.stands_again') as again
    from event
    where action = 'submission.withdrawn'
),
began as (
    select submission_id, received_at as from_at from submission where verdict <> 'refused'
    union all
    select again, taken_at from withdrawal where again <> ''
),
ended as (
    select supersedes as submission_id, received_at as until_at from submission where supersedes <> ''
    union all
    select submission_id, taken_at from withdrawal
)
select b.submission_id, b.from_at, min(e.until_at)
from began as b
left join ended as e
    on e.submission_id = b.submission_id
    and e.until_at >= b.from_at
group by b.submission_id, b.from_at;
"""
