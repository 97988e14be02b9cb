"""Whether the dashboard could serve and take a return now, for whatever watches over it: yes or no, and nothing else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pipelines.queries import pointer
from schemas.actors import AUDIENCE_OF_ROLE

if TYPE_CHECKING:
    from pathlib import Path


def ready(home: Path) -> bool:
    """Whether the home can be written to and every audience that has had a release has one that opens.

    Where nothing has been released yet that is so as well: the first release is made from the dashboard. Where the
    current one is damaged the one before it is served, and the page says so.
    """
    if not (home.is_dir() and os.access(home, os.W_OK | os.X_OK)):
        return False
    return all(_opens(home, audience) for audience in sorted(set(AUDIENCE_OF_ROLE.values())))


def _opens(home: Path, audience: str) -> bool:
    return not pointer.pointer_file(home, audience).exists() or pointer.latest_whole(home, audience) is not None
