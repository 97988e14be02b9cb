"""The receipt of a submission: what was sent, what counts of it, what was mended, and what is still open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from pipelines.queries.inbox import sent_of
from pipelines.queries.vault import asked
from pipelines.store import retention, submissions
from pipelines.store.opening import VAULT
from schemas.actors import SENDERS, Actor, require
from schemas.periods import day_words, parse
from schemas.problems import UserError, without_place
from schemas.returns import kinds
from schemas.returns.mends import where

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pipelines.store.opening import Connection


@dataclass(frozen=True, slots=True)
class Open:
    """One thing still to do: where, and in a sentence what and how."""

    where: str
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What stands in the vault of one submission. `mended`: where, what is read there, and by whom; times are UTC.

    `original_removed_at`: None while the file itself is kept, and where it never was.
    """

    submission_id: str
    title: str
    agency: str
    period: str
    version: int
    state: str
    received_at: datetime
    received_by: str
    file_name: str
    file_sha256: str
    rows: int
    rows_accepted: int
    row_word: str
    reason: str
    supersedes: str
    mended: tuple[tuple[str, str, str], ...]
    to_mend: tuple[Open, ...]
    to_explain: tuple[Open, ...]
    original_removed_at: datetime | None = None

    @property
    def original(self) -> str:
        """What became of the file itself, where it was removed; else empty."""
        if self.original_removed_at is None:
            return ""
        return f"The original was removed on {day_words(self.original_removed_at.date())} as agreed."

    @property
    def counts(self) -> str:
        """What of it counts, in a sentence."""
        if self.state == "refused":
            return f"Refused: nothing of it counts. {self.reason}".rstrip()
        if self.state not in ("accepted", "accepted_with_queries"):
            return f"It no longer counts: it is {self.state}."
        taken = f"{self.rows_accepted:,} of {self.rows:,} {self.row_word}"
        return f"{taken} {'counts' if self.rows == 1 else 'count'}. The next publication will use them."

    @property
    def received(self) -> str:
        """When it came, in words."""
        return f"{day_words(self.received_at.date())}, {self.received_at:%H:%M} UTC"

    def as_text(self) -> str:
        """The receipt as a text file: plain lines, nothing a spreadsheet would take for a formula."""
        facts = [
            ("Submission", f"{self.submission_id} (version {self.version})"),
            ("Return", self.title),
            ("Agency", self.agency),
            ("Period", self.period),
            ("Received", f"{self.received}, from {self.received_by}"),
            ("File", f"{self.file_name or 'name not kept'}"),
            ("SHA-256", self.file_sha256),
            *([("Original", self.original)] if self.original else []),
            ("State", self.state.replace("_", " ")),
            ("In place of", self.supersedes or "nothing before it"),
        ]
        lines = ["RECEIPT OF A RETURN", "", *(f"{name + ':':<13}{value}" for name, value in facts), "", self.counts]
        lines += _part("Mended on the page, beside the file", [f"{where}: {value}" for where, value, _ in self.mended])
        lines += _part("Still to mend (left out until then)", [_line(each) for each in self.to_mend])
        lines += _part("Still to explain (counted all the same)", [_line(each) for each in self.to_explain])
        if not self.to_mend and not self.to_explain and self.state != "refused":
            lines += ["", "Nothing is left to mend or to explain."]
        return "\n".join(lines) + "\n"


def receipt(home: Path, actor: Actor, submission_id: str) -> Receipt:
    """The receipt of a submission, for whoever may send for its agency. UserError where there is none."""
    agency_id = submission_id.split(".", 1)[0]
    require(actor, *SENDERS, agency_id=agency_id)
    if not (home / VAULT).exists():
        raise _none(submission_id)
    return asked(home, actor, _found, agency_id, submission_id)


def _found(connection: Connection, agency_id: str, submission_id: str) -> Receipt:
    every = submissions.listing(connection, agency_id)
    mine = every[every["submission_id"].eq(submission_id)]
    if mine.empty:
        raise _none(submission_id)
    mends = submissions.mends(connection, submission_id)
    problems = submissions.problems(connection, submission_id)
    removed_at = retention.removed(connection, submission_id)
    row = cast("dict[str, Any]", mine.iloc[0].to_dict())
    mended = zip(mends["sheet"], mends["cell"], mends["column"], mends["value"], mends["mended_by"], strict=True)
    said = tuple((where(sheet, cell, name), value or "left empty", by)
                 for sheet, cell, name, value, by in mended)  # fmt: skip
    opens = {severity: _open(problems[problems["severity"].eq(severity)]) for severity in ("error", "query")}
    return replace(_receipt(row, said, opens), original_removed_at=removed_at)


def _receipt(
    row: dict[str, Any], mended: tuple[tuple[str, str, str], ...], opens: dict[str, tuple[Open, ...]]
) -> Receipt:
    sent, kind = sent_of(row), kinds().get(row["kind"])
    return Receipt(
        submission_id=sent.submission_id,
        title=kind.title if kind else "Kind not known",
        agency=sent.agency,
        period=parse(sent.period).label if sent.period else "Not known",
        version=sent.version,
        state=sent.state,
        received_at=sent.received_at,
        received_by=sent.received_by,
        file_name=sent.file_name,
        file_sha256=row["file_sha256"],
        rows=sent.rows,
        rows_accepted=sent.rows_accepted,
        row_word=kind.row_word[sent.rows != 1] if kind else "rows",
        reason=row["reason"],
        supersedes=row["supersedes"],
        mended=mended,
        to_mend=opens["error"],
        to_explain=opens["query"],
    )


def _open(problems: Any) -> tuple[Open, ...]:  # noqa: ANN401 - a frame of problems
    rows = zip(problems["sheet"], problems["cell"], problems["message"], problems["fix"], strict=True)
    return tuple(
        Open(f"{sheet}!{cell}" if cell else sheet or "Whole file", without_place(message, sheet, cell), fix)
        for sheet, cell, message, fix in rows
    )


def _part(title: str, lines: list[str]) -> list[str]:
    return ["", f"{title} ({len(lines):,})", *(f"  {line}" for line in lines)] if lines else []


def _line(each: Open) -> str:
    return f"{each.where}: {each.message} {each.fix}".rstrip()


def _none(submission_id: str) -> UserError:
    return UserError(f"There is no submission {submission_id}.")
