"""A restored home takes the place of what was there: decided in one moment, and finished by whoever comes next.

What is restored lies whole in `.restoring/new` before anything is touched. The note `.restoring/READY` is that moment:
without it the restoring never happened, with it the rest is only renames, which any later opening of the vault takes up.
Folders are not swapped as a whole, as a home is often a disk of its own, which cannot be renamed.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from pipelines.store import atomic, private

if TYPE_CHECKING:
    from pathlib import Path

PLACE = ".restoring"
_VAULT = "vault.duckdb"
# What opens the home is kept apart from what it opens, and is none of what a backup holds or brings back.
_OPENERS = frozenset({"secrets.toml"})
REPLACED = "replaced-"


def begin(home: Path) -> Path:
    """An empty folder to restore into, in the home so that it is on the same disk; one left by another try is cleared."""
    place = home / PLACE
    if place.exists():
        shutil.rmtree(place)
    private.folder(begun(home))
    return begun(home)


def begun(home: Path) -> Path:
    """Where the home that is being restored is unpacked."""
    return home / PLACE / "new"


def held(home: Path) -> list[str]:
    """The names of what a home holds: not its locks, nor what was replaced before, nor what is hidden."""
    if not home.exists():
        return []
    return sorted(path.name for path in home.iterdir() if is_held(path.name))


def is_held(name: str) -> bool:
    """Whether a file or folder at the top of a home is part of what it holds. A key is kept apart from what it locks.

    >>> [is_held(name) for name in ("vault.duckdb", "vault.lock", ".restoring", "replaced-20261126T130000Z", "my.key")]
    [True, False, False, False, False]
    >>> is_held("secrets.toml")
    False
    """
    is_passing = name.startswith((".", REPLACED)) or name.endswith(".lock") or name == "spill"
    return not is_passing and not name.endswith(".key") and name not in _OPENERS


def decide(home: Path, stamp: str) -> Path:
    """From here on the restored home is the home, whatever happens; for the one who has the vault to himself.

    Gives the folder in which what was there lies now, named by the stamp.
    """
    aside = home / f"{REPLACED}{stamp}"
    while aside.exists():
        aside = aside.with_name(f"{aside.name}-again")
    atomic.write(home / PLACE / "READY", json.dumps({"old": held(home), "aside": aside.name}).encode())
    finish(home)
    return aside


def finish(home: Path) -> None:
    """Move what is decided to its place; does nothing where nothing is. Each rename is whole, and none is done twice."""
    place = home / PLACE
    ready = place / "READY"
    if not is_decided(home):
        return
    said = json.loads(ready.read_text("utf-8"))
    aside = home / said["aside"]
    for name in said["old"]:
        private.folder(aside)
        if not (aside / name).exists() and (home / name).exists():
            _put_aside(home / name, aside / name)
    for name in said["old"]:
        _take_out(home / name, aside / name)
    if (place / "new").exists():
        # The vault first: as soon as it is there, whoever opens it takes the rest up.
        for path in sorted((place / "new").iterdir(), key=lambda path: path.name != _VAULT):
            path.replace(home / path.name)
    ready.unlink()
    shutil.rmtree(place)


def _take_out(path: Path, aside: Path) -> None:
    """Take away what lies aside now: the old vault's own log of writes would be played into the restored one.

    The old vault alone stays until the restored one takes its place, so that none is ever missed.
    """
    if path.name != _VAULT and path.is_file() and aside.is_file() and path.samefile(aside):
        path.unlink()


def is_decided(home: Path) -> bool:
    """Whether a home waits for the rest of its restoring."""
    return (home / PLACE / "READY").exists()


def _put_aside(path: Path, aside: Path) -> None:
    """Keep what is there under another name. A file stays until the restored one takes its place, so that no vault is missed."""
    if path.is_file():
        try:
            aside.hardlink_to(path)
        except OSError:  # a disk without links
            path.rename(aside)
    else:
        path.rename(aside)
