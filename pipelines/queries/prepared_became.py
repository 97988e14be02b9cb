"""What became of a prepared release that somebody still has before them: let out or taken away, when, and by whom."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from pipelines.queries.prepared import DISCARDED
from pipelines.store import events
from pipelines.store.opening import transaction
from schemas.actors import require
from schemas.periods import day_words

if TYPE_CHECKING:
    from pathlib import Path

    from schemas.actors import Actor

_SAID = {"publication.released": "released", DISCARDED: "taken away"}


def became(home: Path, actor: Actor, publication_id: str) -> str:
    """Of a release one of whose files is named, for the business unit, in a sentence with the time (UTC); that it is there no longer where the log does not tell."""
    require(actor, "business_unit")
    with transaction(home, write=False) as connection:
        for act, done in _SAID.items():
            for each in reversed(events.of(connection, act)):
                if each["subject"] == publication_id:
                    at = datetime.fromisoformat(each["happened_at"])
                    return f"It was {done} at {at:%H:%M} on {day_words(at.date())} by {each['actor']}."
    return "What was prepared is there no longer."
