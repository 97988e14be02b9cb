"""The server as it runs, over a page that fails: what the wire, the reader and the log get of it."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from pipelines.flows import serving
from tests.browser.dashboard import await_answer, free_port

pytestmark = pytest.mark.slow
# What a page would do whose code has a fault, with somebody's name in the fault's own words.
_FAULTY = "import streamlit as st\nst.write('before')\nname = ' '.join(['Jane', 'Example'])\nint(name)\n"
_RUN = "import sys, pathlib, app.asgi as a; a.SCRIPT = pathlib.Path(sys.argv[1]); a.main(sys.argv[2:])"


@pytest.fixture(scope="module")
def there(tmp_path_factory):
    """A server over an empty home: its port, its home and its log."""
    folder = tmp_path_factory.mktemp("served")
    page, log, home, port = folder / "page.py", folder / "log.txt", folder / "home", free_port()
    page.write_text(_FAULTY, encoding="utf-8")
    home.mkdir()
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-P", "-c", _RUN, str(page), f"--port={port}"],
            env=serving.environment(home, demo=False), cwd=serving.APP.parent, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
        await_answer(f"http://127.0.0.1:{port}/healthz", server)
        yield port, home, log, server
        server.terminate()
        server.wait(30)


def asked(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    connection.close()
    return found


def run(port: int) -> str:
    """What a reader of the page is sent in one run of it."""
    request = BackMsg()
    request.rerun_script.query_string = ""
    got: list[ForwardMsg] = []
    with connect(
        f"ws://127.0.0.1:{port}/_stcore/stream", origin=Origin(f"http://127.0.0.1:{port}"), subprotocols=["streamlit"], max_size=None
    ) as socket:  # fmt: skip
        socket.send(request.SerializeToString())
        while not (got and got[-1].WhichOneof("type") == "script_finished"):
            got.append(ForwardMsg.FromString(socket.recv(timeout=60)))
    return "".join(str(each) for each in got)


def test_every_answer_of_the_server_carries_the_headers(there):
    port = there[0]
    for path in (
        "/",
        "/healthz",
        "/_stcore/host-config",
        "/media/none",
        "/_stcore/metrics",
        "/static/none.js",
        "//evil.example",
    ):
        headers = asked(port, path)[1]
        assert headers["x-content-type-options"] == "nosniff", path
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path
        assert "server" not in headers, path
    assert asked(port, "/_stcore/metrics")[0] == asked(port, "/_stcore/agent/openapi.json")[0] == 404
    assert asked(port, "/", Host="evil.example")[0] == 421
    assert json.loads(asked(port, "/_stcore/host-config")[2])["allowedOrigins"] == []


def test_a_socket_from_nowhere_or_from_elsewhere_is_refused(there):
    address = f"ws://127.0.0.1:{there[0]}/_stcore/stream"
    for origin in (None, Origin("https://evil.example"), Origin("http://127.0.0.1:1")):
        with pytest.raises(InvalidStatus) as refused, connect(address, origin=origin):
            pass
        assert refused.value.response.status_code == 403


def test_an_upload_needs_a_window_and_its_token(there):
    port = there[0]
    assert asked(port, "/_stcore/upload_file/none/f", "PUT", Content_Length="0")[0] == 403
    assert asked(port, "/_stcore/upload_file/none/f", "PUT", Content_Length=str(400 * 1024 * 1024))[0] == 413


def test_a_fault_gives_the_reader_a_reference_and_the_log_its_place_without_a_value(there):
    port, _, log, _ = there
    shown = run(port)
    reference = re.search(r"tell the business unit this reference: ([0-9a-f]{8})", shown)
    assert reference
    for told in ("Jane", "ValueError", "Traceback", "invalid literal", "page.py"):
        assert told not in shown.partition("Something went wrong here")[2]
    written = log.read_text("utf-8")
    assert f"Fault {reference[1]}" in written and 'page.py", line 4' in written and "builtins.ValueError at" in written
    assert "Jane Example" not in written and "invalid literal" not in written
    # Where it listens is said once, and where a reader comes from never.
    assert [line.rpartition(" ")[2] for line in written.splitlines() if "127.0.0.1" in line] == [
        f"http://127.0.0.1:{port}"
    ]
    assert written.count("ValueError") == 1


def test_it_is_ready_until_its_home_cannot_be_written_or_read(there):
    port, home, *_ = there
    assert asked(port, "/readyz")[::2] == (200, b"ready\n")
    damaged = home / "publications" / "partnership" / "CURRENT"
    damaged.parent.mkdir(parents=True)
    damaged.write_text("{", encoding="utf-8")
    from pipelines.flows import readiness

    assert readiness.ready(home) is False
    damaged.unlink()
    assert readiness.ready(home) is True
    assert readiness.ready(home / "gone") is False
    assert asked(port, "/healthz", "HEAD")[0] == 200


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to send")
def test_it_stops_when_asked_with_a_window_open(there):
    port, *_, server = there
    with connect(f"ws://127.0.0.1:{port}/_stcore/stream", origin=Origin(f"http://127.0.0.1:{port}")):
        server.send_signal(signal.SIGTERM)
        assert server.wait(20) == -signal.SIGTERM
