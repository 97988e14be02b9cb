"""Which publication a reader gets: the one asked for or, where it is damaged, another that is whole, and a sentence on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipelines.queries.pointer import current, is_whole, latest_whole, made_at, named, pointed
from schemas.actors import require_reader
from schemas.periods import day_words
from schemas.problems import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.queries.pointer import Pointer
    from schemas.actors import Actor

_MEND = "The business unit can restore it from a backup, or publish again."


@dataclass(frozen=True, slots=True)
class Served:
    """The publication to show, None where there is none, and what is wrong with the one that was to be shown."""

    pointer: Pointer | None
    fault: str = ""


def served(home: Path, actor: Actor, audience: str, publication_id: str | None = None) -> Served:
    """An earlier publication where it is asked for by its id, else the current one; the newest whole one in its place.

    UserError for whoever does not read that audience's, and where what is current is damaged and no other is whole. What
    is given opens for this reader only.
    """
    require_reader(actor, audience)
    found = _chosen(home, audience, publication_id)
    return replace(found, pointer=replace(found.pointer, reader=actor)) if found.pointer else found


def _chosen(home: Path, audience: str, publication_id: str | None) -> Served:
    asked = named(home, audience, publication_id) if publication_id else None
    if asked is not None and is_whole(asked):
        return Served(asked)
    now = _now(home, audience)
    if asked is None or now.pointer is None or now.pointer.publication_id == asked.publication_id:
        return now
    if now.fault:
        return now
    return Served(now.pointer, f"The publication of {_day(asked)} is damaged, so the current one is shown. {_MEND}")


def _now(home: Path, audience: str) -> Served:
    try:
        return Served(current(home, audience))
    except UserError:
        instead = latest_whole(home, audience)
        if instead is None:
            raise
        return Served(instead, _fault(home, audience, instead))


def _fault(home: Path, audience: str, instead: Pointer) -> str:
    try:
        damaged = pointed(home, audience)
    except UserError:
        damaged = None
    if damaged is None:
        return (
            "Which publication is the current one can no longer be read, so the newest that is whole is shown, of "
            f"{_day(instead)}. {_MEND}"
        )
    what = "is damaged" if damaged.path.exists() else "is missing"
    return f"The current publication, of {_day(damaged)}, {what}, so the one before it is shown, of {_day(instead)}. {_MEND}"


def _day(pointer: Pointer) -> str:
    return day_words(made_at(pointer.publication_id).date())
