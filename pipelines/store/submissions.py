"""Submissions: received, versioned, superseded; never edited."""

from __future__ import annotations

import hashlib
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

from pipelines.store import differences, events, expunged, files, fingerprints, keeping, records, stood
from pipelines.store.frames import figures_table
from pipelines.store.held import (
    commentary,
    history,
    listing,
    mends,
    not_held,
    problems,
    replaced,
    standing,
    with_another_return,
)
from pipelines.store.received import Receipt, Received, identity, may_keep_original, refusal
from pipelines.store.taking_back import digest, revert, withdraw
from pipelines.store.versions import Version, standing_of, supersede, versions_of
from schemas.catalogue import catalogue
from schemas.periods import day_words, parse
from schemas.problems import UserError
from schemas.returns import kinds
from schemas.returns.agreed import agreed
from schemas.returns.records import is_on_behalf

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import pandas as pd
    from duckdb import DuckDBPyConnection

    from pipelines.store.frames import Table
    from schemas.actors import Actor

__all__ = [
    "changes",
    "commentary",
    "history",
    "is_known",
    "listing",
    "mends",
    "not_held",
    "problems",
    "receive",
    "replaced",
    "revert",
    "standing",
    "with_another_return",
    "withdraw",
]


def receive(  # noqa: PLR0913 - the contract: where, who, what, when
    connection: DuckDBPyConnection, home: Path, actor: Actor, report: Received, content: bytes, *, at: datetime
) -> Receipt:
    """Store a checked return as the next version of what it answers, and say figure by figure what changed.

    The very same file again, with the same outcome, is acknowledged and changes nothing. A refused return never
    replaces one that stands; of one that was not usable at all only hash, time, sender and reason are kept,
    and of one in which a cell may name somebody not the file itself.
    """
    if hashlib.sha256(content).hexdigest() != report.file_sha256:
        raise UserError("The file changed while it was being read. Send it again.")
    _refuse_removed(connection, report)
    versions = versions_of(connection, identity(report))
    figures, adds = figures_table(report), _adds(report)
    # What a log does not name still stands: nothing is replaced by another version of it.
    before = None if adds else standing_of(versions)
    changed = _changed(connection, report, figures, before)
    same = _same_again(connection, versions, report, changed)
    if same is not None:
        return Receipt(same.submission_id, same.version, same.state, unchanged=True, changes=changed.iloc[:0])
    number = versions[0].version + 1 if versions else 1
    submission_id = f"{identity(report)}.v{number}"
    clock, at = at, _after_the_last(connection, report, at)
    if may_keep_original(report):
        files.keep(home, content)
    refused = report.verdict == "refused"
    replaced = "" if refused or before is None else before.submission_id
    if before is not None and replaced:
        supersede(connection, before, at)
    keeping.keep(connection, keeping.Entry(submission_id, number, replaced, actor, at), report, figures)
    if not refused:
        stood.begin(connection, submission_id, at)
    detail = _detail(actor, report, replaced) | ({"file_bytes": len(content)} if may_keep_original(report) else {})
    detail |= {
        "rows_sha256": fingerprints.of(connection, submission_id),
        "beside_sha256": fingerprints.beside(connection, submission_id),
    }
    events.append(connection, actor, _action(report), submission_id, detail, at=clock)
    shown = changed.iloc[:0] if refused else changed
    return Receipt(
        submission_id, number, report.verdict, unchanged=False, changes=shown, on_behalf_of=_for(actor, report)
    )


def _refuse_removed(connection: DuckDBPyConnection, report: Received) -> None:
    """What was removed for good does not come back by somebody's sending the very same file again."""
    on = expunged.removed_on(connection, report.file_sha256)
    if on is not None:
        raise UserError(
            f"This very file was removed for good on {day_words(on.date())}, because of what stood in it. Send one without it."
        )


def changes(connection: DuckDBPyConnection, report: Received) -> pd.DataFrame:
    """What the return would change, figure by figure or record by record, against what stands now."""
    before = standing_of(versions_of(connection, identity(report)))
    return _changed(connection, report, figures_table(report), before)


def is_known(connection: DuckDBPyConnection, report: Received) -> bool:
    """Whether the very same file was received before, with the same outcome, and would change nothing."""
    versions = versions_of(connection, identity(report))
    return _same_again(connection, versions, report, changes(connection, report)) is not None


def _after_the_last(connection: DuckDBPyConnection, report: Received, at: datetime) -> datetime:
    """When it counts as received: never before what the same sender sent last, even where the clock has been set back.

    Of two returns that give a figure the one received last says what it is, so a correction that seemed older than what
    it corrects would be passed over. The event log keeps what the clock said.
    """
    row = connection.execute(
        "select max(received_at) from submission where agency_id = ? and verdict <> 'refused'", [report.agency_id or ""]
    ).fetchone()
    last = row[0].replace(tzinfo=UTC) if row and row[0] else at
    return at if last <= at else last + timedelta(microseconds=1)


def _adds(report: Received) -> bool:
    """Whether it is a log, whose submissions add to one another."""
    kind = kinds().get(report.kind or "")
    return kind is not None and kind.is_log


def _changed(connection: DuckDBPyConnection, report: Received, figures: Table, before: Version | None) -> pd.DataFrame:
    if _adds(report):
        kind = kinds()[report.kind or ""]
        return records.changes(_standing(connection, report), kind, report.records, catalogue())
    act = differences.Act(report.agency_id or "", out=before.submission_id if before else "", coming=figures)
    found = differences.of(connection, act)
    if before is not None or not report.period_id:
        return found
    return differences.of_first(found, agreed(catalogue()).periods_sent(parse(report.period_id)))


def _standing(connection: DuckDBPyConnection, report: Received) -> dict[str, pd.DataFrame]:
    """What the log holds that the return could change."""
    kind = kinds()[report.kind or ""]
    return records.standing(connection, kind, (report.agency_id or "") if kind.from_respondents else "")


def _action(report: Received) -> str:
    return "submission.refused" if report.verdict == "refused" else "submission.received"


def _for(actor: Actor, report: Received) -> str:
    """The sender on whose behalf the actor enters the return; empty where it is the actor's own."""
    sender = report.agency_id or ""
    return sender if is_on_behalf(actor.role, sender) else ""


def _detail(actor: Actor, report: Received, replaced: str) -> dict[str, Any]:
    return {
        "on_behalf_of": _for(actor, report),
        "file_sha256": report.file_sha256,
        "verdict": report.verdict,
        "rows": report.rows,
        "rows_accepted": report.rows_accepted,
        "supersedes": replaced,
        **_refused(report),
        **({"mended": len(report.mends)} if report.mends else {}),
    }


def _refused(report: Received) -> dict[str, Any]:
    """Which rules a refused return broke, and how often: what they say may repeat a cell, and the log is kept for good."""
    if report.verdict != "refused":
        return {}
    errors = [problem.rule for problem in report.problems if problem.severity == "error"]
    return {"errors": len(errors), "rules": sorted(set(errors)), "reason_sha256": digest(refusal(report))}


def _same_again(
    connection: DuckDBPyConnection, versions: list[Version], report: Received, changed: pd.DataFrame
) -> Version | None:
    """The version this very content already made: the one that stands, or the last, if that was refused.

    Only with the same outcome: a rule mended since may say otherwise of the same file. And only with the same answers mended
    on the page: a reason typed there changes no figure, and must not be lost for it.
    """
    for number, version in enumerate(versions):
        alike = version.file_sha256 == report.file_sha256 and version.verdict == report.verdict
        again = (version.stands and changed.empty) or (number == 0 and version.state == "refused")
        if alike and again and _said(mends(connection, version.submission_id)) == _mended(report):
            return version
    return None


def _mended(report: Received) -> set[tuple[str, ...]]:
    return {(mend.sheet, mend.cell, mend.column, mend.value) for mend in report.mends}


def _said(found: pd.DataFrame) -> set[tuple[str, ...]]:
    """The same of mends that are stored; who made them and when does not count."""
    return {tuple(row) for row in found[["sheet", "cell", "column", "value"]].itertuples(index=False, name=None)}
