from __future__ import annotations

from datetime import date

import pytest
from openpyxl import load_workbook

from pipelines.flows import returns, status
from pipelines.queries import respondents
from schemas.actors import Actor
from schemas.catalogue import catalogue
from schemas.problems import UserError
from tests.pipelines.assessment_book import AT, MET, SCHOOL, STEWARD, answered, registered, school

pytestmark = pytest.mark.slow
TODAY, AFTER = date(2026, 11, 26), date(2026, 12, 1)
POLICE = Actor("p", "analyst", "wyp_leeds")
UNSIGNED = {"Signed off by (role)": "", "Signed off on": ""}


@pytest.fixture
def home(tmp_path):
    nursery = school(
        respondent_id="EY-0031", instrument="Early years", name="Little Acorns Nursery", sector="Early years"
    )
    left = school(respondent_id="SCH-0001", name="Abbey Primary", until=date(2026, 8, 31))
    registered(tmp_path, school(), school(respondent_id="SCH-0200", name="Lower Wortley Primary"), nursery, left)
    return tmp_path


def state(home, sender="SCH-0142", today=TODAY, actor=STEWARD):
    return [each.words for each in respondents.owed(home, actor, sender, today)]


def test_a_self_assessment_is_due_then_begun_then_received(home):
    assert state(home) == ["Due"]
    assert state(home, today=AFTER) == ["Late"]
    returns.submit(home, SCHOOL, answered(home, home / "a.xlsx", every=None, differs={"ED1.1": MET}), AT)
    assert state(home, actor=SCHOOL) == ["Begun, 1 of 11 statements answered"]
    returns.submit(home, SCHOOL, answered(home, home / "b.xlsx", cover=UNSIGNED), AT.replace(hour=14))
    assert state(home) == ["Received, awaiting sign-off"]
    returns.submit(home, SCHOOL, answered(home, home / "c.xlsx"), AT.replace(hour=15))
    assert state(home) == ["Received"]


def test_an_answer_changed_after_the_sign_off_awaits_another_and_moderation_does_not(home):
    returns.submit(home, SCHOOL, answered(home, home / "a.xlsx"), AT)
    seen = {"ED1.1": {"moderated_score": "1", "moderator_comment": "Not seen at the visit"}}
    copy = answered(home, home / "m.xlsx", every=None, differs=seen, moderating=True)
    returns.submit(home, STEWARD, copy, AT.replace(hour=14), moderating=True)
    assert state(home) == ["Received"]
    changed = answered(home, home / "b.xlsx", every=None, differs={"ED1.1": {"self_score": "3"}}, cover=UNSIGNED)
    returns.submit(home, SCHOOL, changed, AT.replace(hour=15))
    assert state(home) == ["Received, awaiting sign-off"]


def test_agencies_owe_the_organisational_one_and_the_business_unit_the_partnerships(home):
    (police,) = respondents.owed(home, POLICE, "wyp_leeds", TODAY)
    assert (police.instrument_id, police.year.id, police.due, police.asked) == (
        "organisational",
        "FY2026-27",
        date(2026, 11, 30),
        50,
    )
    (event,) = respondents.owed(home, STEWARD, "bu", TODAY)
    assert (event.instrument_id, event.words) == ("partnership", "Due")


def test_the_business_unit_has_sent_the_partnerships_once_what_groups_said_is_in(home):
    path = answered(home, home / "e.xlsx", "bu", every=None)
    book = load_workbook(path)
    book["Event"].append(["Executive members", "Voice and Influence", "Children speak at each meeting"])
    book.save(path)
    returns.submit(home, STEWARD, path, AT)
    (event,) = respondents.owed(home, STEWARD, "bu", TODAY)
    assert event.words == "Received"


def test_nothing_is_owed_before_the_partnership_has_begun_to_ask(tmp_path):
    assert respondents.owed(tmp_path, POLICE, "wyp_leeds", TODAY) == ()
    assert respondents.by_sector(tmp_path, STEWARD, TODAY) == ()


def test_the_business_unit_sees_by_sector_and_name_who_has_not_replied(home):
    returns.submit(home, SCHOOL, answered(home, home / "a.xlsx"), AT)
    sectors = {each.sector: each for each in respondents.by_sector(home, STEWARD, TODAY)}
    schools = sectors["Schools and academies"]
    assert (schools.owed, schools.replied) == (2, 1)
    assert [each.name for each in schools.waiting] == ["Lower Wortley Primary"]
    assert [each.name for each in sectors["Early years settings"].waiting] == ["Little Acorns Nursery"]
    assert sum(each.owed for each in sectors.values()) == len(catalogue().assessing) + 3


def test_nobody_else_learns_who_is_on_the_register(home):
    returns.submit(home, SCHOOL, answered(home, home / "a.xlsx"), AT)
    for actor in (POLICE, SCHOOL, Actor("e", "executive"), Actor("i", "scrutineer"), Actor("x", "public")):
        with pytest.raises(UserError, match="This needs the role business unit"):
            respondents.by_sector(home, actor, TODAY)
        with pytest.raises(UserError, match="This needs the role business unit"):
            respondents.sent(home, actor)
    for actor in (POLICE, Actor("o", "respondent", "SCH-0200")):
        with pytest.raises(UserError, match="cannot act for SCH-0142"):
            respondents.owed(home, actor, "SCH-0142", TODAY)


def test_what_respondents_sent_is_listed_by_reference_for_the_business_unit(home):
    returns.submit(home, SCHOOL, answered(home, home / "a.xlsx"), AT)
    (one,) = respondents.sent(home, STEWARD)
    assert (one.agency_id, one.kind, one.approved) == ("SCH-0142", "self_assessment", True)


def test_the_status_says_how_many_of_each_sector_have_replied_and_names_no_small_body(home):
    returns.submit(home, SCHOOL, answered(home, home / "a.xlsx"), AT)
    said = list(status.lines(home, STEWARD, AT))
    assert "Self-assessments for 2026-27, due 30 November 2026:" in said
    assert "  Schools and academies: 1 of 2 replied" in said
    assert "Moor Side" not in " ".join(said)
