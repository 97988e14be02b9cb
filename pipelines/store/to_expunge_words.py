"""The words that go with what is removed for good, and who else holds the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipelines.store.sought import REMOVED, is_worth_looking_for, plain, sought
from pipelines.store.to_expunge_copies import Reach, copies_of, nearest
from pipelines.store.written import everywhere, in_row, in_words, typed_beside

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from duckdb import DuckDBPyConnection

    from pipelines.store.to_expunge_named import Copies, Spot
    from pipelines.store.written import Place

# The log holds no words, the steps and the fingerprints are ours, and official statistics are no agency's.
_NOBODYS = frozenset({"event", "migration", "expunged", "benchmark", "benchmark_file", "neighbour", "stood"})
# Of a column that says in which office somebody acts: every agency has a head of service.
_ROLE = "_role"


@dataclass(frozen=True, slots=True)
class Words:
    """What was written in what goes: `texts` go from publications; `shared` stand in what is kept as well, and stay there.

    `copies` are the places in other submissions from which words go too, and `taken` which texts go from which of them. `reach` says
    of each shared text how far it reaches, `phrases` are those that many use. `holders` are the submissions that keep the same
    words, `entry` the number of the log's entry by which the first of those came. No text of it is ever shown.
    """

    texts: tuple[str, ...] = field(repr=False)
    shared: tuple[str, ...] = field(repr=False)
    phrases: tuple[str, ...] = field(repr=False)
    copies: tuple[Place, ...] = field(repr=False)
    taken: tuple[tuple[str, tuple[str, ...]], ...] = field(repr=False)
    reach: tuple[Reach, ...]
    holders: tuple[str, ...]
    entry: int

    @property
    def is_any(self) -> bool:
        """Whether anything stood in words in what goes."""
        return bool(self.texts or self.shared)

    @property
    def nowhere_else(self) -> tuple[str, ...]:
        """The texts that nothing keeps that stays."""
        return tuple(text for text in self.texts if text not in self.shared)


def words_of(
    connection: DuckDBPyConnection, given: dict[str, Any], named: tuple[Sequence[str], Sequence[Spot]], copies: Copies
) -> Words:
    """The words of what goes: all of the `whole` submissions, of these `records`, and of the rows or cells `named` of submissions.

    What others hold too goes from them as far as `copies` says. Those of rows that are named go from there and from publications
    in any case, and `shared` says that others hold them too. Who holds a role is looked for nowhere else. Roles, names of files and
    mended answers are looked for only where nothing that is kept has the same: every agency has a head of service.
    """
    of_rows, spots = named
    keys = _keys(connection, given["records"])
    goes, kept = _parted(connection, given["whole"], keys, named)
    for submission_id in of_rows:
        for at in spots:
            for each in in_row(connection, submission_id, at.sheet, at.row):
                if at.holds(each.name) and not each.name.endswith(_ROLE):
                    goes.setdefault(plain(each.value), []).append(each._replace(submission_id=submission_id))
    goes = {text: said for text, said in goes.items() if is_worth_looking_for(text) and text != REMOVED}
    found = copies_of(goes, kept, of_rows, copies)
    beside = set[str]() if of_rows else _beside(connection, given["whole"])
    holders = nearest(
        (place.submission_id for places in found.kept.values() for place in places),
        [*given["whole"], *of_rows, *(submission_id for submission_id, *_ in keys)],
    )
    taken = {name: {*texts} for name, texts in found.by_submission.items()}
    for submission_id in of_rows:
        taken.setdefault(submission_id, set()).update({*goes} - found.phrases)
    return Words(
        texts=tuple(sorted(({*goes} if of_rows else {*goes} - {*found.kept}) | beside)),
        shared=tuple(sorted(found.kept)),
        phrases=tuple(sorted(found.phrases)),
        copies=found.places,
        taken=tuple((name, tuple(sorted(texts))) for name, texts in sorted(taken.items())),
        reach=found.reach(goes),
        holders=holders,
        entry=_first_entry(connection, holders),
    )


def _parted(
    connection: DuckDBPyConnection,
    whole: Collection[str],
    keys: Collection[tuple[str, str, int]],
    named: tuple[Sequence[str], Sequence[Spot]],
) -> tuple[dict[str, list[Place]], dict[str, list[Place]]]:
    """What was written in words, by text: where it stands in what goes, and where in what is kept."""
    of_rows, spots = named
    goes: dict[str, list[Place]] = {}
    kept: dict[str, list[Place]] = {}
    for place in in_words(connection):
        is_named = place.submission_id in of_rows and any(
            (at.sheet, at.row) == (place.sheet, place.row) and at.holds(place.name) for at in spots
        )
        if is_named and place.name.endswith(_ROLE):
            continue  # it goes by its place
        is_going = is_named or place.submission_id in whole or (place.submission_id, place.sheet, place.row) in keys
        (goes if is_going else kept).setdefault(plain(place.value), []).append(place)
    return goes, kept


def left(connection: DuckDBPyConnection, words: Words) -> list[str]:
    """Where in the vault a text still stands that nothing should keep, as `layout` or `record of lcc_cf.learning.2026-27-Q2.v2`.

    What submissions keep was said; that what they keep stands in something else too, as in a draft, was not.
    """
    kept = sought(text for text in words.shared if text not in words.phrases)
    gone = sought(words.nowhere_else)
    found = {
        (place.table, place.submission_id)
        for place in everywhere(connection, leave_out=_NOBODYS)
        if gone.stands_in(place.value) or (not place.submission_id and kept.stands_in(place.value))
    }
    return sorted(f"{table.replace('_', ' ')} of {name}" if name else table.replace("_", " ") for table, name in found)


def standing(
    connection: DuckDBPyConnection, texts: Sequence[str], tables: Collection[str], of: str = ""
) -> dict[tuple[str, str], list[str]]:
    """Of these tables the values in which any of the texts stands, as they are kept, by table and column.

    `of`: one submission only; empty for all.
    """
    looked_for, found = sought(texts), dict[tuple[str, str], list[str]]()
    for place in _of(connection, tables):
        if of in ("", place.submission_id) and looked_for.stands_in(place.value):
            found.setdefault((place.table, place.column), []).append(place.raw)
    return found


def _of(connection: DuckDBPyConnection, tables: Collection[str]) -> list[Place]:
    return [place for place in everywhere(connection, leave_out=_NOBODYS) if place.table in tables]


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
