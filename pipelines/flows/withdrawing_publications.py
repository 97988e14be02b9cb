"""Withdrawing a publication, with a reason: the file stays and is marked, and readers have the one before it again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pipelines.flows.withdrawing import kept_reason
from pipelines.publishing import alone
from pipelines.publishing.withdrawing import found, mark, point_back
from pipelines.queries.withdrawn import is_withdrawn
from pipelines.store import events
from pipelines.store.opening import transaction
from schemas.actors import require
from schemas.catalogue import catalogue
from schemas.periods import day_words
from schemas.problems import UserError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pipelines.queries.pointer import Pointer
    from schemas.actors import Actor

ACTION = "publication.withdrawn"


def withdraw(home: Path, actor: Actor, publication_id: str, reason: str, at: datetime) -> str:
    """Withdraw a publication and say what readers have now.

    One person may: it takes something away from readers, and waiting for a second would leave it before them. What it
    told still counts as told when the next release is protected. UserError where there is none, or the reason will not do.
    """
    require(actor, "business_unit")
    said = kept_reason(reason, "Nothing was withdrawn.")
    there = found(home, list(catalogue().audiences), publication_id)
    if there is None:
        raise UserError(f"There is no publication {publication_id[:40]}. Nothing was withdrawn.")
    audience, publication = there
    with alone(home, audience):
        again = _marked_and_logged(home, actor, (audience, publication), said, at)
        stands = point_back(home, audience)
    done = (
        f"{publication_id} ({audience}) {'was withdrawn already' if again else 'is withdrawn'}; its file stays, marked."
    )
    if stands is None:
        return f"{done} No other publication for {audience} stands, so its readers have none until you publish again."
    return f"{done} Readers have {stands.publication_id}, of {_day(stands.publication_id)}."


def _marked_and_logged(home: Path, actor: Actor, which: tuple[str, Pointer], reason: str, at: datetime) -> bool:
    """Mark it, then log it; says whether both was done before. An attempt that was cut off between them is finished here.

    The mark comes first: a publication that is logged as withdrawn and still shown would be the worse half.
    """
    audience, publication = which
    with transaction(home, write=True, wait=60) as connection:
        is_logged = any(entry["subject"] == publication.publication_id for entry in events.of(connection, ACTION))
        if is_logged and is_withdrawn(publication.path):
            return True
        mark(home, publication, reason, at)
        if not is_logged:
            detail = {"audience": audience, "reason_sha256": hashlib.sha256(reason.encode()).hexdigest()}
            events.append(connection, actor, ACTION, publication.publication_id, detail, at=at)
    return False


def _day(publication_id: str) -> str:
    from datetime import datetime

    return day_words(datetime.strptime(publication_id[:8], "%Y%m%d").date())  # noqa: DTZ007 - a day needs no zone
