"""The page Assurance in a real browser: its width, its contrast, its matrix that becomes a list, its links."""

from __future__ import annotations

import pytest

from tests.browser.dashboard import served
from tests.browser.looking import TELEPHONE, UNFOLD, faults, still, turn
from tests.pages.assurance_tables import of_all, tables
from tests.pages.learning_tables import publish

pytestmark = pytest.mark.browser


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
def opened(tab, address):
    """Open the page as somebody; every group opened."""

    def open_page(role):
        tab.goto(f"{address}?as={role}")
        tab.locator("h1", has_text=HEADINGS[role]).wait_for()
        if role != "public":
            tab.locator("#compared").wait_for()
        still(tab)
        tab.evaluate(UNFOLD)
        return tab

    return open_page


@pytest.mark.parametrize("role", ["executive", "analyst", "public"])
def test_the_page_has_no_fault_of_access_and_does_not_scroll_sideways_at_any_size(opened, role):
    assert faults(opened(role), unfold=True) == {}


def test_on_a_telephone_the_matrix_is_a_list_of_aspects_under_each_agency(opened):
    page = opened("executive")
    turn(page, TELEPHONE, "light")
    rows = page.locator("table.assured tbody tr")
    assert rows.count() > 10
    tops = rows.first.locator("td").evaluate_all("cells => cells.map(cell => cell.getBoundingClientRect().top)")
    assert tops == sorted(set(tops))
    assert page.locator("table.assured td[data-l=Governance]").count() == rows.count()
