"""Who may ask at all: only under our own names, only from our own pages, and not for what is no page of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.web.answers import header, refuse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from app.web.served import Served

# What Streamlit would answer to anybody, and nobody needs here: figures about the process and its sessions, an interface
# for programs, components of others, and a run of the whole script for each request.
CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check", "/component")
METHODS = frozenset({"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
UPLOADS = "/_stcore/upload_file/"


@dataclass(frozen=True, slots=True)
class Gate:
    """An ASGI application that lets through to another what is asked properly."""

    inner: ASGIApp
    served: Served

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse with one sentence that tells a stranger nothing."""
        if scope["type"] not in {"http", "websocket"}:
            await self.inner(scope, receive, send)
            return
        refused = self._refused(scope)
        if refused is None:
            await self.inner(scope, receive, send)
        else:
            await refuse(scope, receive, send, *refused)

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        host = header(scope, b"host")
        # A name of somebody else that leads here would let their page read ours in the reader's browser.
        if host is None or not self.served.is_for_us(host):
            return 421, "This is not the address of the dashboard."
        origin = header(scope, b"origin")
        is_ours = origin is not None and self.served.is_ours(origin, host)
        if scope["type"] == "websocket":
            return None if is_ours else (403, "Open the dashboard in a browser.")
        if not (origin is None or is_ours):
            return 403, "Only the dashboard’s own pages may ask this."
        return _no_page(scope["path"], scope["method"])


def _no_page(path: str, method: str) -> tuple[int, str] | None:
    if any(path == closed or path.startswith(f"{closed}/") for closed in CLOSED):
        return 404, "There is nothing here."
    if method not in METHODS or (method in {"PUT", "DELETE"} and not path.startswith(UPLOADS)):
        return 405, "This cannot be done here."
    return None
