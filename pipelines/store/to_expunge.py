"""What an expunge would take away: found by submission, by file or by the reference of a record, before anything is touched."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from schemas.problems import UserError
from schemas.returns import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from duckdb import DuckDBPyConnection

_SHA256 = re.compile(r"[0-9a-f]{12,64}")
# A shorter text says too little to be looked for: it would be found everywhere.
_SHORTEST = 4
_IN_WORDS = ("text", "words", "body")  # what a column holds that somebody wrote in words
_LOOKED_FOR = 60  # letters of a text: a page may have shortened it
# The rows of logs that go: all of a submission, or every version of a record.
ROWS_GO = """(list_contains($whole, r.submission_id)
    or list_has_any([r.record_key, split_part(r.record_key, '|', 1)], $records::varchar[]))"""


@dataclass(frozen=True, slots=True)
class Going:
    """What goes: every row of the `whole` submissions, and of the `parts` the rows of these `records`; with all their files.

    `rows` counts what is taken out of tables. `since`: when the first of it came (UTC). `texts`: what was written in it and
    stands nowhere else, as it is looked for in publications; never shown.
    """

    whole: tuple[str, ...]
    parts: tuple[str, ...]
    records: tuple[str, ...]
    files: tuple[str, ...]
    agencies: frozenset[str]
    rows: int
    since: datetime
    texts: tuple[str, ...] = field(repr=False)

    @property
    def target(self) -> str:
        """The same in one spelling, by which one person's asking is found by another."""
        return json.dumps({"submissions": self.whole, "records": self.records})

    @property
    def submissions(self) -> tuple[str, ...]:
        """Every submission that loses something."""
        return (*self.whole, *self.parts)


def going(connection: DuckDBPyConnection, asked: Sequence[str], records: Sequence[str]) -> Going:
    """What goes where these submissions or files, and records of these references, are removed.

    Submissions of the same file go together, as there is one file. UserError for what names nothing.
    """
    whole = sorted({each for name in asked for each in _named(connection, name)}, key=_in_order(connection))
    given = {"whole": whole, "records": sorted(set(records))}
    found = connection.execute(_PARTS, given).fetchall()
    unknown = set(records) - {key for _, keys in found for key in keys} - _of_whole(connection, given)
    if unknown:
        raise UserError(f"No record is called “{min(unknown)[:40]}”. Nothing was removed.")
    parts = sorted({submission_id for submission_id, _ in found} - {*whole})
    about = connection.execute(_ABOUT, {"every": [*whole, *parts]}).fetchall()
    (rows,) = connection.execute(_MANY, given).fetchone() or (0,)
    return Going(
        whole=tuple(whole),
        parts=tuple(parts),
        records=tuple(given["records"]),
        files=tuple(sorted({sha256 for _, sha256, is_kept, _ in about if is_kept})),
        agencies=frozenset(agency for agency, *_ in about),
        rows=rows,
        since=min(at for *_, at in about).replace(tzinfo=UTC),
        texts=_texts(connection, given),
    )


def left(connection: DuckDBPyConnection, texts: Sequence[str]) -> list[str]:
    """Where in the vault any of the texts still stands, as `layout` or `record of lcc_cf.learning.2026-27-Q2.v2`; never the text."""
    found: set[str] = set()
    for table, columns in _columns(connection).items():
        whose = "submission_id" if "submission_id" in columns else "''"
        for column in columns:
            hits = connection.execute(
                f"""select distinct {whose} from {table} as t
                where exists (select 1 from unnest($texts::varchar[]) as p(text)
                    where contains(regexp_replace(t.{column}, '\\s+', ' ', 'g'), p.text))""",  # noqa: S608 - the vault's own names
                {"texts": list(texts)},
            ).fetchall()
            found |= {f"{table.replace('_', ' ')} of {name}" if name else table.replace("_", " ") for (name,) in hits}
    return sorted(found)


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
select agency_id, file_sha256, original_kept, received_at from submission where list_contains($every, submission_id)
"""
_MANY = f"""
select (select count(*) from record as r where {ROWS_GO})
    + (select count(*) from observation where list_contains($whole, submission_id))
    + (select count(*) from problem where list_contains($whole, submission_id))
    + (select count(*) from mend where list_contains($whole, submission_id))
"""  # noqa: S608 - our own words
_BODIES = f"""
select s.kind, r.sheet, r.body, {ROWS_GO} from record as r join submission as s on s.submission_id = r.submission_id
"""  # noqa: S608 - our own words
_WORDS = """
select reason, list_contains($whole, submission_id) from observation where reason <> ''
union all
select value, list_contains($whole, submission_id) from mend
"""


def _texts(connection: DuckDBPyConnection, given: dict[str, Any]) -> tuple[str, ...]:
    """What was written in what goes and in nothing that stays, shortened as it is looked for."""
    goes: set[str] = set()
    stays: set[str] = set()
    for kind, sheet, body, is_going in connection.execute(_BODIES, given).fetchall():
        said = json.loads(body)
        if is_going:
            goes |= set(_written(kind, sheet, said))
        else:
            stays |= {_plain(value) for value in said.values()}
    for text, is_going in connection.execute(_WORDS, {"whole": given["whole"]}).fetchall():
        (goes if is_going else stays).add(_plain(text))
    covers = connection.execute(
        "select cover, list_contains($whole, submission_id) from submission", {"whole": given["whole"]}
    )
    for cover, is_going in covers.fetchall():
        (goes if is_going else stays).update(_plain(value) for value in json.loads(cover).values())
    worth = {text[:_LOOKED_FOR].strip() for text in goes - stays if _is_worth_looking_for(text)}
    return tuple(sorted(worth - stays))


def _written(kind_id: str, sheet: str, said: dict[str, Any]) -> Iterator[str]:
    """The values that somebody wrote in words; of a sheet the kind does not know, all."""
    kind = kinds().get(kind_id)
    layout = next((each for each in kind.sheets if each.name == sheet), None) if kind else None
    typed = {column.name for column in layout.columns if column.holds not in _IN_WORDS} if layout else set[str]()
    yield from (_plain(value) for name, value in said.items() if name not in typed)


def _plain(value: object) -> str:
    return " ".join(str(value or "").split())


def _is_worth_looking_for(text: str) -> bool:
    return len(text) >= _SHORTEST and any(letter.isalpha() for letter in text)


def _columns(connection: DuckDBPyConnection) -> dict[str, list[str]]:
    """The columns of text of every table somebody's words can stand in; the log holds none, and the steps are ours."""
    found = connection.execute(
        """select table_name, column_name from duckdb_columns()
        where database_name = current_database() and data_type = 'VARCHAR' and table_name not in ('event', 'migration')
            and column_name <> 'submission_id'"""
    ).fetchall()
    by_table: dict[str, list[str]] = {}
    for table, column in found:
        by_table.setdefault(table, []).append(column)
    return by_table
