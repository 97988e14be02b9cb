"""The dashboard in a process of its own: on this machine only, unless it is set up for others to reach."""

from __future__ import annotations

import errno
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import tomllib
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
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
LOOPBACK = ("127.0.0.1", "::1", "localhost")
_ADDRESS = re.compile(r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::(?!443$)\d{1,5})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Where:
    """Where the dashboard is served: what it listens on, what readers type, and which proxies stand before it."""

    port: int
    address: str = ADDRESS
    public: str = ""
    proxies: tuple[str, ...] = ()


def serve(home: Path, where: Where, *, demo: bool) -> int:
    """Serve until stopped; gives the server's exit code. UserError where it may not be served so, or the port is taken."""
    refuse_openly(home, where, demo=demo)
    _probe(where)
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


def refuse_openly(home: Path, where: Where, *, demo: bool) -> None:
    """UserError where others than this machine would reach a dashboard that is not made for it.

    The demonstration has no sign-in, so it stays on this machine. Anything else that others reach needs sign-in, an
    address of https, and the same address there as the sign-in provider sends readers back to.
    """
    if where.public and not _ADDRESS.fullmatch(where.public):
        raise UserError(
            f"{where.public} is not an address readers could type. Write https:// and a name, such as https://throughline.example."
        )
    for proxy in where.proxies:
        _network(proxy)
    is_here = where.address in LOOPBACK or _is_loopback(where.address)
    if demo and not (is_here and not where.public and not where.proxies):
        raise UserError("The demonstration has no sign-in and stays on this machine. Use throughline serve.")
    if is_here and not where.public:
        return
    if not where.public.startswith("https://"):
        raise UserError(
            "Others reach the dashboard over https only. Say the https address of the proxy before it with --public-address, "
            "or listen on 127.0.0.1 and leave it out. docs/how-to/deploy.md shows how."
        )
    door = signing_in.door(home)
    if door.fault or not door.is_there:
        raise UserError(
            door.fault or f"There is no {ACCESS} in {home}: others may not reach it until it says who may sign in."
        )
    _same_address(home, where, is_public=door.is_public)


def _same_address(home: Path, where: Where, *, is_public: bool) -> None:
    """Whether the provider's settings are there, and send readers back to the address they came to."""
    kept = secrets(home)
    if kept is None:
        if is_public:
            return
        raise UserError(f"There is no {SECRETS} in {home}: others may not reach it until readers can sign in.")
    try:
        said = tomllib.loads(kept.read_text(encoding="utf-8")).get("auth", {}).get("redirect_uri", "")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError) as why:
        raise UserError(f"{kept} cannot be read as TOML. Mend it before others may reach the dashboard.") from why
    if said != f"{where.public}/oauth2callback":
        raise UserError(
            f"redirect_uri in {kept.name} is not {where.public}/oauth2callback: nobody could sign in. Make the two agree."
        )


def _network(proxy: str) -> None:
    try:
        network = ip_network(proxy)
    except ValueError as why:
        raise UserError(f"{proxy} is not the address of a proxy. Write one such as 127.0.0.1 or 10.0.0.0/24.") from why
    if network.prefixlen == 0:
        raise UserError(f"{proxy} is every address there is. Name the proxy that stands before the dashboard.")


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError as why:
        raise UserError(f"{address} is not an address to listen on. Write one such as 127.0.0.1.") from why


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
