"""The words that go with what is removed for good, and who else holds the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipelines.store.sought import REMOVED, is_worth_looking_for, plain, sought
from pipelines.store.written import everywhere, in_row, in_words, typed_beside

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from duckdb import DuckDBPyConnection

    from pipelines.store.written import Place

# The log holds no words, the steps and the fingerprints are ours, and official statistics are no agency's.
_NOBODYS = frozenset({"event", "migration", "expunged", "benchmark", "benchmark_file", "neighbour", "stood"})
# Of a column that says in which office somebody acts: every agency has a head of service.
_ROLE = "_role"


@dataclass(frozen=True, slots=True)
class Words:
    """What was written in what goes: `texts` go everywhere; `shared` stand in what is kept as well, and stay there.

    `holders` are the submissions that keep the same words, `entry` the number of the log's entry by which the first of those
    came. None of it is ever shown but the names of submissions.
    """

    texts: tuple[str, ...] = field(repr=False)
    shared: tuple[str, ...] = field(repr=False)
    holders: tuple[str, ...]
    entry: int


def words_of(
    connection: DuckDBPyConnection,
    given: dict[str, Any],
    of_rows: Collection[str],
    rows: Collection[tuple[str, int]],
    *,
    copies: bool,
) -> Words:
    """The words of what goes: all of the `whole` submissions, of these `records`, and of these rows of the submissions `of_rows`.

    With `copies` the words that others hold too go as well. Those of rows that are named go from there and from publications in
    any case, and `shared` says that others hold them too. Who holds a role is looked for nowhere else. Roles, names of files and mended answers are looked for only
    where nothing that is kept has the same: every agency has a head of service.
    """
    keys = _keys(connection, given["records"])
    goes: set[str] = set()
    kept: dict[str, set[str]] = {}
    for place in in_words(connection):
        said = plain(place.value)
        row = (place.sheet, place.row)
        if place.name.endswith(_ROLE) and place.submission_id in of_rows and row in rows:
            continue  # it goes by its place
        if (
            place.submission_id in given["whole"]
            or (place.submission_id, *row) in keys
            or (place.submission_id in of_rows and row in rows)
        ):
            goes.add(said)
        else:
            kept.setdefault(said, set()).add(place.submission_id)
    for submission_id in of_rows:
        for row in rows:
            goes |= {
                plain(each.value) for each in in_row(connection, submission_id, *row) if not each.name.endswith(_ROLE)
            }
    goes = {text for text in goes if is_worth_looking_for(text) and text != REMOVED}
    held = {text: holders for text in goes if (holders := _holders(text, kept))}
    shared = set() if copies else set(held)
    beside = set[str]() if of_rows else _beside(connection, given["whole"])
    of_it = [*given["whole"], *of_rows, *(submission_id for submission_id, *_ in keys)]
    holders = _nearest({each for names in held.values() for each in names}, of_it)
    return Words(
        texts=tuple(sorted((goes if of_rows else goes - shared) | beside)),
        shared=tuple(sorted(shared)),
        holders=holders,
        entry=_first_entry(connection, holders),
    )


def left(connection: DuckDBPyConnection, texts: Sequence[str]) -> list[str]:
    """Where in the vault any of the texts still stands, as `layout` or `record of lcc_cf.learning.2026-27-Q2.v2`; never the text."""
    looked_for = sought(texts)
    found = {
        (place.table, place.submission_id)
        for place in everywhere(connection, leave_out=_NOBODYS)
        if looked_for.stands_in(place.value)
    }
    return sorted(f"{table.replace('_', ' ')} of {name}" if name else table.replace("_", " ") for table, name in found)


def standing(
    connection: DuckDBPyConnection, texts: Sequence[str], tables: Collection[str]
) -> dict[tuple[str, str], list[str]]:
    """Of these tables the values in which any of the texts stands, as they are kept, by table and column."""
    looked_for, found = sought(texts), dict[tuple[str, str], list[str]]()
    for place in _of(connection, tables):
        if looked_for.stands_in(place.value):
            found.setdefault((place.table, place.column), []).append(place.raw)
    return found


def _of(connection: DuckDBPyConnection, tables: Collection[str]) -> list[Place]:
    return [place for place in everywhere(connection, leave_out=_NOBODYS) if place.table in tables]


def _nearest(holders: Collection[str], of_it: Collection[str]) -> tuple[str, ...]:
    """Other versions of the same return first, then others of the same sender, then those of others."""
    returns = {name.rsplit(".", 1)[0] for name in of_it}
    senders = {name.split(".", 1)[0] for name in of_it}
    return tuple(
        sorted(
            holders,
            key=lambda each: (each.rsplit(".", 1)[0] not in returns, each.split(".", 1)[0] not in senders, each),
        )
    )


def _holders(text: str, kept: dict[str, set[str]]) -> set[str]:
    looked_for = sought([text])
    return {each for said, names in kept.items() if looked_for.stands_in(said) for each in names}


def _beside(connection: DuckDBPyConnection, whole: Collection[str]) -> set[str]:
    """What was typed with the submissions that go and with no other."""
    goes: set[str] = set()
    stays: set[str] = set()
    for place in typed_beside(connection):
        (goes if place.submission_id in whole else stays).add(plain(place.value))
    return {text for text in goes - stays if is_worth_looking_for(text)}


def _keys(connection: DuckDBPyConnection, records: Sequence[str]) -> set[tuple[str, str, int]]:
    found = connection.execute(
        """select submission_id, sheet, row from record
        where list_has_any([record_key, split_part(record_key, '|', 1)], $records::varchar[])""",
        {"records": list(records)},
    )
    return {(submission_id, sheet, row) for submission_id, sheet, row in found.fetchall()}


def _first_entry(connection: DuckDBPyConnection, holders: Sequence[str]) -> int:
    found = connection.execute(
        """select min(position) from event
        where list_contains($holders, subject) and action in ('submission.received', 'submission.refused')""",
        {"holders": list(holders)},
    ).fetchone()
    return int(found[0]) if found and found[0] else 0
