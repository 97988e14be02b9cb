"""Which publication is current, which came before it, and opening one read-only."""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import duckdb

from pipelines.queries.withdrawn import is_withdrawn
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

# Readers share one machine with the app: bounded, and nothing outside the file can be reached. All of it is given
# while connecting, because readers in one process share one open file, whose settings the first of them has locked.
READER: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "512MB",
    "max_temp_directory_size": "1GB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "enable_external_access": False,
    "lock_configuration": True,
}


_ID = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Pointer:
    """A publication's id and file."""

    publication_id: str
    path: Path
    sha256: str
    previous: str | None


def folder(home: Path, audience: str) -> Path:
    """Where an audience's publications are kept."""
    return home / "publications" / audience


def current(home: Path, audience: str) -> Pointer | None:
    """The current publication, or None when nothing has been published; one that was withdrawn gives way to the one before.

    Raises UserError when the pointer or the file it names is damaged, naming the last whole one.
    """
    pointer = folder(home, audience) / "CURRENT"
    if not pointer.exists():
        return None
    try:
        said = json.loads(pointer.read_text("utf-8"))
        found = Pointer(said["id"], folder(home, audience) / said["file"], said["sha256"], said["previous"])
    except (ValueError, KeyError, TypeError) as why:
        raise UserError(f"The pointer {pointer.name} cannot be read. Publish again to write a new one.") from why
    if said["file"] != f"{found.publication_id}.duckdb" or not _ID.fullmatch(found.publication_id):
        raise UserError(f"The pointer {pointer.name} names no publication. Publish again to write a new one.")
    if is_withdrawn(found.path):
        return _newest_standing(home, audience)
    if not found.path.exists():
        raise UserError(f"The publication {found.publication_id} is missing. Publish again, or restore it.")
    stat = found.path.stat()
    if _digest(found.path, stat.st_mtime_ns, stat.st_size) != found.sha256:
        raise UserError(
            f"The publication {found.publication_id} is not the file that was published. Restore it, or publish again."
        )
    return found


def _newest_standing(home: Path, audience: str) -> Pointer | None:
    """The newest publication that can be opened and was not withdrawn."""
    return next((each for each in every(home, audience) if not is_withdrawn(each.path) and _opens(each)), None)


@lru_cache(maxsize=64)
def _digest(path: Path, changed: int, size: int) -> str:
    """The sha256 of a file, worked out again only when it has changed since."""
    del changed, size
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def named(home: Path, audience: str, publication_id: str | None) -> Pointer | None:
    """An earlier publication by its id, or the current one when no id is given, it is not known or it was withdrawn."""
    if publication_id and _ID.fullmatch(publication_id):
        path = folder(home, audience) / f"{publication_id}.duckdb"
        if path.exists() and not is_withdrawn(path):
            return Pointer(publication_id, path, "", None)
    return current(home, audience)


@contextmanager
def opened(pointer: Pointer) -> Generator[duckdb.DuckDBPyConnection]:
    """A read-only connection that can reach nothing but this file."""
    damaged = f"The publication {pointer.publication_id} cannot be read. Restore it, or publish again."
    try:
        connection = duckdb.connect(str(pointer.path), read_only=True, config=READER)
    except duckdb.Error as why:
        raise UserError(damaged) from why
    try:
        if not _is_for(connection, pointer.path.parent.name):
            raise UserError(
                f"The publication {pointer.publication_id} was made for another audience. Restore the right one."
            )
        yield connection
    except (duckdb.IOException, duckdb.CatalogException, duckdb.FatalException, duckdb.InternalException) as why:
        raise UserError(damaged) from why
    finally:
        connection.close()


def _is_for(connection: duckdb.DuckDBPyConnection, audience: str) -> bool:
    """Whether the file says of itself that it is for the audience whose folder it lies in."""
    found = connection.execute("select audience from publication").fetchone()
    return found is not None and found[0] == audience


def latest_whole(home: Path, audience: str) -> Pointer | None:
    """The current publication or, where the pointer or its file is damaged, the newest that can be opened.

    A new release rests on it: one damaged file must not stop the next. Never one that was withdrawn.
    """
    candidates = every(home, audience)
    try:
        now = current(home, audience)
    except UserError:
        now = None
    for candidate in [now, *candidates] if now else candidates:
        if not is_withdrawn(candidate.path) and _opens(candidate):
            return candidate
    return None


def every(home: Path, audience: str) -> list[Pointer]:
    """Every publication of an audience that is kept, newest first, whether or not it can be opened or was withdrawn."""
    return [Pointer(i, folder(home, audience) / f"{i}.duckdb", "", None) for i in earlier(home, audience)]


@contextmanager
def opened_if_whole(pointer: Pointer) -> Generator[duckdb.DuckDBPyConnection | None]:
    """A connection as `opened` gives it, or None where the file can no longer be opened by anybody."""
    with ExitStack() as stack:
        try:
            connection = stack.enter_context(opened(pointer))
            connection.execute("select publication_id from publication")
        except (
            UserError,
            duckdb.IOException,
            duckdb.CatalogException,
            duckdb.FatalException,
            duckdb.InternalException,
        ):
            connection = None
        yield connection


def _opens(pointer: Pointer) -> bool:
    with opened_if_whole(pointer) as connection:
        return connection is not None


def earlier(home: Path, audience: str) -> list[str]:
    """The ids of every publication kept, newest first."""
    return sorted((path.stem for path in folder(home, audience).glob("*.duckdb")), reverse=True)
