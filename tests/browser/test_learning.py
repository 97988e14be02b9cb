"""Learning and impact in a real browser: the page, its filters and links, a recommendation's own page, and print."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.browser.dashboard import served, until
from tests.browser.test_journeys import TIMEOUT, text_of, visit
from tests.pages import learning_tables

pytestmark = pytest.mark.browser
PAGES = {
    "learning": "Practice has changed for 3 of 8 recommendations",
    "recommendation?recommendation=R-07": "Tell schools before the next school day",
    "recommendation?recommendation=R-22": "Not measurable",
}


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory):
    """The app over a publication with eight recommendations, for the Executive and for the partnership."""
    home = tmp_path_factory.mktemp("learning")
    learning_tables.publish(home, learning_tables.tables())
    at = learning_tables.AT + timedelta(minutes=1)
    learning_tables.publish(home, learning_tables.tables(), audience="executive", at=at)
    with served(home) as there:
        yield there


@pytest.fixture
def reader(browser):
    """Opens a page in a window of some width and theme."""
    contexts = []

    def opened(width: int = 1440, scheme: str = "light"):
        context = browser.new_context(viewport={"width": width, "height": 1000}, color_scheme=scheme)
        context.set_default_timeout(TIMEOUT)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("address", list(PAGES))
def test_axe_finds_nothing_and_nothing_scrolls_sideways(reader, dashboard, address, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = reader(width, scheme)
    visit(page, f"{dashboard}/{address}")
    assert PAGES[address] in text_of(page)
    found = [(v["id"], [n["target"] for n in v["nodes"]]) for v in Axe().run(page).response["violations"]]
    assert found == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_a_step_leads_to_the_list_of_those_that_reached_it(reader, dashboard):
    page = reader()
    visit(page, f"{dashboard}/learning")
    page.get_by_role("link", name="Practised", exact=True).click()
    page.get_by_text("3 of 8. Only step reached: Practised or further.").wait_for()
    listed = page.get_by_role("table", name="Recommendations, the furthest first")
    listed.wait_for()
    until(page, "document.getElementById('list').getBoundingClientRect().top < 400")
    assert listed.get_by_role("row").count() == 4
    page.get_by_role("link", name="Show all 8").click()
    page.get_by_text("3 of 8. Only step reached").wait_for(state="detached")


def test_a_recommendation_is_one_link_away_and_not_in_the_menu(reader, dashboard):
    page = reader()
    visit(page, f"{dashboard}/learning")
    menu = page.get_by_test_id("stSidebarNav")
    assert menu.get_by_role("link", name="Learning and impact").count() == 1
    assert menu.get_by_role("link", name="Recommendation").count() == 0
    page.get_by_role("link", name=re.compile("^R-07 Tell schools")).first.click()
    page.get_by_role("heading", level=1, name="Tell schools before the next school day").wait_for()
    page.get_by_role("link", name="Learning and impact").last.click()
    page.get_by_role("heading", level=1, name=re.compile("Practice has changed")).wait_for()


def test_the_figures_behind_a_chart_open_without_asking_the_server(reader, dashboard):
    page = reader()
    visit(page, f"{dashboard}/recommendation?recommendation=R-07")
    table = page.get_by_role("table", name="The points of School told before next school day")
    assert table.count() == 0
    page.get_by_text("The figures behind this chart").click()
    assert table.get_by_role("row").count() == 17


def test_on_paper_there_is_no_menu_and_nothing_to_press(reader, dashboard):
    page = reader(scheme="dark")
    visit(page, f"{dashboard}/recommendation?recommendation=R-07", "scrutineer")
    page.get_by_role("button", name="Place on the record").wait_for()
    page.emulate_media(media="print")
    assert not page.get_by_test_id("stSidebar").is_visible()
    assert page.get_by_role("button").count() == 0
    assert page.get_by_role("table", name="The points of School told before next school day").is_visible()
    shade = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    ink = page.evaluate("getComputedStyle(document.querySelector('.tl h1')).color")
    assert (shade, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")


def test_a_printed_chart_is_not_cut_in_two(reader, dashboard):
    page = reader()
    visit(page, f"{dashboard}/recommendation?recommendation=R-07")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('.vchart')).breakInside") == "avoid"
