"""The links to the form held against the event log: whoever lays one into the vault could answer in a school's name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipelines.queries.log_said import LINK_ENDED, LINK_MADE, LINK_OPENED
from pipelines.store import invitations
from pipelines.store.chain import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipelines.queries.log_said import Entry
    from pipelines.store.opening import Connection


@dataclass(frozen=True, slots=True)
class _Link:
    """What both the vault and the log say of one; `token_sha256` is empty where the log does not hold it."""

    respondent_id: str
    instrument: str
    period_id: str
    made_at: datetime
    made_by: str
    expires_on: str
    token_sha256: str
    first_used_at: datetime | None = None
    ended_at: datetime | None = None
    ended_why: str = ""
    made_in: int = field(default=0, compare=False)


def faults(connection: Connection, logged: Iterable[Entry]) -> Iterator[Fault]:
    """A sentence for each respondent and year of whose links the vault has it otherwise than the log."""
    meant = _by_the_log(logged)
    named = {each.token_sha256 for each in meant}
    there = [_there(each, named) for each in invitations.every(connection)]
    extra, lacking = Counter(there) - Counter(meant), Counter(meant) - Counter(there)
    for respondent_id, period_id in sorted({(each.respondent_id, each.period_id) for each in (*extra, *lacking)}):
        made = [each.made_in for each in lacking if (each.respondent_id, each.period_id) == (respondent_id, period_id)]
        which = f"entry {min(made)}" if made else "no entry"
        yield Fault(
            0,
            f"The links of {respondent_id} to the form for {period_id} are others in the vault than by the log, which has "
            f"{which} of them: when they were made, by whom, until when they open, or whether they have ended.",
        )


def _there(each: invitations.Invitation, named: set[str]) -> _Link:
    return _Link(
        *each.owes,
        made_at=_utc(each.made_at),
        made_by=each.made_by,
        expires_on=each.expires_on.isoformat(),
        # Of one that was made before the log held hashes of tokens, what opens it cannot be compared.
        token_sha256=each.token_sha256 if each.token_sha256 in named or "" not in named else "",
        first_used_at=_utc(each.first_used_at) if each.first_used_at else None,
        ended_at=_utc(each.ended_at) if each.ended_at else None,
        ended_why=each.ended_why,
    )


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None)


def _by_the_log(logged: Iterable[Entry]) -> list[_Link]:
    """Every link as the entries have it, one after the other: a new one to the same replaces one that is open."""
    over: list[_Link] = []
    going: dict[tuple[str, str, str], _Link] = {}
    for entry in logged:
        if entry.action not in (LINK_MADE, LINK_OPENED, LINK_ENDED):
            continue
        owes = entry.subject, str(entry.told.get("instrument", "")), str(entry.told.get("period_id", ""))
        is_open = going.get(owes)
        if entry.action == LINK_MADE:
            over += [_ended(is_open, entry.at, "replaced")] if is_open else []
            going[owes] = _made(entry, owes)
        elif is_open is not None and entry.action == LINK_OPENED:
            going[owes] = replace(is_open, first_used_at=is_open.first_used_at or entry.at)
        elif is_open is not None:
            over.append(_ended(going.pop(owes), entry.at, str(entry.told.get("why", ""))))
    return [*over, *going.values()]


def _made(entry: Entry, owes: tuple[str, str, str]) -> _Link:
    expires_on, token_sha256 = (str(entry.told.get(name, "")) for name in ("expires_on", "token_sha256"))
    return _Link(*owes, entry.at, entry.actor, expires_on, token_sha256, made_in=entry.position)


def _ended(link: _Link, at: datetime, why: str) -> _Link:
    return replace(link, ended_at=at, ended_why=why)
