"""The one way into the vault: a lock, one configuration, one short transaction, and out again."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb
from filelock import FileLock, Timeout

from pipelines.store import connecting, events, migrating, private, rekeyed
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

Connection = duckdb.DuckDBPyConnection  # so that recipes need not import DuckDB to name it
VAULT = "vault.duckdb"
_LOCK = "vault.lock"
_FAULT = (
    "{vault} could not be read or written. Make sure the disk has room; if the file is damaged, bring it back from a "
    "backup."
)
# Only one process has the vault open, so a transaction that cannot be committed was not beaten by another: DuckDB
# raises it where the disk is full.
_FAULTS = (duckdb.IOException, duckdb.FatalException, duckdb.InternalException, duckdb.TransactionException)
# What DuckDB says of a block of an encrypted file that was changed or cut short.
_DAMAGED = "AES tag"
# What the system says where a disk is full, over its quota, read-only or broken.
_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)


class NotWritableError(UserError):
    """The vault takes nothing: its disk is full, its folder is read-only, or its file is damaged."""


@contextmanager
def transaction(home: Path, *, write: bool, wait: float = 10.0) -> Generator[Connection]:
    """The open vault for one short transaction, made and brought up to date if need be.

    Readers take the same lock and settings as writers: two configurations in one process raise, and one process
    with the file open shuts every other out. Nothing is kept of a transaction that raises, nor of one with
    write=False. `wait` is in seconds; UserError says what to do when the lock, the folder or the file stands in the way,
    NotWritableError where it is the folder, the file or a full disk.
    """
    home = home.resolve()
    with locked(home, wait), _opened(home) as connection:
        try:
            migrating.migrate(connection)
            connection.begin()
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            if write:
                head = events.head(connection)
                connection.commit()
                events.keep_head(home, head)
            else:
                connection.rollback()
        except duckdb.Error as why:
            if not isinstance(why, _FAULTS) and _DAMAGED not in str(why):
                raise
            raise NotWritableError(_FAULT.format(vault=home / VAULT)) from why
        except OSError as why:
            if why.errno not in _DISK:
                raise
            raise NotWritableError(_FAULT.format(vault=home / VAULT)) from why


@contextmanager
def locked(home: Path, wait: float) -> Generator[None]:
    """The home for one process alone; a change of its key that was cut off is first brought to its end, or undone.

    `wait` is in seconds; UserError says what to do when the lock or the folder stands in the way.
    """
    try:
        private.folder(home)
        private.tighten(home)
        lock = FileLock(home / _LOCK, timeout=wait)
        lock.acquire()
    except Timeout as why:
        raise UserError(
            f"The vault in {home} is in use by another command. Wait for it to finish, then try again."
        ) from why
    except OSError as why:
        raise _not_writable(home) from why
    try:
        rekeyed.settle(home)
        yield
    finally:
        lock.release()


@contextmanager
def _opened(home: Path) -> Generator[Connection]:
    try:
        with connecting.connected(home / VAULT) as connection:
            private.tighten(home / VAULT)
            yield connection
    except connecting.DamagedError as why:
        if not os.access(home, os.W_OK) or not _writable(home / VAULT):
            raise _not_writable(home) from why
        raise UserError(
            f"{home / VAULT} cannot be opened. Close any other program that has it open; "
            "if it is damaged, bring it back from a backup."
        ) from why


def not_possible(home: Path) -> NotWritableError:
    """What is said where the vault's disk is full or the file damaged."""
    return NotWritableError(_FAULT.format(vault=home / VAULT))


def _writable(path: Path) -> bool:
    return not path.exists() or os.access(path, os.W_OK)


def _not_writable(home: Path) -> NotWritableError:
    return NotWritableError(
        f"Throughline cannot write in {home}. Set THROUGHLINE_HOME to a folder you may write to, "
        "or ask for write access to this one."
    )
