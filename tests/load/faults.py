"""What goes on while people read: releases for every audience, a return that comes in, a writer that is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipelines.flows import reach, serving
from pipelines.store.synthetic import MARK
from tests.browser.dashboard import await_answer, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_COMMAND = [sys.executable, "-c", "from pipelines.cli import main; main()"]
ROOT = serving.APP.parents[1]


@contextmanager
def served(home: Path, notes: Path | None = None) -> Iterator[tuple[str, int]]:
    """The address of a dashboard, and the id of its process; with `notes` it writes there what it opens."""
    port = free_port()
    (home / MARK).touch()  # a test's home is made up, however it was built
    options = serving.command(reach.Where(port), home)[4:]
    run = ["app.asgi", *options] if notes is None else ["tests.load.watched", str(notes), *options]
    command = [sys.executable, "-m", *run]
    settings = serving.environment(home, demo=True) | {"PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(
        command, env=settings, cwd=serving.APP.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        await_answer(f"http://127.0.0.1:{port}/_stcore/health", server)
        yield f"http://127.0.0.1:{port}", server.pid
    finally:
        server.terminate()
        server.wait(20)


def act(home: Path, *words: str) -> subprocess.Popen[str]:
    """One of our commands in a process of its own, as somebody else would give it meanwhile."""
    settings = serving.environment(home, demo=False) | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [*_COMMAND, *words], env=settings, cwd=home, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def release(home: Path, audiences: Sequence[str], label: str) -> subprocess.Popen[str]:
    """A release for all these audiences at once."""
    return act(home, "publish", "--label", label, *(word for each in audiences for word in ("--audience", each)))


def kill_writing(home: Path, process: subprocess.Popen[str], within: float = 30.0) -> bool:
    """Kill a release once it has begun to write its files; False where it was done first. `within` is in seconds."""
    before = set((home / "publications").rglob("*"))
    end = time.monotonic() + within
    while process.poll() is None and time.monotonic() < end:
        if set((home / "publications").rglob("*")) - before:
            break
        time.sleep(0.01)
    was_running = process.poll() is None
    if was_running:
        os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    return was_running
