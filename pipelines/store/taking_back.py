"""Taking a submission back, and letting an earlier version stand again: nothing is deleted, everything is logged."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.store import differences, events, stood
from pipelines.store.versions import Version, stand_again, standing_of, supersede, version_named, versions_of
from schemas.problems import UserError
from schemas.returns import kinds

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd
    from duckdb import DuckDBPyConnection

    from schemas.actors import Actor


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What a withdrawal or a step back did: what stands no longer, what stands again, and the figures that changed.

    `out` and `again` are ids of submissions, None where there is none; `changes` as `differences.of` gives them.
    """

    out: str | None
    again: str | None
    changes: pd.DataFrame


def withdraw(
    connection: DuckDBPyConnection, actor: Actor, submission_id: str, reason: str, *, at: datetime
) -> TakenBack:
    """Take a submission back; the version that stood before it stands again, where there was one."""
    said = _said(reason, "withdrawal")
    version = _named(connection, submission_id)
    if version.state in ("withdrawn", "refused"):
        raise UserError(f"{submission_id} is {version.state}, so there is nothing to withdraw.")
    again = _before(connection, version) if version.stands else None
    changes = _changes(connection, version.agency_id, version if version.stands else None, again)
    connection.execute(
        "update submission set state = 'withdrawn', reason = ? where submission_id = ?", [said, submission_id]
    )
    stood.end(connection, submission_id, at)
    if again is not None:
        stand_again(connection, again, at)
    detail = {"reason_sha256": digest(said), "stands_again": again.submission_id if again else ""}
    events.append(connection, actor, "submission.withdrawn", submission_id, detail, at=at)
    return TakenBack(submission_id, again.submission_id if again else None, changes)


def revert(connection: DuckDBPyConnection, actor: Actor, submission_id: str, reason: str, *, at: datetime) -> TakenBack:
    """Make an earlier version stand again in place of the one that stands, which is kept and can be gone back to."""
    said = _said(reason, "step back")
    version = _named(connection, submission_id)
    _refuse(version)
    now = standing_of(versions_of(connection, version.identity))
    changes = _changes(connection, version.agency_id, now, version)
    if now is not None:
        supersede(connection, now, at, said)
    stand_again(connection, version, at)
    detail = {"reason_sha256": digest(said), "instead_of": now.submission_id if now else ""}
    events.append(connection, actor, "submission.reverted", submission_id, detail, at=at)
    return TakenBack(now.submission_id if now else None, submission_id, changes)


def _refuse(version: Version) -> None:
    """Say why a version cannot stand again; one that was withdrawn was said to be wrong, so it is sent again or not at all."""
    kind = kinds().get(version.kind)
    if kind is None or kind.is_log:
        raise UserError(
            "Submissions of a log add to one another, so none stands in another's place. Withdraw the one that is wrong."
        )
    if version.stands:
        raise UserError(f"{version.submission_id} stands already. Nothing was changed.")
    if version.state in ("withdrawn", "refused"):
        raise UserError(
            f"{version.submission_id} was {version.state}, so it cannot stand again. Send it again if it is right after all."
        )


def _said(reason: str, act: str) -> str:
    if not reason.strip():
        raise UserError(f"Give a reason for the {act}; it is kept with the submission.")
    return reason.strip()


def digest(reason: str) -> str:
    """The reason as the event log holds it: the words may tell of a child, and nothing is ever taken out of the log."""
    return hashlib.sha256(reason.encode()).hexdigest()


def _named(connection: DuckDBPyConnection, submission_id: str) -> Version:
    version = version_named(connection, submission_id)
    if version is None:
        raise UserError(f"There is no submission {submission_id}.")
    return version


def _before(connection: DuckDBPyConnection, version: Version) -> Version | None:
    """The version that stood before one that stands: the superseded one that stood last, whatever its number."""
    superseded = {v.submission_id: v for v in versions_of(connection, version.identity) if v.state == "superseded"}
    last = stood.last_before(connection, list(superseded))
    return superseded[last] if last else None


def _changes(connection: DuckDBPyConnection, agency_id: str, out: Version | None, back: Version | None) -> pd.DataFrame:
    return differences.of(
        connection,
        differences.Act(agency_id, out.submission_id if out else "", back.submission_id if back else ""),
    )
