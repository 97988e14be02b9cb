"""The dashboard in a process of its own, on this machine only."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.flows import access, signing_in
from pipelines.store import private
from schemas.access.parsing import NAME as ACCESS
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

APP = Path(__file__).parents[2] / "app" / "main.py"
ADDRESS = "127.0.0.1"
DEMO = "THROUGHLINE_DEMO"
SECRETS = "secrets.toml"
# Runs Streamlit until its standard input closes. Read without a buffer: a buffer's lock would be held at the exit.
_WITH_ITS_PARENT = """
import os, runpy, sys, threading
def watch():
    while os.read(0, 1):
        pass
    os._exit(0)
threading.Thread(target=watch, daemon=True).start()
sys.argv[0] = "streamlit"
runpy.run_module("streamlit", run_name="__main__", alter_sys=False)
"""


def serve(home: Path, port: int, *, demo: bool) -> int:
    """Serve until stopped; gives the server's exit code. UserError when the port is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as why:
            raise UserError(f"Port {port} is in use. Close what uses it, or choose another with --port.") from why
    _tidied(home)
    sys.stdout.write(f"Throughline is at http://{ADDRESS}:{port} (stop it with Ctrl+C)\n")
    sys.stdout.flush()
    try:
        settings = environment(home, demo=demo)
        # The pipe is never written to: it closes when this process ends, however it ends, and that ends the server.
        ours = [sys.executable, "-c", _WITH_ITS_PARENT, *command(port, home)[3:]]
        with subprocess.Popen(ours, env=settings, cwd=APP.parent, stdin=subprocess.PIPE) as server:  # noqa: S603 - ours
            return server.wait()
    except KeyboardInterrupt:
        return 0


def entrance(home: Path, at: datetime) -> Iterator[str]:
    """Who will be let in, in words, for whoever starts the dashboard; what a hand has changed on the list is logged.

    A list with a fault stops nobody from starting it: it says what is wrong, and the dashboard lets nobody in meanwhile.
    """
    door = signing_in.door(home)
    if door.fault or not door.is_there:
        yield (
            door.fault
            or f"There is no {ACCESS} in {home}: nobody can sign in. docs/how-to/sign-in.md says what to write."
        )
        return
    access.notice(home, at)
    if door.is_public:
        yield "Anybody who reaches it reads the public’s pages, without signing in."
    if secrets(home) is None:
        yield f"There is no {SECRETS} in {home}: unless Streamlit finds one elsewhere, nobody can sign in."


def secrets(home: Path) -> Path | None:
    """Where the sign-in provider's secrets are kept, if in the home folder; nobody but its owner may read it from then on."""
    path = home.resolve() / SECRETS
    if not path.exists():
        return None
    private.tighten(path)
    return path


def _tidied(home: Path) -> None:
    """Finish or clear away what was cut off. Pages show publications, so a vault that cannot be opened is said, and they are served."""
    from pipelines.flows import tidying

    try:
        said = tidying.tidy(home)
    except UserError as why:
        said = [str(why)]
    sys.stdout.writelines(f"{line}\n" for line in said)


def command(port: int, home: Path | None = None) -> list[str]:
    """The server's command line."""
    options = [f"--server.address={ADDRESS}", f"--server.port={port}", "--server.headless=true"]
    kept = secrets(home) if home else None
    if kept is not None:
        options.append(f"--secrets.files={kept}")
    return [sys.executable, "-m", "streamlit", "run", str(APP), *options]


def environment(home: Path, *, demo: bool) -> dict[str, str]:
    """What the server needs to know: where the publications are, and whether personas stand in for sign-in."""
    kept = {key: value for key, value in os.environ.items() if key != DEMO}
    return kept | {"THROUGHLINE_HOME": str(home.resolve())} | ({DEMO: "1"} if demo else {})
