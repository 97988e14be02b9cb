"""What a publication was called when it was released: read from its file, as the event log keeps nothing anybody typed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pipelines.queries import pointer
from schemas.catalogue import catalogue

if TYPE_CHECKING:
    from pathlib import Path


def label_of(home: Path, audience: str, publication_id: str) -> str:
    """The label; empty where it has none, or its file is gone or cannot be opened."""
    if audience not in catalogue().audiences or not publication_id.replace("-", "").isalnum():
        return ""
    path = pointer.file(home, audience, publication_id)
    return _read(path, path.stat().st_mtime_ns) if path.exists() else ""


@lru_cache(maxsize=512)
def _read(path: Path, changed: int) -> str:
    del changed
    with pointer.opened_if_whole(pointer.Pointer(path.stem, path, "", None)) as connection:
        row = connection.execute("select label from publication").fetchone() if connection else None
    return str(row[0] or "") if row else ""
