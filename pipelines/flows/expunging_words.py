"""What an expunge takes away and what it does not reach, in words: never what stood in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipelines.queries.withdrawn import is_withdrawn
from schemas.periods import day_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.queries.pointer import Pointer
    from pipelines.store.expunging_asked import Asked
    from pipelines.store.to_expunge import Going


_NAMED = 5


@dataclass(frozen=True, slots=True)
class Look:
    """What would go, the publications that show its words, words that others keep, or only its figures; what is known of copies.

    `beside`: refused returns that may hold it too; `speaking`: other records that name one that goes; `asked`: who asked for it, when and why.
    """

    going: Going
    showing: tuple[Pointer, ...]
    sharing: tuple[Pointer, ...]
    citing: tuple[Pointer, ...]
    beside: tuple[str, ...]
    speaking: tuple[str, ...]
    backups: tuple[dict[str, Any], ...]
    taken: tuple[dict[str, Any], ...]
    asked: Asked | None


def before(look: Look) -> Iterator[str]:
    """What goes, a line each."""
    going = look.going
    for name in going.whole:
        yield f"{name}: everything that was read of it, typed with it and answered to it, and its file."
    for name in going.parts:
        yield f"{name}: the record, what was said of it, and the whole file it came in."
    for name in going.worded:
        yield f"{name}: the words, wherever they stand in it, and the whole file it came in. Its figures stand."
    yield f"What goes: {_much(going)}."
    for each in look.showing:
        state = "is withdrawn" if is_withdrawn(each.path) else "must be withdrawn with it"
        yield f"{each.publication_id} ({each.audience}) shows it: it {state}, and its file is written anew without it."
    if look.asked is not None:
        yield f"{look.asked.by} asked for it on {day_words(look.asked.at.date())}."


def remains(look: Look) -> Iterator[str]:
    """What is not reached from here, a line each: the same words elsewhere, what shows its figures, what may hold it too, copies."""
    yield from _kept_elsewhere(look)
    for each in look.citing:
        yield f"Stays: {each.publication_id} ({each.audience}) shows figures of it and none of its words."
    for name in look.beside:
        yield f"Stays: {name} was refused, so its records were not read. If it holds it too, name it as well."
    if look.speaking:
        yield f"Stays: {_names(look.speaking)}, which name a record that goes. If they hold it too, name them as well."
    since = look.going.since
    for entry in look.backups:
        if (made := datetime.fromisoformat(entry["happened_at"])) >= since:
            yield f"Stays: {entry['subject']}, made on {day_words(made.date())}. Make a new backup, then destroy it."
    told = {each.publication_id for each in (*look.showing, *look.sharing, *look.citing)}
    taken = sum(json.loads(entry["detail"]).get("publication", "") in told for entry in look.taken)
    if taken:
        yield f"Stays: {_many(taken, 'file')} taken away from publications that show it. “throughline log list” says by whom."


def _kept_elsewhere(look: Look) -> Iterator[str]:
    """Who keeps the same words, as a corrected return keeps the comments of the one before, and where they are shown."""
    words = look.going.words
    if not words.shared:
        return
    yield (
        f"Stays: words of it stand in {_names(words.holders)} as well. If they must go from there too, name "
        f"{'it' if len(words.holders) == 1 else 'them'} too, or take the words out of there as well (--with-copies, or the tick on "
        "the page), which lets the figures stand."
    )
    for each in look.sharing:
        yield f"Stays: {each.publication_id} ({each.audience}) shows words of it, which stand there as well."


def after(look: Look, still: list[str]) -> Iterator[str]:
    """What was done, and what to do next."""
    yield f"Removed for good: {_much(look.going)}."
    if look.going.words.shared:
        yield f"Words of it still stand in {_names(look.going.words.holders)}, as was said."
    for place in still:
        yield f"Some of its words still stand elsewhere: {place}. Look at it, and remove it too if it must go."
    yield "Disks, snapshots and the memory of running dashboards are not reached from here: restart the dashboards."


def _much(going: Going) -> str:
    """How many rows, files and submissions' words, without what there is none of."""
    files, worded = len(going.files), len(going.worded)
    said = [_many(going.rows, "row")] * bool(going.rows) + [f"words of {_many(worded, 'submission')}"] * bool(worded)
    return ", ".join([*said, *([_many(files, "file")] * bool(files))]) or "words in publications"


def _names(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
