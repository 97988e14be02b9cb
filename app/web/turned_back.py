"""What somebody reads whom signing in has failed: a sentence and a way back, where Streamlit says two words or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from app.web.landing import BACK
from schemas.catalogue import catalogue

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

GO = "/auth/login"
_COOKIE = b"_streamlit_user="
_FAULT = 400  # the first status of an answer that is none
_REFUSED = "Your sign-in was refused, or you did not agree to it. Nothing of the dashboard has been opened."
_FAILED = (
    "The sign-in of your organisation could not be reached, or its answer could not be used. Nothing of the dashboard has "
    "been opened."
)
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>You are not signed in</title>
<style>:root {{ color-scheme: light dark }}
body {{ font: 18px/1.5 system-ui, sans-serif; max-width: 36em; margin: 15vh auto; padding: 0 24px }}</style></head>
<body><main><p>{name}</p><h1>You are not signed in</h1><p>{why} Try again in a minute; if it lasts, tell the business unit.</p>
<p><a href="/">Back to the first page</a></p></main></body></html>
"""


@dataclass(frozen=True, slots=True)
class TurnedBack:
    """An ASGI application that answers with a page of ours where signing in came to nothing; all else it passes on."""

    inner: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and look at the answer of the two addresses that sign somebody in."""
        if scope["type"] != "http" or scope["path"] not in {BACK, GO}:
            await self.inner(scope, receive, send)
            return
        asked = parse_qs(scope["query_string"].decode("latin-1")) if scope["path"] == BACK else {}
        instead = ""

        async def looked_at(message: Message) -> None:
            nonlocal instead
            if message["type"] == "http.response.start":
                instead = _instead(message, asked)
                await send(_as_page(message, instead) if instead else message)
            elif not instead:
                await send(message)
            elif not message.get("more_body"):
                await send({"type": "http.response.body", "body": instead.encode()})

        await self.inner(scope, receive, looked_at)


def _instead(message: Message, asked: dict[str, list[str]]) -> str:
    """Our page where signing in has failed; empty where it has not. Nothing of what the provider says is repeated."""
    if "error" in asked:
        return _page(_REFUSED)
    cookies = [value for key, value in message.get("headers", []) if key.lower() == b"set-cookie"]
    own = [value for value in cookies if value.startswith(_COOKIE)]
    is_taken_away = bool(own) and all(b"max-age=0" in value.lower() for value in own)
    return _page(_FAILED) if message["status"] >= _FAULT or ("code" in asked and is_taken_away) else ""


def _page(why: str) -> str:
    return _PAGE.format(name=escape(catalogue().partnership.name), why=why)


def _as_page(message: Message, page: str) -> Message:
    """The same answer as a page of that length; what it says of cookies stays."""
    kept = [(key, value) for key, value in message.get("headers", []) if key.lower() == b"set-cookie"]
    ours = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(page.encode())).encode())]
    return {"type": "http.response.start", "status": _FAULT, "headers": [*kept, *ours]}
