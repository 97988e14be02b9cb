"""Folders and files of a home that nobody but their owner may open: whoever else uses the machine has no part in them."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def folder(path: Path) -> None:
    """Make a folder, and those above that are missing, for the owner alone; one that is there stays as it is."""
    missing = [each for each in (path, *path.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=stat.S_IRWXU, exist_ok=True)
    path.mkdir(exist_ok=True)  # says so where a file stands in its place


def tighten(path: Path) -> None:
    """Take from everybody else what they may do with a file or folder of ours; the owner's own rights stay.

    Windows has no such rights, and what is another's only its owner can close: both are left alone.
    """
    if os.name == "nt" or not path.exists():
        return
    found = path.stat()
    if found.st_uid == os.geteuid() and found.st_mode & _OTHERS:
        path.chmod(stat.S_IMODE(found.st_mode) & ~_OTHERS)
