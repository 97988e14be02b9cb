"""Holds off a flood of links that open nothing, without shutting out those whose link did."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING

from pipelines.flows.form_faults import TooManyLinksError

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 30
WITHIN = timedelta(minutes=1)
# Links remembered as good, so that a flood of wrong ones does not stop somebody in the middle of a form.
_REMEMBERED = 5_000
_ASKED_AGAIN = timedelta(seconds=5)


class WrongLinks:
    """How many links that open nothing this process was shown lately. Holds hashes and times, never a token."""

    def __init__(self) -> None:
        """Begin with none."""
        self._wrong: deque[datetime] = deque()
        self._good: dict[str, None] = {}
        self._ours: frozenset[str] = frozenset()
        self._asked: datetime | None = None
        self._lock = Lock()

    def hold_off(self, token_sha256: str, at: datetime, known: Callable[[], frozenset[str]]) -> None:
        """Raise TooManyLinksError once too many were wrong, unless this very link has opened before or is one of ours.

        `known` reads the hashes of the links that are open. It is asked once in a while, however many links come: a stranger's
        flood must neither keep a school from its form nor keep the vault busy.
        """
        with self._lock:
            while self._wrong and self._wrong[0] <= at - WITHIN:
                self._wrong.popleft()
            if len(self._wrong) < MOST or token_sha256 in self._good:
                return
            if self._asked is None or not _ASKED_AGAIN > at - self._asked >= timedelta():
                self._ours, self._asked = known(), at
            if token_sha256 not in self._ours:
                raise TooManyLinksError

    def wrong(self, at: datetime) -> None:
        """Count a link that opened nothing."""
        with self._lock:
            self._wrong.append(at)

    def good(self, token_sha256: str) -> None:
        """Remember a link that opened; the oldest is forgotten once there are very many."""
        with self._lock:
            self._good[token_sha256] = None
            if len(self._good) > _REMEMBERED:
                del self._good[next(iter(self._good))]
