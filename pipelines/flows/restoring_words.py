"""What a restore did, what it kept and what nobody can know any more, in words."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipelines.flows.backing_up import words
from pipelines.queries.brought_back import NOT_KNOWN, sentences
from schemas.periods import day_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pipelines.flows.carrying_over import CarriedOver
    from pipelines.queries.brought_back import Removal
    from pipelines.queries.spots_held import Spots
    from pipelines.store.backups import Manifest

_NAMED = 6


@dataclass(frozen=True, slots=True)
class Was:
    """What the home that is put aside could say of itself; `is_open` is false where it has no vault, or none that opens.

    `removed`: what was removed for good, and `left` where something stood after it; `released`, `withdrawn`: audience and id of every publication its log has as such; `first`:
    the hash of the first entry of its log, by which two copies of one home know each other; `backups`: those its log names.
    """

    is_open: bool = False
    has_vault: bool = False
    removed: tuple[Removal, ...] = ()
    left: Spots = field(default_factory=dict)
    released: frozenset[tuple[str, str]] = frozenset()
    withdrawn: frozenset[tuple[str, str]] = frozenset()
    first: str = ""
    backups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Brought:
    """What was brought back: the manifest, faults of its log, what was kept as it is now, and what was carried over.

    `given_back`: files that decide for everybody, of which there was none, so that the backup's hold; `is_anothers`: the
    publications that were there are of another home; `lost`: releases the log put aside has, whose files are gone; `again`: those that
    were withdrawn and whose marks were gone; `back`: what had been removed for good; `is_unknown`: nobody can know whether anything had.
    """

    manifest: Manifest
    faults: Sequence[str]
    kept: Sequence[str]
    given_back: Sequence[str]
    carried: Sequence[CarriedOver]
    lost: Sequence[str]
    is_anothers: bool
    again: Sequence[str]
    back: Sequence[Removal]
    is_unknown: bool


def told(  # noqa: PLR0913, PLR0917 - where, from what, and all that was done
    home: Path, backup: Path, brought: Brought, was: Was, aside: Path | None, slips: Sequence[str]
) -> Iterator[str]:
    """The sentences, the most needed first; `aside`: where what was there lies, None where nothing was."""
    if brought.back:
        yield from sentences(brought.back)
        yield "Until then nothing is published, prepared or previewed."
    if brought.is_unknown:
        yield NOT_KNOWN
    yield f"Restored {home} from {backup}: {words(brought.manifest)}."
    if aside is not None:
        yield f"What was there lies in {aside}."
        yield from delete_it(aside)
    if brought.kept:
        yield (
            f"Kept as they are now, so that nothing taken from anybody since is given back: {_listed(brought.kept)}."
        )
        if any("/" not in name for name in brought.kept):
            yield "Move a file that is changed by hand away beforehand to have the backup’s own."
    if brought.given_back and aside is not None:
        yield (
            f"There was no {_or(brought.given_back)}, so the backup’s holds: read it before the next release or removal."
        )
    yield from (f"Put right what is kept: {slip}" for slip in slips)
    yield from _published(home, brought, was)
    if brought.faults:
        yield f"The event log of the backup is not whole: {' '.join(brought.faults)}"


def delete_it(aside: Path) -> Iterator[str]:
    """What follows from an earlier home that was put aside, and how it is deleted, a sentence each."""
    how = f'rmdir /s "{aside}"' if os.name == "nt" else f"rm -r {shlex.quote(str(aside))}"
    yield "It is a whole home, with whatever must not be kept, so until it is deleted nothing can be removed for good."
    yield f"Once nobody needs it, whoever runs the server deletes it, with “{how}”."


def _published(home: Path, brought: Brought, was: Was) -> Iterator[str]:
    """What was published since the backup, as far as anybody can still say."""
    if brought.is_anothers:
        yield "What was published in the home that was there is another home’s, so none of it was carried over."
    if brought.carried:
        names = [f"{each.publication_id} ({each.audience})" for each in brought.carried]
        yield (f"Carried over, as withdrawn, what was published since the backup: {_listed(names)}.")
        yield "Nobody is shown it, and what it told counts when the next release is protected."
    if brought.again:
        yield f"Withdrawn again, as the log has it as withdrawn and the mark was gone: {_listed(brought.again)}."
    if unread := [each.publication_id for each in brought.carried if not each.is_readable]:
        yield f"What it told cannot be counted, as the file is damaged: {_listed(unread)}."
    if brought.lost:
        yield (
            f"Released since the backup, and its file is gone, so the next release is not protected against it: "
            f"{_listed(brought.lost)}."
        )
    if not was.is_open:
        yield from _unknown(home, brought.manifest, was)


def _unknown(home: Path, manifest: Manifest, was: Was) -> Iterator[str]:
    made = datetime.fromisoformat(manifest.made_at).astimezone(UTC)
    if was.has_vault:
        yield "The vault that was there cannot be opened."
    yield (
        f"What was published after {day_words(made.date())}, {made:%H:%M} UTC, is not known here, but for publications that "
        f"lay in {home / 'publications'}: the next release is not protected against any other."
    )


def _or(names: Sequence[str]) -> str:
    return " nor ".join(names)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"
