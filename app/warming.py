"""What every reader will ask of a publication, worked out before the first of them comes: at the start, after each release.

A thread of its own looks twice a second at what is current. A reader who is quicker than it waits for no more than they
would have worked out for themselves; what one has worked out the other does not work out again.
"""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app import pages, session, settling
from pipelines.flows import tidying
from pipelines.queries import forgetting, frame, kept_open
from schemas.actors import Actor, Role
from schemas.catalogue import catalogue

if TYPE_CHECKING:
    from pathlib import Path

LOG = logging.getLogger("throughline")
_EVERY = 0.5  # seconds
# In whose place pages are worked out: for each audience a role that reads its own and all that it may.
_READERS: dict[str, Role] = {"executive": "executive", "partnership": "chair", "public": "public"}


def begin(home: Path, stop: threading.Event | None = None) -> threading.Thread:
    """Load all that pages need, then go on in a thread until `stop`: the server that listens from now on is ready for readers.

    Publications that pages ask for stay open from here on.
    """
    pages.found()
    catalogue()
    settling.settle()
    kept_open.keep()
    thread = threading.Thread(target=_go_on, args=(home, stop or threading.Event()), name="warming", daemon=True)
    thread.start()
    return thread


def warm(home: Path, audience: str) -> int:
    """Work out what readers of an audience find first on each of their pages; how many pages that was, 0 without a publication."""
    role = _READERS[audience]
    visit = session.visit(home, Actor("Throughline", role), audience, None, datetime.now(UTC))
    if visit.pointer is None:
        return 0
    mine = [view for view in pages.found() if role in view.roles and view.prepare is not None]
    for view in mine:
        if view.prepare is not None:
            view.prepare(visit)
    return len(mine)


def _go_on(home: Path, stop: threading.Event) -> None:
    shown: dict[str, str] = {}
    vault = forgetting.vault_of(home)
    while not stop.is_set():
        kept_open.tidy()
        tidying.finish_removal(home)
        vault = forgetting.once_replaced(home, vault)
        changed = [audience for audience in _READERS if _is_new(home, audience, shown)]
        if changed:
            settling.settle()
        stop.wait(_EVERY)


def _is_new(home: Path, audience: str, shown: dict[str, str]) -> bool:
    """Whether another publication is current than was `shown`; then its pages are worked out.

    Whatever is wrong with it is said where a reader opens it: here it is only noted, once, and the next release is tried.
    """
    now = frame.mark_of(home, audience)
    if shown.get(audience, "") == now:
        return False
    shown[audience] = now
    try:
        return bool(warm(home, audience))
    except Exception:  # whatever it is, the thread must live to work out the next release
        LOG.warning("The pages for the audience %s were not worked out beforehand", audience, exc_info=True)
        return False
