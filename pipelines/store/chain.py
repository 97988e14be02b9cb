"""The chain of the event log: how each entry is hashed, and whether the log is whole.

It is held against itself, against the note beside the vault, and against what publications noted of it.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

HEAD = "event-head.json"
GENESIS = "0" * 64
FIELDS = ("position", "happened_at", "actor", "role", "agency_id", "action", "subject", "detail")


class Head(NamedTuple):
    """The last entry of the log: its number (0 for an empty log) and its hash."""

    position: int
    hash: str


class Noted(NamedTuple):
    """The last entry as somebody noted it elsewhere: its number, its hash, and who noted it, in words."""

    position: int
    hash: str
    by: str


class Fault(NamedTuple):
    """One thing wrong with the log, and the number of the entry where it shows; 0 where it is not an entry."""

    position: int
    words: str


def faults(connection: DuckDBPyConnection, home: Path, elsewhere: Iterable[Noted] = ()) -> list[Fault]:
    """What is wrong with the log of the vault in that folder, in the order of the entries; empty when it is whole.

    `elsewhere` are the last entries as they were noted elsewhere, at any time: a log that was rewritten from some entry on,
    hashes and all, follows from itself, and only what it once was can show it.
    """
    columns = f"{', '.join(FIELDS)}, previous, hash"
    rows = connection.execute(f"select {columns} from event order by position, hash").fetchall()  # noqa: S608 - fixed names
    hashes = {row[0]: row[-1] for row in rows}
    found = [*_chain(rows), *_not_as_noted(hashes, sorted(elsewhere)), *_cut(home, hashes)]
    return sorted(found, key=lambda fault: fault.position)


def verify(connection: DuckDBPyConnection, home: Path, elsewhere: Iterable[Noted] = ()) -> list[str]:
    """The same as sentences."""
    return [fault.words for fault in faults(connection, home, elsewhere)]


def _chain(rows: Sequence[tuple[Any, ...]]) -> Iterator[Fault]:
    """Entries that are doubled, missing, moved or altered, by the chain itself."""
    expected, before = 1, GENESIS
    for row in rows:
        position, previous, own = row[0], row[-2], row[-1]
        if position < expected:
            yield Fault(position, f"Entry {position} is there twice.")
        elif position > expected:
            gone = f"Entry {expected} is" if position == expected + 1 else f"Entries {expected} to {position - 1} are"
            yield Fault(expected, f"{gone} missing.")
        elif previous != before:
            words = f"Entry {position} does not follow from the entry before it: one of them was changed or moved."
            yield Fault(position, words)
        if hashed(previous, dict(zip(FIELDS, row[:-2], strict=True))) != own:
            yield Fault(position, f"Entry {position} has been altered.")
        expected, before = position + 1, own


def _not_as_noted(hashes: Mapping[int, str], noted: Sequence[Noted]) -> Iterator[Fault]:
    """Entries that are no longer what was noted of them; `noted` in the order of the entries."""
    agreed = 0
    for position, own, by in noted:
        there = hashes.get(position)
        if there == own:
            agreed = position
        elif there is None:
            yield Fault(position, f"Entry {position}, which {by} noted, is not there.")
        else:
            since = f"after entry {agreed}" if agreed else "from the start"
            words = f"Entry {position} is not the one {by} noted: the log was rewritten, somewhere {since}."
            yield Fault(position, words)


def _cut(home: Path, hashes: Mapping[int, str]) -> Iterator[Fault]:
    try:
        last = noted(home)
    except ValueError as why:
        yield Fault(0, str(why))
        return
    end = max(hashes, default=0)
    if last is None:
        if hashes:
            yield Fault(0, f"{HEAD} is missing beside the vault, so entries cut from the end would not show.")
    elif last.position > end:
        yield Fault(end, f"The log ends at entry {end}, but entry {last.position} had been written: its end was cut.")
    elif hashes.get(last.position, GENESIS) != last.hash:
        yield Fault(last.position, f"Entry {last.position} is not the one noted in {HEAD}: the log was rewritten.")


def noted(home: Path) -> Head | None:
    """The last entry as it was noted beside the vault; None where there is no note. ValueError where it cannot be read."""
    path = home / HEAD
    if not path.exists():
        return None
    try:
        said = json.loads(path.read_bytes())
        return Head(int(said["position"]), str(said["hash"]))
    except (ValueError, KeyError, TypeError) as why:
        raise ValueError(f"{HEAD} beside the vault cannot be read.") from why


def canonical(detail: dict[str, Any]) -> str:
    """One spelling of the same facts: sorted keys, no spaces.

    >>> canonical({"b": 1, "a": "x"})
    '{"a":"x","b":1}'
    """
    return json.dumps(detail, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def facts(detail: str) -> dict[str, Any]:
    """What an entry holds; nothing where it can no longer be read: that it was altered the chain says.

    >>> facts('{"audience":"public"}'), facts("{"), facts("[]")
    ({'audience': 'public'}, {}, {})
    """
    try:
        said: object = json.loads(detail)
    except ValueError:
        return {}
    return cast("dict[str, Any]", said) if isinstance(said, dict) else {}


def hashed(previous: str, entry: dict[str, Any]) -> str:
    """The hash of an entry, given that of the one before it."""
    return hashlib.sha256((previous + canonical(entry)).encode()).hexdigest()
