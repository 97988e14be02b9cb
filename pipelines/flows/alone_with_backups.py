"""One backup or restoring at a time, and nothing left of one that was cut off."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from pipelines.store import leftovers
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path


@contextmanager
def alone_with_backups(home: Path, wait: float = 1.0) -> Generator[None]:
    """The home with no backup or restoring under way; what one that was cut off had staged or unpacked is cleared away.

    `wait` is in seconds; UserError where one is under way, or the home cannot be written in.
    """
    lock = FileLock(home / "backup.lock", timeout=wait)
    try:
        lock.acquire()
    except Timeout as why:
        raise UserError("A backup is being made or restored. Wait until it is done.") from why
    except OSError as why:
        raise UserError(f"Throughline cannot write in {home}, which a backup needs: {why.strerror or why}.") from why
    try:
        leftovers.clear(home)
        yield
    finally:
        lock.release()
