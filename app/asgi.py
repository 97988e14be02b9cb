"""The dashboard as a server: Streamlit's own ASGI application behind our gate, limits and headers, under uvicorn.

Started as `python -P -m app.asgi` by the command line, which has looked at the settings before.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st
import uvicorn
from streamlit import file_util
from streamlit.web import bootstrap

from app import session, warming
from app.web import faults, health
from app.web.connections import Connections
from app.web.gate import Gate
from app.web.headers import Headers
from app.web.landing import Landing
from app.web.limits import Limits
from app.web.media import Media
from app.web.pacing import Pacing
from app.web.served import Served
from app.web.turned_back import TurnedBack
from app.web.uploaders import Uploaders
from pipelines.flows import reach

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.types import ASGIApp

SCRIPT = Path(__file__).parent / "main.py"
MOST_MEGABYTES = 150  # a file; the largest that is read is a table of text of 150 MB
_MOST_CONNECTIONS = 1000
TO_FINISH = 10  # seconds for what is being answered when the server is asked to stop
AT_THE_LATEST = 20.0  # seconds until it ends in any case; what is half done is not done, as always


def application(served: Served) -> ASGIApp:
    """The whole of it: headers on every answer, refusals before any page runs, then the pages."""
    pages = st.App(SCRIPT, routes=health.routes(served.home), on_script_error=faults.told)
    index = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
    return Headers(Gate(Limits(Uploaders(Pacing(Landing(TurnedBack(Media(pages)))))), served), served, index)


def settings(served: Served, secrets: str) -> dict[str, Any]:
    """What Streamlit is told: nothing to the outside, no details to readers, no tools of a developer."""
    said: dict[str, Any] = {
        "server.address": served.address,
        "server.port": served.port,
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.runOnSave": False,
        "server.enableStaticServing": True,  # the typeface
        "server.enableAgentApi": False,
        "server.enableXsrfProtection": True,
        "server.enableCORS": True,
        "server.maxUploadSize": MOST_MEGABYTES,
        "browser.gatherUsageStats": False,
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "client.toolbarMode": "minimal",
        "client.allowedOrigins": [],
        "logger.enableRich": False,
        "runner.postScriptGC": False,  # looks through everything after every run of a page; Python does so when need be
        "global.developmentMode": False,
    }
    return said | ({"secrets.files": [secrets]} if secrets else {})


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until stopped."""
    said = _asked(arguments)
    served = Served(session.home().resolve(), said.address, said.port, said.public_address, tuple(said.proxy))
    faults.begin_log()
    bootstrap.load_config_options(
        {key.replace(".", "_"): value for key, value in settings(served, said.secrets).items()}
    )
    server = uvicorn.Server(
        uvicorn.Config(
            application(served),
            host=served.address,
            port=served.port,
            http=Connections,
            ws="websockets-sansio",
            ws_max_size=st.get_option("server.maxWidgetStateSize") * 1024 * 1024,
            proxy_headers=bool(served.proxies),
            forwarded_allow_ips=list(served.proxies),
            server_header=False,
            access_log=False,
            log_config=None,
            log_level="warning",  # its lines on single connections hold the addresses of readers
            limit_concurrency=_MOST_CONNECTIONS,
            timeout_graceful_shutdown=TO_FINISH,
        )
    )
    if said.with_parent:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    warming.begin(served.home)
    faults.LOG.info("Listening on http://%s:%s", served.address, served.port)
    server.run()


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="app.asgi")
    parser.add_argument("--address", default=reach.ADDRESS)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--public-address", default="")
    parser.add_argument("--proxy", action="append", default=[])
    parser.add_argument("--secrets", default="")
    parser.add_argument("--with-parent", action="store_true")
    return parser.parse_args(arguments)


def _end_with_parent() -> None:
    """Stop when standard input closes: it is a pipe that the command holds, and it closes however the command ends.

    Read without a buffer: a buffer's lock would be held at the exit.
    """
    while os.read(sys.stdin.fileno(), 1):
        pass
    _last_call()
    signal.raise_signal(signal.SIGTERM)


def _last_call() -> None:
    """End in any case after a while, whatever is still running: a script's thread would keep the process."""
    timer = threading.Timer(AT_THE_LATEST, os._exit, args=(0,))
    timer.daemon = True
    timer.start()


if __name__ == "__main__":
    main()
