"""One Chromium for all the journeys of a run: two of them in one process cannot be driven side by side."""

from __future__ import annotations

import pytest

from tests.browser import chromium


@pytest.fixture(scope="session")
def browser():
    """A Chromium, or a plain reason why there is none."""
    path = chromium.found()
    if path is None:
        pytest.skip("There is no Chromium on this machine and none could be installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        yield running
        running.close()
