"""How much one reader may ask for in a while: uploads, sign-ins and new windows, counted in memory and forgotten."""

from __future__ import annotations

import math
from collections import Counter, OrderedDict
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address
from time import monotonic
from typing import TYPE_CHECKING

from app.web.answers import header, peer, refuse
from app.web.gate import UPLOADS

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Receive, Scope, Send

_MEGABYTE = 1024 * 1024
SLOWLY = "That is more than one reader may ask for at a time. Wait {wait}, then try again."
_NO_LENGTH = "Say how long the file is (Content-Length), or send it with the dashboard."


@dataclass(slots=True)
class Bucket:
    """So much at once, and so much a second after that. Of what nobody has used for long nothing is kept.

    Bounded: where more readers come than it remembers, the one seen longest ago is forgotten.
    """

    at_once: float
    a_second: float
    remembered: int = 10_000
    now: Callable[[], float] = monotonic
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict[str, tuple[float, float]])

    def wait(self, who: str, many: float = 1) -> float:
        """Seconds until so much could be taken; nothing is taken yet. Infinite for what never fits.

        >>> bucket = Bucket(2, 0.5, now=lambda: 0)
        >>> bucket.take("a", 2); bucket.wait("a"), bucket.wait("b"), bucket.wait("b", 3)
        (2.0, 0.0, inf)
        """
        if many > self.at_once:
            return math.inf
        return max(0.0, (many - self._has(who)) / self.a_second)

    def take(self, who: str, many: float = 1) -> None:
        """Take so much."""
        self._left[who] = (self._has(who) - many, self.now())
        self._left.move_to_end(who)
        while len(self._left) > self.remembered:
            self._left.popitem(last=False)

    def _has(self, who: str) -> float:
        left, then = self._left.get(who, (self.at_once, self.now()))
        return min(self.at_once, left + (self.now() - then) * self.a_second)


def _uploads_of_a_window() -> tuple[Bucket, Bucket]:
    # A folder of four hundred self-assessments is dropped at once; the largest file that is read has 150 MB.
    return Bucket(500, 1), Bucket(300 * _MEGABYTE, _MEGABYTE)


def _uploads_of_an_address() -> tuple[Bucket, Bucket]:
    # Everybody of one organisation may come from one address.
    return Bucket(1500, 3), Bucket(900 * _MEGABYTE, 3 * _MEGABYTE)


@dataclass(frozen=True, slots=True)
class Limits:
    """An ASGI application that passes on to another what is not too much; else 429 and when to come again."""

    inner: ASGIApp
    by_window: tuple[Bucket, Bucket] = field(default_factory=_uploads_of_a_window)
    by_address: tuple[Bucket, Bucket] = field(default_factory=_uploads_of_an_address)
    sign_ins: Bucket = field(default_factory=lambda: Bucket(60, 0.2))
    windows: Bucket = field(default_factory=lambda: Bucket(200, 2))
    open_at_once: int = 150
    _open: Counter[str] = field(default_factory=Counter[str])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count, then pass on or refuse."""
        asked = self._asked(scope) if scope["type"] in {"http", "websocket"} else []
        if asked is None:
            await refuse(scope, receive, send, 411, _NO_LENGTH, {"Connection": "close"})
            return
        wait = max((bucket.wait(who, many) for bucket, who, many in asked), default=0.0)
        if wait > 0:
            await refuse(scope, receive, send, *_too_much(wait))
            return
        for bucket, who, many in asked:
            bucket.take(who, many)
        if scope["type"] == "websocket":
            await self._window(scope, receive, send)
        else:
            await self.inner(scope, receive, send)

    async def _window(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A window is open for as long as its reader likes, so that those open at once are counted as well."""
        address = whose(peer(scope))
        if self._open[address] >= self.open_at_once:
            await refuse(scope, receive, send, *_too_much(1))
            return
        self._open[address] += 1
        try:
            await self.inner(scope, receive, send)
        finally:
            self._open[address] -= 1
            if not self._open[address]:
                del self._open[address]

    def _asked(self, scope: Scope) -> list[tuple[Bucket, str, float]] | None:
        """What the request takes from which bucket; None for an upload that does not say how long it is."""
        path, address = scope["path"], whose(peer(scope))
        if scope["type"] == "websocket":
            return [(self.windows, address, 1)]
        if path.startswith(("/auth/", "/oauth2callback")):
            return [(self.sign_ins, address, 1)]
        if not path.startswith(UPLOADS) or scope["method"] != "PUT":
            return []
        said = header(scope, b"content-length") or ""
        if not (said.isascii() and said.isdigit()):
            return None
        window, size = path.removeprefix(UPLOADS).partition("/")[0], float(said)
        files, bytes_ = self.by_window
        files_there, bytes_there = self.by_address
        return [(files, window, 1), (bytes_, window, size), (files_there, address, 1), (bytes_there, address, size)]


def whose(address: str) -> str:
    """What an address is counted as: an IPv6 one by its network of 64 bits, as one machine has all of it.

    >>> whose("192.0.2.7"), whose("2001:db8:0:1:aaaa::1"), whose("::ffff:192.0.2.7"), whose("a pipe")
    ('192.0.2.7', '2001:db8:0:1', '192.0.2.7', 'a pipe')
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return address
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return ":".join(format(int(part, 16), "x") for part in found.exploded.split(":")[:4])


def _too_much(wait: float) -> tuple[int, str, dict[str, str]]:
    if math.isinf(wait):
        return 413, "The file is larger than any that is read here.", {"Connection": "close"}
    seconds = math.ceil(wait)
    words = f"{seconds} seconds" if seconds > 1 else "a second"
    return 429, SLOWLY.format(wait=words), {"Retry-After": str(seconds), "Connection": "close"}
