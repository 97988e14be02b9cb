"""What the event log says of publications: which were released, what each file must be, which were withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.store.chain import facts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.store.opening import Connection

RELEASED, WITHDRAWN = "publication.released", "publication.withdrawn"
# Published, and seen, after the backup was made from which the home has been restored; nobody is shown it any more.
CARRIED_OVER = "publication.carried_over"
_ALL = "select position, subject, detail from event where action = ? order by position"


@dataclass(frozen=True, slots=True)
class Release:
    """A publication as the log has it: its entry, for whom it is, and the SHA-256 its file must have now.

    That is empty where an earlier version of Throughline noted none. `is_carried`: by a restore, so that nobody is shown it.
    """

    position: int
    audience: str
    publication_id: str
    sha256: str
    is_carried: bool = False


def entries(connection: Connection, action: str) -> Sequence[tuple[int, str, dict[str, Any]]]:
    """Every entry of an act, the oldest first: its number, what it was done to, and its facts."""
    rows = connection.execute(_ALL, [action]).fetchall()
    return [(position, subject, facts(detail)) for position, subject, detail in rows]


def released(connection: Connection) -> list[Release]:
    """Everything that was let out or carried over, the oldest entry first, with the fingerprint its file has had since.

    That is another than the one it was released with where something of it was removed for good.
    """
    anew = {(subject, said.get("audience")): said for _, subject, said in entries(connection, "publication.rewritten")}
    found = [
        Release(
            position,
            str(said.get("audience", "")),
            subject,
            str(anew.get((subject, said.get("audience")), said).get("sha256", "")),
            is_carried=action == CARRIED_OVER,
        )
        for action in (RELEASED, CARRIED_OVER)
        for position, subject, said in entries(connection, action)
    ]
    return sorted(found, key=lambda each: each.position)


def marks_kept(connection: Connection) -> set[str]:
    """The marks that restores carried over, by where they lie in a home: their entries count as those of the withdrawals."""
    restored = [said.get("kept", ()) for _, _, said in entries(connection, "backup.restored")]
    return {str(name) for kept in restored for name in kept if str(name).startswith("publications/")}


def mark_name(audience: str, publication_id: str) -> str:
    """Where the mark of a publication lies, as a restore names it.

    >>> mark_name("public", "20261117T093000Z-4af7ace0")
    'publications/public/20261117T093000Z-4af7ace0.withdrawn'
    """
    return f"publications/{audience}/{publication_id}.withdrawn"


def taken_back(connection: Connection, audience: str) -> set[str]:
    """The publications of an audience that are withdrawn by the log, or by a mark that a restore carried over."""
    kept = marks_kept(connection)
    named = {
        subject for _, subject, said in entries(connection, WITHDRAWN) if str(said.get("audience", "")) == audience
    }
    return named | {
        each.publication_id
        for each in released(connection)
        if each.audience == audience and mark_name(audience, each.publication_id) in kept
    }
