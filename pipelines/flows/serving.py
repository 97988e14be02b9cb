"""The dashboard in a process of its own: on this machine only, unless it is set up for others to reach."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.flows import access, signing_in
from pipelines.flows.reach import refuse_openly
from pipelines.store import private
from schemas.access.parsing import NAME as ACCESS
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pipelines.flows.reach import Where

APP = Path(__file__).parents[2] / "app" / "main.py"
DEMO = "THROUGHLINE_DEMO"
SECRETS = "secrets.toml"


def serve(home: Path, where: Where, *, demo: bool) -> int:
    """Serve until stopped; gives the server's exit code. UserError where it may not be served so, or the port is taken."""
    refuse_openly(home, where, secrets(home), demo=demo)
    _probe(where)
    _tidied(home)
    host = f"[{where.address}]" if ":" in where.address else where.address
    shown = where.public or f"http://{host}:{where.port}"
    sys.stdout.write(f"Throughline is at {shown} (stop it with Ctrl+C)\n")
    sys.stdout.flush()
    settings, ours = environment(home, demo=demo), [*command(where, home), "--with-parent"]
    # The pipe is never written to: it closes when this process ends, however it ends, and that ends the server.
    with subprocess.Popen(ours, env=settings, cwd=APP.parent, stdin=subprocess.PIPE) as server:  # noqa: S603 - ours
        stopping = threading.Event()

        def stop(*_: object) -> None:
            stopping.set()
            server.terminate()

        # Also where this is the first process of a container, which no signal ends by itself.
        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        code = server.wait()
    return 0 if stopping.is_set() else code


def _probe(where: Where) -> None:
    """UserError where the port is taken, or the address is none of this machine's."""
    family = socket.AF_INET6 if ":" in where.address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((where.address, where.port))
        except OSError as why:
            if why.errno == errno.EADDRNOTAVAIL:
                raise UserError(f"{where.address} is not an address of this machine.") from why
            if why.errno == errno.EACCES:
                raise UserError(f"Port {where.port} may not be used by this account. Choose one above 1023.") from why
            raise UserError(f"Port {where.port} is in use. Close what uses it, or choose another with --port.") from why


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


def command(where: Where, home: Path | None = None) -> list[str]:
    """The server's command line. -P: what lies in the folder it is started in is no module of ours."""
    options = [f"--address={where.address}", f"--port={where.port}"]
    options += [f"--public-address={where.public}"] if where.public else []
    options += [f"--proxy={proxy}" for proxy in where.proxies]
    kept = secrets(home) if home else None
    if kept is not None:
        options.append(f"--secrets={kept}")
    return [sys.executable, "-P", "-m", "app.asgi", *options]


def environment(home: Path, *, demo: bool) -> dict[str, str]:
    """What the server needs to know: where the publications are, and whether personas stand in for sign-in."""
    kept = {key: value for key, value in os.environ.items() if key != DEMO}
    return kept | {"THROUGHLINE_HOME": str(home.resolve())} | ({DEMO: "1"} if demo else {})
