"""The event log as the business unit reads it: a page at a time, in words, and whether it is whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import duckdb

from pipelines.queries import (
    altered_before,
    event_words,
    log_held,
    pointer,
    prepared_held,
    preview_held,
    release_names,
    rows_held,
)
from pipelines.queries.strays import strays
from pipelines.queries.under_way import under_way
from pipelines.queries.vault import asked
from pipelines.store import chain, event_search, events, shape
from pipelines.store.event_search import Wanted
from pipelines.store.opening import VAULT, transaction
from schemas.actors import Actor, require
from schemas.acts import LOGIN
from schemas.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from pipelines.store.chain import Fault
    from pipelines.store.opening import Connection

__all__ = ["Entry", "Page", "State", "Wanted", "entries", "people", "state"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its number, the moment (UTC), who acted in which role, what they did in words, and what was logged of it.

    `login`: as whom the machine knew them where it was done on the command line; empty where it was on a page, or before logins
    were logged.
    """

    position: int
    at: datetime
    actor: str
    role: str
    agency: str
    group: str
    action: str
    words: str
    subject: str
    detail: str
    hash: str
    login: str = ""

    @property
    def by(self) -> str:
        """Who acted, with the login they typed it under where that says more: the name on the command line can be anybody's."""
        return f"{self.actor}, login {self.login}" if self.login not in ("", self.actor) else self.actor


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries, the newest first; how many are asked for in all, and how many of them are older than these."""

    entries: tuple[Entry, ...]
    many: int
    older: int


@dataclass(frozen=True, slots=True)
class State:
    """Whether the log is whole: its last entry, what is wrong in the order of the entries, and which notes were compared.

    `unread` are publications whose file can no longer be opened, so that what they noted could not be compared; `aside` those
    that noted a log which a restore put aside; `unnoted` the entries at which the note beside the vault was found missing.
    `rows_of` counts the submissions whose rows were held against the log, `rows_unknown` those it has no fingerprint of: they
    came before it held any. `beside_unknown` of these have one of their rows, and none of what is kept beside them;
    `official_unknown`: there are official statistics of which it has none. `under_way`: the titles of the audiences whose pointer
    was not compared, as somebody releases or withdraws. `strays`: how many files among the publications belong to none.
    """

    position: int
    hash: str
    faults: tuple[Fault, ...]
    compared: int
    unread: tuple[str, ...]
    unnoted: tuple[int, ...] = ()
    aside: tuple[str, ...] = ()
    rows_of: int = 0
    rows_unknown: int = 0
    beside_unknown: int = 0
    official_unknown: bool = False
    under_way: tuple[str, ...] = ()
    strays: int = 0

    @property
    def first(self) -> int:
        """The number of the first entry at which something is wrong; 0 where nothing is, or not at an entry."""
        return next((fault.position for fault in self.faults if fault.position), 0)


def entries(home: Path, actor: Actor, wanted: Wanted, *, limit: int, before: int | None = None) -> Page:
    """The newest entries that are asked for; `before`: only those older than the entry of that number.

    UserError for anybody but the business unit.
    """
    require(actor, "business_unit")
    if not (home / VAULT).exists():
        return Page((), 0, 0)
    return asked(home, actor, _entries, home, wanted, limit, before)


def _entries(connection: Connection, home: Path, wanted: Wanted, limit: int, before: int | None) -> Page:
    found = event_search.found(connection, wanted, limit=limit, before=before)
    many = event_search.count(connection, wanted)
    last = found[-1]["position"] if found else 0
    older = event_search.count(connection, wanted, before=last) if last else 0
    return Page(tuple(_entry(home, row) for row in found), many, older)


def people(home: Path, actor: Actor) -> tuple[str, ...]:
    """Everybody who has an entry, by name. UserError for anybody but the business unit."""
    require(actor, "business_unit")
    if not (home / VAULT).exists():
        return ()
    return asked(home, actor, _people)


def _people(connection: Connection) -> tuple[str, ...]:
    return tuple(event_search.actors(connection))


def state(home: Path, actor: Actor) -> State:
    """Hold the log against itself, the note beside the vault and every publication; and these, and every submission, against it.

    UserError as `entries`.
    """
    require(actor, "business_unit")
    noted, unread = _noted(home)
    if not (home / VAULT).exists() and not (home / events.HEAD).exists():
        return State(0, events.GENESIS, (), len(noted), unread)
    with transaction(home, write=False) as connection:
        last = events.head(connection)
        noted, aside = _of_this_log(connection, home, noted)
        rows = rows_held.held(home, connection)
        # With the vault held: whoever begins to release from here on can log nothing before this is done.
        busy = under_way(home)
        faults = [
            *(chain.Fault(0, words) for words in shape.faults(connection)),
            *chain.faults(connection, home, [note for _, note in noted]),
            *log_held.unlike_the_log(home, connection, busy),
            *prepared_held.faults(home, connection),
            *preview_held.faults(home, connection),
            *rows.faults,
            *altered_before.faults(connection),
        ]
        unnoted = tuple(log_held.lost_notes(connection))
    found = tuple(sorted(faults))
    counted = (rows.compared, rows.not_compared, rows.beside_unknown, rows.official_unknown)
    titles = tuple(catalogue().audiences[each].title for each in busy)
    return State(last.position, last.hash, found, len(noted), unread, unnoted, aside, *counted, titles, strays(home))


def _of_this_log(
    connection: Connection, home: Path, noted: list[tuple[str, chain.Noted]]
) -> tuple[list[tuple[str, chain.Noted]], tuple[str, ...]]:
    """The notes that can be held against this log, and the publications whose note is of one that a restore put aside."""
    elsewhere = log_held.of_another_log(home, connection)
    aside = {
        name for name, note in noted if name in elsewhere and events.hash_of(connection, note.position) != note.hash
    }
    return [each for each in noted if each[0] not in aside], tuple(sorted(aside))


def _noted(home: Path) -> tuple[list[tuple[str, chain.Noted]], tuple[str, ...]]:
    """The last entry as each publication noted it, and the publications that cannot be asked."""
    noted: list[tuple[str, chain.Noted]] = []
    unread: list[str] = []
    for audience in catalogue().audiences:
        for each in pointer.every(home, audience):
            found = _note_of(each, pointer.stamp(each.path))
            if found is None:
                unread.append(each.publication_id)
            else:
                noted += found
    return noted, tuple(unread)


@lru_cache(maxsize=2048)
def _note_of(publication: pointer.Pointer, stamp: object) -> tuple[tuple[str, chain.Noted], ...] | None:
    """What a publication noted, None where it cannot be opened; read once for as long as its file stays as it is.

    After ten years there are hundreds of them, and each that is opened to be asked puts one out that readers are at.
    """
    del stamp
    with pointer.opened_if_whole(publication) as connection:
        return None if connection is None else tuple(_note(connection, publication.publication_id))


def _note(connection: duckdb.DuckDBPyConnection, publication_id: str) -> Iterator[tuple[str, chain.Noted]]:
    try:
        row = connection.execute("select log_entry, log_hash from publication").fetchone()
    except duckdb.BinderException:
        return  # made before publications noted the log
    if row is not None and row[0]:
        yield publication_id, chain.Noted(int(row[0]), str(row[1]), f"the publication {publication_id}")


def _entry(home: Path, row: dict[str, Any]) -> Entry:
    detail = chain.facts(row["detail"])
    is_release = str(row["action"]).startswith("publication.")
    label = release_names.label_of(home, str(detail.get("audience", "")), row["subject"]) if is_release else ""
    return Entry(
        position=row["position"],
        at=datetime.fromisoformat(row["happened_at"]),
        actor=row["actor"],
        role=row["role"].replace("_", " "),
        agency=event_words.sender(row["agency_id"]),
        group=event_words.group(row["action"]),
        action=row["action"],
        words=event_words.said(row, detail, label),
        subject=row["subject"],
        detail=row["detail"],
        hash=row["hash"],
        login=str(detail.get(LOGIN, "")),
    )
