"""The Audits page in a real browser: its width, its contrast, its bars, the way to one audit, and a workbook sent and shown."""

from __future__ import annotations

import pytest

from tests.browser.dashboard import served
from tests.browser.looking import UNFOLD, faults, still
from tests.pages import audits_home

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(copied_home):
    """The demonstration over a programme of audits, on a port of its own; stopped at the end."""
    with served(copied_home("audits", audits_home.built)) as there:
        yield f"{there}/audits"


@pytest.fixture
def opened(tab, address):
    """Open the page, or one audit, as somebody; every group opened."""

    def open_page(role, audit=""):
        tab.goto(f"{address}?as={role}" + (f"&audit={audit}" if audit else ""))
        tab.locator("h2", has_text="How practice was judged" if audit else "How audits are shown").wait_for()
        still(tab)
        tab.evaluate(UNFOLD)
        return tab

    return open_page


@pytest.mark.parametrize("audit", ["", audits_home.NEW])
@pytest.mark.parametrize("role", ["executive", "public"])
def test_the_page_has_no_fault_of_access_and_does_not_scroll_sideways_at_any_size(opened, role, audit):
    assert faults(opened(role, audit), unfold=True) == {}


def test_every_bar_of_grades_is_as_long_as_its_cases_are_many(opened):
    page = opened("executive", audits_home.NEW)
    bars = page.locator("#judged .gradebar img")
    ends = bars.evaluate_all(
        "all => all.map(each => Math.max(...[...decodeURIComponent(each.src).matchAll(/x='([\\d.]+)' width='([\\d.]+)'/g)]"
        ".map(([, x, w]) => Number(x) + Number(w))))"
    )
    cases = bars.evaluate_all(
        "all => all.map(each => [...each.alt.matchAll(/(\\d+) /g)].reduce((sum, [, n]) => sum + Number(n), 0))"
    )
    assert cases == [24, 24, 8, 23]
    for end, n in zip(ends, cases, strict=True):
        assert end == pytest.approx(ends[0] * n / 24, abs=1.5)


def test_one_audit_is_a_press_away_and_so_is_the_way_back(opened):
    page = opened("executive")
    page.locator("#reported a", has_text="Notices of domestic abuse to schools, again").first.click()
    page.locator("h2", has_text="How practice was judged").wait_for()
    assert page.locator("h1").inner_text() == "Notices of domestic abuse to schools, again"
    page.locator("header.opening .eyebrow a").click()
    page.locator("h2", has_text="Good practice library").wait_for()
