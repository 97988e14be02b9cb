"""The layouts by which agencies' own spreadsheets are read, held against the event log: one that is changed reads other figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pipelines.queries.log_said import LAYOUT_SAVED, LAYOUT_WITHDRAWN
from pipelines.store.chain import Fault
from pipelines.store.layouts import fingerprint_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from pipelines.queries.log_said import Entry
    from pipelines.store.opening import Connection

_ALL = "select agency_id, layout_id, version, body, saved_by, saved_at, withdrawn_by, withdrawn_at from layout"


@dataclass(frozen=True, slots=True)
class _Layout:
    """One version as the vault or the log has it; `body` is its fingerprint, empty where the log has none."""

    body: str
    saved_by: str
    saved_at: datetime
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None


def faults(connection: Connection, logged: Iterable[Entry]) -> Iterator[Fault]:
    """A sentence for each version of a layout that the vault has otherwise than the log."""
    meant = _by_the_log(logged)
    there: dict[tuple[str, int], list[_Layout]] = {}
    for agency_id, layout_id, version, body, *said in connection.execute(_ALL).fetchall():
        there.setdefault((f"{agency_id}.{layout_id}", version), []).append(_Layout(fingerprint_of(body), *said))
    for name, version in sorted(there.keys() | meant.keys()):
        found, wanted = there.get((name, version), []), meant.get((name, version))
        if wanted is not None and not wanted.body:
            found = [replace(each, body="") for each in found]
        if found != ([wanted] if wanted else []):
            yield Fault(0, f"How {name} is read, version {version}, is another in the vault than by the log.")


def _by_the_log(logged: Iterable[Entry]) -> dict[tuple[str, int], _Layout]:
    """Each version as the entries have it: one that is saved again withdraws the one before it in the same breath."""
    known: dict[tuple[str, int], _Layout] = {}
    for entry in logged:
        if entry.action not in (LAYOUT_SAVED, LAYOUT_WITHDRAWN):
            continue
        for key, each in known.items():
            if key[0] == entry.subject and each.withdrawn_at is None:
                known[key] = replace(each, withdrawn_by=entry.actor, withdrawn_at=entry.at)
        if entry.action == LAYOUT_SAVED:
            body = str(entry.told.get("body_sha256", ""))
            known[entry.subject, _version(entry.told)] = _Layout(body, entry.actor, entry.at)
    return known


def _version(said: Mapping[str, Any]) -> int:
    found = said.get("version", 0)
    return found if isinstance(found, int) else 0
