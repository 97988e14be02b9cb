"""What an act that was cut off left lying in a home: found and taken away, while nobody else is in the vault."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.store import files

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

# As `atomic.write` calls a file it has not finished: a dot, the beginning of its name, and what makes it unique.
_UNFINISHED = re.compile(r"\.[0-9a-z.-]{1,16}-[0-9a-z_]{8}")
_KEPT = "select distinct file_sha256 from submission where original_kept"
_SHA256 = re.compile(r"[0-9a-f]{64}")


def sweep(connection: DuckDBPyConnection, home: Path) -> int:
    """Take away files half written, and originals that no submission names; gives how many.

    An original is put in its place before the vault commits, within the same transaction, so whoever holds the vault
    open sees only those that were left behind. Such a file was never received: its sender was not told that it was.
    """
    kept = {sha256 for (sha256,) in connection.execute(_KEPT).fetchall()}
    folder = files.place(home, "x").parent
    there = [path for path in folder.iterdir() if path.is_file()] if folder.exists() else []
    lost = [path for path in there if _SHA256.fullmatch(path.name) and path.name not in kept]
    lost += [path for place in (home, folder) for path in unfinished(place)]
    for path in lost:
        path.unlink()
    return len(lost)


def unfinished(folder: Path) -> list[Path]:
    """The files in a folder that were begun and never got their name."""
    if not folder.exists():
        return []
    return [path for path in folder.iterdir() if _UNFINISHED.fullmatch(path.name) and path.is_file()]
