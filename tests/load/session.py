"""One reader's window, without a browser: Streamlit's own messages over its own WebSocket, and nothing of ours between."""

from __future__ import annotations

import asyncio
import re
import secrets
import urllib.request
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from time import perf_counter
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import connect

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path
    from types import TracebackType

    from streamlit.proto.Common_pb2 import FileURLs
    from streamlit.proto.Element_pb2 import Element
    from websockets.asyncio.client import ClientConnection

AT_MOST = 60.0  # seconds for one run; one that takes longer has failed
# What a page says in the place of what it could not do; a run that ends so has ended as if all were well.
_SORRY = ("Something went wrong here", "This could not be done", "The publication cannot be opened")
_STATED = re.compile(r'data-publication="([^"]*)"')
_FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


class FailedRunError(Exception):
    """The server said that a run failed, or closed the window, or did not answer."""


@dataclass
class Run:
    """What one run of a page sent: when it began and how long it took (seconds), its elements by their place, the bytes over the wire."""

    page: str
    asked: str = ""
    begun: float = 0.0
    seconds: float = 0.0
    bytes: int = 0
    status: int | None = None
    elements: dict[tuple[int, ...], Element] = field(default_factory=dict)

    @property
    def markup(self) -> str:
        """The page's own markup, in the order of the page."""
        return "\n".join(self.elements[place].html.body for place in sorted(self.elements))

    @property
    def publications(self) -> set[str]:
        """Every publication the page says that it shows."""
        return set(_STATED.findall(self.markup))

    @property
    def faults(self) -> list[str]:
        """What no page may show: an exception, the sentence in place of one, or a run that did not finish."""
        shown = [e.exception.message for e in self.elements.values() if e.WhichOneof("type") == "exception"]
        shown += [sorry for sorry in _SORRY if sorry in self.markup]
        return shown + ([] if self.status in _FINISHED else [f"the run ended with status {self.status}"])

    def of_type(self, name: str) -> list[Element]:
        """The elements of one of Streamlit's types."""
        return [element for element in self.elements.values() if element.WhichOneof("type") == name]


class Session:
    """A window that stays open from page to page, as a browser's would: `async with Session(address, role) as window`."""

    def __init__(self, address: str, role: str) -> None:
        self.role, self._address = role, address
        self._pages: dict[str, str] = {}
        self._kept: dict[str, ForwardMsg] = {}  # large messages come once; afterwards only their hash does
        self._widgets: dict[str, WidgetState] = {}
        self._page = self._query = ""
        self._last = Run("")
        self.session_id = ""

    async def __aenter__(self) -> Session:
        cookie = await asyncio.to_thread(self._cookie)
        self._xsrf = cookie
        self._socket: ClientConnection = await connect(
            self._address.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=["streamlit", cookie], origin=self._address, max_size=None, compression=None,
            additional_headers={"Cookie": f"_streamlit_xsrf={cookie}"},
        )  # fmt: skip
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._socket.close()

    def _cookie(self) -> str:
        with urllib.request.urlopen(f"{self._address}/_stcore/health", timeout=AT_MOST) as answer:  # noqa: S310 - loopback
            found = SimpleCookie(answer.headers.get("Set-Cookie", "")).get("_streamlit_xsrf")
        if found is None:
            raise FailedRunError("The server gave no cookie against forged requests")
        return found.value

    async def open(self, page: str, **asked: str) -> Run:
        """Go to a page by its address; what was chosen on the page before is left behind."""
        self._page, self._widgets = page, {}
        self._query = urlencode({"as": self.role, **asked})
        return await self._run()

    async def choose(self, *states: WidgetState) -> Run:
        """Change something on the page that is open."""
        self._widgets |= {state.id: state for state in states}
        return await self._run()

    async def drop(self, file: Path) -> Run:
        """Drop a file where the open page takes files; what it says of it comes back. It is stored by a press after that."""
        place = next(each.file_uploader for each in self._last.of_type("file_uploader"))
        given = await self._address_for(file.name)
        await asyncio.to_thread(self._put, given.upload_url, file)
        state = WidgetState(id=place.id)
        info = state.file_uploader_state_value.uploaded_file_info.add()
        info.file_id, info.name, info.size = given.file_id, file.name, file.stat().st_size
        info.file_urls.CopyFrom(given)
        return await self.choose(state)

    async def press(self, words: str) -> Run:
        """Press the button of the open page whose words begin so."""
        button = next(e.button for e in self._last.of_type("button") if e.button.label.startswith(words))
        run = await self.choose(WidgetState(id=button.id, trigger_value=True))
        del self._widgets[button.id]  # pressed once
        return run

    async def _address_for(self, name: str) -> FileURLs:
        message = BackMsg()
        message.file_urls_request.request_id = secrets.token_hex(8)
        message.file_urls_request.session_id = self.session_id
        message.file_urls_request.file_names.append(name)
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(AT_MOST):
            async for received, _ in self._received():
                if received.WhichOneof("type") == "file_urls_response":
                    return received.file_urls_response.file_urls[0]
        raise FailedRunError("The window was closed before it said where the file goes")

    def _put(self, where: str, file: Path) -> None:
        edge = secrets.token_hex(16)
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{quote(file.name)}"\r\n'
        body = f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + file.read_bytes()
        body += f"\r\n--{edge}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={edge}", "X-Xsrftoken": self._xsrf}
        headers |= {"Cookie": f"_streamlit_xsrf={self._xsrf}", "Origin": self._address}
        asked = urllib.request.Request(f"{self._address}{where}", data=body, headers=headers, method="PUT")  # noqa: S310 - loopback
        with urllib.request.urlopen(asked, timeout=AT_MOST):  # noqa: S310 - loopback
            pass

    async def _run(self) -> Run:
        message = BackMsg()
        state = message.rerun_script
        state.query_string = self._query
        state.page_script_hash = self._pages.get(self._page, "")
        state.page_name = "" if state.page_script_hash else self._page
        state.cached_message_hashes.extend(self._kept)
        state.context_info.url = f"{self._address}/{self._page}"
        state.context_info.timezone = "Europe/London"
        state.widget_states.widgets.extend(self._widgets.values())
        begun = perf_counter()
        run = self._last = Run(self._page)
        await self._socket.send(message.SerializeToString())
        try:
            async with asyncio.timeout(AT_MOST):
                async for received, size in self._received():
                    run.bytes += size
                    if self._took(run, received):
                        break
        except TimeoutError as why:
            raise FailedRunError(f"{run.page} did not finish in {AT_MOST:g} seconds") from why
        run.seconds, run.asked = perf_counter() - begun, self._query
        if run.status is None:
            raise FailedRunError(f"The window was closed while {run.page} ran")
        run.begun = begun
        return run

    async def _received(self) -> AsyncGenerator[tuple[ForwardMsg, int]]:
        async for content in self._socket:
            message = ForwardMsg()
            message.ParseFromString(content if isinstance(content, bytes) else content.encode())
            if message.WhichOneof("type") == "ref_hash":
                whole = ForwardMsg()
                whole.CopyFrom(self._kept[message.ref_hash])
                whole.metadata.CopyFrom(message.metadata)
                message = whole
            elif message.metadata.cacheable:
                self._kept[message.hash] = message
            yield message, len(content)

    def _took(self, run: Run, message: ForwardMsg) -> bool:
        """Note what a message brings; whether it was the last of the run."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.session_id = message.new_session.initialize.session_id
            run.elements.clear()
        elif kind == "navigation":
            self._pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "page_not_found":
            raise FailedRunError(f"There is no page “{run.page}” for {self.role}")
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            run.elements[tuple(message.metadata.delta_path)] = message.delta.new_element
        elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            run.status = message.script_finished
        return run.status is not None
