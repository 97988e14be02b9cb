"""The form of a link as a reader meets it: alone, saved as it goes, and said so."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest
from filelock import FileLock
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from app import pages
from pipelines.flows import answer_link, answering, inviting, returns
from pipelines.flows.inviting import Whom
from pipelines.flows.wrong_links import WrongLinks
from pipelines.store import opening, records
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.returns import kinds
from tests.pages.opening import MAIN, markup, opened, words
from tests.pipelines.form_home import NURSERY, SCHOOL, STEWARD, YEAR, invited, kept, registered
from tests.pipelines.full_disk import full_disk
from tests.pipelines.log_book import write

pytestmark = pytest.mark.slow
SCORE = "answer_EY1.1_self_score"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return registered(tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("sheets"))


@pytest.fixture
def home(built, tmp_path, monkeypatch):
    place = shutil.copytree(built, tmp_path / "home")
    monkeypatch.setattr(answer_link, "wrong_links", WrongLinks())
    # As it is served: nobody has signed in, and no persona stands in for anybody.
    monkeypatch.delenv("THROUGHLINE_DEMO", raising=False)
    monkeypatch.setenv("THROUGHLINE_HOME", str(place))
    return place


@pytest.fixture
def token(home):
    return invited(home, at=datetime.now(UTC))


def form(token):
    """The form as a browser opens it."""
    app = AppTest.from_file(MAIN, default_timeout=30)
    app.query_params["link"] = token
    app.context = {"url": "http://127.0.0.1:8501/answer"}
    app._page_hash = calc_hash("answer")  # noqa: SLF001 - there is no public way to a page that is a function
    return ran(app)


def ran(app):
    app.run()
    assert not app.exception, app.exception
    return app


def press(app, label):
    next(each for each in app.button if each.label == label).click()
    return ran(app)


def started(token):
    return press(form(token), "Start")


def chosen(app, score, statement="EY1.1"):
    app.radio(key=f"answer_{statement}_self_score").set_value(score)
    return ran(app)


def labels(app):
    return [each.label for each in (*app.text_input, *app.text_area)]


def test_it_opens_without_a_role_and_shows_nothing_else_of_the_app(token):
    app = form(token)
    said = words(app)
    assert "You answer for Example Nursery One." in said
    assert "Who sees it. Your answers are seen with your name by you, by the lead for your sector" in said
    assert "There are 6 statements; they take about 15 minutes." in said
    assert "open the same link again until" in said
    assert not app.sidebar.children
    assert "OFFICIAL" not in said
    assert "Sign-in" not in said
    assert [each.label for each in app.button] == ["Start"]
    assert token not in markup(app)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("other", ["", "x", "<script>alert(1)</script>"])
def test_a_link_nobody_made_opens_one_plain_page(other):
    app = form(other)
    assert "The form cannot be opened This link does not open a form." in words(app)
    assert not app.button
    assert "alert(1)" not in markup(app)


def test_the_link_opens_no_other_page(token):
    app = AppTest.from_file(MAIN, default_timeout=30)
    app.query_params["link"] = token
    app.context = {"url": "http://127.0.0.1:8501/overview"}
    assert "Sign-in is not set up yet" in words(ran(app))


@pytest.mark.usefixtures("demonstration")
def test_the_form_is_in_nobodys_menu():
    assert "answer" not in {view.url for view in pages.found()}


def test_each_score_asks_for_what_it_needs(token):
    app = started(token)
    assert labels(app) == []
    needs = {
        "s0": ["Action", "Owner (role)", "Due by"],
        "s2": ["Evidence", "Evidence is of"],
        "s3": ["Evidence", "Difference it makes"],
        "na": ["Why it does not apply"],
    }
    for score, headings in needs.items():
        found = [label.split(":")[0] for label in labels(chosen(app, score))]
        assert set(headings) <= set(found), score
    assert found == ["Why it does not apply"]


def test_what_is_chosen_is_saved_at_once_and_said(home, token):
    app = chosen(started(token), "s2")
    assert "1 of 6 answered" in words(app)
    assert "Saved at " in words(app)
    assert kept(home, token).answers == {"EY1.1": {"self_score": "s2"}}


def test_a_text_that_may_name_somebody_is_not_saved_and_not_repeated(home, token):
    app = chosen(started(token), "s0")
    box = next(each for each in app.text_area if each.label.startswith("Action"))
    box.set_value("Ask John Smith to write the rota")
    said = words(ran(app))
    assert "Not saved. Action may name somebody." in said
    assert "but for what is marked" in said
    assert "Smith" not in said
    assert "action" not in kept(home, token).answers["EY1.1"]
    next(each for each in app.text_area if each.label.startswith("Action")).set_value("Write a rota")
    said = words(ran(app))
    assert "Not saved" not in said
    assert kept(home, token).answers["EY1.1"]["action"] == "Write a rota"


def test_a_text_that_is_too_long_stays_in_its_box_and_is_told_its_length(home, token):
    app = chosen(started(token), "s2")
    box = next(each for each in app.text_area if each.label.startswith("Evidence:"))
    assert box.label.endswith("(300 characters at most)")
    assert not box.proto.max_chars, "the browser would take nothing of a longer text and say nothing"
    box.set_value("a " * 299 + "ab")
    said = words(ran(app))
    assert "Not saved. Evidence has 600 characters; there is room for 300. Say it shorter." in said
    assert next(each for each in app.text_area if each.label.startswith("Evidence:")).value == "a " * 299 + "ab"
    assert "evidence_ref" not in kept(home, token).answers["EY1.1"]


def test_it_resumes_where_it_was_left(token):
    chosen(started(token), "s2")
    again = form(token)
    assert "1 of 6 answered" in words(again)
    assert again.radio(key=SCORE).value == "s2"


def test_a_day_is_shown_in_words_when_it_is_opened_again(token):
    app = chosen(started(token), "s2")
    next(each for each in app.text_input if each.label.startswith("Evidence is of")).set_value("30/9/2026")
    ran(app)
    day = next(each for each in form(token).text_input if each.label.startswith("Evidence is of"))
    assert day.value == "30 September 2026"


def test_two_windows_are_told_of_each_other(home, token):
    one, two = started(token), started(token)
    chosen(one, "s1")
    said = words(chosen(two, "s2"))
    assert (
        "Two at once. Another window saved EY1.1 since you opened it. Score is now as you have it: 2 In place." in said
    )
    assert "The other window had: 1 Started. All else you see is what it saved." in said
    assert kept(home, token).answers["EY1.1"]["self_score"] == "s2"


def test_the_look_over_names_what_is_missing_and_a_role_stands_by_it(home, token):
    app = press(chosen(started(token), "s2"), "Look it over and send")
    said = words(app)
    assert "5 statements are not answered" in said
    assert "EY1.6" in said
    said = words(press(app, "Send it"))
    assert "Nothing was sent. Your role: write the role" in said
    app.text_input(key="form_role").set_value("Nursery manager")
    app.text_input(key="form_agreed").set_value("Owner")
    said = words(press(app, "Send it"))
    assert "Your self-assessment is sent" in said
    assert f"{NURSERY}.self_assessment.FY2026-27.v1" in said
    assert not app.button
    assert "Your self-assessment is sent" in words(form(token))
    with transaction(home, write=False) as connection:
        stands = records.standing(connection, kinds()["self_assessment"], NURSERY)["Statements"]
    assert stands["self_score"].tolist() == ["s2"]


def test_what_another_window_saved_holds_up_the_sending(home, token):
    app = press(chosen(started(token), "s2"), "Look it over and send")
    answering.save(home, token, {"EY1.2": {"self_score": "s0"}}, datetime.now(UTC))
    app.text_input(key="form_role").set_value("Nursery manager")
    app.text_input(key="form_agreed").set_value("Owner")
    assert "Nothing was sent. An answer was saved in another window meanwhile." in words(press(app, "Send it"))
    assert "Your self-assessment is sent" in words(press(app, "Send it"))


def test_a_link_that_ends_under_the_readers_hands_says_so(home, token):
    app = started(token)
    inviting.end(home, STEWARD, NURSERY, datetime.now(UTC))
    assert "This link does not open a form." in words(chosen(app, "s2"))


def test_while_the_vault_is_busy_nothing_is_lost_and_no_folder_is_named(home, token, monkeypatch):
    app = chosen(started(token), "s0")
    monkeypatch.setattr(opening.transaction.__wrapped__, "__kwdefaults__", {"wait": 0.05})
    with FileLock(home / "vault.lock"):
        # The form cannot be read either, so the page says so; what was typed is saved by the next save that comes off.
        app.radio(key=SCORE).set_value("s2")
        said = words(ran(app))
    assert "The form cannot be reached just now." in said
    assert str(home) not in said
    assert kept(home, token).answers["EY1.1"]["self_score"] == "s0"
    press(ran(app), "Look it over and send")
    assert kept(home, token).answers["EY1.1"]["self_score"] == "s2"


def test_on_a_full_disk_what_was_typed_stays_and_is_saved_once_there_is_room(home, token):
    app = chosen(started(token), "s0")
    next(each for each in app.text_area if each.label.startswith("Action")).set_value("Write a rota")
    with full_disk():
        said = words(ran(app))
    assert "Not saved. The form takes nothing just now: there is no room where answers are kept." in said
    assert str(home) not in said
    assert next(each for each in app.text_area if each.label.startswith("Action")).value == "Write a rota"
    assert "action" not in kept(home, token).answers["EY1.1"]
    app = press(app, "Look it over and send")
    assert "Not saved" not in words(app)
    assert kept(home, token).answers["EY1.1"]["action"] == "Write a rota"


def test_on_a_full_disk_a_form_that_was_never_opened_says_so_in_a_sentence(home, token):
    with full_disk():
        said = words(form(token))
    assert "The form cannot be opened The form takes nothing just now" in said
    assert str(home) not in said
    assert "You answer for Example Nursery One." in words(form(token))


def test_one_standard_at_a_time(home):
    token = invited(home, SCHOOL, datetime.now(UTC), "organisational")
    app = started(token)
    assert "Part 1 of 9" in words(app)
    assert {each.key.split("_")[1].split(".")[0] for each in app.radio} == {"OS1"}
    on = next(each.label for each in app.button if each.label.startswith("Next"))
    assert "Part 2 of 9" in words(press(app, on))
    assert {each.key.split("_")[1].split(".")[0] for each in app.radio} == {"OS2"}


def test_last_years_answers_are_marked_and_kept_with_one_press(home, tmp_path):
    now = datetime.now(UTC)
    rows = [{"statement_id": each, "self_score": "2 In place"} for each in ("EY1.1", "EY1.2")]
    path = write(tmp_path / "a.xlsx", {"Statements": rows}, kind="self_assessment", agency=NURSERY, period="2025-26")
    returns.submit(home, Actor("m", "respondent", NURSERY), path, now)
    token = invited(home, at=now)
    app = form(token)
    assert "2 answers are filled in from last year and marked." in words(app)
    app = press(app, "Start")
    assert words(app).count("Last year's answer") == 2
    said = words(press(app, "All 2 of last year's answers below still hold"))
    assert "Last year's answer" not in said
    assert set(kept(home, token).answers) == {"EY1.1", "EY1.2"}


@pytest.mark.usefixtures("demonstration")
def test_the_business_unit_makes_a_list_of_links_and_ends_one(built, tmp_path, monkeypatch):
    place = shutil.copytree(built, tmp_path / "business")
    monkeypatch.setenv("THROUGHLINE_HOME", str(place))
    app = opened("returns", "business_unit")
    assert "No links yet Make links for a sector and mail them." in words(app)
    assert app.button(key="links_make").disabled
    assert app.selectbox(key="links_sector").value is None
    app.text_input(key="links_year").set_value("2026-27")
    app.selectbox(key="links_sector").set_value("early_years")
    assert "2 links will be made." in words(ran(app))
    assert not app.button(key="links_make").disabled
    assert "No links yet" in words(app)
    said = words(press(app, "Make links"))
    assert "2 links are made. Download the list now: it cannot be shown again." in said
    assert "2 links: 2 not opened." in said
    assert "Example Nursery Two" in said
    assert "2 links will be made. 2 that are open are replaced; answers not sent go over to the new." in said
    app.selectbox(key="links_one").set_value(SCHOOL)
    assert "4 links: 4 not opened." in words(press(app, "Make links"))
    app.selectbox(key="links_ended").set_value(NURSERY)
    assert "Nothing was ended." in words(press(app, "End them"))
    app.selectbox(key="links_ended").set_value(NURSERY)
    app.checkbox(key="links_end_meant").set_value(True)
    assert "1 link of Example Nursery One (EY-0031) ended." in words(press(app, "End them"))


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("role", ["executive", "scrutineer", "analyst"])
def test_nobody_else_is_shown_the_links_or_who_they_are_for(built, tmp_path, monkeypatch, role):
    place = shutil.copytree(built, tmp_path / "others")
    monkeypatch.setenv("THROUGHLINE_HOME", str(place))
    inviting.invite(place, STEWARD, Whom(sector="early_years"), YEAR, datetime.now(UTC))
    said = words(opened("returns", role))
    assert "Links to the self-assessment form" not in said
    assert "Example Nursery" not in said
