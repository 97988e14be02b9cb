"""What the event log says that the vault must hold; of each submission its coming, its state, and what must be found of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipelines.store.chain import facts
from schemas.removals import WHYS, said_of_it

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipelines.store.opening import Connection

CAME, REFUSED, WITHDRAWN, REVERTED = (
    "submission.received",
    "submission.refused",
    "submission.withdrawn",
    "submission.reverted",
)
EXPUNGED = "submission.expunged"
# What the notes of removals, the links to the form, the layouts and the official statistics are held against.
ORIGINAL_REMOVED, LOADED = "original.removed", "benchmarks.loaded"
LINK_MADE, LINK_OPENED, LINK_ENDED = "invitation.made", "invitation.opened", "invitation.ended"
LAYOUT_SAVED, LAYOUT_WITHDRAWN = "layout.saved", "layout.withdrawn"
_ACTS = (
    *(CAME, REFUSED, WITHDRAWN, REVERTED, EXPUNGED, ORIGINAL_REMOVED, LOADED),
    *(LINK_MADE, LINK_OPENED, LINK_ENDED, LAYOUT_SAVED, LAYOUT_WITHDRAWN),
)
_LOGGED = """
select position, happened_at, actor, role, action, subject, detail
from event
where list_contains(?, action)
order by position
"""
NO_REASON = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its number, the moment (UTC, without a zone, as the vault's tables hold it), who, what, its facts."""

    position: int
    at: datetime
    actor: str
    role: str
    action: str
    subject: str
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What the log says of a submission.

    `came`: the entry of its coming. `state` and `verdict` as the vault has words for them. The fingerprints are empty where the
    log holds none. `reason`: the SHA-256 of what must be kept as its reason, None where the log does not say, and the number of
    the entry that says so.
    """

    came: Entry
    state: str
    verdict: str
    rows_sha256: str
    beside_sha256: str
    reason: str | None
    reason_in: int


def entries(connection: Connection) -> list[Entry]:
    """Every entry that changes what the vault holds of a submission or beside them, the oldest first."""
    rows = connection.execute(_LOGGED, [list(_ACTS)]).fetchall()
    return [
        Entry(position, moment(at), actor, role, action, subject, facts(detail))
        for position, at, actor, role, action, subject, detail in rows
    ]


def moment(happened_at: str) -> datetime:
    """When it happened, as the vault's tables hold moments. That an entry's own was made unreadable the chain says."""
    try:
        return datetime.fromisoformat(happened_at).astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return datetime.min  # noqa: DTZ901 - as the vault's tables: UTC without a zone


def said(logged: Iterable[Entry]) -> dict[str, Said]:
    """What they say of each submission, one entry after the other."""
    known: dict[str, Said] = {}
    for entry in logged:
        told = entry.told
        if entry.action in (CAME, REFUSED):
            known[entry.subject] = _came(entry)
            _turn(known, told.get("supersedes"), "superseded", entry)
        elif entry.action == WITHDRAWN:
            _turn(known, entry.subject, "withdrawn", entry, told.get("reason_sha256"))
            _turn(known, told.get("stands_again"), "", entry)
        elif entry.action == REVERTED:
            _turn(known, told.get("instead_of"), "superseded", entry, told.get("reason_sha256"))
            _turn(known, entry.subject, "", entry)
        elif entry.action == EXPUNGED:
            _removed(known, entry)
    return known


def _came(entry: Entry) -> Said:
    verdict = str(entry.told.get("verdict", ""))
    rows, beside = (str(entry.told.get(name, "")) for name in ("rows_sha256", "beside_sha256"))
    reason = entry.told.get("reason_sha256") if entry.action == REFUSED else NO_REASON
    return Said(entry, verdict, verdict, rows, beside, reason, entry.position)


def _turn(known: dict[str, Said], name: object, state: str, entry: Entry, reason: str | None = NO_REASON) -> None:
    """Let a submission be in another state; without one it stands again, as it was judged when it came."""
    if isinstance(name, str) and name in known:
        was = known[name]
        known[name] = replace(was, state=state or was.verdict, reason=reason, reason_in=entry.position)


def _removed(known: dict[str, Said], entry: Entry) -> None:
    """What is left of it has new fingerprints, and so has what is left of others that held the same words."""
    told = entry.told
    if entry.subject in known:
        was = known[entry.subject]
        rows, beside = (str(told.get(name, "")) for name in ("rows_sha256", "beside_sha256"))
        known[entry.subject] = replace(was, rows_sha256=rows, beside_sha256=beside)
        why = str(told.get("why", ""))
        if told.get("whole") and why in WHYS:
            reason = hashlib.sha256(said_of_it(why).encode()).hexdigest()
            known[entry.subject] = replace(known[entry.subject], reason=reason, reason_in=entry.position)
    others = told.get("others")
    for name, sha256 in others.items() if isinstance(others, dict) else ():
        if name in known and known[name].beside_sha256:
            known[name] = replace(known[name], beside_sha256=str(sha256))
