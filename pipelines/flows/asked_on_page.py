"""That a release was asked for on a page is in the event log before the process that makes it begins, and it goes by that alone.

The process is told on its input whose act it is. Anybody who can start a process could tell it any name, and so be two people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.store import events
from pipelines.store.chain import facts
from pipelines.store.opening import VAULT, transaction
from schemas.actors import require
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from schemas.actors import Actor

ACTION = "release.asked"


def note(  # noqa: PLR0913 - who asks for what, for whom and when
    home: Path, actor: Actor, order_sha256: str, at: datetime, *, act: str, audiences: Sequence[str]
) -> None:
    """Put in the event log that somebody who is signed in asks for this order; of the order itself only its SHA-256.

    The order must hold something that nobody can guess, or whoever reads the log could make it again. `act` says what is asked
    for: publish, prepare or preview.
    """
    require(actor, "business_unit")
    detail = {"audiences": list(audiences), "order_sha256": order_sha256}
    with transaction(home, write=True, wait=60) as connection:
        events.append(connection, actor, ACTION, act, detail, at=at)


def refuse_unasked(home: Path, actor: Actor, order_sha256: str) -> None:
    """UserError where the log does not have that just this order was asked for on a page, in this name."""
    require(actor, "business_unit")
    asked: list[tuple[str, str]] = []
    if (home / VAULT).exists():
        with transaction(home, write=False) as connection:
            found = events.of(connection, ACTION)
        asked = [(each["actor"], str(facts(each["detail"]).get("order_sha256", ""))) for each in found]
    if (actor.name, order_sha256) not in asked:
        raise UserError(
            "Nobody asked for this on the page Publish. On the command line use “throughline publish”, which acts as whoever is "
            "logged in. Nothing was done."
        )
