"""Learning and impact in a real browser: the page, its filters and links, a recommendation's own page, and print."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.browser.dashboard import served, until
from tests.browser.looking import faults
from tests.browser.test_journeys import text_of, visit
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


@pytest.mark.parametrize("address", list(PAGES))
def test_axe_finds_nothing_and_nothing_scrolls_sideways_at_any_size(tab, dashboard, address):
    visit(tab, f"{dashboard}/{address}")
    assert PAGES[address] in text_of(tab)
    assert faults(tab) == {}


def test_a_step_leads_to_the_list_of_those_that_reached_it(tab, dashboard):
    visit(tab, f"{dashboard}/learning")
    tab.get_by_role("link", name="Practised", exact=True).click()
    tab.get_by_text("3 of 8. Only step reached: Practised or further.").wait_for()
    listed = tab.get_by_role("table", name="Recommendations, the furthest first")
    listed.wait_for()
    until(tab, "document.getElementById('list').getBoundingClientRect().top < 400")
    assert listed.get_by_role("row").count() == 4
    tab.get_by_role("link", name="Show all 8").click()
    tab.get_by_text("3 of 8. Only step reached").wait_for(state="detached")


def test_a_recommendation_is_one_link_away_and_not_in_the_menu(tab, dashboard):
    visit(tab, f"{dashboard}/learning")
    menu = tab.get_by_test_id("stSidebarNav")
    assert menu.get_by_role("link", name="Learning and impact").count() == 1
    assert menu.get_by_role("link", name="Recommendation").count() == 0
    tab.get_by_role("link", name=re.compile("^R-07 Tell schools")).first.click()
    tab.get_by_role("heading", level=1, name="Tell schools before the next school day").wait_for()
    tab.get_by_role("link", name="Learning and impact").last.click()
    tab.get_by_role("heading", level=1, name=re.compile("Practice has changed")).wait_for()


def test_the_figures_behind_a_chart_open_without_asking_the_server(tab, dashboard):
    visit(tab, f"{dashboard}/recommendation?recommendation=R-07")
    table = tab.get_by_role("table", name="The points of School told before next school day")
    assert table.count() == 0
    tab.get_by_text("The figures behind this chart").click()
    assert table.get_by_role("row").count() == 17


def test_on_paper_there_is_no_menu_and_nothing_to_press(tab, dashboard):
    tab.emulate_media(color_scheme="dark")
    visit(tab, f"{dashboard}/recommendation?recommendation=R-07", "scrutineer")
    tab.get_by_role("button", name="Place on the record").wait_for()
    tab.emulate_media(media="print")
    assert not tab.get_by_test_id("stSidebar").is_visible()
    assert tab.get_by_role("button").count() == 0
    assert tab.get_by_role("table", name="The points of School told before next school day").is_visible()
    shade = tab.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    ink = tab.evaluate("getComputedStyle(document.querySelector('.tl h1')).color")
    assert (shade, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")


def test_a_printed_chart_is_not_cut_in_two(tab, dashboard):
    visit(tab, f"{dashboard}/recommendation?recommendation=R-07")
    tab.emulate_media(media="print")
    assert tab.evaluate("getComputedStyle(document.querySelector('.vchart')).breakInside") == "avoid"
