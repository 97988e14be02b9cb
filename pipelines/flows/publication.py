"""Publish what stands in the vault, for one audience or several."""

from __future__ import annotations

import json
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.flows import retaining
from pipelines.publishing import (
    Order,
    Published,
    alone,
    assemble,
    bring_out,
    clear,
    finish,
    made,
    place,
    remember,
    remembered,
    secured,
)
from pipelines.publishing.citing import PUBLIC
from pipelines.queries.preview import AUDIENCE, MADE
from pipelines.store import events
from pipelines.store.opening import transaction
from schemas.actors import require
from schemas.catalogue import catalogue
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from pathlib import Path

    from pipelines.publishing import Made
    from pipelines.store.opening import Connection

LONGEST_LABEL = 120
RELEASED = "publication.released"


def publish(home: Path, order: Order, say: Callable[[str], None] = lambda _: None) -> Published:
    """Read what stands, protect, measure, write, swap the pointer, and log it."""
    return publish_each(home, [order], say)[0]


def publish_each(home: Path, orders: Sequence[Order], say: Callable[[str], None] = lambda _: None) -> list[Published]:
    """Several audiences' releases of one moment: all are audited before the first is written.

    The vault is open only to read at the start and to log at the end, so submissions are not kept waiting. Originals whose
    time is over are removed once all is out.
    """
    orders = [_checked(order) for order in orders]
    retaining.refuse_slips(home)
    audiences = sorted({order.audience for order in orders})
    with ExitStack() as locks, _room():
        for audience in audiences:
            locks.enter_context(alone(home, audience))
        say("Reading the vault")
        with transaction(home, write=False) as connection:
            logged = released(connection)
            inputs = assemble(connection, catalogue(), orders[0].at.date())
        for audience in audiences:
            finish(home, audience, logged)
        patterns = remembered(home)
        moment = secured(home, inputs, patterns, say)
        ready = [made(home, moment, order, say) for order in orders]
        remember(home, patterns)
        done = brought_out(home, ready, say)
    retaining.with_release(home, orders[0].actor, orders[0].at)
    return done


def brought_out(home: Path, ready: Sequence[Made], say: Callable[[str], None]) -> list[Published]:
    """Let the releases be seen, whole or not at all; the preview of what agencies now read is taken away."""
    orders = [_checked(made.order) for made in ready]
    done = bring_out(home, ready, say, lambda all_done: _log(home, orders, all_done))
    if any(order.audience != PUBLIC for order in orders):
        clear(home)
    return done


def preview(home: Path, order: Order, say: Callable[[str], None] = lambda _: None) -> Published:
    """Make what a release for the agencies would say, protected as the release is, for them to see before it.

    It stands until the next preview or release takes it away; it is no publication, and counts as told to nobody.
    """
    order = _checked(replace(order, audience=AUDIENCE))
    with alone(home, order.audience), _room():
        say("Reading the vault")
        with transaction(home, write=False) as connection:
            inputs = assemble(connection, catalogue(), order.at.date())
        patterns = remembered(home)
        one = made(home, secured(home, inputs, patterns, say), order, say)
        remember(home, patterns)
        return place(home, one, say, lambda done: _log(home, [order], [done], MADE))


def _checked(order: Order) -> Order:
    require(order.actor, "business_unit")
    known = catalogue().audiences
    if order.audience not in known:
        raise UserError(f"There is no audience “{order.audience[:20]}”. Use --audience {' or '.join(known)}.")
    return replace(order, label=" ".join(order.label.split())[:LONGEST_LABEL])


def released(connection: Connection) -> dict[str, str]:
    """Of every release in the event log that says so, its id and the sha256 of its file."""
    said = {row["subject"]: json.loads(row["detail"]).get("sha256", "") for row in events.of(connection, RELEASED)}
    return {publication_id: sha256 for publication_id, sha256 in said.items() if sha256}


def _log(home: Path, orders: Sequence[Order], done: Sequence[Published], action: str = RELEASED) -> None:
    """One transaction for all of them: either each of the audiences gets its release or none does."""
    with transaction(home, write=True, wait=60) as connection:
        for order, published in zip(orders, done, strict=True):
            detail = {"audience": order.audience, "sha256": published.sha256}
            detail |= {"hidden": published.hidden, "shown": published.shown}
            events.append(connection, order.actor, action, published.publication_id, detail, at=order.at)


@contextmanager
def _room() -> Generator[None]:
    """A disk that takes nothing is said in a sentence, wherever in the release it is met."""
    try:
        yield
    except OSError as why:
        raise UserError(
            f"The release could not be finished ({why.strerror or why}). Make room on the disk, then publish again."
        ) from why
