"""What the vault holds, as frames: what stands, what came before, who sent what."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd

from pipelines.store.stood import replaced_sql, standing_sql
from schemas.periods import parse

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from pipelines.store.frames import Table

_STANDING = standing_sql(
    """o.indicator_id, o.period_id, o.agency_id, o.area_id, o.breakdown, o.category,
    o.numerator, o.denominator, o.value, o.marker, o.reason, o.definition_version,
    o.submission_id, s.version, s.received_at, s.approved_by_role <> '' as approved"""
)
_HISTORY = standing_sql(
    """o.indicator_id, o.period_id, o.agency_id, o.area_id, o.breakdown, o.category,
    o.numerator, o.denominator, o.value, o.marker, o.reason, o.definition_version""",
    narrowed="""and s.agency_id = ?
    and s.identity <> ?
    and list_contains(?, o.period_id)""",
    order="o.period_id, o.indicator_id, o.area_id, o.breakdown, o.category",
)
_LISTING = """
select submission_id, kind, agency_id, period_id, version, state, verdict, received_at, received_by, received_role,
    file_sha256, file_name, template_version, prepared_by_role, approved_by_role, rows, rows_accepted, supersedes, reason,
    (select count(*) from mend as m where m.submission_id = submission.submission_id) as mended
from submission
where ? is null or agency_id = ?
order by received_at, submission_id
"""
_WITH_ANOTHER = """
select distinct o.agency_id, concat_ws('|', o.indicator_id, o.period_id, o.area_id, o.breakdown, o.category)
from observation as o
join submission as s
    on s.submission_id = o.submission_id
where s.state in ('accepted', 'accepted_with_queries')
    and s.kind = 'figures'
    and s.period_id <> o.period_id
    and (? is null or s.agency_id = ?)
"""
_RECORDS = """
select r.body, s.agency_id, s.period_id, s.submission_id
from record as r
join submission as s
    on s.submission_id = r.submission_id
where s.state in ('accepted', 'accepted_with_queries')
    and s.kind = 'figures'
    and r.sheet = ?
order by s.period_id, s.agency_id, r.row
"""


def standing(connection: DuckDBPyConnection) -> pd.DataFrame:
    """Every figure that stands, once: the figures' columns, submission_id, version, received_at, approved.

    Where several submissions that stand give a figure, the one received last does. received_at is UTC. Rows keep the
    order they were received in.
    """
    return framed(connection.execute(_STANDING).to_arrow_table())


def replaced(connection: DuckDBPyConnection) -> pd.DataFrame:
    """Every figure that once stood and does not now, with from when it did (`received_at`) and until when (UTC).

    Key columns, numerator, denominator, submission_id, received_at, replaced_at. One that stood twice is there twice; one
    that stood for no time, by a clock that was set back, has neither moment.
    """
    return framed(connection.execute(replaced_sql()).to_arrow_table())


def history(connection: DuckDBPyConnection, agency_id: str, before: str | None) -> pd.DataFrame:
    """The agency's standing figures of periods that ended before this one (None: all of them).

    As they stand without the return for the period itself: what that return says of earlier periods is held against
    what would stand without it, so that sending it again does not take its own corrections for old ones.
    """
    asked = "select distinct period_id from observation where agency_id = ?"
    periods = [row[0] for row in connection.execute(asked, [agency_id]).fetchall() if row[0]]
    own = ""
    if before is not None:
        limit, own = parse(before).end, f"{agency_id}.figures.{before}"
        periods = [period_id for period_id in periods if parse(period_id).end < limit]
    return framed(connection.execute(_HISTORY, [agency_id, own, periods]).to_arrow_table())


def listing(connection: DuckDBPyConnection, agency_id: str | None = None) -> pd.DataFrame:
    """Every submission, oldest first, whatever became of it; one agency's where one is named.

    `mended` counts the answers its sender mended beside the file.
    """
    return framed(connection.execute(_LISTING, [agency_id, agency_id]).to_arrow_table())


def with_another_return(connection: DuckDBPyConnection, agency_id: str | None = None) -> set[tuple[str, str]]:
    """Agency, and the text that names the figure, of each that stands in a return for another period than its own."""
    return set(connection.execute(_WITH_ANOTHER, [agency_id, agency_id]).fetchall())


def commentary(connection: DuckDBPyConnection) -> pd.DataFrame:
    """indicator_id, what_happened, why, what_we_are_doing of what stands; agency_id, period_id, submission_id."""
    return _records(connection, "Commentary", ["indicator_id", "what_happened", "why", "what_we_are_doing"])


def not_held(connection: DuckDBPyConnection) -> pd.DataFrame:
    """indicator_id and the reason an agency does not hold it, of what stands; agency_id, period_id, submission_id."""
    return _records(connection, "Not held", ["indicator_id", "reason"])


def problems(connection: DuckDBPyConnection, submission_id: str) -> pd.DataFrame:
    """What the check said of a submission, in its order: the columns of a problem."""
    found = connection.execute(
        """
        select rule, severity, sheet, cell, row, column_name as "column", value, message, fix
        from problem
        where submission_id = ?
        order by position
        """,
        [submission_id],
    )
    return framed(found.to_arrow_table())


def mends(connection: DuckDBPyConnection, submission_id: str) -> pd.DataFrame:
    """What its sender mended of a submission, in order: sheet, cell, column, value, mended_by, mended_at (UTC)."""
    found = connection.execute(
        """
        select sheet, cell, column_name as "column", value, mended_by, mended_at
        from mend
        where submission_id = ?
        order by position
        """,
        [submission_id],
    )
    return framed(found.to_arrow_table())


def _records(connection: DuckDBPyConnection, sheet: str, fields: list[str]) -> pd.DataFrame:
    rows = connection.execute(_RECORDS, [sheet]).fetchall()
    found: list[dict[str, str]] = []
    for body, agency_id, period_id, submission_id in rows:
        said = json.loads(body)
        whose = {"agency_id": agency_id, "period_id": period_id, "submission_id": submission_id}
        found.append({**{field: said.get(field, "") for field in fields}, **whose})
    return pd.DataFrame(found, columns=[*fields, "agency_id", "period_id", "submission_id"]).astype("str")


def framed(table: Table) -> pd.DataFrame:
    """Arrow to pandas: text stays text even where a column is all empty; times are marked as UTC."""
    frame = table.to_pandas()
    for column in frame.columns[frame.dtypes == "datetime64[us]"]:
        frame[column] = frame[column].dt.tz_localize("UTC")
    return frame.astype(dict.fromkeys((name for name, kind in frame.dtypes.items() if kind == "object"), "str"))
