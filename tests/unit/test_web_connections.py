"""Connections that ask nothing: bounded by address, and closed, before any limit on what is asked can count them."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from contextlib import ExitStack, contextmanager, suppress

import pytest
import uvicorn
from starlette.responses import PlainTextResponse

from app import asgi
from app.web.connections import Connections

ASKED = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
SOCKET = (
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


async def app(scope, receive, send):
    """A page, and a window that stays open."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        while (await receive())["type"] != "websocket.disconnect":
            pass
    elif scope["type"] == "http":
        await PlainTextResponse("a page")(scope, receive, send)


class Few(Connections):
    at_most = 3


class Hurried(Connections):
    silent_for = 0.2


@contextmanager
def served(protocol, proxies=()):
    """The port of a server of that protocol, and a way to connect to it."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, http=protocol, ws="websockets-sansio", log_config=None, log_level="critical", lifespan="off",
        proxy_headers=bool(proxies), forwarded_allow_ips=list(proxies), timeout_graceful_shutdown=0,
    )  # fmt: skip
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening])), daemon=True)
    thread.start()
    with ExitStack() as open_:
        yield lambda source="127.0.0.1": open_.enter_context(
            socket.create_connection(listening.getsockname(), 5, (source, 0))
        )
    server.should_exit = True
    thread.join(5)
    assert not thread.is_alive()


def answer(connection, asking=ASKED):
    """The status that is answered; 0 where the connection is closed without a word."""
    connection.sendall(asking)
    said = connection.recv(1000)
    return int(said.split()[1]) if said else 0


def until(holds):
    """Wait for what comes about in a moment."""
    end = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_one_address_fills_its_own_share_and_leaves_room_for_others():
    with served(Few) as connect:
        silent = [connect() for _ in range(3)]
        refused = connect().recv(1000)
        assert refused.startswith(b"HTTP/1.1 429 ") and b"Retry-After" in refused
        head, _, words = refused.partition(b"\r\n\r\n")
        assert f"Content-Length: {len(words)}".encode() in head
        assert answer(connect("127.0.0.2")) == 200
        assert answer(silent[0]) == 200
        silent[1].close()
        until(lambda: answer(connect()) == 200)


def test_a_window_that_is_open_is_one_of_them_and_frees_its_place():
    with served(Few) as connect:
        windows = [connect() for _ in range(3)]
        assert [answer(each, SOCKET) for each in windows] == [101] * 3
        assert connect().recv(1000).startswith(b"HTTP/1.1 429 ")
        windows[0].close()
        until(lambda: answer(connect()) == 200)


def test_a_named_proxy_is_not_counted_as_everybody_comes_through_it():
    with served(Few, ["127.0.0.0/30"]) as connect:
        assert [answer(connect()) for _ in range(6)] == [200] * 6
        assert [answer(connect("127.0.0.9")) for _ in range(3)] == [200] * 3
        assert connect("127.0.0.9").recv(1000).startswith(b"HTTP/1.1 429 ")


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: 127"])
def test_whoever_asks_nothing_whole_is_shown_out_and_an_open_window_is_not(begun):
    with served(Hurried) as connect:
        window, silent = connect(), connect()
        assert answer(window, SOCKET) == 101
        silent.sendall(begun)
        with suppress(ConnectionResetError):  # closed as hard as a system may
            assert silent.recv(1) == b""
        window.settimeout(0.3)
        with pytest.raises(TimeoutError):
            window.recv(1)


def test_the_dashboard_is_served_through_it(monkeypatch):
    seen = {}

    class Kept(uvicorn.Config):
        def __init__(self, *args, **named):
            super().__init__(*args, **named)
            seen["config"] = self
            raise KeyboardInterrupt  # it is not to serve

    monkeypatch.setattr(uvicorn, "Config", Kept)
    monkeypatch.setattr(asgi, "application", lambda _: app)
    monkeypatch.setattr(asgi.faults, "begin_log", lambda: None)
    monkeypatch.setattr(asgi.bootstrap, "load_config_options", lambda _: None)
    with pytest.raises(KeyboardInterrupt):
        asgi.main(["--port", "1"])
    assert seen["config"].http is Connections
    assert 150 < Connections.at_most < seen["config"].limit_concurrency / 2
