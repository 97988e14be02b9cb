"""When each submission stood, worked out from the event log and held against the table that says so.

That table says what an earlier publication may have told, and with it what the next release must protect; so it is as grave
a thing to change as a figure.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pipelines.queries.log_said import CAME, REFUSED, REVERTED, WITHDRAWN
from pipelines.store.chain import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipelines.queries.log_said import Entry
    from pipelines.store.opening import Connection

# From when, and until when: None while it stands. UTC without a zone.
Stretch = tuple[datetime, datetime | None]
_STOOD = "select submission_id, from_at, until_at from stood"


def received(logged: Iterable[Entry], kept: Mapping[str, datetime]) -> Iterator[tuple[Entry, datetime, bool]]:
    """Of each coming when it counts as received, and whether the vault says so too; `kept` is what the vault says.

    That is what the clock said, or just after the last of the same sender, where the clock had been set back.
    """
    last: dict[str, datetime] = {}
    for entry in logged:
        if entry.action not in (CAME, REFUSED):
            continue
        sender = entry.subject.rsplit(".", 3)[0]
        before = last.get(sender, entry.at)
        meant = entry.at if before <= entry.at else before + timedelta(microseconds=1)
        found = kept.get(entry.subject, meant)
        is_so = found in (entry.at, meant)
        at = found if is_so else meant
        if entry.action == CAME:
            last[sender] = max(last.get(sender, at), at)
        yield entry, at, is_so


def by_the_log(logged: Iterable[Entry], came: Mapping[str, datetime]) -> dict[str, list[Stretch]]:
    """When each submission stood; `came`: when each counts as received."""
    stood: dict[str, list[Stretch]] = {}
    for entry in logged:
        told = entry.told
        if entry.action == CAME:
            _end(stood, told.get("supersedes"), came[entry.subject])
            _begin(stood, entry.subject, came[entry.subject])
        elif entry.action == WITHDRAWN:
            _end(stood, entry.subject, entry.at)
            _begin(stood, told.get("stands_again"), entry.at)
        elif entry.action == REVERTED:
            _end(stood, told.get("instead_of"), entry.at)
            _begin(stood, entry.subject, entry.at)
    return stood


def faults(connection: Connection, logged: Sequence[Entry], came: Mapping[str, datetime]) -> Iterator[Fault]:
    """A sentence for each submission that by the vault stood at another time than by the log."""
    there: dict[str, list[Stretch]] = {}
    for name, since, until in connection.execute(_STOOD).fetchall():
        there.setdefault(name, []).append((since, until))
    meant = by_the_log(logged, came)
    for name in sorted(there.keys() | meant.keys()):
        found, wanted = (sorted(each.get(name, []), key=_in_order) for each in (there, meant))
        if found != wanted:
            yield Fault(0, f"By the vault {name} stood {_words(found)}, and by the log {_words(wanted)} (UTC).")


def _begin(stood: dict[str, list[Stretch]], name: object, at: datetime) -> None:
    if isinstance(name, str) and name:
        stood.setdefault(name, []).append((at, None))


def _end(stood: dict[str, list[Stretch]], name: object, at: datetime) -> None:
    """What stands no longer already stays as it is: a version that was superseded can be withdrawn too."""
    if isinstance(name, str) and name in stood:
        stood[name] = [(since, until or at) for since, until in stood[name]]


def _in_order(stretch: Stretch) -> tuple[datetime, datetime]:
    return stretch[0], stretch[1] or datetime.max  # noqa: DTZ901 - as the vault's tables: UTC without a zone


def _words(stretches: Sequence[Stretch]) -> str:
    if not stretches:
        return "at no time"
    return " and ".join(f"from {since}{f' until {until}' if until else ' on'}" for since, until in stretches)
