"""How the vault's file is opened: as it is, or with its key, in one DuckDB that keeps the extension it needs."""

from __future__ import annotations

import os
import threading
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from pipelines.store import keys
from schemas.problems import HomeError

if TYPE_CHECKING:
    from collections.abc import Generator
    from contextlib import AbstractContextManager

    from pipelines.store.keys import Keys

_NAME = "vault"  # the encrypted file's name inside DuckDB
_PACKAGE = "duckdb_extension_httpfs"
_ATTACH = "attach {path} as {name}"
_KEYED = f"{_ATTACH} (encryption_key $key, encryption_cipher 'GCM')"
# Beside the file itself: DuckDB's own names for what is not yet written into it.
_BESIDE = ("", ".wal", ".wal.checkpoint", ".wal.recovery")
# What DuckDB raises of a full disk: at once, at the commit, of an engine it has given up since, or where it has no room to
# spill. Only one process has a file open that is written, so a commit that fails was not beaten by another's.
NO_ROOM = (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException, duckdb.OutOfMemoryException)
# The same, and what it says of a file whose blocks are damaged.
FAULTS = (*NO_ROOM, duckdb.InternalException)
# What it says of a file that is none of its own, or whose beginning or write-ahead log is damaged.
_UNOPENED = (*FAULTS, duckdb.InvalidInputException, duckdb.SerializationException)
_WRONG_KEY = "Wrong encryption key"
_THREADS = 2  # the vault's work is small; more would only take memory from the app
_MEMORY = "1GB"
_SPILL = "4GB"
SPILL = "spill"

_engines: dict[tuple[int, Path, bool], duckdb.DuckDBPyConnection] = {}
_making = threading.Lock()


class DamagedError(Exception):
    """The file is no vault, is damaged, or is held open by another program; the opener says so in a sentence."""


class WrongKeyError(HomeError):
    """The file was encrypted with another key than the one that is set."""


@contextmanager
def connected(path: Path) -> Generator[duckdb.DuckDBPyConnection]:
    """The vault's file, open and closed again; nothing can be reached from it but itself, nor be set otherwise.

    With a key in the environment it is opened, or made, encrypted. UserError where key and file do not belong together or
    the extension is missing; DamagedError where it cannot be opened at all. Called under the vault's lock.
    """
    with opened(path, keys.configured(path.parent)) as connection:
        yield connection


def opened(path: Path, key: Keys | None) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
    """The same with a key that need not be the one of the environment; None for a file without."""
    return _attached(path, key)


def is_encrypted(path: Path) -> bool | None:
    """Whether a DuckDB file says of itself that it is encrypted; None where there is none, or it is no DuckDB file.

    The first block is never encrypted: a checksum of 8 bytes, `DUCK`, the version in 8, then the flags.
    """
    if not path.exists():
        return None
    with path.open("rb") as file:
        start = file.read(28)
    if len(start) < 28 or start[8:12] != b"DUCK":
        return None
    return bool(int.from_bytes(start[20:28], "little") & 1)


def settings(home: Path) -> dict[str, Any]:
    """The one configuration: bounded, spilling into the home, nothing fetched."""
    return {
        "threads": _THREADS,
        "memory_limit": _MEMORY,
        "temp_directory": str(home / SPILL),
        "max_temp_directory_size": _SPILL,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }


@contextmanager
def _attached(path: Path, key: Keys | None) -> Generator[duckdb.DuckDBPyConnection]:
    """Attached to an engine this process keeps: one made anew each time takes three times as long, with a key thirty."""
    is_locked = is_encrypted(path)
    if key is None and is_locked:
        raise HomeError(f"The vault in {path.parent} is encrypted. {keys.WHERE}")
    if key is not None and is_locked is False:
        raise HomeError(
            f"The vault in {path.parent} is not encrypted, though a key is set. Encrypt it with `throughline key encrypt`, "
            f"or unset {keys.VARIABLE} and {keys.FILE_VARIABLE}."
        )
    engine = _engine(path, is_keyed=key is not None)
    attach(engine, path, key, _NAME)
    try:
        with closing(engine.cursor()) as connection:
            connection.execute(f"use {_NAME}")
            yield connection
    finally:
        _let_go(engine)


def attach(engine: duckdb.DuckDBPyConnection, path: Path, key: Keys | None, name: str) -> None:
    """Open a file beside what the engine has open. The key is a parameter, so no message repeats it.

    UserError for another file's key; DamagedError where the file cannot be opened.
    """
    said = ""
    try:
        if key is None:
            engine.execute(_ATTACH.format(path=_quoted(path), name=name))
        else:
            engine.execute(_KEYED.format(path=_quoted(path), name=name), {"key": key.vault})
    except _UNOPENED as why:
        said = str(why)
    # Outside the handler, so that the sentence carries nothing of DuckDB's own.
    if _WRONG_KEY in said:
        raise WrongKeyError(f"The key that is set is not the key of the vault in {path.parent}. {keys.WHERE}")
    if said:
        raise DamagedError


def _quoted(path: Path) -> str:
    """A path as DuckDB reads it in a statement, where it takes no parameter."""
    return "'" + str(path).replace("'", "''") + "'"


def engine(home: Path, *paths: Path, is_keyed: bool = True) -> duckdb.DuckDBPyConnection:
    """A DuckDB without a file of its own that can open these files and reach nothing else.

    `is_keyed`: that they are encrypted, and what is spilled to the disk too, with a key that dies with the engine.
    UserError where the extension this needs is missing.
    """
    made = duckdb.connect(config=settings(home))
    made.execute("set enable_progress_bar = false")
    if is_keyed:
        made.load_extension(str(_extension()))
        made.execute("set temp_file_encryption = true")
    reachable = [str(path) + ending for path in paths for ending in _BESIDE]
    made.execute("set allowed_paths = $paths", {"paths": reachable})
    made.execute("set enable_external_access = false")
    made.execute("set lock_configuration = true")
    return made


def _engine(path: Path, *, is_keyed: bool) -> duckdb.DuckDBPyConnection:
    """This process's engine for a home; a child that was forked gets its own, because threads are not inherited."""
    mine = (os.getpid(), path, is_keyed)
    with _making:
        if mine not in _engines:
            for other in [each for each in _engines if each[0] == os.getpid()]:
                del _engines[other]  # whoever is in a transaction of that home still holds it
            _engines[mine] = engine(path.parent, path, is_keyed=is_keyed)
        return _engines[mine]


def _let_go(engine: duckdb.DuckDBPyConnection) -> None:
    """Close the file. What was committed is safe whatever happens here, so a failure only costs the engine."""
    try:
        engine.execute(f"detach {_NAME}")
    except duckdb.Error:
        # Closing writes the log into the file, for which a full disk has no room: it stays beside the file, and the next
        # opening takes it up. The engine would hold the file open, so it goes.
        with _making:
            for mine in [each for each, held in _engines.items() if held is engine]:
                del _engines[mine]
        engine.close()


def _extension() -> Path:
    """The signed extension that the installed package carries for this DuckDB; nothing is fetched. UserError without it."""
    found = find_spec(_PACKAGE)
    folder = Path(found.origin).parent if found and found.origin else None
    file = folder / "extensions" / f"v{duckdb.__version__}" / "httpfs.duckdb_extension" if folder else None
    if file is None or not file.exists():
        raise HomeError(
            f"A vault with a key needs the package {_PACKAGE.replace('_', '-')} for DuckDB {duckdb.__version__}, which is "
            "not installed. Install what requirements.lock names."
        )
    return file
