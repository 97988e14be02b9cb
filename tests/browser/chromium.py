"""Find a Chromium for the browser tests, or install one: Debian's where apt works, Playwright's own elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def found() -> str | None:
    """The path of a browser that is here, or None."""
    named = os.environ.get("THROUGHLINE_CHROMIUM")
    here = [named] if named else [shutil.which(name) for name in NAMES]
    at_hand = next((path for path in here if path and Path(path).exists()), None)
    return at_hand or _playwrights_own()  # which starts a process to say where it is, so it is asked last


def install() -> None:
    """Install a browser in the way this machine allows; say plainly when none can be had."""
    if shutil.which("apt-get"):
        prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
        if subprocess.run([*prefix, "apt-get", "update", "-qq"], check=False).returncode == 0:
            subprocess.run([*prefix, "apt-get", "install", "-y", "-qq", "chromium"], check=False)
    if found() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"], check=False)


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


if __name__ == "__main__":
    if found() is None:
        sys.stdout.write("No Chromium here: installing one for the browser tests\n")
        install()
    browser = found()
    sys.stdout.write(
        f"Browser tests use {browser}\n" if browser else "No Chromium: the browser tests will be skipped\n"
    )
