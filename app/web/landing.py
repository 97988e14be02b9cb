"""Where somebody lands who comes back from signing in: on the page they had asked for, if it is one of ours."""

from __future__ import annotations

from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from starlette.responses import RedirectResponse

from app import links, pages
from app.web.answers import header

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

BACK = "/oauth2callback"
_COOKIE = "throughline_asked"
_LONGEST = 1500  # letters of the cookie, and of each answer in it a tenth
_FORGET = f"{_COOKIE}=; Path={BACK}; Max-Age=0; HttpOnly; SameSite=Lax"


@dataclass(frozen=True, slots=True)
class Landing:
    """An ASGI application that leads on, from where Streamlit leads after signing in, to the page that had been asked for."""

    inner: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; of the way back from the provider only the place it leads to is another.

        The first page has an address of nothing at all; asked for by its name, it is led to.
        """
        if scope["type"] == "http" and scope["path"] == f"/{pages.found()[0].url}":
            query = scope["query_string"].decode("latin-1")
            await RedirectResponse(f"/?{query}" if query else "/", 302)(scope, receive, send)
            return
        if scope["type"] != "http" or scope["path"] != BACK:
            await self.inner(scope, receive, send)
            return
        place = asked_for(header(scope, b"cookie") or "")

        async def led(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*_led(message["headers"], place), (b"set-cookie", _FORGET.encode())]
            await send(message)

        await self.inner(scope, receive, led)


def _led(said: list[tuple[bytes, bytes]], place: str) -> list[tuple[bytes, bytes]]:
    """The headers with the place in them, where they lead to the first page of all; whatever else stays as it is."""
    is_first = any(key.lower() == b"location" and value == b"/" for key, value in said)
    if not (place and is_first):
        return said
    return [(key, place.encode() if key.lower() == b"location" else value) for key, value in said]


def asked_for(cookies: str) -> str:
    """The address in the cookie, made anew of what we know: a page of ours, and what our pages ask. Empty for any other.

    Nothing of the cookie is taken as it stands, so that it leads nowhere else whoever wrote it.

    >>> asked_for("throughline_asked=%2Fvoid%3Fx%3D1"), asked_for("throughline_asked=%2F%2Fevil.example%2Freturns")
    ('', '')
    """
    try:
        kept = SimpleCookie(cookies).get(_COOKIE)
        said = urlsplit(unquote(kept.value)) if kept is not None and len(kept.value) <= _LONGEST else None
    except (CookieError, ValueError):
        return ""
    if said is None or said.scheme or said.netloc or said.path[1:] not in {view.url for view in pages.found()}:
        return ""
    asked = [
        (name, value)
        for name, value in parse_qsl(said.query)
        if name in links.KNOWN and len(value) <= _LONGEST / 10 and value.isprintable()
    ]
    return f"/{said.path[1:]}?{urlencode(asked)}" if asked else f"/{said.path[1:]}"
