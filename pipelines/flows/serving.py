"""The dashboard in a process of its own, on this machine only."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

from schemas.problems import UserError

APP = Path(__file__).parents[2] / "app" / "main.py"
ADDRESS = "127.0.0.1"
DEMO = "THROUGHLINE_DEMO"
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
        ours = [sys.executable, "-c", _WITH_ITS_PARENT, *command(port)[3:]]
        with subprocess.Popen(ours, env=settings, cwd=APP.parent, stdin=subprocess.PIPE) as server:  # noqa: S603 - ours
            return server.wait()
    except KeyboardInterrupt:
        return 0


def _tidied(home: Path) -> None:
    """Finish or clear away what was cut off. Pages show publications, so a vault that cannot be opened is said, and they are served."""
    from pipelines.flows import tidying

    try:
        said = tidying.tidy(home)
    except UserError as why:
        said = [str(why)]
    sys.stdout.writelines(f"{line}\n" for line in said)


def command(port: int) -> list[str]:
    """The server's command line."""
    options = [f"--server.address={ADDRESS}", f"--server.port={port}", "--server.headless=true"]
    return [sys.executable, "-m", "streamlit", "run", str(APP), *options]


def environment(home: Path, *, demo: bool) -> dict[str, str]:
    """What the server needs to know: where the publications are, and whether personas stand in for sign-in."""
    kept = {key: value for key, value in os.environ.items() if key != DEMO}
    return kept | {"THROUGHLINE_HOME": str(home.resolve())} | ({DEMO: "1"} if demo else {})
