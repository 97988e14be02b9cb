"""What every answer carries, refusals included, so that a browser does with it what we mean and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.widgets.scripts import EVERY, fingerprint

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from app.web.served import Served

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_NOT_ALLOWED = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation", "gyroscope",
    "hid", "magnetometer", "microphone", "midi", "payment", "publickey-credentials-get", "screen-wake-lock", "serial",
    "usb", "xr-spatial-tracking",
)  # fmt: skip
_TWO_YEARS = 63_072_000  # seconds
# A file that is downloaded is never a page of ours: opened in a window, it may run nothing and reach nothing.
_OF_A_FILE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox"
# Read by Streamlit's own script, which sends it back with an upload; all others are out of a script's reach.
_READ_BY_SCRIPT = "_streamlit_xsrf"


def policy(index: str) -> str:
    """The content security policy of every page: our own server and no other, and no script but those we have written.

    `index` is Streamlit's own page, whose inline scripts are named by their fingerprints as ours are. Styles are written
    into the page by Streamlit as it runs and cannot be named; a style runs nothing, and with no other address to load
    from it tells nobody anything. Streamlit's messages are read with a few bytes of WebAssembly, which `wasm-unsafe-eval`
    allows and no more: text is never run as a script.
    """
    scripts = " ".join(fingerprint(script) for script in (*EVERY, *_INLINE.findall(index)))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'wasm-unsafe-eval' {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self' blob:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )


@dataclass(frozen=True, slots=True)
class Headers:
    """An ASGI application that puts our headers on whatever another one answers."""

    inner: ASGIApp
    served: Served
    index: str
    _page: str = field(init=False)

    def __post_init__(self) -> None:
        """Work the policy out once."""
        object.__setattr__(self, "_page", policy(self.index))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers of what is answered."""
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self._headers(scope["path"], message["status"], message.get("headers", []))
            await send(message)

        await self.inner(scope, receive, dressed)

    def _headers(self, path: str, status: int, said: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        ours = self._ours(path, status)
        kept = [(key, self._cookie(key, value)) for key, value in said if key.decode("latin-1").lower() not in ours]
        return [*kept, *((key.encode(), value.encode()) for key, value in ours.items())]

    def _ours(self, path: str, status: int) -> dict[str, str]:
        found = {
            "content-security-policy": _OF_A_FILE if path.startswith("/media/") else self._page,
            "x-content-type-options": "nosniff",
            "x-frame-options": "DENY",  # for browsers that do not know frame-ancestors
            "referrer-policy": "no-referrer",
            "permissions-policy": ", ".join(f"{name}=()" for name in _NOT_ALLOWED),
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
            "x-robots-tag": "noindex, nofollow",
        }
        # Scripts, styles and fonts say nothing of anybody and may be kept; all else is looked at once.
        if not (path.startswith(("/static/", "/app/static/")) and status in {200, 206, 304}):
            found["cache-control"] = "no-store"
        if self.served.is_https:
            found["strict-transport-security"] = f"max-age={_TWO_YEARS}"
        return found

    def _cookie(self, key: bytes, value: bytes) -> bytes:
        """A cookie out of reach of scripts, of other sites and, behind TLS, of the open network."""
        if key.lower() != b"set-cookie":
            return value
        said = value.decode("latin-1")
        has = {part.strip().partition("=")[0].lower() for part in said.split(";")[1:]}
        wanted = {"httponly": "HttpOnly"} if not said.startswith(f"{_READ_BY_SCRIPT}=") else {}
        wanted |= {"samesite": "SameSite=Lax"} | ({"secure": "Secure"} if self.served.is_https else {})
        return "; ".join([said, *(words for name, words in wanted.items() if name not in has)]).encode("latin-1")
