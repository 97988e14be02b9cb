"""A home made ready under another key, and putting it in the place of the one that is there: wholly or not at all.

It is prepared in a folder of its own. One small file in it says that it is whole; from that instant the change has happened,
and whoever next takes the vault's lock, with whichever key, moves what is prepared into place. Without that file it is an
attempt that was cut off, and is thrown away. Moving needs no key, and may be cut off and begun again.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from pipelines.store import atomic, connecting

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "rekeying"
_READY = "READY"


def settle(home: Path) -> None:
    """Finish a change that had been decided, or clear away one that had not; called under the vault's lock."""
    prepared = home / FOLDER
    if not prepared.exists():
        return
    if (prepared / _READY).exists():
        _move_in(home, prepared)
    shutil.rmtree(prepared)
    atomic.flush_folder(home)


def decide(home: Path) -> None:
    """Say that what is prepared is whole; it is on the disk already, and this is the instant of the change."""
    atomic.write(home / FOLDER / _READY, b"")


def _move_in(home: Path, prepared: Path) -> None:
    """Each file takes the place of the one it was made from; what was moved by an earlier try is no longer here."""
    if (vault := prepared / "vault.duckdb").exists():
        # All that the old log held was read when the new vault was made from the old one.
        for beside in home.glob(f"{vault.name}.*"):
            beside.unlink()
        vault.replace(home / vault.name)
        atomic.flush_folder(home)
    # A try that was cut off while it cleared away has left no folder, or an empty one.
    for original in sorted((prepared / "files").glob("*")):
        original.replace(home / "files" / original.name)
    sweep_interrupted(home)
    if (home / "files").exists():
        atomic.flush_folder(home / "files")


def sweep_interrupted(home: Path) -> None:
    """Take away what interrupted work left: it may hold, as it came, what is now encrypted or removed for good."""
    for spilled in (home / connecting.SPILL).glob(
        "*"
    ):  # the folder stays: a running dashboard goes on spilling into it
        spilled.unlink()
    for left_over in (home / "files").glob(".*"):
        left_over.unlink()
