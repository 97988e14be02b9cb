"""The page of self-assessments in a real browser: its width, its contrast, its links from agency to answers and back."""

from __future__ import annotations

import pytest

from tests.browser.dashboard import served
from tests.browser.looking import DESK, TELEPHONE, UNFOLD, faults, still
from tests.pages import assessed_home

pytestmark = pytest.mark.browser
AGENCY = "agency=lcc_cf&year=FY2026-27"


@pytest.fixture(scope="module")
def address(copied_home):
    """The demonstration over a few self-assessments, on a port of its own; stopped at the end."""
    with served(copied_home("assessed", assessed_home.built)) as there:
        yield f"{there}/self-assessment"


@pytest.fixture
def opened(tab, address):
    """Open the page as somebody, asking for something; every group opened."""

    def open_page(role, asked="", title="complete"):
        tab.goto(f"{address}?as={role}&{asked}")
        tab.locator("h1", has_text=title).wait_for()
        still(tab)
        tab.evaluate(UNFOLD)
        return tab

    return open_page


@pytest.mark.parametrize("role", ["executive", "analyst", "public"])
def test_the_page_has_no_fault_of_access_and_does_not_scroll_sideways_at_any_size(opened, role):
    assert faults(opened(role), unfold=True) == {}


def test_an_agencys_answers_have_no_fault_of_access_either(opened):
    assert faults(opened("executive", AGENCY, "Children and Families"), unfold=True) == {}


def test_nothing_in_a_cell_reaches_over_its_edge(opened):
    assert faults(opened("executive"), [(DESK, "light"), (TELEPHONE, "light")], look=_over, unfold=True) == {}


def _over(page):
    return page.evaluate(
        "[...document.querySelectorAll('.tl .cell, .tl tbody th')].filter(each => each.scrollWidth > each.clientWidth + 1)"
        ".map(each => each.textContent)"
    )


def test_an_agency_is_opened_and_left_again_without_a_new_session(opened):
    page = opened("executive")
    page.get_by_role("link", name="Leeds Teaching Hospitals NHS Trust").first.click()
    page.locator("h1", has_text="Leeds Teaching Hospitals NHS Trust").wait_for()
    page.get_by_role("link", name="Back to everybody").click()
    page.locator("h1", has_text="complete").wait_for()
    page.get_by_role("link", name="2025-26").click()
    page.get_by_text("Self-assessments of 2025-26").wait_for()
