"""What a prepared release takes the place of: whether one waits, and the entries that say it was taken away unreleased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.flows import publication
from pipelines.queries.prepared import DISCARDED, standing
from pipelines.store import events
from pipelines.store.opening import transaction
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from pipelines.queries.prepared import Prepared, Ready
    from pipelines.store.opening import Connection
    from schemas.actors import Actor

# How the line begins that tells of what waited before.
IN_PLACE = "It takes the place of"


def waits(home: Path) -> Prepared | None:
    """What a new one would take the place of: None where that is nothing, or is out already."""
    try:
        record = standing(home)
    except UserError:
        # A record that nobody can read names nothing to take away; `log verify` and the page say so while it lies there.
        return None
    return None if record is None or is_out(home, record) else record


def is_out(home: Path, record: Prepared) -> bool:
    """Whether the log has all of it as released."""
    with transaction(home, write=False) as connection:
        logged = publication.released(connection)
    return all(logged.get(one.publication_id) == one.sha256 for one in record.files)


def taken_away(
    connection: Connection, actor: Actor, files: Sequence[Ready], at: datetime, but: Iterable[str] = ()
) -> None:
    """An entry for each file that is taken away unreleased.

    `but`: ids that stand in the new release as well, as they may where the clock was set back: those are not taken away.
    """
    kept = frozenset(but)
    for one in files:
        if one.publication_id not in kept:
            detail = {"audience": one.audience, "sha256": one.sha256}
            events.append(connection, actor, DISCARDED, one.publication_id, detail, at=at)


def words(waited: Prepared) -> str:
    """The line for whoever prepared the new one."""
    return f"{IN_PLACE} the release that was {waited.words}. Nobody was shown that one, and it is gone."
