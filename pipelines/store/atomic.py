"""Writes a file so that a reader, or a power cut, sees all of it or none of it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from pipelines.store import private


def write(path: Path, content: bytes) -> None:
    """Put the content under its name: a temporary file beside it, flushed to the disk, then renamed over it."""
    private.folder(path.parent)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:16]}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def settle(part: Path, path: Path) -> None:
    """Give a finished file its name once it is on the disk, for what is too large, or too foreign, to hand to `write`.

    As what `write` makes, it is its owner's alone.
    """
    private.tighten(part)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(path)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """The rename itself reaches the disk too; Windows has no such call and does not need it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
