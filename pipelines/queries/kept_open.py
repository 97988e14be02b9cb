"""Publications kept open by a process that serves them: opening one takes thirty times as long as a question to it.

Only a server keeps any, and says so first (`keep`); every other process opens a file and closes it again.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
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
# Three audiences' current publications and those before them, with which they are compared; a preview; an earlier one.
AT_MOST = 8

_Stamp = tuple[int, int, int]


@dataclass
class _Kept:
    """The files that are open, the one asked for last at the end; `at_most` is 0 where none is kept."""

    at_most: int = 0
    open: OrderedDict[Path, tuple[_Stamp, duckdb.DuckDBPyConnection]] = field(default_factory=OrderedDict)
    changing: Lock = field(default_factory=Lock)


_KEPT = _Kept()


def keep(at_most: int = AT_MOST) -> None:
    """From now on so many files stay open in this process, with what DuckDB holds of them in memory; 0 lets go of all."""
    with _KEPT.changing:
        _KEPT.at_most = at_most
        _shrink()


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection that can reach nothing but this file, for the caller to close. duckdb.Error where it does not open."""
    if not _KEPT.at_most:
        return _new(path)
    with _KEPT.changing:
        now = _stamp(path)
        then, connection = _KEPT.open.get(path, (None, None))
        if connection is None or then != now or now is None:
            _drop(path)
            connection = _new(path)
            if now is not None:
                _KEPT.open[path] = now, connection
        cursor = connection.cursor()
        _KEPT.open.move_to_end(path)
        _shrink()
        return cursor


def let_go(path: Path) -> None:
    """Close a file that could not be read, so that the next reader opens it afresh."""
    with _KEPT.changing:
        _drop(path)


def tidy() -> None:
    """Close every file that is gone or is another by now: what was removed must not live on in a process that had it open."""
    with _KEPT.changing:
        for path, (then, _) in list(_KEPT.open.items()):
            if _stamp(path) != then:
                _drop(path)


def _new(path: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(path), read_only=True, config=READER)


def _drop(path: Path) -> None:
    _, connection = _KEPT.open.pop(path, (None, None))
    if connection is not None:
        connection.close()


def _shrink() -> None:
    while len(_KEPT.open) > _KEPT.at_most:
        _drop(next(iter(_KEPT.open)))


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - asked with every question
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
