"""An analyst drops files, mends one with the keyboard alone, sends it and keeps the receipt; at a desk and on a telephone."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from tests.browser.dashboard import served
from tests.browser.looking import SERIOUS, TELEPHONE, axe, faults, sideways
from tests.browser.test_journeys import settle, text_of, visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HEAD = "Agency,Indicator ID,Indicator,Period,Area,Breakdown,Category,Number,Out of,Value,Marker,Nil,Reason\n"
FAULTY = HEAD + "".join(
    f"lcc_cf,{indicator},,2026-27-Q2,,{split},{category},{number},{base},,,,\n"
    for indicator, split, category, number, base in (
        ("CP07", "Sex", "Grils", 20, 110),
        ("CP07", "Sex", "Boys", 24, 116),
        ("FD04", "", "", "about 12", 2500),
        ("FD01", "", "", 9400, ""),
    )
)
CHILDREN = "Name,Date of birth,NHS number\nExample Child,01/02/2015,999 000 0018\n"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The app over a home in which nothing was ever sent."""
    with served(tmp_path_factory.mktemp("upload") / "home") as there:
        yield there


@pytest.fixture
def files(tmp_path):
    faulty, children = tmp_path / "return.csv", tmp_path / "children.csv"
    faulty.write_text(FAULTY, encoding="utf-8")
    children.write_text(CHILDREN, encoding="utf-8")
    return [str(faulty), str(children)]


def dropped(page, files):
    page.locator("input[type=file]").first.set_input_files(files)
    page.get_by_text(re.compile("figures accepted")).first.wait_for()
    settle(page)


def by_keyboard(page, name: str):
    """Go to a button with Tab, from the one before it on the page, and press it."""
    button = page.get_by_role("button", name=re.compile(name)).first
    for _ in range(12):
        page.keyboard.press("Tab")
        if button.evaluate("it => it === document.activeElement"):
            page.keyboard.press("Enter")
            return
    pytest.fail(f"{name} cannot be reached with Tab")


def test_a_return_is_mended_with_the_keyboard_sent_and_receipted(tab, address, files):
    page = tab
    visit(page, f"{address}/returns", "analyst")
    dropped(page, files[:1])
    assert "2 of 4 figures accepted; 2 to mend" in text_of(page)
    assert axe(page, SERIOUS) == []

    page.get_by_role("combobox", name="Category, CSV!G2").focus()
    by_keyboard(page, "Use this in G2")
    page.get_by_text("Mended: Category in CSV!G2: Girls.").wait_for()
    page.get_by_label("Number (H4)").fill("600")
    by_keyboard(page, "Correct row 4")
    page.get_by_text("4 of 4 figures accepted; ").wait_for()
    page.get_by_role("button", name="Send 4 figures").focus()
    page.keyboard.press("Enter")
    page.get_by_text("4 of 4 figures count.").first.wait_for()
    settle(page)
    assert axe(page, SERIOUS) == []
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the receipt").first.click()
    receipt = download.value.path().read_text(encoding="utf-8")
    assert "lcc_cf.figures.2026-27-Q2.v1" in receipt
    assert "CSV!G2: Girls" in receipt
    levels = page.evaluate(
        "[...document.querySelectorAll('.stMain h1, .stMain h2, .stMain h3, .stMain h4, .stMain h5')].map(h => +h.tagName[1])"
    )
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_several_files_fit_a_telephone_in_light_and_dark_and_one_that_is_refused_says_why(tab, address, files):
    tab.set_viewport_size({"width": TELEPHONE, "height": 1000})
    visit(tab, f"{address}/returns", "analyst")
    dropped(tab, files)
    said = text_of(tab)
    assert "2 files: 1 ready to send, 1 to look at" in said
    assert "Example Child" not in said
    tab.locator("summary", has_text="return.csv").click()
    tab.get_by_text("To mend (2)").wait_for()
    settle(tab)
    sizes = [(TELEPHONE, "light"), (TELEPHONE, "dark")]
    assert faults(tab, sizes, look=lambda page: axe(page, SERIOUS) + sideways(page)) == {}
