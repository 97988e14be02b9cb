"""The Audits page in a real browser: its width, its contrast, its bars, the way to one audit, and a workbook sent and shown."""

from __future__ import annotations

import pytest

from tests.browser.dashboard import served
from tests.pages import audits_home

pytestmark = pytest.mark.browser
TIMEOUT = 60_000
SIZES = [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")]


@pytest.fixture(scope="module")
def address(copied_home):
    """The demonstration over a programme of audits, on a port of its own; stopped at the end."""
    with served(copied_home("audits", audits_home.built)) as there:
        yield f"{there}/audits"


@pytest.fixture
def opened(browser, address):
    """Open the page, or one audit, at a width, in a scheme, as somebody; every group opened."""
    contexts = []

    def open_page(width, scheme, role, audit=""):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        context.set_default_timeout(TIMEOUT)
        page = context.new_page()
        page.goto(f"{address}?as={role}" + (f"&audit={audit}" if audit else ""))
        page.locator("h2", has_text="How practice was judged" if audit else "How audits are shown").wait_for()
        page.wait_for_function("!document.querySelector('[data-testid=\"stStatusWidget\"]')", timeout=TIMEOUT)
        page.evaluate("document.querySelectorAll('.tl details').forEach(each => each.open = true)")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("audit", ["", audits_home.NEW])
@pytest.mark.parametrize("role", ["executive", "public"])
@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_the_page_has_no_fault_of_access_and_does_not_scroll_sideways(opened, width, scheme, role, audit):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(width, scheme, role, audit)
    assert [(v["id"], len(v["nodes"])) for v in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_every_bar_of_grades_is_as_long_as_its_cases_are_many(opened):
    page = opened(1440, "light", "executive", audits_home.NEW)
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
    page = opened(1440, "light", "executive")
    page.locator("#reported a", has_text="Notices of domestic abuse to schools, again").first.click()
    page.locator("h2", has_text="How practice was judged").wait_for()
    assert page.locator("h1").inner_text() == "Notices of domestic abuse to schools, again"
    page.locator("header.opening .eyebrow a").click()
    page.locator("h2", has_text="Good practice library").wait_for()
