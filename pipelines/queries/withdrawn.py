"""Publications that were taken back: the file stays, with a mark beside it that says when and why; nobody is shown them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SUFFIX = ".withdrawn"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """One mark: which publication, when it was withdrawn (UTC) and why. A mark that cannot be read counts all the same."""

    publication_id: str
    at: datetime
    reason: str


def mark_of(publication: Path) -> Path:
    """Where the mark of a publication lies, whether or not it is there."""
    return publication.with_suffix(SUFFIX)


def is_withdrawn(publication: Path) -> bool:
    """Whether a publication's file is marked."""
    return mark_of(publication).exists()


def is_carried_over(publication: Path) -> bool:
    """Whether a withdrawn publication was carried over by a restore, so that the vault does not hold what it rests on.

    A mark that cannot be read may have said so, and is taken to.
    """
    mark = mark_of(publication)
    if not mark.exists():
        return False
    try:
        return bool(json.loads(mark.read_text("utf-8")).get("carried_over", False))
    except (ValueError, AttributeError):
        return True


def withdrawn_in(folder: Path) -> tuple[Withdrawn, ...]:
    """Every publication of a folder that was withdrawn, newest first."""
    marks = sorted(folder.glob(f"*{SUFFIX}"), reverse=True)
    return tuple(_read(mark) for mark in marks)


def _read(mark: Path) -> Withdrawn:
    try:
        said = json.loads(mark.read_text("utf-8"))
        return Withdrawn(mark.stem, datetime.fromisoformat(said["at"]), str(said["reason"]))
    except (ValueError, KeyError, TypeError):
        at = datetime.fromtimestamp(mark.stat().st_mtime, UTC)
        return Withdrawn(mark.stem, at, "The reason can no longer be read.")
