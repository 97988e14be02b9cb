"""Submissions: received, versioned, superseded, withdrawn; never edited."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.store import differences, events, files, keeping, records
from pipelines.store.frames import figures_table
from pipelines.store.held import commentary, history, listing, mends, not_held, problems, replaced, standing
from pipelines.store.received import STANDING, Receipt, Received, identity, may_keep_original, refusal
from schemas.catalogue import catalogue
from schemas.problems import UserError
from schemas.returns import kinds

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
    "standing",
    "withdraw",
]


@dataclass(frozen=True, slots=True)
class _Version:
    submission_id: str
    version: int
    state: str
    verdict: str
    file_sha256: str

    @property
    def stands(self) -> bool:
        return self.state in STANDING


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
    versions = _versions(connection, identity(report))
    figures, adds = figures_table(report), _adds(report)
    # What a log does not name still stands: nothing is replaced by another version of it.
    before = None if adds else next((version for version in versions if version.stands), None)
    changed = _changed(connection, report, figures, before)
    same = _same_again(connection, versions, report, changed)
    if same is not None:
        return Receipt(same.submission_id, same.version, same.state, unchanged=True, changes=changed.iloc[:0])
    number = versions[0].version + 1 if versions else 1
    submission_id = f"{identity(report)}.v{number}"
    if may_keep_original(report):
        files.keep(home, content)
    refused = report.verdict == "refused"
    replaced = "" if refused or before is None else before.submission_id
    if replaced:
        connection.execute("update submission set state = 'superseded' where submission_id = ?", [replaced])
    keeping.keep(connection, keeping.Entry(submission_id, number, replaced, actor, at), report, figures)
    events.append(connection, actor, _action(report), submission_id, _detail(report, replaced), at=at)
    shown = changed.iloc[:0] if refused else changed
    return Receipt(submission_id, number, report.verdict, unchanged=False, changes=shown)


def changes(connection: DuckDBPyConnection, report: Received) -> pd.DataFrame:
    """What the return would change, figure by figure or record by record, against what stands now."""
    before = next((version for version in _versions(connection, identity(report)) if version.stands), None)
    return _changed(connection, report, figures_table(report), before)


def is_known(connection: DuckDBPyConnection, report: Received) -> bool:
    """Whether the very same file was received before, with the same outcome, and would change nothing."""
    versions = _versions(connection, identity(report))
    return _same_again(connection, versions, report, changes(connection, report)) is not None


def _adds(report: Received) -> bool:
    """Whether it is a log, whose submissions add to one another."""
    kind = kinds().get(report.kind or "")
    return kind is not None and kind.is_log


def _changed(connection: DuckDBPyConnection, report: Received, figures: Table, before: _Version | None) -> pd.DataFrame:
    if _adds(report):
        kind = kinds()[report.kind or ""]
        return records.changes(_standing(connection, report), kind, report.records, catalogue())
    return differences.against(connection, figures, before.submission_id if before else "")


def _standing(connection: DuckDBPyConnection, report: Received) -> dict[str, pd.DataFrame]:
    """What the log holds that the return could change."""
    kind = kinds()[report.kind or ""]
    return records.standing(connection, kind, (report.agency_id or "") if kind.from_respondents else "")


def withdraw(
    connection: DuckDBPyConnection, actor: Actor, submission_id: str, reason: str, *, at: datetime
) -> str | None:
    """Take a submission back; the accepted version before it stands again, and its id is returned (None: none does)."""
    if not reason.strip():
        raise UserError("Give a reason for the withdrawal; it is kept in the log.")
    row = connection.execute(
        "select identity, state from submission where submission_id = ?", [submission_id]
    ).fetchone()
    if row is None:
        raise UserError(f"There is no submission {submission_id}.")
    if row[1] in ("withdrawn", "refused"):
        raise UserError(f"{submission_id} is {row[1]}, so there is nothing to withdraw.")
    connection.execute(
        "update submission set state = 'withdrawn', reason = ? where submission_id = ?", [reason.strip(), submission_id]
    )
    again = _bring_back(connection, row[0])
    detail = {"reason": reason.strip(), "stands_again": again or ""}
    events.append(connection, actor, "submission.withdrawn", submission_id, detail, at=at)
    return again


def _action(report: Received) -> str:
    return "submission.refused" if report.verdict == "refused" else "submission.received"


def _detail(report: Received, replaced: str) -> dict[str, Any]:
    return {
        "file_sha256": report.file_sha256,
        "verdict": report.verdict,
        "rows": report.rows,
        "rows_accepted": report.rows_accepted,
        "supersedes": replaced,
        "reason": refusal(report),
        **({"mended": len(report.mends)} if report.mends else {}),
    }


def _bring_back(connection: DuckDBPyConnection, whose: str) -> str | None:
    versions = _versions(connection, whose)
    if any(version.stands for version in versions):
        return None
    earlier = next((version for version in versions if version.state == "superseded"), None)
    if earlier is None:
        return None
    connection.execute("update submission set state = verdict where submission_id = ?", [earlier.submission_id])
    return earlier.submission_id


def _versions(connection: DuckDBPyConnection, whose: str) -> list[_Version]:
    rows = connection.execute(
        """
        select submission_id, version, state, verdict, file_sha256
        from submission
        where identity = ?
        order by version desc
        """,
        [whose],
    ).fetchall()
    return [_Version(*row) for row in rows]


def _same_again(
    connection: DuckDBPyConnection, versions: list[_Version], report: Received, changed: pd.DataFrame
) -> _Version | None:
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
