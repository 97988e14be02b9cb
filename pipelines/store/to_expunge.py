"""What an expunge would take away: found by submission, by file, by row or by the reference of a record, before anything is touched."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipelines.store.to_expunge_words import Words, words_of
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duckdb import DuckDBPyConnection

_SHA256 = re.compile(r"[0-9a-f]{12,64}")
_ROW = re.compile(r"(?P<sheet>.+)!(?P<row>[1-9]\d{0,6})")
# The rows of logs that go: all of a submission, or every version of a record.
ROWS_GO = """(list_contains($whole, r.submission_id)
    or list_has_any([r.record_key, split_part(r.record_key, '|', 1)], $records::varchar[]))"""


@dataclass(frozen=True, slots=True)
class Named:
    """What somebody names: submissions or files, references of records, and rows as `Commentary!3`.

    `copies`: whether the words of it go from the other submissions that hold them too.
    """

    what: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    copies: bool = False

    @property
    def target(self) -> str:
        """The same in one spelling, by which one person's asking is found by another."""
        said = {"submissions": self.what, "records": self.records, "rows": self.rows, "copies": self.copies}
        return json.dumps(said)

    @staticmethod
    def read(target: str) -> Named:
        """What a spelling names; an earlier version of Throughline knew no rows and no copies."""
        said = json.loads(target)
        lists = (tuple(said[name]) for name in ("submissions", "records"))
        return Named(*lists, rows=tuple(said.get("rows", ())), copies=bool(said.get("copies", False)))


@dataclass(frozen=True, slots=True)
class Going:
    """What goes: every row of the `whole` submissions, the `records` of the `parts`, the words of the `worded`; with all their files.

    `named` is what was named, in one spelling. `rows` counts what is taken out of tables. `since`: when the first of it came
    (UTC), and `entry` the number of the log's entry that says so: no publication made before can show it. `words` are what was
    written in it; never shown.
    """

    named: Named
    whole: tuple[str, ...]
    parts: tuple[str, ...]
    worded: tuple[str, ...]
    records: tuple[str, ...]
    files: tuple[str, ...]
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
    rows = tuple((sheet, row) for sheet, row in map(_row, named.rows))
    if rows and not meant:
        raise UserError("Name the submission whose row it is. Nothing was removed.")
    whole = [] if rows else meant
    given = {"whole": whole, "records": sorted(set(named.records))}
    parts = _parts(connection, given)
    words = words_of(connection, given, meant if rows else (), rows, copies=named.copies)
    if rows and not words.texts and not words.shared:
        raise UserError(f"In {', '.join(named.rows)} of {meant[0]} nothing stands in words. Nothing was removed.")
    worded = sorted({*(meant if rows else ()), *(words.holders if named.copies else ())} - {*whole})
    about = connection.execute(_ABOUT, {"every": [*whole, *parts, *worded]}).fetchall()
    (many,) = connection.execute(_MANY, given).fetchone() or (0,)
    return Going(
        named=Named(tuple(meant), tuple(given["records"]), tuple(sorted(set(named.rows))), named.copies),
        whole=tuple(whole),
        parts=tuple(parts),
        worded=tuple(worded),
        records=tuple(given["records"]),
        files=tuple(sorted({sha256 for _, sha256, is_kept, *_ in about if is_kept})),
        agencies=frozenset(agency for agency, *_ in about),
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


def _row(spelled: str) -> tuple[str, int]:
    found = _ROW.fullmatch(spelled.strip())
    if found is None:
        raise UserError(
            f"“{spelled[:60]}” is no row. Write the sheet and the row, as Commentary!3. Nothing was removed."
        )
    return found["sheet"], int(found["row"])


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
select agency_id, file_sha256, original_kept, received_at, coalesce((
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
