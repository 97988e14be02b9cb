"""The links to the form held against the event log: whoever lays one into the vault could answer in a school's name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipelines.queries.log_said import moment
from pipelines.store import events, invitations
from pipelines.store.chain import Fault, facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.store.opening import Connection

_MADE, _OPENED, _ENDED = "invitation.made", "invitation.opened", "invitation.ended"


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


def faults(connection: Connection) -> Iterator[Fault]:
    """A sentence for each respondent and year of whose links the vault has it otherwise than the log."""
    meant = _by_the_log(connection)
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
    moments = [
        None if at is None else at.astimezone(UTC).replace(tzinfo=None) for at in (each.first_used_at, each.ended_at)
    ]
    made_at = each.made_at.astimezone(UTC).replace(tzinfo=None)
    token = each.token_sha256 if each.token_sha256 in named or "" not in named else ""
    said = (
        each.respondent_id,
        each.instrument,
        each.period_id,
        made_at,
        each.made_by,
        each.expires_on.isoformat(),
        token,
    )
    return _Link(*said, *moments, each.ended_why)


def _by_the_log(connection: Connection) -> list[_Link]:
    """Every link as the entries have it, one after the other: a new one to the same replaces one that is open."""
    over: list[_Link] = []
    going: dict[tuple[str, str, str], _Link] = {}
    found = [
        entry | {"action": action} for action in (_MADE, _OPENED, _ENDED) for entry in events.of(connection, action)
    ]
    for entry in sorted(found, key=lambda each: each["position"]):
        at, said = moment(entry["happened_at"]), facts(entry["detail"])
        owes = entry["subject"], str(said.get("instrument", "")), str(said.get("period_id", ""))
        is_open = going.get(owes)
        if entry["action"] == _MADE:
            over += [_ended(is_open, at, "replaced")] if is_open else []
            going[owes] = _made(entry, owes, at, said)
        elif is_open is not None and entry["action"] == _OPENED:
            going[owes] = replace(is_open, first_used_at=is_open.first_used_at or at)
        elif is_open is not None:
            over.append(_ended(going.pop(owes), at, str(said.get("why", ""))))
    return [*over, *going.values()]


def _made(entry: dict[str, Any], owes: tuple[str, str, str], at: datetime, said: dict[str, Any]) -> _Link:
    given = (entry["actor"], str(said.get("expires_on", "")), str(said.get("token_sha256", "")))
    return _Link(*owes, at, *given, made_in=entry["position"])


def _ended(link: _Link, at: datetime, why: str) -> _Link:
    return replace(link, ended_at=at, ended_why=why)
