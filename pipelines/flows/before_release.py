"""What a prepared release would change and tell, said on the command line to whoever is about to let it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.flows import preparing
from pipelines.flows.texts_read import listed, waiting_words
from pipelines.queries.frame import previous
from pipelines.queries.prepared import looked_at, waiting
from pipelines.queries.release_differences import KINDS, differences
from schemas.actors import require
from schemas.catalogue import catalogue
from schemas.periods import day_words
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from pipelines.queries.prepared import Ready
    from pipelines.queries.release_differences import Differences
    from schemas.actors import Actor

_FEW = 5


def texts(home: Path, actor: Actor, at: datetime) -> Iterator[str]:
    """The list of `texts_read.listed`; first why what is prepared cannot be released as things stand, and then no code to release it."""
    why = preparing.why_not(home, actor, at)
    if why:
        yield why
    yield from listed(home, actor, may_be_released=not why)


def look(home: Path, actor: Actor, at: datetime) -> Iterator[str]:
    """For each audience what would be new, changed, hidden and gone, whose it is, and some of the figures; nothing is let out.

    UserError for others than the business unit, and where nothing is prepared.
    """
    require(actor, "business_unit")
    found = waiting(home, actor)
    if found is None:
        raise UserError("Nothing is prepared. Prepare a release first, with “throughline publish --prepare”.")
    yield (
        f"Prepared by {found.prepared.prepared_by} on {day_words(found.prepared.at.date())}; it stands until "
        f"{day_words(found.until.date())}."
    )
    if why := preparing.why_not(home, actor, at):
        yield why
    for one in found.prepared.files:
        yield from _of(one, _differences(home, actor, one))
    yield from waiting_words(home, actor)
    yield "To see its pages as readers would, open the dashboard’s page Publish and follow “See its pages”."


def _differences(home: Path, actor: Actor, one: Ready) -> Differences:
    pointer = looked_at(home, actor, one.publication_id)
    return differences(pointer, previous(home, actor, one.audience, one.publication_id))


def _of(one: Ready, found: Differences) -> Iterator[str]:
    title = catalogue().audiences[one.audience].title
    against = "its first release" if found.is_first else "against what is read now"
    counts = ", ".join(f"{found.many(kind):,} {kind}" for kind in KINDS)
    yield f"{title} ({one.publication_id}), {against}: {counts}."
    for each in found.by_agency:
        changed = ", ".join(f"{each.many[kind]:,} {kind}" for kind in KINDS if each.many[kind]) or "no figure differs"
        sent = f"; sent since: {'; '.join(each.returns)}" if each.returns else ""
        yield f"  {each.agency}: {changed}{sent}."
    for kind in KINDS[1:]:
        listed = [each for each in found.figures if each.kind == kind]
        for each in listed[:_FEW]:
            yield f"    {kind.capitalize()}: {each.words}"
        if len(listed) > _FEW:
            yield f"    and {len(listed) - _FEW:,} more {kind}."
