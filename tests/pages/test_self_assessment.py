from __future__ import annotations

import html
import re

import pytest

from app import pages
from schemas.catalogue import catalogue
from tests.pages import assessed_home
from tests.pages.opening import ODD, markup, opened, seen
from tests.pipelines.assessed import LAST, NOW, Given, assessed, registered

pytestmark = pytest.mark.slow
URL = "self-assessment"
EVERYBODY = ("executive", "analyst", "public")


@pytest.fixture(scope="module")
def home(copied_home):
    return copied_home("assessed", assessed_home.built)


@pytest.fixture
def said(demonstration, home, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_HOME", str(home))
    return lambda role="executive", **asked: words(seen(URL, role, **asked))


def words(app):
    """What a reader sees, with the lines of a cell apart."""
    body = re.sub(r"<(style|script)>.*?</\1>", " ", markup(app), flags=re.DOTALL)
    body = re.sub(r"</?b>|</?a(?: [^>]*)?>|<span class=\"nb\">([^<]*)</span>", r"\1", body)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def between(told, first, last):
    return told[told.index(first) : told.index(last)]


def test_the_page_stands_in_the_navigation_before_learning():
    titles = [view.title for view in pages.found()]
    assert titles.index("Indicator") < titles.index("Self-assessment") < titles.index("Learning and impact")


def test_the_title_is_who_replied_and_what_is_not_met(said):
    told = said()
    assert "18 of 34 self-assessments are complete; 3 critical statements are not met" in told
    assert "due by 30 November 2026. On the 2 statements looked at in 1 agency" in told
    assert "the business unit’s scores are 17 points lower than its own" in told


def test_replies_are_by_sector_and_by_instrument(said):
    told = said()
    assert "Third sector and faith bodies 7 of 8 0 1 0" in told
    assert "4 of 11 replied; 7 have sent nothing" in told
    assert "Leeds and York Partnership NHS Foundation Trust Begun: 49 of 50 statements answered" in told


@pytest.mark.parametrize("role", EVERYBODY)
def test_the_top_counts_the_self_assessments_of_every_instrument_but_the_partnerships(said, role):
    told = said(role)
    # 14 of 23 of organisations and 4 of 11 of schools; the groups that met answer for the partnership alone.
    assert "18 of 34 self-assessments are complete" in told
    assert "18of 34 self-assessments complete 1 more begun" in told
    assert "17 of 17" in between(told, "Who has replied", "What is not shown here")


def test_an_overdue_action_of_another_year_says_of_which(said):
    assert "actions overdue of those not yet done Who has replied" in said()
    before = said(year=LAST)
    assert "actions overdue of those not yet done: 1 of 2026-27 Who has replied" in before
    assert "1 of 2 actions not yet done is overdue: 1 of 2026-27." in before


def test_critical_statements_come_before_scores_with_what_is_being_done(said):
    told = said()
    assert told.index("Critical statements not met A critical") < told.index("Each agency, standard by standard")
    part = between(told, "Critical statements not met A critical", "Each agency, standard by standard")
    for each in ("Leeds City Council, Adult Social Care", "OS1.1, Leadership and accountability", "Name a lead at board",
                 "Chief nurse", "Overdue by 57 days", "2 In place Moderated: 1 Started", "No action given"):  # fmt: skip
        assert each in part


def test_agencies_stand_by_sector_and_alphabet_after_their_sectors_median(said):
    part = between(said(), "Each agency, standard by standard", "Median and spread")
    names = ("Everybody who replied Median of 14 replies", "Council services", "Leeds City Council, Adult Social Care",
             "Leeds City Council, Children and Families", "Police", "West Yorkshire Police", "Health",
             "Leeds Community Healthcare", "Leeds Teaching Hospitals", "Probation, courts and custody", "Cafcass")  # fmt: skip
    places = [part.index(name) for name in names]
    assert places == sorted(places)
    assert "Council services No median: too few replies to show one" in part


def test_a_score_has_number_word_moderation_gap_and_move(said):
    part = between(said(), "Each agency, standard by standard", "Median and spread")
    assert "67% in place moderated on 2 of 5: 50%, 17 points lower up 33 points Not met: OS6.1" in part
    assert "5 of 6 answered" in part


def test_no_overall_score_is_shown(said):
    told = said()
    assert "There is no overall score and no order of merit" in told
    assert not re.search(r"\b(?:rank|league|total score|average of all)\b", told, re.IGNORECASE)


def test_actions_are_overdue_first_and_done_apart(said):
    part = between(said(), "What agencies are doing about it", "The partnership itself")
    assert part.index("Overdue by 57 days") < part.index("Due by 31 January 2027") < part.index("Done (1)")
    assert "1 of 2 actions not yet done is overdue." in part
    assert "Teach it again" in part


def test_what_nobody_says_was_done_stands_apart_and_is_not_overdue(said):
    part = between(said(), "Not said to be done, and scored better since (1)", "Done (1)")
    assert "Ask the board" in part
    assert "Not said to be done; the statement was scored 2 in 2026-27" in part


def test_each_theme_has_its_groups_spread_and_what_they_said(said):
    part = between(said(), "The partnership itself", "What is not shown here")
    # Four Executive members would be left over of all seventeen, so there is no spread of everybody either.
    hidden = "Hidden to protect: too few replies"
    assert f"Voice and Influence {hidden} {hidden} 65% 65% to 65% 6 replies 65% 65% to 65% 7 replies" in part
    assert "Children speak at two meetings a year The threshold guide was redrawn" in part
    for theme in ("Voice and Influence", "Working in Partnership", "Leadership", "Governance", "Impact and Outcomes"):
        assert theme in part


@pytest.mark.usefixtures("demonstration")
def test_the_highest_and_lowest_theme_are_named(tmp_path, monkeypatch):
    ids = [f"PA-{n:04}" for n in range(1, 8)]
    but = assessed_home.every("partnership", "PT3", "s3", impact_evidence="Decisions came sooner")
    inputs = assessed(
        *(Given(each, instrument="partnership", but=but) for each in ids),
        register=tuple(registered(each, "practitioners", instrument="partnership") for each in ids),
    )
    monkeypatch.setenv("THROUGHLINE_HOME", str(assessed_home.built(tmp_path, inputs)))
    assert "Highest: Leadership, with a median of 100%. Lowest: Voice and Influence and" in words(opened(URL))


def test_spreads_are_pictures_with_words_and_a_table_beside(said):
    body = markup(seen(URL))
    assert "Median 65%, middle half 65% to 65%, on a line from 0% to 100%." in body
    assert "Leadership and accountability 65% 14 replies 65% to 65%" in said()


def test_an_agency_opens_to_its_statements(said):
    told = said(agency="lcc_cf", year=NOW)
    assert (
        "Leeds City Council, Children and Families Replied. Council services, 2026-27; 1 critical statement not met."
        in told
    )
    assert "Moderator: The log shows delays" in told
    assert "Moderated before the answer was changed." in told
    assert "Evidence of 31 May 2026 Difference: Children waited less, by the audit of May" in told
    assert "Scored 3 and counts 2: nothing shows the difference it makes." in told
    assert "Nobody is employed" in told


@pytest.mark.usefixtures("said")
def test_an_agencys_name_leads_to_its_answers_and_back():
    assert f'href="self-assessment?agency=lcc_cf&amp;year={NOW}"' in markup(seen(URL))
    assert f'href="self-assessment?year={NOW}"' in markup(seen(URL, agency="lcc_cf", year=NOW))


def test_the_year_before_opens_by_its_link(said):
    assert f'href="self-assessment?year={LAST}"' in markup(seen(URL))
    told = said(year=LAST)
    assert "self-assessments are complete; no critical" not in told
    assert "Self-assessments of 2025-26, due by 30 November 2025." in told


@pytest.mark.parametrize("role", ["analyst", "public"])
def test_others_see_no_agencys_answer_and_are_told_why(said, role):
    told = said(role)
    assert "What each agency answered is shown to the Executive only" in told
    assert "Percentages are given to the nearest 5, and change once six more have replied." in told
    for hidden in ("Chief nurse", "Name a lead", "Critical statements not met A critical", "points lower"):
        assert hidden not in told
    own = said(role, agency="lcc_cf")
    assert "This publication holds no answers of that agency" in own
    assert "50 of 50" not in own


def test_the_public_is_not_told_which_agencies_replied(said):
    assert "Leeds Teaching Hospitals" in said("analyst")
    assert "Leeds Teaching Hospitals" not in said("public")


@pytest.mark.parametrize("role", EVERYBODY)
def test_no_body_of_the_register_is_named(said, role):
    told = said(role)
    assert not re.search(r"(?:SCH|TS|PA)-\d{4}", told)
    assert "Name of" not in told
    assert "counted and never named" in told


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.usefixtures("said")
def test_what_came_in_is_shown_as_text_and_never_run(role):
    for asked in ({}, {"agency": "lcc_asc"}, {"agency": ODD}, {"year": ODD}):
        assert ODD not in markup(seen(URL, role, **asked))


def test_an_agency_nobody_knows_is_answered_plainly(said):
    told = said(agency="nobody")
    assert "This publication holds no answers of that agency" in told
    assert "everybody’s self-assessment" in told


@pytest.mark.usefixtures("demonstration")
def test_before_anybody_is_asked_the_page_says_what_to_press(tmp_path, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_HOME", str(assessed_home.built(tmp_path, assessed())))
    told = words(opened(URL, "business_unit"))
    assert "No self-assessment has been published yet" in told
    assert "due by 30 November 2026" in told
    line = f"throughline template self_assessment --agency {catalogue().assessing[0].id} --period {NOW}"
    assert line in told
    assert "Your agency owes one." in words(opened(URL, "analyst"))
