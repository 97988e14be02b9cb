"""The app over a home, on a port of its own on 127.0.0.1, for as long as a test needs it."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.request
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

import pytest

from pipelines.flows import serving
from pipelines.store.synthetic import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TRIES, _PAUSE = 120, 0.5


def free_port() -> int:
    """A port on 127.0.0.1 that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(home: Path, *, demo: bool = True, port: int = 0, out: IO[bytes] | int = subprocess.DEVNULL) -> Iterator[str]:
    """The address of the app over the home; what the server says goes to `out`. Stopped at the end."""
    port = port or free_port()
    if demo:
        (home / MARK).touch()  # a test's home is made up, however it was built
    server = subprocess.Popen(
        serving.command(port, home), env=serving.environment(home, demo=demo), cwd=serving.APP.parent,
        stdout=out, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        await_answer(f"http://127.0.0.1:{port}/_stcore/health", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def await_answer(url: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the address answers; the test fails where its server stops, or takes a minute."""
    for _ in range(_TRIES):
        if server.poll() is not None:
            pytest.fail("The server stopped while starting")
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own server on loopback
                return
        except OSError:
            time.sleep(_PAUSE)
    pytest.fail("The server did not start within a minute")
