"""What people change by hand and what then holds for everybody: each change is in the event log before the next act.

Who changed a file nobody can say: the log says that it was changed, with the fingerprints before and after, and never what
stands in it. The list of who may see what has an entry of its own, which says what each gained and lost (access_changes.py).

What a file was when it was last looked at is read from the log itself, which nobody can change without showing it: of a table
beside it nobody could say so. So the first look at a file is an entry too.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import schemas.catalogue
from pipelines.store import agreements, events, synthetic
from pipelines.store.chain import facts
from schemas.actors import Actor
from schemas.acts import NOTED

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any

    from duckdb import DuckDBPyConnection

__all__ = [
    "CHANGED",
    "IN_THE_HOME",
    "NOTED",
    "SETTINGS",
    "THE_HOME",
    "WITH_THE_PROGRAM",
    "Seen",
    "fingerprints",
    "known",
    "note",
    "seen",
]

CHANGED = "settings.changed"
SETTINGS = "settings.toml"
# In the home folder: whose figures are released for whom, what is kept for how long, and whether all of it is invented.
IN_THE_HOME = (agreements.FILE, SETTINGS, synthetic.MARK)
# With the program: whose each figure is, how what is shown is marked, and how small numbers are protected.
_CATALOGUE = Path(schemas.catalogue.__file__).parent
WITH_THE_PROGRAM = ("owners.toml", "markings.toml", "disclosure.toml")
# Which folder the home is: what another was put in the place of for a while is not what the log speaks of.
THE_HOME = "The home folder"
# The one who looks, at whatever act of whomever.
_LOOKING = Actor("Throughline", "business_unit")
# A restore keeps the files of the home as they are, and its entry says what they were.
_RESTORED = "backup.restored"
_TOLD_BY = (NOTED, CHANGED, *agreements.LOGGED_AS, _RESTORED)
_TOLD = "select action, subject, detail from event where list_contains(?, action) order by position"


def note(connection: DuckDBPyConnection, home: Path, at: datetime) -> list[str]:
    """Put an entry in the log for each file that is another than the log has it; gives their names.

    Files of which the log has nothing yet are looked at for the first time, which is one entry for all of them, and no change.
    """
    logged, now = known(connection), _now(home)
    if unheard := {name: sha256 for name, sha256 in now.items() if name not in logged}:
        events.append(connection, _LOOKING, NOTED, "settings", {"files": unheard}, at=at)
    changed = [name for name, sha256 in now.items() if name in logged and logged[name] != sha256]
    for name in changed:
        detail = {"before": logged[name], "after": now[name]}
        events.append(connection, Actor(f"{name}, changed by hand", "business_unit"), CHANGED, name, detail, at=at)
    return changed


def fingerprints(home: Path, names: tuple[str, ...]) -> dict[str, str]:
    """The SHA-256 of these files as they are now, empty where there is none: for an act that changes them and is logged itself."""
    now = _now(home)
    return {name: now[name] for name in names}


def known(connection: DuckDBPyConnection) -> dict[str, str]:
    """The SHA-256 that the log says each file had when it last heard of it."""
    last: dict[str, str] = {}
    for action, subject, detail in connection.execute(_TOLD, [list(_TOLD_BY)]).fetchall():
        said = facts(detail)
        if action == _RESTORED:
            _restored(last, said)
        elif action == NOTED:
            last |= said.get("files", {})
        elif action == CHANGED:
            last[subject] = str(said.get("after", ""))
        elif said.get("file_sha256"):
            last[agreements.FILE] = str(said["file_sha256"])
    return last


def _restored(last: dict[str, str], said: Mapping[str, Any]) -> None:
    """What a restore kept as it was. Entries of earlier versions do not say it: those files are looked at anew."""
    for name in (agreements.FILE, SETTINGS):
        last.pop(name, None)
    last |= said.get("settings", {})


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was at one moment: its stamps, and the SHA-256 of what was read then, empty where there was none.

    `stamps` are of the place itself and of what it leads to, where it is a link: device, inode, size, and the times of the last
    writing and of the last change of any kind, in nanoseconds. Whoever puts a file back can set the one time back, not the other.
    """

    stamps: tuple[tuple[int, ...], ...]
    sha256: str


def seen(home: Path) -> dict[str, Seen]:
    """Every file as it is now, read afresh, and which folder the home is: for acts that must go by the same from end to end."""
    folder = Seen((_which(home),), "") if home.exists() else Seen((), "")
    return {THE_HOME: folder} | {name: _seen(path) for name, path in _places(home).items()}


def _seen(path: Path) -> Seen:
    try:
        stamps = tuple(_stamp(found) for found in (path.lstat(), path.stat()))
        return Seen(stamps, hashlib.sha256(path.read_bytes()).hexdigest())
    except FileNotFoundError:
        return Seen((), "")


def _which(folder: Path) -> tuple[int, int]:
    found = folder.stat()
    return (found.st_dev, found.st_ino)


def _stamp(found: os.stat_result) -> tuple[int, ...]:
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _places(home: Path) -> dict[str, Path]:
    return {name: home / name for name in IN_THE_HOME} | {name: _CATALOGUE / name for name in WITH_THE_PROGRAM}


def _now(home: Path) -> dict[str, str]:
    return {name: _fingerprint(path) for name, path in _places(home).items()}


def _fingerprint(path: Path) -> str:
    """The sha256 of a file, empty where there is none; worked out again only when the file has changed."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return ""
    return _digest(path, (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino))


@lru_cache(maxsize=64)
def _digest(path: Path, stamp: tuple[int, int, int, int]) -> str:
    del stamp  # the time of change of any kind too: the other can be set back by whoever writes the file
    return hashlib.sha256(path.read_bytes()).hexdigest()
