"""What is asked to be removed for good, by whom, and who takes it away again: held against the event log before it counts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any

from pipelines.store import events
from pipelines.store.chain import facts
from pipelines.store.to_expunge import going
from pipelines.store.to_expunge_named import Named
from schemas.acts import LOGIN
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pipelines.store.opening import Connection
    from pipelines.store.to_expunge import Going
    from schemas.actors import Actor

_ASKED, _ENDED, _DONE = "submission.expunging", "submission.expunging_ended", "submission.expunged"


@dataclass(frozen=True, slots=True)
class Act:
    """Who removes something for good, why (a code and a checked reason), when, and who asked for it; empty where nobody did."""

    actor: Actor
    why: str
    reason: str
    at: datetime
    asked_by: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks to be removed, who and when (UTC), with which code and reason; `login` where it was a command."""

    named: Named
    by: str
    at: datetime
    login: str
    why: str
    reason: str


def ask(connection: Connection, target: Going, act: Act) -> None:
    """Keep that somebody asks for it, for another to do; what was asked of the same before is replaced."""
    connection.execute("delete from expunging_asked where target = ?", [target.target])
    row = [target.target, utc(act.at), act.actor.name, act.actor.login, act.why, act.reason]
    connection.execute("insert into expunging_asked values (?, ?, ?, ?, ?, ?)", row)
    for submission_id in target.submissions:
        detail = why_of(act) | {"target_sha256": fingerprint(target.target)}
        events.append(connection, act.actor, _ASKED, submission_id, detail, at=act.at)


def asked(connection: Connection, target: Going) -> Asked | None:
    """Who asked for it, and with which reason; None where nobody did, or the event log has it otherwise."""
    found = next((each for each in _kept(connection) if each.named == target.named), None)
    return found if found is not None and _is_as_logged(connection, found, target.submissions) else None


def waiting(connection: Connection) -> list[Asked]:
    """All that is asked for and not done, the oldest first; not what the event log has otherwise."""
    return [each for each in _kept(connection) if _is_as_logged(connection, each, _submissions(connection, each.named))]


def strange(connection: Connection) -> list[tuple[datetime, str]]:
    """When and by whom something is asked of which the event log has no entry."""
    kept = _kept(connection)
    logged = events.of(connection, _ASKED) if kept else []
    return [(each.at, each.by) for each in kept if not any(_is_of(entry, each) for entry in logged)]


def gone(connection: Connection) -> list[int]:
    """The entries that ask for what was neither done nor taken away since, and is asked no longer: one number of each asking.

    Of entries that do not say what was asked nobody can tell.
    """
    logged = events.of(connection, _ASKED)
    if not logged:
        return []
    there = {fingerprint(each.named.target) for each in _kept(connection)}
    over, open_in = _over(connection), dict[str, int]()
    closed: set[str] = set()
    for entry in logged:
        target = str(facts(entry["detail"]).get("target_sha256", ""))
        open_in[target] = int(entry["position"])
        if over.get(entry["subject"], 0) > int(entry["position"]):
            closed.add(target)
        else:
            closed.discard(target)
    return sorted(position for target, position in open_in.items() if target and target not in closed | there)


def refuse(connection: Connection, actor: Actor, named: Named, at: datetime) -> bool:
    """Take away what somebody asked for, logged; says whether anybody had."""
    found = next((each for each in _kept(connection) if each.named == named), None)
    if found is None:
        return False
    connection.execute("delete from expunging_asked where target = ?", [named.target])
    for submission_id in going(connection, named).submissions:
        events.append(connection, actor, _ENDED, submission_id, {"asked_by": found.by}, at=at)
    return True


def _kept(connection: Connection) -> list[Asked]:
    rows = connection.execute(
        "select target, asked_by, asked_at, asked_login, why, reason from expunging_asked order by asked_at, target"
    ).fetchall()
    return [Asked(Named.read(target), by, at.replace(tzinfo=UTC), *said) for target, by, at, *said in rows]


def _submissions(connection: Connection, named: Named) -> tuple[str, ...]:
    """What is named, as far as it is still there."""
    try:
        return going(connection, named).submissions
    except UserError:
        return ()


def _is_as_logged(connection: Connection, each: Asked, submissions: Sequence[str]) -> bool:
    """Whether the event log says so too, of all that is named: what is asked lies in a table that can be written past the log.

    One human who asks as one person and removes as another would be two; and what was taken away or done is asked no longer.
    """
    over = _over(connection)
    logged = {
        entry["subject"]
        for entry in events.of(connection, _ASKED)
        if entry["position"] > over.get(entry["subject"], 0) and _is_of(entry, each)
    }
    return bool(submissions) and logged >= set(submissions)


def _over(connection: Connection) -> dict[str, int]:
    """The last entry by which what was asked of a submission was done or taken away."""
    over: dict[str, int] = {}
    for entry in (*events.of(connection, _ENDED), *events.of(connection, _DONE)):
        over[entry["subject"]] = max(over.get(entry["subject"], 0), int(entry["position"]))
    return over


def _is_of(entry: dict[str, Any], each: Asked) -> bool:
    """Whether an entry is of this very asking."""
    said = facts(entry["detail"])
    wanted = {
        "why": each.why,
        "reason_sha256": fingerprint(each.reason),
        "target_sha256": fingerprint(each.named.target),
    }
    wanted |= {LOGIN: each.login} if each.login else {}
    is_theirs = entry["actor"] == each.by and entry["happened_at"] == each.at.isoformat()
    return is_theirs and wanted.items() <= said.items() and (LOGIN in said) == bool(each.login)


def why_of(act: Act) -> dict[str, str]:
    """What the event log keeps of why: the code, and the reason's fingerprint instead of its words."""
    return {"why": act.why, "reason_sha256": fingerprint(act.reason)}


def fingerprint(reason: str) -> str:
    """The SHA-256 of a reason."""
    return hashlib.sha256(reason.encode()).hexdigest()


def utc(at: datetime) -> datetime:
    """A moment as the vault's tables hold it."""
    return at.astimezone(UTC).replace(tzinfo=None)
