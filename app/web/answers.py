"""Short answers of our own, before a request reaches a page: one sentence, in plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send


async def refuse(  # noqa: PLR0913, PLR0917 - what an ASGI application is handed, and the answer
    scope: Scope, receive: Receive, send: Send, status: int, sentence: str, headers: dict[str, str] | None = None
) -> None:
    """Say no. A socket is closed before it is accepted, which a browser sees as 403."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": ""})
        return
    await PlainTextResponse(f"{sentence}\n", status, headers)(scope, receive, send)


def header(scope: Scope, name: bytes) -> str | None:
    """The one value of a header; None where it is missing, or given twice, which no browser does."""
    found = [value for key, value in scope["headers"] if key == name]
    return found[0].decode("latin-1") if len(found) == 1 else None


def peer(scope: Scope) -> str:
    """The address the request comes from; behind a named proxy, the one the proxy says."""
    client = scope.get("client")
    return client[0] if client else ""
