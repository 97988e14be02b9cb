"""The one way into the vault: a lock, one configuration, one short transaction, and out again."""

from __future__ import annotations

import errno
import logging
import os
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import duckdb
from filelock import FileLock, Timeout

from pipelines.store import (
    access_changes,
    agreements,
    connecting,
    events,
    expunged,
    lost,
    migrating,
    private,
    rekeyed,
    shape,
    swapping,
    watched,
)
from schemas.actors import Actor
from schemas.problems import BusyError, HomeError

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

Connection = duckdb.DuckDBPyConnection  # so that recipes need not import DuckDB to name it
VAULT = "vault.duckdb"
LOCK = "vault.lock"
_FAULT = (
    "{vault} could not be read or written. Make sure the disk has room; if the file is damaged, bring it back from a "
    "backup."
)
# What DuckDB says of a block of an encrypted file that was changed or cut short.
_DAMAGED = "AES tag"
_POLLS = 0.01  # seconds between two tries for the lock while another process holds it
# One for each home and process: a child that was forked may have been so while a thread of its parent held one.
_TURNS: dict[tuple[int, Path], threading.Lock] = {}
_GIVING = threading.Lock()
# What the system says where a disk is full, over its quota, read-only or broken.
_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)


class NotWritableError(HomeError):
    """The vault takes nothing: its disk is full, its folder is read-only, or its file is damaged."""

    to_mend = (
        "Whoever runs the server sees in its log which it is: a disk without room, a folder nobody may write in, or a vault that is "
        "damaged or lost. Such a vault is brought back from the last backup with “throughline restore”. Readers go on reading "
        "what was published."
    )


@contextmanager
def transaction(home: Path, *, write: bool, wait: float = 10.0) -> Generator[Connection]:
    """The open vault for one short transaction, made and brought up to date if need be.

    Whoever writes first has it logged where somebody has changed a file by hand that holds for everybody (watched.py), or the
    list of who may see what (access_changes.py).
    Readers take the same lock and settings as writers: two configurations in one process raise, and one process
    with the file open shuts every other out. Nothing is kept of a transaction that raises, nor of one with
    write=False. `wait` is in seconds; UserError says what to do when the lock, the folder or the file stands in the way,
    NotWritableError where it is the folder, the file or a full disk.
    """
    home = home.resolve()
    with locked(home, wait), _opened(home) as connection:
        is_shaped = False
        try:
            migrating.migrate(connection)
            is_shaped = True
            _catch_up(home, connection, write=write)
            connection.begin()
            try:
                if write:
                    _say_if_unnoted(home, connection)
                    agreements.settle(connection, home)
                    watched.note(connection, home, datetime.now(UTC))
                    access_changes.note(connection, home, datetime.now(UTC))
                yield connection
            except BaseException:
                connection.rollback()
                raise
            if write:
                head = events.head(connection)
                connection.commit()
                _note(home, head)
            else:
                connection.rollback()
        except duckdb.Error as why:
            if not isinstance(why, connecting.FAULTS) and _DAMAGED not in str(why):
                if is_shaped and (strange := shape.faults(connection)):
                    raise NotWritableError(f"{home / VAULT}: {' '.join(strange)} {shape.WAY_OUT}") from why
                raise
            raise NotWritableError(_FAULT.format(vault=home / VAULT)) from why
        except OSError as why:
            if why.errno not in _DISK:
                raise
            raise NotWritableError(_FAULT.format(vault=home / VAULT)) from why


def _note(home: Path, head: events.Head) -> None:
    """Note the last entry of what has been committed. Where the disk takes no note the act is done all the same.

    A note that is behind is no fault, and the next to open the vault catches it up.
    """
    try:
        events.keep_head(home, head)
    except OSError as why:
        if why.errno not in _DISK:
            raise
        logging.getLogger(__name__).warning("The disk takes no note of the last entry of the event log: %s", why)


def _catch_up(home: Path, connection: Connection, *, write: bool) -> None:
    """Note what a process that was killed had committed and not noted; refuse to write after a log that was cut or rewritten.

    Such a log is still read, and its note left as it is, so that what happened can be looked at. NotWritableError where it
    would be written.
    """
    head, noted = events.head(connection), lost.noted(home)
    if noted is None:
        if not head.position:
            events.keep_head(home, head)
    elif said := lost.unlike_its_note(home / VAULT, connection):
        if write:
            raise NotWritableError(said)
    elif noted.position < head.position:
        _note(home, head)


def _say_if_unnoted(home: Path, connection: Connection) -> None:
    """Where the note is gone or cannot be read, the log itself says so before the next act, and for good."""
    head = events.head(connection)
    if head.position and lost.noted(home) is None:
        finder = Actor(f"{events.HEAD}, missing", "business_unit")
        events.append(
            connection, finder, events.NOTE_LOST, events.HEAD, {"position": head.position}, at=datetime.now(UTC)
        )


def refuse_lost(home: Path) -> None:
    """NotWritableError where the vault is missing or empty though it had been written to.

    DuckDB makes a new, empty vault where there is none: never in the place of such a one. Asked also by what would say that
    there is no vault. One that a restore is about to put there is not missing.
    """
    if not swapping.is_decided(home) and (said := lost.gone(home / VAULT)):
        raise NotWritableError(said)


def refuse_unsound(home: Path, connection: Connection) -> None:
    """NotWritableError where the open vault would take no entry: its log was cut or rewritten, or its file is cut short."""
    if said := lost.unlike_its_note(home / VAULT, connection):
        raise NotWritableError(said)
    if lost.is_cut_short(home / VAULT, connection):
        raise not_possible(home)


@contextmanager
def locked(home: Path, wait: float = 10.0) -> Generator[None]:
    """The home with nobody else in its vault, for what has to be done while the file is closed.

    A restore, a change of its key or an expunge that was cut off is first brought to its end, or undone. `wait` is in seconds;
    UserError says what to do when the lock or the folder stands in the way.
    """
    until = time.monotonic() + wait
    with _turn(home, wait):
        try:
            private.folder(home)
            private.tighten(home)
            lock = FileLock(home / LOCK, timeout=max(0.0, until - time.monotonic()))
            lock.acquire(poll_interval=_POLLS)
        except Timeout as why:
            raise _in_use(home) from why
        except OSError as why:
            raise _not_writable(home) from why
        try:
            swapping.finish(home)
            rekeyed.settle(home)
            expunged.settle(home)
            yield
        finally:
            lock.release()


@contextmanager
def _turn(home: Path, wait: float) -> Generator[None]:
    """The threads of this process one after another, before they ask for the lock that other processes want as well.

    The lock of a file can only be asked for again and again: of many threads that do so one may never get it.
    """
    with _GIVING:
        mine = _TURNS.setdefault((os.getpid(), home), threading.Lock())
    if not mine.acquire(timeout=wait):
        raise _in_use(home)
    try:
        yield
    finally:
        mine.release()


def _in_use(home: Path) -> BusyError:
    return BusyError(f"The vault in {home} is in use by another command. Wait for it to finish, then try again.")


@contextmanager
def _opened(home: Path) -> Generator[Connection]:
    refuse_lost(home)
    try:
        with connecting.connected(home / VAULT) as connection:
            private.tighten(home / VAULT)
            yield connection
    except connecting.DamagedError as why:
        if not os.access(home, os.W_OK) or not _writable(home / VAULT):
            raise _not_writable(home) from why
        raise NotWritableError(
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
