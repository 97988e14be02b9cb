from __future__ import annotations

import pytest

from app import pages
from tests.pages.opening import opened, words

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("demonstration")]
URLS = [view.url for view in pages.found()]
EVERYWHERE = [view.url for view in pages.found() if "executive" in view.roles]


@pytest.mark.parametrize("url", EVERYWHERE)
def test_a_page_with_nothing_published_says_what_to_do_next(url):
    said = words(opened(url))
    assert "Leeds Safeguarding Children Partnership" in said
    assert "published" in said.lower()


@pytest.mark.parametrize("url", URLS)
def test_every_page_opens_for_the_business_unit_in_an_empty_home(url):
    assert words(opened(url, "business_unit"))


def test_the_business_unit_is_led_to_returns_and_to_publishing():
    said = words(opened("overview", "business_unit"))
    assert "Collect the agencies' returns on the page Returns" in said
    assert "release the first publication on the page Publish" in said


@pytest.mark.parametrize(
    ("url", "role", "how"),
    [
        ("self-assessment", "business_unit", "List schools, settings and other bodies on the register of respondents"),
        ("self-assessment", "business_unit", "throughline template self_assessment --agency"),
        ("self-assessment", "executive", "gives them and the agencies the template or a link to the form"),
        ("self-assessment", "analyst", "Your agency owes one. The template is on the page Returns"),
        ("audits", "business_unit", "throughline template audit --agency"),
        ("audits", "executive", "Its template has a row for each audit that is planned"),
        ("assurance", "business_unit", "throughline template audit --agency"),
        ("assurance", "executive", "Each agency sends its self-assessment, the business unit the audits"),
    ],
)
def test_a_page_with_nothing_published_says_how_what_it_shows_begins(url, role, how):
    assert how in words(opened(url, role)).partition("How to begin")[2]


def test_a_command_is_shown_to_the_business_unit_alone():
    assert "throughline template" not in words(opened("assurance", "public"))


def test_an_empty_home_says_that_there_is_nothing_and_not_that_nothing_is_new():
    said = words(opened("publish", "business_unit"))
    assert "Nothing has come in yet" in said and "none has been accepted yet" in said
    assert "No agreement is recorded." in said
    assert "new label" not in said and "Every agreement is in force" not in said
    log = opened("event-log", "business_unit")
    assert "Nothing is logged yet" in words(log)
    assert "filters" not in words(log) and not log.get("download_button")
