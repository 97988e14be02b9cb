"""A nursery manager fills in the form on a telephone, leaves, comes back by the same link, and sends it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.store import records
from pipelines.store.opening import transaction
from schemas.returns import kinds
from tests.browser.dashboard import served as served_over
from tests.browser.dashboard import until
from tests.browser.looking import TELEPHONE, faults
from tests.pipelines.form_home import NURSERY, SECOND, invited, registered

pytestmark = pytest.mark.browser
TIMEOUT = 60_000
STATEMENTS = [f"EY1.{number}" for number in range(1, 7)]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return registered(tmp_path_factory.mktemp("forms"), tmp_path_factory.mktemp("sheets"))


@pytest.fixture(scope="module")
def served(home, tmp_path_factory):
    """The app as it is served to anybody: nobody signed in, no demonstration."""
    said = tmp_path_factory.mktemp("server") / "said.txt"
    with said.open("wb") as out, served_over(home, demo=False, out=out) as address:
        yield address, said


@pytest.fixture
def telephone(browser):
    """Opens a fresh telephone; any error on its console fails the test."""
    opened = []

    def open_one():
        context = browser.new_context(viewport={"width": TELEPHONE, "height": 844}, has_touch=True)
        context.set_default_timeout(TIMEOUT)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"the page said {error}"))
        opened.append(context)
        return page

    yield open_one
    for context in opened:
        context.close()


def visit(page, address, token):
    page.goto(f"{address}/answer?link={token}")
    page.locator(".tl h1").wait_for()
    settle(page)


def settle(page):
    """Wait until the app has stopped running and nothing of its last run is left fading."""
    page.wait_for_timeout(300)
    going = "[data-testid='stStatusWidget'], [data-stale='true'], [data-test-script-state='running']"
    until(page, f"""!document.querySelector("{going}")""", TIMEOUT)


def press(page, label):
    page.get_by_role("button", name=label, exact=True).click()
    settle(page)


def choose(page, statement, label):
    group = page.get_by_role("radiogroup", name=f"{statement}: how far is this so with you?")
    group.get_by_text(label, exact=True).click()
    page.locator(f".st-key-form-{statement.replace('.', '-')}").get_by_text("Saved at").wait_for()
    settle(page)


def fill(page, statement, field, text):
    box = page.locator(f".st-key-form-{statement.replace('.', '-')}").get_by_label(field)
    box.fill(text)
    box.blur()
    settle(page)


def wrong(page):
    """What is wrong with the step that is open, on a telephone in light and in dark; it is left in light."""
    found = faults(page, [(TELEPHONE, "dark"), (TELEPHONE, "light")])
    settle(page)
    return found


def test_it_is_filled_in_left_resumed_and_sent_from_a_telephone(home, served, telephone):
    from playwright.sync_api import expect

    address, _ = served
    token = invited(home, at=datetime.now(UTC))
    page = telephone()
    visit(page, address, token)
    assert "You answer for Example Nursery One." in page.locator(".stMain").inner_text()
    assert page.locator("[data-testid=stSidebar]").count() == 0
    press(page, "Start")
    choose(page, "EY1.1", "3 In place and shown to make a difference")
    fill(page, "EY1.1", "Difference it makes", "Absences are followed up within the hour, as the log shows")
    choose(page, "EY1.2", "0 Not in place")
    fill(page, "EY1.2", "Action", "Ask John Smith to write the rota")
    page.get_by_text("Not saved.").wait_for()
    fill(page, "EY1.2", "Action", "Write a rota that keeps the ratios")
    page.get_by_text("Not saved.").wait_for(state="detached")
    page.context.close()

    page = telephone()
    visit(page, address, token)
    page.get_by_text("2 of 6 answered").wait_for()
    expect(page.get_by_label("Action")).to_have_value("Write a rota that keeps the ratios", timeout=TIMEOUT)
    for statement in STATEMENTS[2:]:
        choose(page, statement, "2 In place")
    page.get_by_text("6 of 6 answered").wait_for()
    press(page, "Look it over and send")
    page.get_by_label("Your role").fill("Nursery manager")
    page.get_by_label("Role of who agreed it").fill("Owner")
    press(page, "Send it")
    page.get_by_role("heading", name="Your self-assessment is sent").wait_for()
    assert token not in page.title()

    with transaction(home, write=False) as connection:
        stands = records.standing(connection, kinds()["self_assessment"], NURSERY)["Statements"]
    assert [each.replace("-", "") for each in stands["statement_id"]] == STATEMENTS
    assert stands["self_score"].tolist() == ["s3", "s0", *["s2"] * 4]
    assert stands["impact_evidence"].tolist()[0] == "Absences are followed up within the hour, as the log shows"
    assert stands["action"].tolist()[1] == "Write a rota that keeps the ratios"


def test_axe_finds_nothing_on_any_step_in_light_or_dark_and_none_scrolls_sideways(home, served, telephone):
    address, _ = served
    token = invited(home, SECOND, at=datetime.now(UTC))
    page = telephone()
    found = {}
    visit(page, address, "nobody's")
    found["no form"] = wrong(page)
    visit(page, address, token)
    found["start"] = wrong(page)
    press(page, "Start")
    choose(page, "EY1.1", "1 Started")
    fill(page, "EY1.1", "Owner (role)", "Mrs Oddlysaid")
    found["standard"] = wrong(page)
    press(page, "Look it over and send")
    page.get_by_role("heading", name="Look it over, then send").wait_for()
    settle(page)
    found["look over"] = wrong(page)
    page.get_by_label("Your role").fill("Nursery manager")
    page.get_by_label("Role of who agreed it").fill("Owner")
    press(page, "Send it")
    page.get_by_role("heading", name="Your self-assessment is sent").wait_for()
    found["receipt"] = wrong(page)
    assert {step: each for step, each in found.items() if each} == {}
    assert len(found) == 5


def test_it_can_be_answered_with_the_keyboard_alone(home, served, telephone):
    address, _ = served
    page = telephone()
    visit(page, address, invited(home, SECOND, at=datetime.now(UTC)))
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == "Start":
            break
    page.keyboard.press("Enter")
    settle(page)
    page.get_by_role("radiogroup").first.wait_for()
    until(page, "document.activeElement.tagName === 'H1'")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.get_by_text("Saved at").first.wait_for()


def test_the_token_leaves_the_browser_for_this_server_only_and_is_in_no_log(home, served, telephone):
    address, said = served
    token = invited(home, at=datetime.now(UTC))
    page = telephone()
    asked = []
    page.on("request", lambda request: asked.append((request.url, request.headers.get("referer", ""))))
    visit(page, address, token)
    assert all(url.startswith((address, "data:", "blob:")) for url, _ in asked)
    asked.clear()
    page.evaluate("fetch('/_stcore/health')")
    page.wait_for_timeout(500)
    assert asked
    assert all(token not in referrer for _, referrer in asked)
    assert address in said.read_text("utf-8")
    assert token not in said.read_text("utf-8")
