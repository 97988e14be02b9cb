from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest

from pipelines.flows import returns
from schemas.actors import Actor
from tests.pages.opening import opened, words

pytestmark = pytest.mark.slow
NEWEST = "lcc_cf.figures.2026-27-Q2.v1"


@pytest.fixture
def sent(demonstration, published, monkeypatch):
    """Seventeen returns in a home of the test's own."""
    place = demonstration / "home"
    shutil.copytree(published, place)
    monkeypatch.setenv("THROUGHLINE_HOME", str(place))
    return place


def pressed(app, which: str | None, reason: str, *, is_meant: bool, form=("withdraw", "Withdraw it")):
    act, button = form
    if which is not None:
        app.selectbox(key=f"{act}_which").set_value(which)
    app.text_area(key=f"{act}_reason").set_value(reason)
    app.checkbox(key=f"{act}_meant").set_value(is_meant)
    next(found for found in app.button if found.label == button).click().run()
    assert not app.exception, app.exception
    return words(app)


@pytest.mark.usefixtures("sent")
def test_an_analyst_takes_back_what_should_not_have_been_sent():
    app = opened("returns", "analyst")
    assert "2026-27 Q2, version 1, received 20 October 2026" in app.selectbox(key="withdraw_which").options
    said = pressed(app, NEWEST, "These were the figures of another quarter", is_meant=True)
    assert f"{NEWEST} is withdrawn. Nothing stands in its place until a return is sent." in said
    assert "Withdrawn" in said
    assert "2026-27 Q2, version 1, received 20 October 2026" not in app.selectbox(key="withdraw_which").options


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize(
    ("which", "reason", "is_meant", "said"),
    [
        (NEWEST, "These were the figures of another quarter", False, "tick that you mean it"),
        (None, "These were the figures of another quarter", True, "Choose a submission"),
        (NEWEST, "no", True, "Give a reason of at least 10 letters"),
        (NEWEST, "Mrs Oddlysaid asked us to take it out", True, "The reason may tell of a person"),
    ],
)
def test_nothing_is_withdrawn_without_a_choice_a_reason_and_a_tick(which, reason, is_meant, said):
    told = pressed(opened("returns", "analyst"), which, reason, is_meant=is_meant)
    assert said in told
    assert "Nothing was withdrawn." in told
    assert " is withdrawn." not in told


def test_an_analyst_goes_back_to_the_version_before(sent, tmp_path):
    path = tmp_path / "second.csv"
    path.write_text("Agency,Indicator ID,Period,Number\nlcc_cf,FD01,2026-27-Q2,2500\n", encoding="utf-8")
    at = datetime(2026, 11, 3, 12, tzinfo=UTC)
    assert returns.submit(sent, Actor("A", "analyst", "lcc_cf"), path, at).receipt.version == 2
    app = opened("returns", "analyst")
    assert app.selectbox(key="revert_which").options == ["2026-27 Q2, version 1, received 20 October 2026"]
    form = ("revert", "Go back to it")
    assert "Nothing was changed." in pressed(app, NEWEST, "The second file held one row", is_meant=False, form=form)
    said = pressed(app, NEWEST, "The second file held one row", is_meant=True, form=form)
    assert f"{NEWEST} stands again instead of {NEWEST.removesuffix('1')}2, which is kept." in said
    assert app.selectbox(key="revert_which").options == ["2026-27 Q2, version 2, received 3 November 2026"]


@pytest.mark.usefixtures("served")
def test_who_sends_nothing_withdraws_nothing():
    app = opened("returns", "executive")
    assert "Withdraw a submission" not in words(app)
    assert "Withdraw it" not in [button.label for button in app.button]
