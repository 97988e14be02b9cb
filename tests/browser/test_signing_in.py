"""Signing in, being turned away, being signed out: in a real browser, through a provider on 127.0.0.1."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.sync.client import connect
from websockets.typing import Origin

from pipelines.flows import access, preparing
from pipelines.publishing import Order
from pipelines.queries.pointer import every
from pipelines.store import agreements, events, files, synthetic
from pipelines.store.opening import transaction
from schemas.actors import Actor
from tests.browser.dashboard import free_port, served
from tests.browser.looking import still
from tests.browser.provider import provider, set_up
from tests.pipelines.agreed import SAMPLE
from tests.pipelines.removed_home import NAME, SLIPPED, filled

pytestmark = [pytest.mark.browser, pytest.mark.slow]
STEWARD = Actor("Steward", "business_unit")
TIMEOUT = 60_000


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home of made-up data with a list of people, and nothing published."""
    place = tmp_path_factory.mktemp("signed-in")
    synthetic.mark(place)
    return place


@pytest.fixture(scope="module")
def dashboard(home):
    """The dashboard over it, and its provider; both stopped at the end."""
    port = free_port()
    with provider() as issuer:
        set_up(home, issuer, port)
        with served(home, demo=False, port=port) as there:
            yield there


@pytest.fixture
def window(browser):
    """A browser of its own, with its own cookies."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    context.set_default_timeout(TIMEOUT)
    yield context
    context.close()


def signed_in(window, dashboard: str, who: str):
    page = window.new_page()
    page.goto(dashboard)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=who, exact=True).click()
    page.wait_for_url(f"{dashboard}/**")
    return page


def headed(page, words: str) -> None:
    page.get_by_role("heading", name=words, level=1).wait_for()


def links(page) -> list[str]:
    page.get_by_test_id("stSidebarNavLink").first.wait_for()
    return page.get_by_test_id("stSidebarNavLink").all_inner_texts()


def test_a_member_of_the_executive_signs_in_and_one_sign_out_closes_every_tab(window, dashboard):
    page = signed_in(window, dashboard, "exec")
    page.get_by_text("Signed in as Executive Member, executive").wait_for()
    assert "Overview" in links(page) and "Publish" not in links(page)
    other = window.new_page()
    other.goto(f"{dashboard}/returns")
    headed(other, "No returns have been published yet")
    untouched = window.new_page()
    untouched.clock.install()
    untouched.goto(f"{dashboard}/returns")
    headed(untouched, "No returns have been published yet")
    cookies = window.cookies(dashboard)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="End Session").wait_for()
    # A tab that nobody touches closes by itself soon after.
    untouched.clock.fast_forward(21_000)
    headed(untouched, "You have signed out")
    assert untouched.get_by_text("No returns have been published yet").count() == 0
    # The page that was open, and a copy of the cookie kept from before, are closed alike.
    other.get_by_test_id("stSidebarNavLink").first.click()
    headed(other, "You have signed out")
    window.add_cookies(cookies)
    stolen = window.new_page()
    stolen.goto(f"{dashboard}/returns")
    headed(stolen, "You have signed out")


def test_an_analyst_loses_the_page_that_is_open_when_access_is_revoked(window, dashboard, home):
    page = signed_in(window, dashboard, "analyst")
    page.goto(f"{dashboard}/returns?as=business_unit")
    page.get_by_text("Leeds City Council, Children and Families owes").wait_for()
    assert "Publish" not in links(page)
    access.revoke(home, STEWARD, "analyst@leeds.example", datetime.now(UTC))
    page.get_by_test_id("stSidebarNavLink").first.click()
    headed(page, "You have no access here")
    page.get_by_test_id("stSidebarNavLink").first.wait_for(state="detached")


def test_whoever_signs_in_lands_on_the_page_they_had_asked_for(window, dashboard):
    page = window.new_page()
    page.goto(f"{dashboard}/returns?agency=lcc_cf&link=secret&next=//evil.example")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="exec", exact=True).click()
    page.wait_for_url(f"{dashboard}/returns**")
    headed(page, "No returns have been published yet")
    assert page.url == f"{dashboard}/returns?agency=lcc_cf"
    assert [each["name"] for each in window.cookies(f"{dashboard}/oauth2callback") if "asked" in each["name"]] == []


def test_a_stranger_is_told_whom_to_ask(window, dashboard):
    page = signed_in(window, dashboard, "stranger")
    headed(page, "You have no access here")
    page.get_by_text("the business unit, 0113 496 0000").wait_for()
    page.get_by_text("Tell them the address you signed in with: stranger@leeds.example").wait_for()
    page.get_by_test_id("stSidebarNavLink").first.wait_for(state="detached")


def test_a_sign_in_that_has_run_out_asks_again(window, dashboard, home):
    page = signed_in(window, dashboard, "exec")
    page.get_by_text("Signed in as Executive Member").wait_for()
    path = home / "access.toml"
    before = path.read_text(encoding="utf-8")
    path.write_text(f"session_hours = 0.000001\n{before}", encoding="utf-8")
    try:
        page.get_by_test_id("stSidebarNavLink").last.click()
        headed(page, "Your sign-in has run out")
        page.get_by_role("button", name="Sign in again").wait_for()
    finally:
        path.write_text(before, encoding="utf-8")


@pytest.mark.parametrize("url", ["returns", "publish"])
def test_a_socket_without_a_page_gets_nothing_but_the_way_in(dashboard, url):
    asked = BackMsg()
    asked.rerun_script.page_script_hash = calc_hash(url)
    asked.rerun_script.query_string = "as=business_unit&publication=20261117T093000Z-00000000"
    got: list[ForwardMsg] = []
    address = dashboard.replace("http", "ws", 1) + "/_stcore/stream"
    with connect(
        address, origin=Origin(dashboard), subprotocols=["streamlit"], open_timeout=20, max_size=None
    ) as socket:
        socket.send(asked.SerializeToString())
        while not (got and got[-1].WhichOneof("type") == "script_finished"):
            got.append(ForwardMsg.FromString(socket.recv(timeout=60)))
    shown = "".join(each.delta.new_element.html.body for each in got if each.WhichOneof("type") == "delta")
    buttons = [each.delta.new_element.button.label for each in got if each.delta.new_element.HasField("button")]
    assert "Sign in to read and to send" in shown
    assert buttons == ["Sign in"]
    assert "owe" not in shown.replace("</style>", "\0").rpartition("\0")[2]


def with_a_name_in_it(home) -> None:
    """Returns in which a name has slipped through, and agreements under which two people release and remove."""
    filled(home)
    two = SAMPLE.release.model_copy(update={"two_people": True})
    agreements.write(home, SAMPLE.model_copy(update={"release": two}))


def tick(page, words: str) -> None:
    page.locator("label").filter(has_text=words).last.click()


# The last of the module: it fills the home that the others find empty.
def test_two_people_who_sign_in_release_and_remove_and_one_cannot(browser, window, dashboard, home):
    with_a_name_in_it(home)
    other = browser.new_context(viewport={"width": 1440, "height": 1000})
    other.set_default_timeout(TIMEOUT)
    first, second = signed_in(window, dashboard, "first"), signed_in(other, dashboard, "second")
    by = Actor("First Steward", "business_unit")  # who is signed in on the one page; the form is tried elsewhere
    list(preparing.prepare(home, [Order("partnership", "Prepared", by, datetime.now(UTC))]))
    first.goto(f"{dashboard}/publish")
    first.get_by_text(re.compile("^Prepared by First Steward on")).wait_for()
    assert first.get_by_role("button", name="Release it").is_disabled(), "one person alone does not release"
    second.goto(f"{dashboard}/publish")
    tick(second, "I have read")
    second.get_by_role("button", name="Release it").click()
    second.get_by_role("button", name="Release it").wait_for(state="detached")
    [released] = every(home, "partnership")

    first.get_by_label("Submission, as its receipt names it").fill(SLIPPED)
    first.get_by_label("Reason", exact=True).last.fill("What it said must not be kept")
    first.get_by_role("combobox", name=re.compile("Why$")).last.click()
    first.get_by_role("option", name="Details of a person had slipped through").click()
    tick(first, "I have seen what would go, and mean it")
    first.get_by_role("button", name="Ask for it to be removed").click()
    first.get_by_text("You asked for this yourself, so another person must do it.").wait_for()
    second.goto(f"{dashboard}/publish")
    still(second)
    second.get_by_role("button", name="Show what would go").first.click()
    second.get_by_text(f"{SLIPPED}: everything that was read of it").wait_for()
    tick(second, "Withdraw the publications that show it")
    still(second)
    second.get_by_role("button", name="Remove it for good").click()
    second.get_by_text(re.compile("^Removed for good: ")).wait_for()
    assert second.get_by_text(NAME).count() == 0
    other.close()
    with transaction(home, write=False) as vault:
        [done] = events.of(vault, "submission.expunged")
        [out] = events.of(vault, "publication.released")
    assert (done["actor"], json.loads(done["detail"])["asked_by"]) == ("Second Steward", "First Steward")
    assert (out["actor"], out["subject"]) == ("Second Steward", released.publication_id)
    assert len(files.every(home)) == 3, "its file went, and no other"
