"""The page of self-assessments in a real browser: its width, its contrast, its links from agency to answers and back."""

from __future__ import annotations

import pytest

from tests.browser.dashboard import served
from tests.pages import assessed_home

pytestmark = pytest.mark.browser
TIMEOUT = 60_000
SIZES = [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")]
AGENCY = "agency=lcc_cf&year=FY2026-27"


@pytest.fixture(scope="module")
def address(copied_home):
    """The demonstration over a few self-assessments, on a port of its own; stopped at the end."""
    with served(copied_home("assessed", assessed_home.built)) as there:
        yield f"{there}/self-assessment"


@pytest.fixture
def opened(browser, address):
    """Open the page at a width, in a scheme, as somebody, asking for something; every group opened."""
    contexts = []

    def open_page(width, scheme, role, asked="", title="complete"):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        context.set_default_timeout(TIMEOUT)
        page = context.new_page()
        page.goto(f"{address}?as={role}&{asked}")
        page.locator("h1", has_text=title).wait_for()
        page.wait_for_function("!document.querySelector('[data-testid=\"stStatusWidget\"]')", timeout=TIMEOUT)
        page.evaluate("document.querySelectorAll('.tl details').forEach(each => each.open = true)")
        return page

    yield open_page
    for context in contexts:
        context.close()


def faults(page):
    from axe_playwright_python.sync_playwright import Axe

    return [(v["id"], len(v["nodes"])) for v in Axe().run(page).response["violations"]]


@pytest.mark.parametrize("role", ["executive", "analyst", "public"])
@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_the_page_has_no_fault_of_access_and_does_not_scroll_sideways(opened, width, scheme, role):
    page = opened(width, scheme, role)
    assert faults(page) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_an_agencys_answers_have_no_fault_of_access_either(opened, width, scheme):
    page = opened(width, scheme, "executive", AGENCY, "Children and Families")
    assert faults(page) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_in_a_cell_reaches_over_its_edge(opened, width):
    page = opened(width, "light", "executive")
    over = page.evaluate(
        "[...document.querySelectorAll('.tl .cell, .tl tbody th')].filter(each => each.scrollWidth > each.clientWidth + 1)"
        ".map(each => each.textContent)"
    )
    assert over == []


def test_an_agency_is_opened_and_left_again_without_a_new_session(opened):
    page = opened(1440, "light", "executive")
    page.get_by_role("link", name="Leeds Teaching Hospitals NHS Trust").first.click()
    page.locator("h1", has_text="Leeds Teaching Hospitals NHS Trust").wait_for()
    page.get_by_role("link", name="Back to everybody").click()
    page.locator("h1", has_text="complete").wait_for()
    page.get_by_role("link", name="2025-26").click()
    page.get_by_text("Self-assessments of 2025-26").wait_for()
