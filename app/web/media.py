"""Files that a page hands out: only to the browser whose open page made them, whoever else learns their address.

Streamlit names a file after its content and gives it to whoever asks. So every browser is given a random word of its own in a
cookie, which its pages' sockets bring with them, and a file is given only where it belongs to an open page of that word, or of
that very sign-in.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from streamlit import runtime

from app.web.answers import header, refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

PLACE = "/media/"
COOKIE = "throughline_browser"
_SIGN_IN = "_streamlit_user"
_PAGE = b"text/html"
# While a page runs again its files belong to nothing for a moment: seconds until that is over, and between two looks.
_WAIT, _PAUSE = 5.0, 0.1


@dataclass(slots=True)
class Media:
    """An ASGI application that hands out a file only to whom it was made for, and gives each browser its word."""

    inner: ASGIApp
    wait: float = _WAIT
    _made: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    _is_watched: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or say that there is nothing: whoever may not have a file is not told that it exists."""
        self._watch()
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        cookies = _cookies(scope)
        if scope["path"].startswith(PLACE):
            if not await self._is_theirs(scope["path"], cookies):
                await refuse(scope, receive, send, 404, "There is nothing here.")
                return
            await self.inner(scope, receive, send)
            return
        await self.inner(scope, receive, send if COOKIE in cookies else _giving_a_word(send))

    async def _is_theirs(self, path: str, cookies: Mapping[str, str]) -> bool:
        """Whether an open page of this browser holds the file; looked at again for as long as a page may be running."""
        file_id = PurePosixPath(path).stem
        if not cookies.get(COOKIE) or not runtime.exists() or _manager().read_file(file_id) is None:
            return False
        left = self.wait
        while not any(is_same(cookies, _cookies_of(each)) for each in self._holding(file_id)):
            if left <= 0:
                return False
            left -= _PAUSE
            await asyncio.sleep(_PAUSE)
        return True

    def _holding(self, file_id: str) -> set[str]:
        """The sessions on whose page a file stands, or in which it was asked for by pressing a button."""
        standing: dict[str, dict[str, str]] = dict(_manager()._files_by_session_and_coord)  # noqa: SLF001 - nothing public says whose a file is
        return {each for each, files in standing.items() if file_id in files.values()} | self._made.get(file_id, set())

    def _watch(self) -> None:
        """Remember of each file that is made when a button is pressed in which session that was: Streamlit does not."""
        if self._is_watched or not runtime.exists():
            return
        self._is_watched = True
        manager = _manager()
        make = manager.execute_deferred

        def made(asked_id: str) -> str:
            whose = manager._deferred_callables.get(asked_id)  # noqa: SLF001 - as above
            address = make(asked_id)
            if whose is not None:
                self._forget()
                self._made.setdefault(PurePosixPath(address).stem, set()).add(whose["session_id"])
            return address

        manager.execute_deferred = made

    def _forget(self) -> None:
        """Nothing is kept of files that are gone."""
        for gone in [each for each in self._made if _manager().read_file(each) is None]:
            del self._made[gone]


def _manager() -> Any:  # noqa: ANN401 - the library's own, of which parts are not public
    return runtime.get_instance().media_file_mgr


def _cookies_of(session_id: str) -> Mapping[str, str]:
    """The cookies with which an open page's socket came; none of one that is closed."""
    client = runtime.get_instance().get_client(session_id)
    context = client.client_context if client else None
    return context.cookies if context else {}


def is_same(asking: Mapping[str, str], holding: Mapping[str, str]) -> bool:
    """Whether two sets of cookies are one browser's: by its word, or by its sign-in, as two tabs may have begun at once."""
    return any(
        bool(asking.get(name)) and hmac.compare_digest(asking[name].encode(), holding.get(name, "").encode())
        for name in (COOKIE, _SIGN_IN)
    )


def _cookies(scope: Scope) -> dict[str, str]:
    try:
        return {name: each.value for name, each in SimpleCookie(header(scope, b"cookie") or "").items()}
    except CookieError:
        return {}


def _giving_a_word(send: Send) -> Send:
    """Put a new word on a page, and on nothing else; it goes when the browser is closed."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            said = message.get("headers", [])
            if any(key.lower() == b"content-type" and value.startswith(_PAGE) for key, value in said):
                word = f"{COOKIE}={secrets.token_urlsafe(32)}; Path=/; HttpOnly; SameSite=Lax"
                message["headers"] = [*said, (b"set-cookie", word.encode())]
        await send(message)

    return sent
