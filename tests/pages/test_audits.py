"""Audits as a reader finds them: in words and in order, for each role, one audit and all of them, and where there are none."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from app import pages
from pipelines.cli import main
from pipelines.queries.audited import latest_audits
from pipelines.queries.frame import pointer
from schemas.actors import Actor
from tests.pages import audits_home, logs_home
from tests.pages.audits_home import FEW, NEW, OLD
from tests.pages.opening import ODD, markup, opened, words
from tests.pipelines.audit_records import given
from tests.pipelines.log_records import logged, returns

STEWARD = Actor("Steward", "business_unit")
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("shown")]


@pytest.fixture(scope="module")
def home(copied_home):
    return copied_home("audits", audits_home.built)


@pytest.fixture
def shown(demonstration, home, monkeypatch):
    assert demonstration.exists()
    monkeypatch.setenv("THROUGHLINE_HOME", str(home))


def read(*asked, **named):
    """The words of the page, also where one line stands under another."""
    app = opened(*asked, **named)
    for each in app.get("html"):
        each.proto.body = each.proto.body.replace('<span class="under">', " ")
    return words(app)


def headings(app):
    return [re.sub("<[^>]+>", "", each) for each in re.findall(r"<h2>(.+?)</h2>", markup(app))]


def test_the_finding_is_the_latest_audit_and_what_its_re_audit_moved():
    said = words(opened("audits"))
    assert "51 of 79 judgements were good or better in the latest audit; better in 2 of 3 domains audited again" in said
    assert "Re-audits overdue: 1. Findings of which it is not decided what becomes of them: 2." in said


def test_the_parts_stand_in_their_order():
    assert headings(opened("audits")) == [
        "Planned and under way", "Reported", "What re-audit moved", "Voice of children in audited work",
        "What was found, and what became of it", "Good practice library", "How audits are shown",
    ]  # fmt: skip


def test_the_programme_says_when_who_and_why():
    said = words(opened("audits"))
    assert "Under way Report planned for 1 December 2026" in read("audits")
    assert f"Reviews found delays {ODD}" in words(opened("audits", audit=NEW))
    assert "Re-audit overdue since 31 October 2026" in said
    assert "Repeated by Notices of domestic abuse to schools, again" in said
    assert f"Repeated by {NEW}" not in said
    assert said.index("1 not going ahead") > said.index("A first look at neglect")


def test_what_was_written_is_text_and_never_run():
    for asked in ({}, {"audit": NEW}):
        app = opened("audits", **asked)
        assert ODD in words(app)
        assert ODD not in markup(app)


def test_what_moved_is_said_with_its_interval_and_never_beyond_it():
    said = words(opened("audits"))
    assert (
        "6 of 20 good or better before, 16 of 23 now: +40 points (between +10 and +61), consistent with better practice."
        in said
    )
    assert "consistent with no change as well as with one either way." in said
    assert "Too few to say: 4 of 8 good or better before, 6 of 8 now." in said
    assert "If nothing had changed, chance alone would still mark about 0.2 of these 3 domains." in said
    alt = re.findall(r'alt="([^"]+ points, between [^"]+)"', markup(opened("audits")))
    assert len(alt) == 3


def test_learning_is_shown_by_what_became_of_it_with_the_way_to_the_recommendation():
    app = opened("audits")
    said = words(app)
    assert (
        said.index("Not yet decided (1)")
        < said.index("Became a recommendation (2)")
        < said.index("Nothing further (1)")
    )
    assert 'href="recommendation?recommendation=R-01"' in markup(app)
    assert "R-99, not in the learning log yet" in said
    assert "The new form asks once" in said


def test_the_library_gathers_good_practice_of_all_audits():
    said = words(opened("audits"))
    library = said[said.index("Good practice library") :]
    assert "Notices say who is on duty" in library
    assert "Chronologies are kept" in library
    assert "Forms ask the same twice" not in library


def test_voice_is_said_present_or_not():
    said = words(opened("audits"))
    assert "The child’s voice shaped the plan in 10 of 24 cases in which it was looked at" in said
    assert "1 of 3 audits heard no child and no family." in said
    assert 'href="indicator?indicator=VO01"' in markup(opened("audits"))


def test_the_filter_keeps_one_theme_and_says_so():
    app = opened("audits")
    app.selectbox(key="audit_theme").set_value("neglect").run()
    said = words(app)
    assert "Only neglect: 2 of 6 audits." in said
    assert "Neglect over time" in said
    assert "What re-audit moved" not in said


def test_one_audit_shows_each_domain_with_its_counts_and_n():
    app, said = opened("audits", audit=NEW), read("audits", audit=NEW)
    assert "Impact 16 of 23 good or better (70%); 1 not enough to judge 2 14 6 1 23" in said
    assert "Management oversight 6 of 8 good or better 0 6 2 0 8" in said
    assert 'alt="Impact: 2 outstanding, 14 good, 6 requires improvement, 1 inadequate"' in markup(app)


def test_a_handful_is_hidden_and_said_to_be():
    said = read("audits", audit=NEW)
    assert "Planning and intervention Hidden to protect: too few cases were judged." in said
    few = words(opened("audits", audit=FEW))
    assert "Cases Hidden to protect" in few
    assert "Whose cases they were" not in few


def test_moderation_says_how_many_were_changed_and_why():
    said = words(opened("audits", audit=NEW))
    assert "Impact 18 of 23 16 of 23 2 lowered of 23 What was done is not on the record" in said
    assert "moderation changed 1 of 1 domains" in said


def test_cases_are_counted_one_characteristic_at_a_time():
    said = words(opened("audits", audit=NEW))
    assert "Girls 13" in said
    assert "South and South East Hidden to protect" in said
    assert "Not said of any case." in said


def test_an_audit_nobody_knows_is_named_and_the_others_offered():
    said = words(opened("audits", audit="AU-1999-1"))
    assert "There is no audit “AU-1999-1” in this publication" in said
    assert "Neglect over time" in said


def test_a_planned_audit_has_a_page_and_no_grades():
    said = words(opened("audits", audit="AU-2026-3"))
    assert "Report planned for" in said
    assert "How practice was judged" not in said


def test_partners_read_the_same_audits():
    for asked in ({}, {"audit": NEW}):
        analyst, executive = words(opened("audits", "analyst", **asked)), words(opened("audits", **asked))
        # What a persona is told of whom it acts for is no part of the page.
        assert analyst.replace(" You act for Leeds City Council, Children and Families.", "") == executive


def test_the_public_reads_shares_and_good_practice_and_of_no_agency():
    said, one = words(opened("audits", "public")), words(opened("audits", "public", audit=NEW))
    assert "63% of judgements were good or better in the latest audit" in said
    assert "Impact 70% 25" in one
    assert "Management oversight Too few cases for a share 10" in one
    for told in (said, one):
        assert "Police" not in told
        for secret in (
            "Reviews found delays",
            "Forms ask the same twice",
            "Whose cases they were",
            "Agency by agency",
            "R-01",
            "moderated",
        ):
            assert secret not in told
    assert "Planned and under way" not in said
    assert "Counted in the data set only" in said


def test_the_page_stands_before_learning_in_the_menu_for_everybody():
    order = [view.url for view in pages.found()]
    assert order.index("audits") < order.index("learning")
    view = next(view for view in pages.found() if view.url == "audits")
    assert view.roles == next(other for other in pages.found() if other.url == "learning").roles


def test_the_overview_names_the_latest_audit_of_a_theme_in_counts_or_in_shares(home):
    said = {name: latest_audits(pointer(home, STEWARD, name)) for name in ("executive", "public")}
    assert said["executive"]["domestic_abuse"] == "14 September 2026: 51 of 79 judgements good or better"
    assert said["public"]["domestic_abuse"] == "14 September 2026: 63% of judgements were good or better"
    assert (
        said["executive"]["neglect"] == said["public"]["neglect"] == "3 August 2026: too few cases to show their grades"
    )


def test_without_audits_the_page_says_what_to_send_and_the_command_runs(tmp_path, monkeypatch):
    logs_home.built(tmp_path, logged({}, returns("2025-26-Q1", "2025-26-Q1", "figures")))
    monkeypatch.setenv("THROUGHLINE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    said = words(opened("audits", "business_unit"))
    assert "No audit has been published yet" in said
    (line,) = re.findall(r"throughline (template audit --agency \S+ --period \S+ -o \S+\.xlsx)", said)
    done = CliRunner().invoke(main, line.split())
    assert done.exit_code == 0, done.output
    assert "The business unit sends the log of audits." in words(opened("audits", "public"))


def test_only_planned_audits_make_a_page_too(tmp_path, monkeypatch):
    planned = {"audit_ref": OLD, "title": "Neglect over time", "theme": "neglect", "stage": "planned",
               "planned_for": "2027-01-15", "agency_id": "lcc_cf"}  # fmt: skip
    logs_home.built(tmp_path, given([planned]))
    monkeypatch.setenv("THROUGHLINE_HOME", str(tmp_path))
    said = words(opened("audits"))
    assert "No audit is reported yet; 1 is planned or under way" in said
    assert "None is reported yet" in said
    assert "No audit has been published yet" in words(opened("audits", "public"))
