"""Publish what stands in the vault for one audience."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.publishing import Order, Published, alone, assemble, release, remember, remembered
from pipelines.store import events
from pipelines.store.opening import transaction
from schemas.actors import require
from schemas.catalogue import catalogue
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LONGEST_LABEL = 120


def publish(home: Path, order: Order, say: Callable[[str], None] = lambda _: None) -> Published:
    """Read what stands, protect, measure, write, swap the pointer, and log it.

    The vault is open only to read at the start and to log at the end, so submissions are not kept waiting.
    """
    require(order.actor, "business_unit")
    known = catalogue().audiences
    if order.audience not in known:
        raise UserError(f"There is no audience “{order.audience[:20]}”. Use --audience {' or '.join(known)}.")
    order = replace(order, label=" ".join(order.label.split())[:LONGEST_LABEL])

    def log(published: Published) -> None:
        detail = {
            "label": order.label,
            "audience": order.audience,
            "hidden": published.hidden,
            "shown": published.shown,
        }
        with transaction(home, write=True, wait=60) as connection:
            events.append(
                connection, order.actor, "publication.released", published.publication_id, detail, at=order.at
            )

    with alone(home, order.audience):
        say("Reading the vault")
        with transaction(home, write=False) as connection:
            inputs = assemble(connection, catalogue(), order.at.date())
        patterns = remembered(home)
        published = release(home, inputs, order, patterns, say, log)
        remember(home, patterns)
    return published
