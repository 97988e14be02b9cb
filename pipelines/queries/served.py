"""Which publication a reader gets: the one asked for or, where it is damaged, another that is whole, and a sentence on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipelines.queries.pointer import current, every, folder, is_whole, latest_whole, made_at, named, pointed
from pipelines.queries.withdrawn import is_withdrawn, withdrawn_in
from schemas.actors import require_reader
from schemas.periods import day_words
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipelines.queries.pointer import Pointer
    from schemas.actors import Actor

_MEND = "The business unit can restore it from a backup, or publish again."


class NoneWholeError(UserError):
    """An audience has had releases, and not one of them can be opened any more."""


@dataclass(frozen=True, slots=True)
class Served:
    """The publication to show, None where there is none, and what is wrong with the one that was to be shown."""

    pointer: Pointer | None
    fault: str = ""


def served(home: Path, actor: Actor, audience: str, publication_id: str | None = None) -> Served:
    """An earlier publication where it is asked for by its id, else the current one; the newest whole one in its place.

    UserError for whoever does not read that audience's; NoneWholeError where what is current is damaged and no other is
    whole. What is given opens for this reader only.
    """
    require_reader(actor, audience)
    found = _chosen(home, audience, publication_id)
    return replace(found, pointer=replace(found.pointer, reader=actor)) if found.pointer else found


def damaged(home: Path, audience: str) -> Iterator[str]:
    """What is wrong with an audience's publications, a sentence each, for whoever keeps the home; nothing where all are whole."""
    try:
        now = pointed(home, audience)
    except UserError as why:
        now = None
        yield f"{audience.capitalize()}: {why}"
    every_one = every(home, audience)
    for each in every_one:
        # What was withdrawn and written anew without something has a seal of its own; the pointer may still have the first.
        is_pointed = now is not None and now.publication_id == each.publication_id and not is_withdrawn(each.path)
        sealed = now if now is not None and is_pointed else each
        if not (is_whole(sealed) and is_whole(each)):
            yield f"{audience.capitalize()}: the publication {each.publication_id} is damaged."
    if now and now.publication_id not in {each.publication_id for each in every_one}:
        yield f"{audience.capitalize()}: the publication {now.publication_id} is missing."


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
        found = current(home, audience)
    except UserError as why:
        instead = latest_whole(home, audience)
        if instead is None:
            raise NoneWholeError(str(why)) from why
        return Served(instead, _fault(home, audience, instead))
    shown = _standing(home, audience, found)
    if shown.fault or shown.pointer is None:
        return shown
    return replace(shown, fault=_half_withdrawn(home, audience, shown.pointer))


def _standing(home: Path, audience: str, found: Pointer | None) -> Served:
    """The newest publication that was not withdrawn; what is shown in its place, with a sentence, where that is damaged.

    Where the current one is withdrawn the pointer goes back to the newest that is whole, past any that is not: whoever reads
    that older one must know that it is not the one they should have. One that was brought back since is shown again.
    """
    after = found.publication_id if found else ""
    newer = [each for each in every(home, audience) if each.publication_id > after and not is_withdrawn(each.path)]
    shown = next((each for each in newer if is_whole(each)), found)
    lost = [each for each in newer if shown is None or each.publication_id > shown.publication_id]
    if not lost:
        return Served(shown)
    said = _passed_over(home, audience, lost[0])
    if shown is None:
        raise NoneWholeError(f"{said} No other is left. {_MEND}")
    return Served(shown, f"{said} An earlier one is shown, of {_day(shown)}. {_MEND}")


def _half_withdrawn(home: Path, audience: str, shown: Pointer) -> str:
    """That the current publication is marked as withdrawn and the pointer was never put back before it; nothing where not.

    A withdrawal does both at once. A mark alone is one that was cut off, or was laid there by somebody: readers are not shown
    what may have been withdrawn, and are told that what they see is older.
    """
    marked = pointed(home, audience)
    if marked is None or not is_withdrawn(marked.path) or shown.publication_id >= marked.publication_id:
        return ""
    return (
        f"The publication of {_day(marked)} is marked as withdrawn, and its withdrawal was never finished, so an earlier one is "
        f"shown, of {_day(shown)}. The business unit can find out why, and finish it or take the mark away."
    )


def _passed_over(home: Path, audience: str, lost: Pointer) -> str:
    """Which publication should have been shown, what is wrong with it, and since when it matters."""
    what = "is damaged" if lost.path.exists() else "is missing"
    later = [each for each in withdrawn_in(folder(home, audience)) if each.publication_id > lost.publication_id]
    since = ""
    if later:
        first = min(later, key=lambda each: each.at)
        since = f", and should be shown since the later one was withdrawn on {day_words(first.at.date())}"
    return f"The publication of {_day(lost)} {what}{since}."


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
