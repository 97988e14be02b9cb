"""What people change by hand and what then holds for everybody: each change is in the event log before the next act.

Who changed a file nobody can say: the log says that it was changed, with the fingerprints before and after, and never what
stands in it. The list of who may see what has an entry of its own, which says what each gained and lost (access_changes.py).
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import schemas.catalogue
from pipelines.store import events
from schemas.actors import Actor

if TYPE_CHECKING:
    from datetime import datetime

    from duckdb import DuckDBPyConnection

CHANGED = "settings.changed"
# In the home folder: whose figures are released for whom, and what is kept for how long.
IN_THE_HOME = ("agreements.toml", "settings.toml")
# With the program: whose each figure is, how what is shown is marked, and how small numbers are protected.
_CATALOGUE = Path(schemas.catalogue.__file__).parent
WITH_THE_PROGRAM = ("owners.toml", "markings.toml", "disclosure.toml")


def note(connection: DuckDBPyConnection, home: Path, at: datetime) -> list[str]:
    """Put an entry in the log for each file that is another than it was; gives their names. The first look is no change."""
    known = dict(connection.execute("select file, sha256 from watched_file").fetchall())
    changed = [name for name, sha256 in _now(home).items() if known.get(name) != sha256]
    for name in changed:
        after = _now(home)[name]
        if name in known:
            detail = {"before": known[name], "after": after}
            events.append(connection, Actor(f"{name}, changed by hand", "business_unit"), CHANGED, name, detail, at=at)
        _keep(connection, name, after)
    return [name for name in changed if name in known]


def settle(connection: DuckDBPyConnection, home: Path, name: str) -> None:
    """Take a file as it is now for what was looked at: for an act that has changed it, and is in the log itself."""
    _keep(connection, name, _now(home)[name])


def expect(connection: DuckDBPyConnection, name: str, sha256: str) -> None:
    """Take a file as it is about to be for what was looked at: for an act that puts it in its place once it is logged."""
    _keep(connection, name, sha256)


def _keep(connection: DuckDBPyConnection, name: str, sha256: str) -> None:
    connection.execute("delete from watched_file where file = ?", [name])
    connection.execute("insert into watched_file values (?, ?)", [name, sha256])


def _now(home: Path) -> dict[str, str]:
    places = {name: home / name for name in IN_THE_HOME} | {name: _CATALOGUE / name for name in WITH_THE_PROGRAM}
    return {name: _fingerprint(path) for name, path in places.items()}


def _fingerprint(path: Path) -> str:
    """The sha256 of a file, empty where there is none; worked out again only when the file has changed."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return ""
    return _digest(path, found.st_mtime_ns, found.st_size, found.st_ino)


@lru_cache(maxsize=64)
def _digest(path: Path, changed: int, size: int, number: int) -> str:
    del changed, size, number
    return hashlib.sha256(path.read_bytes()).hexdigest()
