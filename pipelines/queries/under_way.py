"""Whether somebody releases, withdraws or prepares at this very moment: between the entry of an act and its files lies an instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from pipelines.queries import pointer
from schemas.catalogue import catalogue

if TYPE_CHECKING:
    from pathlib import Path

# Seconds: two who look at the same moment are in each other's way for as long as a look takes, and no release is going on.
_LOOK, _TRY_AGAIN = 0.05, 0.005


def under_way(home: Path) -> tuple[str, ...]:
    """The audiences for which somebody releases or withdraws."""
    return tuple(audience for audience in catalogue().audiences if is_under_way(home, audience))


def is_under_way(home: Path, audience: str) -> bool:
    """Whether the lock of an audience is held. Nothing is made where there is none, or nobody may write there."""
    lock = pointer.folder(home, audience) / "release.lock"
    if not lock.exists():
        return False
    try:
        with FileLock(lock).acquire(timeout=_LOOK, poll_interval=_TRY_AGAIN):
            return False
    except Timeout:
        return True
    except OSError:  # a home nobody may write in, where nobody releases
        return False
