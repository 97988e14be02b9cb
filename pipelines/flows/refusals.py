"""A file that was refused before anybody could send it: that it came is known afterwards, and nothing of what it held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.store import event_search, events
from pipelines.store.opening import transaction

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pipelines.checking import Report
    from schemas.actors import Actor

_ACT = "file.refused"
# What makes a file one to hear of: it holds single people's details, or it is hostile or broken.
_RULES = frozenset({"person_level_data", "file_cannot_be_read"})


def note(home: Path, actor: Actor, report: Report, at: datetime) -> None:
    """Put in the event log that the check refused a file as unsafe, unreadable or about single children; once for each file.

    The page checks a file before it is sent, and one like this is never sent: without this nobody would know that a child's
    details were brought here. The entry has the fingerprint of the file and the rules it broke: not its name, which may be
    a child's, nor any sheet or cell of it. UserError where the vault cannot be written.
    """
    rules = sorted({problem.rule for problem in report.problems} & _RULES)
    if report.verdict != "refused" or not rules:
        return
    with transaction(home, write=True) as connection:
        if not event_search.has(connection, _ACT, report.file_sha256, actor.name):
            events.append(connection, actor, _ACT, report.file_sha256, {"rules": rules}, at=at)
