"""Links to the form: made, opened, ended; and the draft behind each, kept only until it is sent."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, dataclass, field, fields
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duckdb import DuckDBPyConnection

Ended = Literal["sent", "withdrawn", "replaced", "expired"]
Answers = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Invitation:
    """One link: whose, for which self-assessment of which year, and what became of it. Times are UTC."""

    token_sha256: str
    respondent_id: str
    instrument: str
    period_id: str
    made_at: datetime
    made_by: str
    expires_on: date
    first_used_at: datetime | None = None
    ended_at: datetime | None = None
    ended_why: str = ""
    submission_id: str = ""

    @property
    def owes(self) -> tuple[str, str, str]:
        """What it is a link to: of several to the same only one is open."""
        return self.respondent_id, self.instrument, self.period_id

    def opens(self, today: date) -> bool:
        """Whether the form can still be filled in through it."""
        return self.ended_at is None and today <= self.expires_on


@dataclass(frozen=True, slots=True)
class Draft:
    """Answers kept and not sent: by statement and column, when each statement was saved, and when the last of them."""

    answers: Answers = field(default_factory=dict[str, dict[str, str]])
    saved: dict[str, str] = field(default_factory=dict[str, str])
    saved_at: datetime | None = None


_COLUMNS = ", ".join(each.name for each in fields(Invitation))


def digest(token: str) -> str:
    """What a token is kept and looked up by, whatever it holds.

    >>> digest("a")[:8], len(digest(chr(0xDCFF)))
    ('ca978112', 64)
    """
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def add(connection: DuckDBPyConnection, invitation: Invitation) -> None:
    """Keep a link; another one that is open to the same is replaced, and its draft goes over to the new one."""
    before = [each for each in every(connection) if each.owes == invitation.owes and each.ended_at is None]
    values = [_stored(value) for value in astuple(invitation)]
    marks = ", ".join("?" * len(values))
    connection.execute(f"insert into invitation ({_COLUMNS}) values ({marks})", values)  # noqa: S608 - our names
    for each in before:
        connection.execute(
            "update draft set token_sha256 = ? where token_sha256 = ?", [invitation.token_sha256, each.token_sha256]
        )
        end(connection, each.token_sha256, "replaced", at=invitation.made_at)


def found(connection: DuckDBPyConnection, token_sha256: str) -> Invitation | None:
    """The link of a token, open or ended; None where there never was one."""
    query = f"select {_COLUMNS} from invitation where token_sha256 = ?"  # noqa: S608 - our names
    row = connection.execute(query, [token_sha256]).fetchone()
    return _invitation(row) if row else None


def hashes(connection: DuckDBPyConnection) -> frozenset[str]:
    """The hashes of the links that are open."""
    return frozenset(
        row[0] for row in connection.execute("select token_sha256 from invitation where ended_at is null").fetchall()
    )


def every(connection: DuckDBPyConnection) -> list[Invitation]:
    """All links ever made, the oldest first."""
    query = f"select {_COLUMNS} from invitation order by made_at, respondent_id, instrument"  # noqa: S608 - our names
    return [_invitation(row) for row in connection.execute(query).fetchall()]


def opened(connection: DuckDBPyConnection, token_sha256: str, *, at: datetime) -> None:
    """Note that a link was opened for the first time."""
    connection.execute(
        "update invitation set first_used_at = ? where token_sha256 = ? and first_used_at is null",
        [_stored(at), token_sha256],
    )


def end(
    connection: DuckDBPyConnection, token_sha256: str, why: Ended, *, at: datetime, submission_id: str = ""
) -> None:
    """Close a link for good, and delete the draft behind it."""
    connection.execute(
        """
        update invitation
        set ended_at = ?, ended_why = ?, submission_id = ?
        where token_sha256 = ? and ended_at is null
        """,
        [_stored(at), why, submission_id, token_sha256],
    )
    connection.execute("delete from draft where token_sha256 = ?", [token_sha256])


def lapse(connection: DuckDBPyConnection, *, at: datetime) -> list[Invitation]:
    """Close every link whose last day is over, with its draft; gives those it closed."""
    over = [each for each in every(connection) if each.ended_at is None and not each.opens(at.date())]
    for each in over:
        end(connection, each.token_sha256, "expired", at=at)
    return over


def draft(connection: DuckDBPyConnection, token_sha256: str) -> Draft:
    """The answers kept behind a link; an empty draft where nothing has been saved."""
    row = connection.execute("select saved_at, body from draft where token_sha256 = ?", [token_sha256]).fetchone()
    return Draft() if row is None else _draft(*row)


def drafts(connection: DuckDBPyConnection) -> dict[str, Draft]:
    """Every draft by the hash of its link; asked for at once, as there are hundreds while a round is under way."""
    rows: Sequence[Any] = connection.execute("select token_sha256, saved_at, body from draft").fetchall()
    return {token: _draft(saved_at, body) for token, saved_at, body in rows}


def _draft(saved_at: datetime, body: str) -> Draft:
    said = json.loads(body)
    return Draft(said["answers"], said["saved"], saved_at.replace(tzinfo=UTC))


def keep_draft(connection: DuckDBPyConnection, token_sha256: str, kept: Draft, *, at: datetime) -> None:
    """Keep the answers in the place of those kept before."""
    body = json.dumps({"answers": kept.answers, "saved": kept.saved}, sort_keys=True, ensure_ascii=False)
    connection.execute("delete from draft where token_sha256 = ?", [token_sha256])
    connection.execute(
        "insert into draft (token_sha256, saved_at, body) values (?, ?, ?)", [token_sha256, _stored(at), body]
    )


def _stored(value: object) -> object:
    return value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) else value


def _invitation(row: Sequence[Any]) -> Invitation:
    values: list[Any] = [value.replace(tzinfo=UTC) if isinstance(value, datetime) else value for value in row]
    return Invitation(*values)
