"""The page of reviews and concerns in a real browser: its width, its contrast, its groups that open."""

from __future__ import annotations

import pytest

from tests.browser.dashboard import served
from tests.pages import logs_home

pytestmark = pytest.mark.browser
TIMEOUT = 60_000
SIZES = [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")]


@pytest.fixture(scope="module")
def address(copied_home):
    """The demonstration over a few records, on a port of its own; stopped at the end."""
    with served(copied_home("logs", logs_home.built)) as there:
        yield f"{there}/reviews"


@pytest.fixture
def opened(browser, address):
    """Open the page at a width, in a scheme, as somebody; every group opened."""
    contexts = []

    def open_page(width, scheme, role):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        context.set_default_timeout(TIMEOUT)
        page = context.new_page()
        page.goto(f"{address}?as={role}")
        page.locator("h1", has_text="missed this year" if role == "executive" else "concerns were raised").wait_for()
        page.wait_for_function("!document.querySelector('[data-testid=\"stStatusWidget\"]')", timeout=TIMEOUT)
        page.evaluate("document.querySelectorAll('.tl details').forEach(each => each.open = true)")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("role", ["executive", "analyst"])
@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_the_page_has_no_fault_of_access_and_does_not_scroll_sideways(opened, width, scheme, role):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(width, scheme, role)
    assert [(v["id"], len(v["nodes"])) for v in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_every_count_with_a_bar_stands_in_a_table_with_its_name(opened):
    page = opened(1440, "light", "executive")
    bars = page.locator(".length .bar")
    assert bars.count() > 0
    widths = bars.evaluate_all("all => all.map(each => each.getBoundingClientRect().width)")
    counts = bars.evaluate_all("all => all.map(each => Number(each.parentElement.querySelector('b').textContent))")
    assert all(width > 0 for width in widths)
    by_table = bars.evaluate_all("all => all.map(each => each.closest('table').querySelector('caption').textContent)")
    for caption in set(by_table):
        mine = sorted((c, w) for c, w, t in zip(counts, widths, by_table, strict=True) if t == caption)
        assert [w for _, w in mine] == sorted(w for _, w in mine)
