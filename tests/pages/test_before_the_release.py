from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest

from pipelines.flows import publication
from pipelines.publishing import Order
from pipelines.queries import preview
from pipelines.store import events
from pipelines.store.opening import transaction
from schemas.actors import Actor
from tests.pages.opening import ODD, markup, opened, words

pytestmark = pytest.mark.slow
STEWARD = Actor("Steward", "business_unit")


@pytest.fixture(scope="module")
def previewed(published, tmp_path_factory):
    """The two publications, and a preview of the next."""
    home = shutil.copytree(published, tmp_path_factory.mktemp("previewed") / "home")
    publication.preview(home, Order("partnership", "Preview", STEWARD, datetime(2026, 11, 18, 9, 30, tzinfo=UTC)))
    return home


@pytest.fixture
def home(demonstration, previewed, monkeypatch):
    place = shutil.copytree(previewed, demonstration / "home")
    monkeypatch.setenv("THROUGHLINE_HOME", str(place))
    return place


def said_of(app, what: str) -> str:
    """The words of one section of the page."""
    return words(app).partition(what)[2]


def pressed(app, label: str):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception, app.exception
    return app


def test_an_analyst_sees_what_is_said_of_the_agency_and_adds_its_account(home):
    app = opened("returns", "analyst")
    said = said_of(app, "Before the release")
    assert "Second or subsequent plans rose to 43.6% (96 of 220)" in said
    assert f"More families came back. {ODD}" in said
    assert "The release goes ahead with or without it." in said
    assert ODD not in markup(app)
    app.selectbox(key="account_of_lcc_cf").set_value("CP07").run()
    app.text_area(key="account_what_CP07").set_value("Plans ended early over the summer holidays")
    app.text_area(key="account_doing_CP07").set_value("The head of service reviews them by December")
    told = words(pressed(app, "Send the account"))
    assert "lcc_cf.account.2026-27-Q2.v1: accepted. It comes with the release." in told
    assert "Plans ended early over the summer holidays. The head of service reviews them by December" in told
    with transaction(home, write=False) as connection:
        assert [each["agency_id"] for each in events.of(connection, preview.SEEN)] == ["lcc_cf"]


@pytest.mark.parametrize(
    ("happened", "said"),
    [
        ("", "Say what happened. Nothing was sent."),
        ("Kayden Smith, aged 9, came", "Nothing was taken. What happened may name"),
    ],
)
def test_what_cannot_be_taken_is_said_and_changes_nothing(home, happened, said):
    app = opened("returns", "analyst")
    app.selectbox(key="account_of_lcc_cf").set_value("CP07").run()
    app.text_area(key="account_what_CP07").set_value(happened)
    told = words(pressed(app, "Send the account"))
    assert said in told
    assert "Kayden" not in told
    (council,) = [each for each in preview.looked(home, STEWARD) if each.agency_id == "lcc_cf"]
    assert council.answered == 1


@pytest.mark.usefixtures("home")
def test_the_business_unit_sees_who_has_looked_and_another_agencys_reader_sees_only_its_own():
    analyst = opened("returns", "analyst")
    analyst.selectbox(key="persona_agency").set_value("lcc_housing").run()
    own = said_of(analyst, "Before the release")
    assert "Second or subsequent plans" not in own.partition("Add your account")[0].partition("Send a return")[0]
    unit = words(opened("returns", "business_unit"))
    assert "Who has looked at the preview" in unit
    assert "2 of " in unit.partition("Who has looked at the preview")[2][:20]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("role", ["executive", "scrutineer"])
def test_nobody_else_sees_the_preview(role):
    assert "Before the release" not in words(opened("returns", role))


@pytest.mark.usefixtures("served")
def test_without_a_preview_there_is_no_such_section_but_the_days_are_there():
    said = words(opened("returns", "analyst"))
    assert "Before the release" not in said
    assert "The days of 20" in said


def test_the_business_unit_makes_reminders_to_copy_and_to_download(home):
    app = opened("returns", "business_unit")
    told = pressed(app, "Make the messages")
    assert "messages are ready." in words(told)
    text = told.get("code")[0].proto.code_text
    assert text.startswith("Subject: ")
    assert "Dear colleague," in text
    assert any(each.label == "Download all as text and as mail" for each in told.get("download_button"))
    with transaction(home, write=False) as connection:
        assert events.of(connection, "reminder.made")


@pytest.mark.usefixtures("home")
def test_an_analyst_is_offered_no_reminders_and_no_preview_to_make():
    app = opened("returns", "analyst")
    assert "Make the messages" not in [button.label for button in app.button]
    assert "Who has looked" not in words(app)


@pytest.mark.usefixtures("home")
def test_the_page_publish_offers_the_preview_with_its_days():
    app = opened("publish", "business_unit")
    assert any(button.label.startswith("Make the preview of") for button in app.button)
    assert "3 working days before the release" in words(app)
