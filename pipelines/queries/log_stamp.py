"""What changes whenever the home is no longer what was held against the event log, without opening anything."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from pipelines.queries import pointer, prepared_held
from pipelines.queries.prepared import PREPARED, prepared_folder
from pipelines.queries.preview import AUDIENCE, preview_folder
from pipelines.queries.strays import PASSING
from pipelines.queries.under_way import is_under_way, under_way
from pipelines.store import agreements, events, files
from pipelines.store.opening import VAULT
from schemas.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipelines.queries.pointer import Stamp


def stamp(home: Path) -> tuple[object, ...]:
    """As long as it is the same, so is what `event_log.state` finds, on this day.

    Of the vault, its note, the publications and what lies beside them, the originals, what is prepared and the preview. An
    audience whose lock is held counts too, as its pointer is not compared meanwhile.
    """
    audiences, beside = catalogue().audiences, prepared_folder(home)
    kept = (home / VAULT, home / events.HEAD, home / agreements.FILE, beside / PREPARED)
    folders = [home / files.FOLDER, home / "publications", pointer.folder(preview_folder(home), AUDIENCE)]
    folders += [pointer.folder(place, audience) for place in (home, beside) for audience in audiences]
    busy = under_way(home), is_under_way(beside, prepared_held.LOCK)
    return (
        prepared_held.today(),
        busy,
        *((path.name, pointer.stamp(path)) for path in kept),
        *map(_lies_in, folders),
    )


def _lies_in(folder: Path) -> str:
    """A fingerprint of what lies in a folder and when each was last changed in any way; empty where there is no folder.

    The time of the last change of any kind too: what says when a file was written can be set back by whoever wrote it.
    """
    try:
        found = sorted(_each(folder))
    except OSError:
        return ""
    return hashlib.sha256(repr(found).encode()).hexdigest()


def _each(folder: Path) -> Iterator[tuple[str, int, int, int, int, Stamp | None]]:
    with os.scandir(folder) as lying:  # of thousands of originals: a path of its own for each takes longer
        for each in lying:
            if each.name.startswith(".") or each.name.endswith(PASSING):
                continue
            found = each.stat(follow_symlinks=False)
            # A folder's own times change with every file that is half written in it.
            is_folder = each.is_dir(follow_symlinks=False)
            written, changed = (0, 0) if is_folder else (found.st_mtime_ns, found.st_ctime_ns)
            led_to = pointer.stamp(folder / each.name) if each.is_symlink() else None
            yield each.name, found.st_mode, written, changed, found.st_size, led_to
