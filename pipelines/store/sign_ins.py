"""What is remembered of sign-ins beside the vault: when each was first seen here, and which have been ended.

One small file each, so that it costs nothing to ask on every run of a page, holds for every process that serves, and needs
no lock: a sign-in is ended once its file is there. The files say nothing of who it was; the event log does.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pipelines.store import atomic, private

if TYPE_CHECKING:
    from pathlib import Path

_FOLDER = "sign-ins"
# The browser keeps its cookie for thirty days, so that an ended sign-in could be shown again as long as that.
_KEPT = timedelta(days=45)


def begin(home: Path, session: str, at: datetime) -> datetime:
    """When this sign-in was first seen here; now, where it never was. OSError where it cannot be noted."""
    path = _place(home, session, "began")
    noted = _noted(path)
    if noted is not None:
        return noted
    private.folder(path.parent)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(at.astimezone(UTC).isoformat())
    except FileExistsError:
        return _noted(path) or at  # another tab was first, and may still be writing
    _clear(path.parent, at)
    return at


def end(home: Path, session: str, at: datetime) -> None:
    """End a sign-in, for every tab and every process, for good. OSError where that cannot be noted."""
    atomic.write(_place(home, session, "ended"), at.astimezone(UTC).isoformat().encode())


def has_ended(home: Path, session: str) -> bool:
    """Whether a sign-in was ended."""
    return _place(home, session, "ended").exists()


def _place(home: Path, session: str, what: str) -> Path:
    return home / _FOLDER / f"{session}.{what}"


def _noted(path: Path) -> datetime | None:
    """The moment in a file; None where there is none, or where a power cut left it empty."""
    try:
        return datetime.fromisoformat(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None


def _clear(folder: Path, at: datetime) -> None:
    """Take away what no cookie can still show."""
    before = (at - _KEPT).timestamp()
    for path in folder.iterdir():
        try:
            if path.stat().st_mtime < before:
                path.unlink()
        except FileNotFoundError:
            continue  # another process cleared it away
