"""Gives a whole home another key, or its first, or none: every table and every original, at one instant or not at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pipelines.store import atomic, connecting, copying, events, files, migrating, opening, private, rekeyed
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path

    from pipelines.store.keys import Keys
    from schemas.actors import Actor


def change(  # noqa: PLR0913 - where, from which key to which, by whom, when
    home: Path,
    old: Keys | None,
    new: Keys | None,
    actor: Actor,
    *,
    at: datetime,
    progress: Callable[[list[Path]], Iterable[Path]] = iter,
) -> int:
    """Encrypt the home with the new key (None: with none) and give the number of originals; the log says that it was done.

    `old` is the key it has now, None where it has none. The vault's lock is held all the while. Killed at any moment, the
    home opens with the old key or with the new, and holds what it held. UserError where the old key is not the home's, an
    original cannot be read, or the disk has no room: then nothing has changed.
    """
    home = home.resolve()
    with opening.locked(home, 60):
        prepared = home / rekeyed.FOLDER
        private.folder(prepared / files.FOLDER)
        try:
            _on_one_disk(home)
            copying.copy(home, (home / opening.VAULT, prepared / opening.VAULT), old, new)
            originals = files.every(home)
            for path in progress(originals):
                content = files.content(path.read_bytes(), path.name, old)
                atomic.write(prepared / files.FOLDER / path.name, files.stored(content, path.name, new))
            head = _log(home, new, actor, _done(old, new), len(originals), at=at)
            rekeyed.decide(home)
        except (OSError, *copying.FAULTS) as why:
            raise opening.not_possible(home) from why
        finally:
            rekeyed.settle(home)
        events.keep_head(home, head)
        return len(originals)


def _done(old: Keys | None, new: Keys | None) -> str:
    if new is None:
        return "home.decrypted"
    return "home.encrypted" if old is None else "key.rotated"


def _on_one_disk(home: Path) -> None:
    """Files are moved into place, which cannot fail half-way on one disk."""
    folder = home / files.FOLDER
    if folder.exists() and folder.stat().st_dev != home.stat().st_dev:
        raise UserError(
            f"{folder} lies on another disk than {home}, so its key cannot be changed at one instant. Put both on one disk."
        )


def _log(  # noqa: PLR0913 - what happened
    home: Path, new: Keys | None, actor: Actor, action: str, originals: int, *, at: datetime
) -> events.Head:
    """Write the change into the new vault's log: it is said there, and only there, that it has happened."""
    with connecting.opened(home / rekeyed.FOLDER / opening.VAULT, new) as connection:
        migrating.migrate(connection)
        connection.begin()
        events.append(connection, actor, action, "", {"originals": originals}, at=at)
        head = events.head(connection)
        connection.commit()
    made = home / rekeyed.FOLDER / opening.VAULT
    private.tighten(made)
    with made.open("rb+") as file:
        os.fsync(file.fileno())
    return head
