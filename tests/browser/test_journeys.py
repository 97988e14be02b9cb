"""The journeys of each role, in a real browser, against the demonstration on 127.0.0.1."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from schemas.catalogue import catalogue
from tests.browser.dashboard import served, until
from tests.browser.looking import SERIOUS, TELEPHONE, TIMEOUT, axe, faults, sideways
from tests.browser.poisoned import ELSEWHERE, POISON, poison
from tests.pipelines import sample_home

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.browser, pytest.mark.long]

HEAD = "Agency,Indicator ID,Indicator,Period,Area,Breakdown,Category,Number,Out of,Value,Marker,Nil,Reason\n"
FAULTY = HEAD + "probation_wy,PO04,,2026-27-Q2,,,,95,90,,,,\nprobation_wy,PO05,,2026-27-Q2,,,,48,,,,,\n"
GOOD = HEAD + "probation_wy,PO04,,2026-27-Q2,,,,88,97,,,,\nprobation_wy,PO05,,2026-27-Q2,,,,48,,,,,\n"
PERSONAL = "Name,Date of birth,NHS number\nExample Child,01/02/2015,999 000 0018\n"
PAGES = {
    "": "need your attention|needs your attention|outside its usual range",
    "data-set": "headline indicators",
    "indicator?indicator=CP07": "Are children coming back onto plans",
    "returns": "Returns|returns",
    "about": "About the data",
}
POISONED = ("", "data-set", "indicator?indicator=CP07", "learning", "audits", "assurance", "reviews")
# What a text has become that is none: a script that ran, a link or a picture to elsewhere.
TAKEN = """(elsewhere) => [
  ...(window.poisoned ? ["ran"] : []),
  ...[...document.querySelectorAll("a, img, iframe, script, image, use")].filter((each) => ["href", "xlink:href", "src"].some(
    (name) => /javascript:|[/]x$/.test(each.getAttribute(name) || "") || (each.getAttribute(name) || "").includes(elsewhere)
  )).map((each) => each.outerHTML),
]"""


@pytest.fixture(scope="module")
def home(built_once, tmp_path_factory):
    """A copy of the published sample that other tests read: all of its logs, and five years of what they are linked to."""
    sample = built_once("published-sample", sample_home.built)
    return shutil.copytree(sample.home, tmp_path_factory.mktemp("dashboard") / "home")


@pytest.fixture(scope="module")
def dashboard(home):
    """The demonstration over it, on a port of its own; stopped at the end."""
    with served(home) as there:
        yield there


@pytest.fixture
def page(browser):
    """A fresh reader at a desk; any error on its pages fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    context.set_default_timeout(TIMEOUT)
    opened = context.new_page()
    said: list[str] = []
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    assert said == []


def visit(page, address: str, role: str = "executive"):
    """Open a page as somebody, and wait until it has finished running."""
    joined = "&" if "?" in address else "?"
    page.goto(f"{address}{joined}as={role}")
    settle(page)


def settle(page):
    """Wait until the app has stopped running."""
    page.locator("h1").first.wait_for()
    page.wait_for_timeout(500)  # a run that was asked for has begun by then
    going = "[data-testid='stStatusWidget'], [data-test-script-state='running']"
    until(page, f"""!document.querySelector("{going}")""", TIMEOUT)


def text_of(page) -> str:
    """All the words on the page."""
    return page.locator("section.stMain, [data-testid='stMain']").first.inner_text()


@pytest.mark.parametrize("address", list(PAGES))
def test_each_page_says_its_finding_and_that_it_is_invented_fits_a_telephone_and_has_no_serious_fault_of_access(
    tab, dashboard, address
):
    visit(tab, f"{dashboard}/{address}")
    words = text_of(tab)
    assert re.search(PAGES[address], words)
    assert "SYNTHETIC" in words
    assert "Traceback" not in words
    assert axe(tab, SERIOUS) == []
    assert faults(tab, [(TELEPHONE, "light"), (TELEPHONE, "dark")], look=sideways) == {}


def test_a_deep_link_opens_the_indicator_it_names(tab, dashboard):
    visit(tab, f"{dashboard}/indicator?indicator=FD04")
    assert "Re-referrals within 12 months" in text_of(tab)


def test_an_indicator_nobody_knows_is_said_and_not_a_fault(tab, dashboard):
    visit(tab, f"{dashboard}/indicator?indicator=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "Traceback" not in text_of(tab)


def test_an_analyst_mends_a_return_sends_it_and_the_executive_sees_it_after_publishing(page, dashboard, tmp_path):
    faulty, good = tmp_path / "faulty.csv", tmp_path / "good.csv"
    faulty.write_text(FAULTY, encoding="utf-8")
    good.write_text(GOOD, encoding="utf-8")

    visit(page, f"{dashboard}/returns", "analyst")
    choose(page, "Agency", "Probation")
    upload(page, faulty)
    page.get_by_text(re.compile("numerator|larger than")).first.wait_for()
    assert "95" in text_of(page)
    upload(page, good)
    page.get_by_role("button", name=re.compile(r"Send 2 figures")).click()
    page.get_by_text(re.compile(r"probation_wy\.figures\.2026-27-Q2\.v1")).first.wait_for()

    visit(page, f"{dashboard}/publish", "business_unit")
    assert "Probation" in text_of(page)
    page.get_by_role("button", name=re.compile("^Publish 2026-27 Q2")).click()
    # The label of the release is new to its readers, so somebody reads it over first.
    page.locator("label").filter(has_text="I have read").click(timeout=180_000)
    page.get_by_role("button", name="Release it").click()
    page.get_by_role("button", name="Release it").wait_for(state="detached")

    visit(page, f"{dashboard}/indicator?indicator=PO04")
    assert "90.7%" in text_of(page)
    assert "88 of 97" in text_of(page)


def test_a_list_of_children_is_refused_and_none_of_it_is_repeated(page, dashboard, tmp_path):
    listing = tmp_path / "list.csv"
    listing.write_text(PERSONAL, encoding="utf-8")
    visit(page, f"{dashboard}/returns", "analyst")
    for name in sorted((agency.short for agency in catalogue().reporting), key=len)[-3:]:
        choose(page, "Agency", name)
        box = page.get_by_role("combobox", name=re.compile("Agency")).last
        assert box.evaluate("each => [each.value, each.scrollWidth <= each.clientWidth]") == [name, True]
    choose(page, "Agency", "Probation")
    upload(page, listing)
    page.get_by_text(re.compile("refused")).first.wait_for()
    words = text_of(page)
    assert "Example Child" not in words
    assert "999 000 0018" not in words


def test_an_executive_member_finds_no_publish_page(page, dashboard):
    page.goto(f"{dashboard}/publish?as=executive")
    page.wait_for_timeout(4000)
    assert page.get_by_role("button", name=re.compile("^Publish")).count() == 0


def test_no_text_is_taken_for_markup_and_no_page_breaks_its_policy(page, home, tmp_path):
    shutil.copytree(home, tmp_path / "home")
    assert poison(tmp_path / "home", "executive") > 100
    said: list[str] = []
    page.on("console", lambda told: said.append(told.text))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (e) => console.error(`policy ${e.violatedDirective} ${e.blockedURI}`))"
    )
    with served(tmp_path / "home") as there:
        page.on("request", lambda asked: said.append(f"policy {asked.url}") if ELSEWHERE in asked.url else None)
        for address in POISONED:
            visit(page, f"{there}/{address}")
            assert "window.poisoned=1" in text_of(page), address
            assert page.evaluate(TAKEN, ELSEWHERE) == [], address
        visit(page, f"{there}/returns", "analyst")
        hostile = tmp_path / "x'><img src=x onerror=window.poisoned=1>![p](http:a.example).csv"
        hostile.write_text(FAULTY.replace("PO05", POISON.replace(",", "")), encoding="utf-8")
        upload(page, hostile)
        assert "onerror=window.poisoned=1" in text_of(page)
        assert page.evaluate(TAKEN, ELSEWHERE) == []
    assert [each for each in said if each.startswith("policy")] == []


def choose(page, label: str, option: str):
    """Choose from one of Streamlit's selection boxes by its label."""
    page.get_by_role("combobox", name=re.compile(label)).last.click()
    page.get_by_role("option", name=option).click()
    settle(page)


def upload(page, path: Path):
    """Drop a file on the page's uploader."""
    page.locator("input[type=file]").first.set_input_files(str(path))
    settle(page)
