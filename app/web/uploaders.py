"""Which windows may send a file: only those whose page has shown somebody who may the place to drop one.

Streamlit takes a file for any open window and keeps it in memory for as long as the process likes, whoever has opened it. So
the page says when it shows the place, and what comes for any other window is turned away before its first byte.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from streamlit.runtime.scriptrunner import get_script_run_ctx

from app.web.answers import refuse
from app.web.gate import UPLOADS

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_NOT_HERE = "Open the page Returns, and sign in if you are asked to, to send a file."
# Windows are not told from each other by when they close; of more than are ever open the oldest is forgotten.
_REMEMBERED = 10_000
_OPEN: OrderedDict[str, None] = OrderedDict()
_LOCK = Lock()


def show() -> None:
    """From here on the window whose page is running may send files."""
    window = _window()
    with _LOCK:
        _OPEN[window] = None
        _OPEN.move_to_end(window)
        while len(_OPEN) > _REMEMBERED:
            _OPEN.popitem(last=False)


def hide() -> None:
    """From here on it may not: its reader has left, or is no longer who they were."""
    with _LOCK:
        _OPEN.pop(_window(), None)


def may_send(window: str) -> bool:
    """Whether a window may send files, by Streamlit's id of its session."""
    return window in _OPEN


def _window() -> str:
    context = get_script_run_ctx()
    return context.session_id if context else ""


@dataclass(frozen=True, slots=True)
class Uploaders:
    """An ASGI application that passes a file on only where a page has asked for one."""

    inner: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse with one sentence."""
        is_file = scope["type"] == "http" and scope["method"] == "PUT" and scope["path"].startswith(UPLOADS)
        if is_file and not may_send(scope["path"].removeprefix(UPLOADS).partition("/")[0]):
            await refuse(scope, receive, send, 403, _NOT_HERE, {"Connection": "close"})
            return
        await self.inner(scope, receive, send)
