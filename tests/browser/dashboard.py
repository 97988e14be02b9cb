"""The app over a home, on a port of its own on 127.0.0.1, for as long as a test needs it."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.request
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

import pytest

from pipelines.flows import reach, serving
from pipelines.store.synthetic import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

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
        home.mkdir(parents=True, exist_ok=True)
        (home / MARK).touch()  # a test's home is made up, however it was built
    server = subprocess.Popen(
        serving.command(reach.Where(port), home), env=serving.environment(home, demo=demo), cwd=serving.APP.parent,
        stdout=out, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        await_answer(f"http://127.0.0.1:{port}/_stcore/health", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def until(page: Page, script: str, timeout: float = 60_000) -> None:
    """Wait until the script gives true on the page, for so many milliseconds at most.

    Playwright's own wait runs a text as a script inside the page, which the page's policy forbids.
    """
    end = time.monotonic() + timeout / 1000
    while not page.evaluate(script):
        if time.monotonic() > end:
            pytest.fail(f"The page never came to: {script}")
        page.wait_for_timeout(100)


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
