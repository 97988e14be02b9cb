"""A file somebody asked for is there whole or not at all: whoever opens it while it is made finds the one before it."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator

_EVERYBODY = 0o666


@contextmanager
def whole(out: Path) -> Generator[Path]:
    """A file beside the one asked for, to be written; it takes its name once it is done, and goes if anything fails.

    It is for whom the user's own files are for, or the file it replaces was. OSError where it cannot be written.
    """
    if out.exists() and not out.is_file():  # a device or a pipe is written to as it is
        yield out
        return
    there = out.resolve()
    handle, name = tempfile.mkstemp(dir=there.parent, prefix=".throughline-", suffix=out.suffix)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.chmod(stat.S_IMODE(there.stat().st_mode) if there.exists() else _EVERYBODY & ~_umask())
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(there)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _umask() -> int:
    """What the user's new files keep from others; the system tells it only to whoever sets it."""
    now = os.umask(0o077)
    os.umask(now)
    return now
