"""How far each sender's self-assessment of a year has come: its scores as they stand, and when it was signed off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.store.held import framed

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd
    from duckdb import DuckDBPyConnection

# A record that is moderated is sent again; only another score is another answer.
_SCORES = """
with version as (
    select s.agency_id, split_part(r.record_key, '|', 3) as statement_id,
        json_extract_string(r.body, '$.self_score') as self_score, s.received_at, s.submission_id
    from record as r
    join submission as s
        on s.submission_id = r.submission_id
    where s.state in ('accepted', 'accepted_with_queries')
        and s.kind = 'self_assessment'
        and r.sheet = 'Statements'
        and split_part(r.record_key, '|', 2) = ?
        and (? = '' or s.agency_id = ?)
),
told as (
    select agency_id, statement_id, self_score, received_at,
        lag(self_score) over (
            partition by agency_id, statement_id order by received_at, submission_id
        ) as before,
        row_number() over (
            partition by agency_id, statement_id order by received_at desc, submission_id desc
        ) as age
    from version
)
select agency_id, statement_id, max(self_score) filter (age = 1) as self_score,
    max(received_at) filter (self_score is distinct from before) as answered_at
from told
group by agency_id, statement_id
order by agency_id, statement_id
"""
_BEGUN = """
select count(*)
from submission
where state in ('accepted', 'accepted_with_queries')
    and kind in ('self_assessment', 'register')
"""
_SPOKEN = """
select count(*)
from record as r
join submission as s
    on s.submission_id = r.submission_id
where s.state in ('accepted', 'accepted_with_queries')
    and s.kind = 'self_assessment'
    and r.sheet = 'Event'
    and split_part(r.record_key, '|', 2) = ?
"""
_SIGNED = """
select agency_id, max(received_at)
from submission
where state in ('accepted', 'accepted_with_queries')
    and kind = 'self_assessment'
    and approved_by_role <> ''
    and period_id = ?
    and (? = '' or agency_id = ?)
group by agency_id
"""


def is_begun(connection: DuckDBPyConnection) -> bool:
    """Whether the partnership asks for self-assessments at all: one has come in, or somebody is on the register."""
    row = connection.execute(_BEGUN).fetchone()
    return bool(row and row[0])


def spoken(connection: DuckDBPyConnection, year_id: str) -> bool:
    """Whether anything that groups said at the partnership's event of a year has come in."""
    row = connection.execute(_SPOKEN, [year_id]).fetchone()
    return bool(row and row[0])


def scores(connection: DuckDBPyConnection, year_id: str, sender_id: str = "") -> pd.DataFrame:
    """The score of each statement as it stands: agency_id, statement_id, self_score ("" for none), answered_at (UTC).

    `answered_at` is when that score came. Of one sender where one is named.
    """
    return framed(connection.execute(_SCORES, [year_id, sender_id, sender_id]).to_arrow_table())


def signed_off(connection: DuckDBPyConnection, year_id: str, sender_id: str = "") -> dict[str, datetime]:
    """When the last submission with a sign-off came (UTC, without its mark), by sender."""
    return dict(connection.execute(_SIGNED, [year_id, sender_id, sender_id]).fetchall())
