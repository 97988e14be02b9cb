"""A file that a page hands out, as the network sees it: for the browser whose page made it, and for nobody who has its address."""

from __future__ import annotations

import http.client
import subprocess
import sys
from contextlib import contextmanager

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Origin

from pipelines.flows import serving
from tests.browser.dashboard import await_answer, free_port

pytestmark = pytest.mark.slow
_PAGE = "import streamlit as st\nst.download_button('Take it', lambda: b'figures', file_name='figures.csv')\n"
_RUN = "import sys, pathlib, app.asgi as a; a.SCRIPT = pathlib.Path(sys.argv[1]); a.main(sys.argv[2:])"


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """A server over an empty home, with one page that hands out a file."""
    folder, number = tmp_path_factory.mktemp("files"), free_port()
    (folder / "page.py").write_text(_PAGE, encoding="utf-8")
    (folder / "home").mkdir()
    server = subprocess.Popen(
        [sys.executable, "-P", "-c", _RUN, str(folder / "page.py"), f"--port={number}"],
        env=serving.environment(folder / "home", demo=False), cwd=serving.APP.parent,
        stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT,
    )  # fmt: skip
    await_answer(f"http://127.0.0.1:{number}/healthz", server)
    yield number
    server.terminate()
    server.wait(30)


def asked(port: int, path: str, cookie: str = "") -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    answer = connection.getresponse()
    found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    connection.close()
    return found


@contextmanager
def window(port: int, cookie: str):
    """An open page of a browser: its socket, and the address of the file once its button was pressed."""
    with connect(
        f"ws://127.0.0.1:{port}/_stcore/stream", origin=Origin(f"http://127.0.0.1:{port}"), subprotocols=["streamlit"],
        additional_headers={"Cookie": cookie}, max_size=None,
    ) as socket:  # fmt: skip
        run = BackMsg()
        run.rerun_script.query_string = ""
        got = until(socket, run, "script_finished")
        [button] = [each.delta.new_element.download_button for each in got if each.WhichOneof("type") == "delta"]
        press = BackMsg()
        press.backend_operation_request.request_id = "take"
        press.backend_operation_request.session_id = next(
            each for each in got if each.HasField("new_session")
        ).new_session.initialize.session_id
        press.backend_operation_request.deferred_file.file_id = button.deferred_file_id
        answer = until(socket, press, "backend_operation_response")[-1].backend_operation_response
        assert not answer.error_msg, answer
        yield answer.deferred_file.url


def until(socket, message: BackMsg, kind: str) -> list[ForwardMsg]:
    socket.send(message.SerializeToString())
    got: list[ForwardMsg] = []
    while not (got and got[-1].WhichOneof("type") == kind):
        got.append(ForwardMsg.FromString(socket.recv(timeout=60)))
    return got


def word(port: int) -> str:
    """The word a page gives to a browser that has none."""
    return asked(port, "/")[1]["set-cookie"].partition(";")[0]


def test_every_browser_is_given_a_word_of_its_own_once(port):
    first = asked(port, "/")[1]["set-cookie"]
    assert first.startswith("throughline_browser=") and "HttpOnly" in first and "SameSite=Lax" in first
    assert len(first.partition("=")[2].partition(";")[0]) >= 43
    assert word(port) != first.partition(";")[0]
    assert "set-cookie" not in asked(port, "/", first.partition(";")[0])[1]
    assert "set-cookie" not in asked(port, "/healthz")[1]


def test_a_file_is_for_the_browser_whose_open_page_made_it(port):
    mine, other = word(port), word(port)
    with window(port, mine) as address, window(port, other) as same:
        assert address.startswith("/media/") and same == address  # named after what it holds
        status, headers, content = asked(port, address, mine)
        assert (status, content, headers["cache-control"]) == (200, b"figures", "no-store")
        assert asked(port, address, other)[2] == b"figures"
        for stranger in ("", word(port), "throughline_browser=", "_streamlit_user=; throughline_browser=x"):
            assert asked(port, address, stranger)[::2] == (404, b"There is nothing here.\n"), stranger
        assert asked(port, "/media/none.csv", mine)[0] == 404
    assert asked(port, address, mine)[0] == 404  # its pages are closed
