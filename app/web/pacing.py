"""How fast one window may click: what comes faster waits in the network, so that a flood runs no page for anybody else.

Every message of a window runs a script, also of somebody who has not signed in. A reader clicks a few times a second at
most; whoever sends hundreds is answered at a reader's pace, and their messages stay where they are until then.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.web.answers import peer
from app.web.limits import Bucket, whose

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


_NOT_READ = 1003  # of a closed socket: what was sent is of a kind that is not read here


def _of_a_window() -> Bucket:
    # Typing in a form and dragging a slider send a few a second; opening a page sends several at once.
    return Bucket(40, 5)


def _of_an_address() -> Bucket:
    # Everybody of one organisation may come from one address: thirty who click every second.
    return Bucket(300, 30)


@dataclass(slots=True)
class Pacing:
    """An ASGI application that hands a window's messages on no faster than a reader sends them."""

    inner: ASGIApp
    by_window: Bucket = field(default_factory=_of_a_window)
    by_address: Bucket = field(default_factory=_of_an_address)
    _windows: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; of a socket, message after message as its turn comes."""
        if scope["type"] != "websocket":
            await self.inner(scope, receive, send)
            return
        self._windows += 1
        window, address = str(self._windows), whose(peer(scope))

        async def paced() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and message.get("bytes") is None:
                # No window sends text. Handed on, it would leave a fault in the log for everyone who cares to send one.
                await send({"type": "websocket.close", "code": _NOT_READ, "reason": ""})
                return {"type": "websocket.disconnect", "code": _NOT_READ}
            if message["type"] == "websocket.receive":
                wait = max(self.by_window.wait(window), self.by_address.wait(address))
                # Taken before the wait, so that of many windows of one address each waits for those before it.
                self.by_window.take(window)
                self.by_address.take(address)
                if wait > 0:
                    await asyncio.sleep(wait)
            return message

        await self.inner(scope, paced, send)
