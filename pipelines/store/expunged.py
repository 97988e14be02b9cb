"""A home without what was removed for good, made ready and put in the place of the one that is there: wholly or not at all.

As with a change of the key (rekeyed.py) a folder holds what is prepared, and one small file in it is the instant of the act:
it says which files go. Whoever next takes the vault's lock moves the rest into place and takes them away.
"""

from __future__ import annotations

import json
import shutil
from datetime import UTC
from typing import TYPE_CHECKING

from pipelines.store import atomic, rekeyed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from duckdb import DuckDBPyConnection

FOLDER = "expunging"
_READY = "READY"


def new(home: Path) -> Path:
    """Where what takes a file's place is prepared, by its path inside the home."""
    return home / FOLDER / "new"


def decide(home: Path, gone: Sequence[str]) -> None:
    """Say that what is prepared is whole: from this instant the act has happened. `gone`: originals that go, by their SHA-256."""
    atomic.write(home / FOLDER / _READY, json.dumps(sorted(gone)).encode())


def is_decided(home: Path) -> bool:
    """Whether a removal has happened, and not everything is in its place yet."""
    return (home / FOLDER / _READY).exists()


def settle(home: Path) -> None:
    """Finish what had been decided, or clear away what had not; called under the vault's lock."""
    prepared = home / FOLDER
    if not prepared.exists():
        return
    if is_decided(home):
        _move_in(home, json.loads((prepared / _READY).read_bytes()))
        (prepared / _READY).unlink()
    shutil.rmtree(prepared)
    atomic.flush_folder(home)


def _move_in(home: Path, gone: Sequence[str]) -> None:
    if (vault := new(home) / "vault.duckdb").exists():
        for beside in home.glob(f"{vault.name}.*"):
            beside.unlink()
        vault.replace(home / vault.name)
        atomic.flush_folder(home)
    for made in sorted((path for path in new(home).rglob("*") if path.is_file()), key=_in_turn):
        made.replace(home / made.relative_to(new(home)))
    for sha256 in gone:
        (home / "files" / sha256).unlink(missing_ok=True)
    rekeyed.sweep_interrupted(home)
    for folder in (home / "files", *(home / "publications").glob("*/")):
        if folder.is_dir():
            atomic.flush_folder(folder)


def _in_turn(path: Path) -> tuple[int, Path]:
    """The marks of what is withdrawn first, then the pointers, then the files: nobody is sent to one that is being replaced."""
    return (0 if path.suffix == ".withdrawn" else 1 if path.name == "CURRENT" else 2), path


def removed_on(connection: DuckDBPyConnection, file_sha256: str) -> datetime | None:
    """When a file of that fingerprint was removed for good (UTC), None where none was."""
    row = connection.execute("select max(expunged_at) from expunged where file_sha256 = ?", [file_sha256]).fetchone()
    return row[0].replace(tzinfo=UTC) if row and row[0] else None
