from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from app import pages
from pipelines.cli import main
from tests.pages import logs_home
from tests.pages.opening import ODD, markup, opened, seen, words
from tests.pipelines.log_records import logged, returns

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(copied_home):
    return copied_home("logs", logs_home.built)


@pytest.fixture
def said(demonstration, home, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_HOME", str(home))
    return lambda role="executive", url="reviews": words(seen(url, role))


def test_the_title_is_what_runs_and_what_was_missed(said):
    assert "Two clocks are running; one was missed this year" in said()


def test_running_clocks_say_what_is_left_and_the_nearest_is_named_first(said):
    told = said()
    assert "Its end is near: serious incident notified to the national Panel (SI-1), due by 19 November 2026" in told
    assert "2 working days left . Its end is near." in told.replace("left.", "left .")
    assert told.index("SI-1") < told.index("SI-2")


def test_a_missed_clock_has_its_reason(said):
    told = said()
    assert "Done in 9 working days, 4 working days late." in told
    assert f"Nobody knew {ODD}" in told


def test_reviews_carry_decision_reason_and_the_legal_adviser(said):
    told = said()
    assert "No further review: the learning has been found, 29 June 2026" in told
    assert f"The learning is known {ODD} The Panel agrees." in told
    assert "Has raised a point" in told


@pytest.mark.usefixtures("demonstration")
def test_what_was_written_is_text_and_never_run(home, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_HOME", str(home))
    app = opened("reviews")
    assert ODD in words(app)
    assert ODD not in markup(app)


def test_concerns_say_how_many_and_who_never_raises_one(said):
    told = said()
    assert "30 concerns were raised in 2025-26" in told
    assert (
        "Raised none: Police, Schools and education, Probation, courts and custody, Third sector and Early years."
        in told
    )
    assert "30 of 30 closed in the year" in told


def test_surveys_show_n_and_response_rate_and_hide_what_two_children_said(said):
    told = said()
    assert "25 of 40; between" in told
    assert "44% of those asked" in told
    listened = told[told.index("Did the people who helped you listen to you?") :]
    assert "Hidden to protect" in listened[: listened.index("40 of 90")]


def test_voice_shows_what_was_said_and_changed_but_not_of_a_handful(said):
    told = said()
    assert f"You told us Come when you say {ODD}" in told
    assert "What we did Visits are agreed by text" in told
    assert "Kept to ourselves" not in told
    assert "1 more theme is counted above and not told here" in told


def test_each_clocks_start_is_said_with_what_else_it_could_be(said):
    told = said()
    assert "Could also be: Known to the council on; Started on" in told
    assert "Not yet confirmed against the guidance" in told


def test_partners_see_years_and_concerns_but_no_incident(said):
    told = said("analyst")
    assert "30 concerns were raised in 2025-26" in told
    assert "Serious incidents are shown one by one in the Executive’s release only." in told
    for secret in ("SI-1", "RV-3", "Nobody knew", "The learning is known"):
        assert secret not in told
    assert "In time, year by year" in told


def test_the_public_has_no_such_page(said):
    assert "concerns were raised" not in said("public")
    assert not {"practitioner", "public"} & {
        role for view in pages.found() if view.url == "reviews" for role in view.roles
    }


def test_the_overview_names_clocks_near_their_end_and_missed(said):
    told = said(url="overview")
    assert "Statutory clocks near their end 2" in told
    assert "Serious incident notified to the national Panel (SI-1)" in told
    assert "Statutory clocks missed and not done None" in told
    assert "Statutory clocks" not in said("analyst", "overview")


@pytest.mark.usefixtures("demonstration")
def test_without_logs_the_page_says_what_to_send(tmp_path, monkeypatch):
    empty = logs_home.built(tmp_path / "empty", logged({}, returns("2025-26-Q1", "2025-26-Q1", "figures")))
    monkeypatch.setenv("THROUGHLINE_HOME", str(empty))
    told = words(opened("reviews"))
    assert "No log of reviews or concerns has come in yet" in told
    for what in (
        "the log of serious incidents and reviews",
        "the training return",
        "the survey return",
        "the voice return",
    ):
        assert f"The business unit sends {what}" in told


@pytest.mark.usefixtures("demonstration")
def test_the_command_of_every_empty_log_runs_as_it_stands(tmp_path, monkeypatch):
    logs_home.built(tmp_path, logged({}, returns("2025-26-Q1", "2025-26-Q1", "figures")))
    monkeypatch.setenv("THROUGHLINE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    told = re.findall(r"throughline (template \S+ --agency \S+ --period \S+ -o \S+\.xlsx)", words(opened("reviews")))
    assert {line.split()[1] for line in told} == {"reviews", "concerns", "training", "survey", "voice"}
    for line in told:
        done = CliRunner().invoke(main, line.split())
        assert done.exit_code == 0, done.output
        assert (tmp_path / line.split()[-1]).exists()
