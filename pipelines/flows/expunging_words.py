"""What an expunge takes away and what it does not reach, in words: never what stood in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.flows.expunging_reach import kept_elsewhere, many, names, taken_elsewhere
from pipelines.queries.withdrawn import is_withdrawn
from schemas.periods import day_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.flows.backups_known import Backup
    from pipelines.queries.pointer import Pointer
    from pipelines.store.expunging_asked import Asked
    from pipelines.store.to_expunge import Going


_LINES = 6  # of one sort; of more, the rest is counted


@dataclass(frozen=True, slots=True)
class Look:
    """What would go, the publications that show its words, words that others keep, or only its figures; what is known of copies.

    `bare`: titles of audiences for which no publication will then stand; `beside`: refused returns that may hold it too; `speaking`: other records that name one that goes; `asked`: who asked for it, when and why.
    """

    going: Going
    showing: tuple[Pointer, ...]
    sharing: tuple[Pointer, ...]
    citing: tuple[Pointer, ...]
    bare: tuple[str, ...]
    beside: tuple[str, ...]
    speaking: tuple[str, ...]
    backups: tuple[Backup, ...]
    taken: tuple[dict[str, Any], ...]
    asked: Asked | None


def before(look: Look) -> Iterator[str]:
    """What goes, a line each."""
    going = look.going
    for name in going.whole:
        kept = ", and its file" if name in going.filed else "; its file is no longer kept"
        yield f"{name}: everything that was read of it, typed with it and answered to it{kept}."
    for name in going.parts:
        yield f"{name}: the record, what was said of it, {_file(going, name)}."
    if going.named.rows:
        for name in going.named.what:
            yield f"{name}: the words in {names(going.named.rows)}, {_file(going, name)}. Its figures stand."
    yield from taken_elsewhere(going)
    yield f"What goes: {_much(going)}."
    for each in look.showing:
        state = "is withdrawn" if is_withdrawn(each.path) else "must be withdrawn with it"
        yield f"{each.publication_id} ({each.audience}) shows it: it {state}, and its file is written anew without it."
    if look.bare:
        yield f"No publication will then stand for {', '.join(look.bare)}, until you publish again."
        if going.whole:
            yield (
                "If only a row or a record of it must go, name that, with --row or --record (on the page: fill it in): fewer publications "
                "may show it."
            )
    if look.asked is not None:
        yield f"{look.asked.by} asked for it on {day_words(look.asked.at.date())}."


def remains(look: Look) -> Iterator[str]:
    """What is not reached from here, a line each: the same words elsewhere, what shows its figures, what may hold it too, copies."""
    yield from kept_elsewhere(look.going)
    if look.sharing:
        yield f"Stays: {_publications(look.sharing, 'show')} words of it, which stand there as well."
    if look.citing:
        yield f"Stays: {_publications(look.citing, 'show')} figures of it and none of its words."
    for name in look.beside:
        yield f"Stays: {name} was refused, so its records were not read. If it holds it too, name it as well."
    if look.speaking:
        yield f"Stays: {names(look.speaking)}, which name a record that goes. If they hold it too, name them as well."
    yield from _backups(look)
    told = {each.publication_id for each in (*look.showing, *look.sharing, *look.citing)}
    taken = sum(json.loads(entry["detail"]).get("publication", "") in told for entry in look.taken)
    if taken:
        yield f"Stays: {many(taken, 'file')} taken away from publications that show it. “throughline log list” says by whom."


def _backups(look: Look) -> Iterator[str]:
    """Which copies of the whole home may hold it: those made since it came, and those of which nobody knows when."""
    since = look.going.since
    found = [each for each in look.backups if each.made is None or each.made >= since]
    for each in found[-_LINES:]:
        yield f"Stays: {each.name}, {each.words}. Make a new backup, then destroy it."
    if earlier := found[:-_LINES]:
        yield f"Stays: {many(len(earlier), 'earlier backup')}, all made since {day_words(since.date())}. Destroy them too."


def after(look: Look, still: list[str]) -> Iterator[str]:
    """What was done, and what to do next."""
    yield f"Removed for good: {_much(look.going)}."
    if look.going.words.shared:
        yield f"Words of it still stand in {names(look.going.words.holders)}, as was said."
    for place in still[:_LINES]:
        yield f"Some of its words still stand elsewhere: {place}. Look at it, and remove it too if it must go."
    if len(still) > _LINES:
        yield f"And in {len(still) - _LINES:,} more places: “throughline find” names them."
    yield (
        "Disks, snapshots and what is open in a browser are not reached from here. Dashboards forget within a second what they "
        "remembered of it; restart them where even their spare memory must hold nothing of it."
    )


def _file(going: Going, name: str) -> str:
    return "and the whole file it came in" if name in going.filed else "and no file, as it is no longer kept"


def _publications(which: tuple[Pointer, ...], verb: str) -> str:
    """Publications as the subject of a sentence, with its verb."""
    said = names(tuple(f"{each.publication_id} ({each.audience})" for each in which))
    return f"{said} {verb}{'s' if len(which) == 1 else ''}"


def _much(going: Going) -> str:
    """How many rows, files and submissions' words, without what there is none of."""
    files, worded = len(going.files), len(going.worded)
    said = [many(going.rows, "row")] * bool(going.rows) + [f"words of {many(worded, 'submission')}"] * bool(worded)
    return ", ".join([*said, *([many(files, "file")] * bool(files))]) or "words in publications"
