"""That somebody took figures away as a file is put in the event log: after that, no page can say who holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.store import events
from pipelines.store.opening import transaction

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from schemas.actors import Actor


@dataclass(frozen=True, slots=True)
class Taken:
    """One file that was taken away.

    `what` is an id, such as `figures` or `indicator.rep_04`; `audience` and `publication` say where it is from, empty where
    it is from no publication.
    """

    what: str
    form: str
    rows: int
    marking: str
    audience: str = ""
    publication: str = ""


def note(home: Path, actor: Actor, taken: Taken, at: datetime) -> None:
    """Put in the event log that a file was taken away. UserError where the vault cannot be written: then it is not given.

    A member of the public takes only what is published for all, and is nobody in particular: the log would tell nothing,
    and anybody could fill it.
    """
    if actor.role == "public":
        return
    detail: dict[str, Any] = {"form": taken.form, "rows": taken.rows, "marking": taken.marking}
    if taken.publication:
        detail |= {"audience": taken.audience, "publication": taken.publication}
    with transaction(home, write=True) as connection:
        events.append(connection, actor, "export.made", taken.what, detail, at=at)
