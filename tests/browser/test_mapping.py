"""An analyst drops a spreadsheet of their own, says once how it is read, sends it, and is not asked again."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from tests.browser.dashboard import served
from tests.browser.looking import DESK, SERIOUS, TELEPHONE, axe, faults, sideways
from tests.browser.test_journeys import settle, text_of, upload, visit
from tests.pipelines.own_sheet import CONTACTS, PLANS, ROWS, content, newest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PERIOD = newest(datetime.now(UTC).date())
OPENED = "Tell us once how to read it"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with served(tmp_path_factory.mktemp("mapping")) as there:
        yield there


def test_told_once_by_keyboard_the_next_file_is_sent_without_a_question(tab, address, tmp_path):
    page = tab
    visit(page, f"{address}/returns", "analyst")
    own = tmp_path / "own figures.csv"
    own.write_bytes(content(PERIOD))
    upload(page, own)
    page.get_by_role("button", name=OPENED).press("Enter")
    settle(page)
    grid = page.get_by_role("region", name="The first rows of CSV")
    grid.focus()
    assert "headings" in grid.inner_text() and f"Quarter {PERIOD.id[-1]}: number" in grid.inner_text()
    row = page.get_by_role("combobox", name=re.compile(re.escape(PLANS)))
    row.focus()
    page.keyboard.type("not in the partnership")
    page.keyboard.press("Enter")
    settle(page)
    page.get_by_role("button", name="Show what would be stored").press("Enter")
    page.get_by_text("2 of 2 figures taken").first.wait_for()
    page.get_by_role("checkbox", name=re.compile("I have looked")).press("Space")
    settle(page)
    page.get_by_role("button", name="Save as our layout").press("Enter")
    page.get_by_role("button", name="Send 2 figures").press("Enter")
    page.get_by_text(re.compile(rf"lcc_cf\.figures\.{PERIOD.id}\.v1")).first.wait_for()

    visit(page, f"{address}/returns", "analyst")
    following = tmp_path / "next.csv"
    following.write_bytes(content(PERIOD, {**ROWS, CONTACTS: 9_050}, moved=True))
    upload(page, following)
    page.get_by_role("button", name="Send 2 figures").wait_for()
    assert page.get_by_role("button", name=OPENED).count() == 0
    assert "Traceback" not in text_of(page)


def test_axe_finds_nothing_in_the_open_assistant_and_the_page_does_not_scroll_sideways(tab, address, tmp_path):
    visit(tab, f"{address}/returns", "analyst")
    other = tmp_path / "other.csv"
    other.write_text("Theme,What,Q1,Q2\nOne,Missing children,40,30\nTwo,Our S47s,20,10\n")
    upload(tab, other)
    tab.get_by_role("button", name=OPENED).click()
    tab.get_by_role("button", name="Save as our layout").wait_for()
    settle(tab)
    sizes = [(DESK, "light"), (TELEPHONE, "dark")]
    assert faults(tab, sizes, look=lambda page: axe(page, SERIOUS) + sideways(page)) == {}
