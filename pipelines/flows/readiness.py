"""Whether the dashboard could serve and take a return now, for whatever watches over it: yes or no, and nothing else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pipelines.queries import pointer
from pipelines.store.opening import VAULT, refuse_lost, refuse_unsound, transaction
from schemas.actors import AUDIENCE_OF_ROLE
from schemas.problems import BusyError, UserError

if TYPE_CHECKING:
    from pathlib import Path


_WAIT = 1.0  # seconds for the vault: whoever watches waits for the answer


def ready(home: Path) -> bool:
    """Whether the home can be written to, its vault opens, and every audience that has had a release has one that opens.

    Where nothing has been released yet that is so as well: the first release is made from the dashboard. Where the
    current one is damaged the one before it is served, and the page says so.
    """
    if not (home.is_dir() and os.access(home, os.W_OK | os.X_OK)):
        return False
    return _takes(home) and all(_opens(home, audience) for audience in sorted(set(AUDIENCE_OF_ROLE.values())))


def _takes(home: Path) -> bool:
    """Whether the vault opens with the key that is set and would take an entry; one that somebody else is in was opened by them.

    One that is gone, older than its note or cut short would not, though pages may go on reading what is left of it.
    """
    try:
        refuse_lost(home)
        if not (home / VAULT).exists():
            return True
        with transaction(home, write=False, wait=_WAIT) as connection:
            refuse_unsound(home, connection)
    except BusyError:
        return True
    except UserError:
        return False
    return True


def _opens(home: Path, audience: str) -> bool:
    return not pointer.pointer_file(home, audience).exists() or pointer.latest_whole(home, audience) is not None
