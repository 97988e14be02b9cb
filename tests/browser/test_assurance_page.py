"""The page Assurance in a real browser: its width, its contrast, its matrix that becomes a list, its links."""

from __future__ import annotations

import pytest

from tests.browser.dashboard import served, until
from tests.pages.assurance_tables import of_all, tables
from tests.pages.learning_tables import publish

pytestmark = pytest.mark.browser
TIMEOUT = 60_000
SIZES = [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The demonstration over a few rows, on a port of its own; stopped at the end."""
    home = tmp_path_factory.mktemp("assurance")
    publish(home, tables(), audience="executive")
    publish(home, of_all(), audience="partnership")
    publish(home, {}, audience="public")
    with served(home) as there:
        yield f"{there}/assurance"


HEADINGS = {
    "executive": "One agency gives full marks that other evidence contradicts",
    "analyst": "What agencies say and what others see",
    "public": "What agencies say of themselves, held against what others see",
}


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
        page.locator("h1", has_text=HEADINGS[role]).wait_for()
        if role != "public":
            page.locator("#compared").wait_for()
        until(page, "!document.querySelector('[data-testid=\"stStatusWidget\"]')", TIMEOUT)
        page.evaluate("document.querySelectorAll('.tl details').forEach(each => each.open = true)")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("role", ["executive", "analyst", "public"])
@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_the_page_has_no_fault_of_access_and_does_not_scroll_sideways(opened, width, scheme, role):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(width, scheme, role)
    assert [(v["id"], len(v["nodes"])) for v in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_on_a_telephone_the_matrix_is_a_list_of_aspects_under_each_agency(opened):
    page = opened(390, "light", "executive")
    rows = page.locator("table.assured tbody tr")
    assert rows.count() > 10
    tops = rows.first.locator("td").evaluate_all("cells => cells.map(cell => cell.getBoundingClientRect().top)")
    assert tops == sorted(set(tops))
    assert page.locator("table.assured td[data-l=Governance]").count() == rows.count()
