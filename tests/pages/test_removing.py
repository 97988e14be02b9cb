"""What must go is removed on the page by two people, each signed in, with the words and the checks of the command."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest

from pipelines.flows import expunging
from pipelines.store import events
from pipelines.store.opening import transaction
from schemas.actors import Actor
from tests.pages.opening import opened, words
from tests.pipelines.removed_home import CAME, NAME, SLIPPED, filled, holding, published

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def named(tmp_path_factory):
    """A home in which a name has slipped through."""
    home = tmp_path_factory.mktemp("named")
    filled(home)
    published(home)
    (home / "agreements.toml").write_text("[release]\ntwo_people = true\n", encoding="utf-8")
    return home


@pytest.fixture
def home(named, demonstration, monkeypatch):
    place = shutil.copytree(named, demonstration / "home")
    monkeypatch.setenv("THROUGHLINE_HOME", str(place))
    return place


def press(app, label: str):
    next(each for each in app.button if each.label == label).click().run()
    assert not app.exception, app.exception
    return words(app)


def labels(app) -> list[str]:
    return [each.label for each in app.button]


def test_one_person_asks_and_cannot_be_the_second(home):
    app = opened("publish", "business_unit")
    app.text_input(key="remove_what").set_value(SLIPPED)
    said = press(app, "Show what would go")
    assert f"{SLIPPED}: everything that was read of it" in said and "must be withdrawn with it" in said
    app.text_input(key="remove_what").set_value(SLIPPED)
    assert "Choose why, look at what would go" in press(app, "Ask for it to be removed")
    app.selectbox(key="remove_why").set_value("slip")
    app.text_area(key="remove_reason").set_value(f"{NAME}, aged 7, was in it")
    app.checkbox(key="remove_meant").set_value(True)
    assert "The reason may tell of a person" in press(app, "Ask for it to be removed")
    app.text_area(key="remove_reason").set_value("What it said must not be kept")
    assert "It is asked for. Another person removes it" in press(app, "Ask for it to be removed")
    said = words(app)
    assert "You asked for this yourself, so another person must do it." in said and NAME not in said
    press(app, "Show what would go")
    assert next(each for each in app.button if each.label == "Remove it for good").disabled
    assert "It is asked for no longer. Nothing was removed." in press(app, "Do not remove it")
    assert "Remove it for good" not in labels(app) and len(holding(home)) == 4


def test_another_person_looks_and_removes_what_was_asked_for(home):
    at = datetime(2026, 11, 25, 9, tzinfo=UTC)
    asked = {"what": [SLIPPED], "records": [], "why": "slip", "reason": "What it said must not be kept"}
    list(expunging.asked(home, Actor("Another Steward", "business_unit"), at, yes=True, withdraw=False, **asked))
    app = opened("publish", "business_unit")
    for word in (
        SLIPPED,
        "Stands until 9 December 2026",
        "Another Steward",
        "25 November 2026",
        "What it said must not be kept",
    ):
        assert word in words(app), word
    assert "Remove it for good" not in labels(app), "nobody removes what they have not looked at"
    press(app, "Show what would go")
    assert "Add --withdraw, or tick it on the page" in press(app, "Remove it for good")
    assert len(holding(home)) == 4
    app.checkbox(key="second_withdraw_0").set_value(True)
    said = press(app, "Remove it for good")
    assert "Removed for good: " in said and NAME not in said
    assert [path for path in holding(home) if path.startswith("publications/")] == []
    with transaction(home, write=False) as vault:
        [done] = events.of(vault, "submission.expunged")
    assert done["actor"] != "Another Steward" and "Another Steward" in done["detail"]


def test_a_label_that_names_somebody_is_refused_on_the_page_before_a_release_is_begun(home):
    app = opened("publish", "business_unit")
    next(each for each in app.text_input if each.label.startswith("Label")).set_value("After agreements: Kayden Smith")
    said = press(app, next(label for label in labels(app) if label.startswith("Prepare ")))
    assert "The label may tell of a person" in said and "Preparing" not in said


def test_nothing_is_released_or_previewed_while_something_is_back_that_had_been_removed(home):
    back = {
        "submission_id": SLIPPED,
        "at": "2026-11-18T09:30:00+00:00",
        "whole": False,
        "left": [],
        "spots": ["Figures!8 (reason)"],
    }
    with transaction(home, write=True) as vault:
        detail = {"brought_back": [back]}
        events.append(vault, Actor("a.steward", "business_unit"), "backup.restored", "backup.x", detail, at=CAME)
    app = opened("publish", "business_unit")
    assert f"A part (Figures!8 (reason)) that had been removed for good of {SLIPPED} on 18 November 2026" in words(app)
    assert [each for each in labels(app) if each.startswith(("Prepare ", "Publish ", "Make the preview"))] == []
    assert "Ask for it to be removed" in labels(app)


def test_nobody_but_the_business_unit_is_offered_it(home):
    del home
    assert "Remove something for good" not in words(opened("publish", "executive"))
