"""What an expunge would take away: found by submission, by file, by row or by the reference of a record, before anything is touched."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipelines.store.to_expunge_named import Named, by_name, spot
from pipelines.store.to_expunge_words import Words, words_of
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duckdb import DuckDBPyConnection

_SHA256 = re.compile(r"[0-9a-f]{12,64}")
# The rows of logs that go: all of a submission, or every version of a record.
ROWS_GO = """(list_contains($whole, r.submission_id)
    or list_has_any([r.record_key, split_part(r.record_key, '|', 1)], $records::varchar[]))"""


@dataclass(frozen=True, slots=True)
class Going:
    """What goes: every row of the `whole` submissions, the `records` of the `parts`, the words of the `worded`; with all their files.

    `named` is what was named, in one spelling. `rows` counts what is taken out of tables. `since`: when the first of it came
    (UTC), and `entry` the number of the log's entry that says so: no publication made before can show it. `filed` are those of the
    submissions whose file is still kept. `words` are what was written in it; never shown.
    """

    named: Named
    whole: tuple[str, ...]
    parts: tuple[str, ...]
    worded: tuple[str, ...]
    records: tuple[str, ...]
    files: tuple[str, ...]
    filed: frozenset[str]
    agencies: frozenset[str]
    rows: int
    since: datetime
    entry: int
    words: Words = field(repr=False)

    @property
    def target(self) -> str:
        """What was named, in one spelling."""
        return self.named.target

    @property
    def submissions(self) -> tuple[str, ...]:
        """Every submission that loses something."""
        return tuple(dict.fromkeys((*self.whole, *self.parts, *self.worded)))


def going(connection: DuckDBPyConnection, named: Named) -> Going:
    """What goes where these submissions or files, records of these references, or the words of these rows are removed.

    Submissions of the same file go together, as there is one file. UserError for what names nothing.
    """
    meant = sorted({each for name in named.what for each in _named(connection, name)}, key=_in_order(connection))
    spots = tuple(sorted({by_name(_kind(connection, meant), spot(each)) for each in named.rows}))
    if lettered := next((each for each in spots if each.letters), None):
        raise UserError(
            f"Nobody has looked which column {lettered} is. Name it, as {lettered.sheet}!{lettered.row} (reason)."
        )
    if spots and not meant:
        raise UserError("Name the submission whose row it is. Nothing was removed.")
    whole = [] if spots else meant
    given = {"whole": whole, "records": sorted(set(named.records))}
    parts = _parts(connection, given)
    words = words_of(connection, given, (meant if spots else (), spots), named.copies)
    if spots and not words.is_any:
        raise UserError(f"In {', '.join(map(str, spots))} of {meant[0]} nothing stands in words. Nothing was removed.")
    worded = sorted({*(meant if spots else ()), *(holder for holder, _ in words.taken)} - {*whole})
    about = connection.execute(_ABOUT, {"every": [*whole, *parts, *worded]}).fetchall()
    (many,) = connection.execute(_MANY, given).fetchone() or (0,)
    return Going(
        named=Named(tuple(meant), tuple(given["records"]), tuple(map(str, spots)), named.copies),
        whole=tuple(whole),
        parts=tuple(parts),
        worded=tuple(worded),
        records=tuple(given["records"]),
        files=tuple(sorted({sha256 for _, _, sha256, is_kept, *_ in about if is_kept})),
        filed=frozenset(name for name, _, _, is_kept, *_ in about if is_kept),
        agencies=frozenset(agency for _, agency, *_ in about),
        rows=many,
        since=min(at for *_, at, _ in about).replace(tzinfo=UTC),
        entry=min(entry for *_, entry in about),
        words=words,
    )


def refused_beside(connection: DuckDBPyConnection, parts: Sequence[str]) -> list[str]:
    """Refused returns of the same senders and kinds whose files are kept: nobody read their records, which may be the same."""
    found = connection.execute(
        """
        select distinct r.submission_id
        from submission as r
        join submission as s
            on s.agency_id = r.agency_id and s.kind = r.kind
        where list_contains($parts, s.submission_id)
            and r.state = 'refused'
            and r.original_kept
        order by all
        """,
        {"parts": list(parts)},
    )
    return [name for (name,) in found.fetchall()]


def speaking_of(connection: DuckDBPyConnection, target: Going) -> list[str]:
    """The references of other records that name a record that goes, as an action names its recommendation."""
    found = connection.execute(
        f"""
        select distinct r.record_key
        from record as r
        where not ({ROWS_GO})
            and exists (select 1 from unnest($records::varchar[]) as p(name)
                where list_contains(json_extract_string(r.body, '$.*'), p.name))
        order by all
        """,  # noqa: S608 - our own words
        {"whole": list(target.whole), "records": list(target.records)},
    )
    return [key for (key,) in found.fetchall()]


def _kind(connection: DuckDBPyConnection, meant: Sequence[str]) -> str:
    """The kind of return whose sheets the rows are of; empty where submissions of several are named."""
    asked = "select distinct kind from submission where list_contains(?, submission_id)"
    found = connection.execute(asked, [list(meant)]).fetchall()
    return str(found[0][0]) if len(found) == 1 else ""


def _named(connection: DuckDBPyConnection, name: str) -> list[str]:
    """The submissions of a name or a fingerprint, with every other that came as the same file."""
    found = connection.execute(
        """
        with meant as (
            select file_sha256 from submission where submission_id = $name or ($is_file and starts_with(file_sha256, $name))
        )
        select submission_id from submission where file_sha256 in (select file_sha256 from meant)
        """,
        {"name": name, "is_file": _SHA256.fullmatch(name) is not None},
    ).fetchall()
    if not found:
        raise UserError(f"There is no submission, and no file, {name[:60]}. Nothing was removed.")
    return [submission_id for (submission_id,) in found]


def _in_order(connection: DuckDBPyConnection) -> Any:  # noqa: ANN401 - a key to sort by
    """As they came: an earlier version goes first, so that none stands again that is about to go."""
    came = connection.execute("select submission_id, received_at, version from submission").fetchall()
    order = {name: (at, version, name) for name, at, version in came}
    return order.__getitem__


def _parts(connection: DuckDBPyConnection, given: dict[str, Any]) -> list[str]:
    """The submissions that lose records. UserError for a reference that no record has."""
    found = connection.execute(_PARTS, given).fetchall()
    unknown = set(given["records"]) - {key for _, keys in found for key in keys} - _of_whole(connection, given)
    if unknown:
        raise UserError(f"No record is called “{min(unknown)[:40]}”. Nothing was removed.")
    return sorted({submission_id for submission_id, _ in found} - {*given["whole"]})


def _of_whole(connection: DuckDBPyConnection, given: dict[str, Any]) -> set[str]:
    """The references that stand in submissions of which everything goes anyway."""
    found = connection.execute(
        """select unnest([record_key, split_part(record_key, '|', 1)]) from record
        where list_contains($whole, submission_id)""",
        {"whole": given["whole"]},
    )
    return {key for (key,) in found.fetchall()} & set(given["records"])


_PARTS = """
select submission_id, list_distinct(flatten(list([record_key, split_part(record_key, '|', 1)])))
from record
where not list_contains($whole, submission_id)
    and list_has_any([record_key, split_part(record_key, '|', 1)], $records::varchar[])
group by submission_id
"""
_ABOUT = """
select submission_id, agency_id, file_sha256, original_kept, received_at, coalesce((
    select min(position) from event
    where subject = submission.submission_id and action in ('submission.received', 'submission.refused')), 0)
from submission
where list_contains($every, submission_id)
"""
_MANY = f"""
select (select count(*) from record as r where {ROWS_GO})
    + (select count(*) from observation where list_contains($whole, submission_id))
    + (select count(*) from problem where list_contains($whole, submission_id))
    + (select count(*) from mend where list_contains($whole, submission_id))
"""  # noqa: S608 - our own words
