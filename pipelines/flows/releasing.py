"""A release, or a preview of one, as the command line asks for it, and what came of it in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.flows import log, preparing, previewing, publication, texts_read
from pipelines.flows.agreed import left_out_words
from pipelines.flows.themselves import as_oneself
from pipelines.publishing import Order
from pipelines.queries.agreements import review_due
from pipelines.queries.preview import AUDIENCE
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from schemas.actors import Actor


def asked(  # noqa: PLR0913 - the command's options
    home: Path,
    actor: Actor,
    now: Callable[[], datetime],
    say: Callable[[str], None],
    *,
    audiences: Iterable[str],
    label: str,
    preview: bool,
    prepare: bool = False,
    by_another: bool = False,
) -> Iterator[str]:
    """Make the releases of the audiences named, prepare them, or make the preview instead of any; a line for each.

    UserError where a preview is asked for another audience than the agencies', or where somebody acts `by_another` name
    though two people release: then everybody acts as themselves.
    """
    if preview and prepare:
        raise UserError("A preview is seen by agencies, a prepared release by nobody. Ask for one of them.")
    if preview:
        if set(audiences) != {AUDIENCE}:
            raise UserError("A preview is what agencies see, and for no other audience. Leave --audience out.")
        yield from previewing.make(home, actor, label, now(), say)
        return
    named, at = list(dict.fromkeys(audiences)), now()
    orders = [Order(audience, label, actor, at) for audience in named]
    if prepare:
        themselves = as_oneself(home, actor, at, by_another=by_another)
        yield from preparing.prepare(home, [replace(each, actor=themselves) for each in orders], say)
        yield from review_due(home, actor, at.date())
        return
    all_done = publication.publish_each(home, orders, say)
    for audience, done in zip(named, all_done, strict=True):
        yield (
            f"Published {done.publication_id} for {audience}: {done.shown:,} figures shown, {done.hidden:,} hidden to "
            f"protect, {done.needs_attention} need attention."
        )
        yield from left_out_words(done.withheld, done.known_elsewhere)
    yield from texts_read.not_read_words({one: done.first_time for one, done in zip(named, all_done, strict=True)})
    if why := preparing.why_not(home, actor, at):
        yield f"A release that is prepared still waits. {why}"
    yield from review_due(home, actor, at.date())
    yield from log.warning(home, actor)
