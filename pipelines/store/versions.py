"""The versions of one return: which there are, which stands, and what happens to it when another takes its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.store import stood
from pipelines.store.received import STANDING

if TYPE_CHECKING:
    from datetime import datetime

    from duckdb import DuckDBPyConnection

_COLUMNS = "submission_id, identity, kind, agency_id, version, state, verdict, file_sha256"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a return, and what became of it."""

    submission_id: str
    identity: str
    kind: str
    agency_id: str
    version: int
    state: str
    verdict: str
    file_sha256: str

    @property
    def stands(self) -> bool:
        """Whether the next publication would use it."""
        return self.state in STANDING


def versions_of(connection: DuckDBPyConnection, whose: str) -> list[Version]:
    """Every version of what one identity names, the newest first."""
    asked = f"select {_COLUMNS} from submission where identity = ? order by version desc"  # noqa: S608 - our own names
    return [Version(*row) for row in connection.execute(asked, [whose]).fetchall()]


def version_named(connection: DuckDBPyConnection, submission_id: str) -> Version | None:
    """The version of that id, where there is one."""
    asked = f"select {_COLUMNS} from submission where submission_id = ?"  # noqa: S608 - our own names
    row = connection.execute(asked, [submission_id]).fetchone()
    return Version(*row) if row else None


def standing_of(versions: list[Version]) -> Version | None:
    """The version that stands, if one does."""
    return next((version for version in versions if version.stands), None)


def supersede(connection: DuckDBPyConnection, version: Version, at: datetime, reason: str = "") -> None:
    """Let a version stand no longer because another does; `reason` where somebody chose that by hand."""
    connection.execute(
        "update submission set state = 'superseded', reason = ? where submission_id = ?",
        [reason, version.submission_id],
    )
    stood.end(connection, version.submission_id, at)


def stand_again(connection: DuckDBPyConnection, version: Version, at: datetime) -> None:
    """Let a version stand again, as it was judged when it came."""
    connection.execute(
        "update submission set state = verdict, reason = '' where submission_id = ?", [version.submission_id]
    )
    stood.begin(connection, version.submission_id, at)
