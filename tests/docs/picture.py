"""Takes the README's picture of the Overview from the sample vault: `python -m tests.docs.picture`, after `make demo`."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from pipelines.flows import reach, serving
from tests.browser.chromium import FLAGS, found

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "pictures" / "overview.png"
SIZE = {"width": 1280, "height": 1100}
PATIENCE = 90


def main() -> None:
    """Serve the sample, look at the Overview, keep what is seen."""
    home = Path(os.environ.get("THROUGHLINE_HOME", "throughline-demo"))
    browser, port = found(), _free_port()
    settings = serving.environment(home, demo=True)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(serving.command(reach.Where(port)), env=settings, cwd=serving.APP.parent, **quiet)
    try:
        _wait_for(port)
        _take(browser, f"http://127.0.0.1:{port}/")
    finally:
        server.terminate()
        server.wait()
    sys.stdout.write(f"Wrote {PICTURE.relative_to(ROOT)}.\n")


def _take(path: str | None, address: str) -> None:
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, args=list(FLAGS))
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        page.goto(address, wait_until="networkidle", timeout=PATIENCE * 1000)
        page.wait_for_selector("h1", timeout=PATIENCE * 1000)
        page.wait_for_timeout(3_000)
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(PICTURE))
        browser.close()


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=2).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise TimeoutError("the dashboard does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
