"""One Chromium for all the journeys of a run: two of them in one process cannot be driven side by side."""

from __future__ import annotations

import pytest

from tests.browser import chromium
from tests.browser.looking import DESK, TIMEOUT


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


@pytest.fixture(scope="module")
def _tab(browser):
    context = browser.new_context(viewport={"width": DESK, "height": 1000})
    context.set_default_timeout(TIMEOUT)
    opened = context.new_page()
    said: list[str] = []
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened, said
    context.close()


@pytest.fixture
def tab(_tab):
    """One tab for all the readers of a module, at a desk and in light; any error on its pages fails the test.

    Each page that is opened in it is a session of its own; what it saves is that the browser reads the app once.
    """
    opened, said = _tab
    said.clear()
    opened.set_viewport_size({"width": DESK, "height": 1000})
    opened.emulate_media(color_scheme="light", media="screen")
    yield opened
    assert said == []
