"""Publish what stands in the vault, for one audience or several."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.publishing import (
    Order,
    Published,
    alone,
    assemble,
    bring_out,
    made,
    remember,
    remembered,
    secured,
)
from pipelines.store import events
from pipelines.store.opening import transaction
from schemas.actors import require
from schemas.catalogue import catalogue
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

LONGEST_LABEL = 120


def publish(home: Path, order: Order, say: Callable[[str], None] = lambda _: None) -> Published:
    """Read what stands, protect, measure, write, swap the pointer, and log it."""
    return publish_each(home, [order], say)[0]


def publish_each(home: Path, orders: Sequence[Order], say: Callable[[str], None] = lambda _: None) -> list[Published]:
    """Several audiences' releases of one moment: all are audited before the first is written.

    The vault is open only to read at the start and to log at the end, so submissions are not kept waiting.
    """
    orders = [_checked(order) for order in orders]
    with ExitStack() as locks:
        for audience in sorted({order.audience for order in orders}):
            locks.enter_context(alone(home, audience))
        say("Reading the vault")
        with transaction(home, write=False) as connection:
            inputs = assemble(connection, catalogue(), orders[0].at.date())
        patterns = remembered(home)
        moment = secured(home, inputs, patterns, say)
        ready = [made(home, moment, order, say) for order in orders]
        remember(home, patterns)
        return [bring_out(home, one, say, lambda order, done: _log(home, order, done)) for one in ready]


def _checked(order: Order) -> Order:
    require(order.actor, "business_unit")
    known = catalogue().audiences
    if order.audience not in known:
        raise UserError(f"There is no audience “{order.audience[:20]}”. Use --audience {' or '.join(known)}.")
    return replace(order, label=" ".join(order.label.split())[:LONGEST_LABEL])


def _log(home: Path, order: Order, published: Published) -> None:
    detail = {"label": order.label, "audience": order.audience, "hidden": published.hidden, "shown": published.shown}
    with transaction(home, write=True, wait=60) as connection:
        events.append(connection, order.actor, "publication.released", published.publication_id, detail, at=order.at)
