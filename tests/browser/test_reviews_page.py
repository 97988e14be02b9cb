"""The page of reviews and concerns in a real browser: its width, its contrast, its groups that open."""

from __future__ import annotations

import pytest

from tests.browser.dashboard import served
from tests.browser.looking import UNFOLD, faults, still
from tests.pages import logs_home

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(copied_home):
    """The demonstration over a few records, on a port of its own; stopped at the end."""
    with served(copied_home("logs", logs_home.built)) as there:
        yield f"{there}/reviews"


@pytest.fixture
def opened(tab, address):
    """Open the page as somebody; every group opened."""

    def open_page(role):
        tab.goto(f"{address}?as={role}")
        tab.locator("h1", has_text="missed this year" if role == "executive" else "concerns were raised").wait_for()
        still(tab)
        tab.evaluate(UNFOLD)
        return tab

    return open_page


@pytest.mark.parametrize("role", ["executive", "analyst"])
def test_the_page_has_no_fault_of_access_and_does_not_scroll_sideways_at_any_size(opened, role):
    assert faults(opened(role), unfold=True) == {}


def test_every_count_with_a_bar_stands_in_a_table_with_its_name(opened):
    page = opened("executive")
    bars = page.locator(".length .bar")
    assert bars.count() > 0
    widths = bars.evaluate_all("all => all.map(each => each.getBoundingClientRect().width)")
    counts = bars.evaluate_all("all => all.map(each => Number(each.parentElement.querySelector('b').textContent))")
    assert all(width > 0 for width in widths)
    by_table = bars.evaluate_all("all => all.map(each => each.closest('table').querySelector('caption').textContent)")
    for caption in set(by_table):
        mine = sorted((c, w) for c, w, t in zip(counts, widths, by_table, strict=True) if t == caption)
        assert [w for _, w in mine] == sorted(w for _, w in mine)
