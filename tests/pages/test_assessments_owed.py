from __future__ import annotations

from dataclasses import dataclass

import pytest

from app import uploads
from app.session import Visit
from pipelines.flows import returns
from tests.pages.opening import opened, words
from tests.pipelines.assessment_book import AT, SCHOOL, STEWARD, answered, answers, registered, rules, school

pytestmark = pytest.mark.slow


@pytest.fixture
def home(demonstration):
    place = demonstration
    registered(place, school(), school(respondent_id="SCH-0200", name="Lower Wortley Primary"))
    returns.submit(place, SCHOOL, answered(place, place / "a.xlsx"), AT)
    return place


@pytest.mark.usefixtures("home")
def test_an_agency_sees_its_self_assessment_with_its_due_day_and_workbook():
    app = opened("returns", "analyst")
    said = words(app)
    assert "Organisational self-assessment" in said
    assert "30 November" in said
    assert [each.proto.label for each in app.get("download_button") if "self-assessment" in each.proto.label]
    assert "Lower Wortley Primary" not in said
    assert "SCH-0142" not in said
    assert not [each for each in app.checkbox if each.key == "holds_moderation"]


@pytest.mark.usefixtures("home")
def test_the_business_unit_sees_who_has_not_replied_and_what_respondents_sent():
    app = opened("returns", "business_unit")
    said = words(app)
    assert "1 of 2 replied" in said
    assert "Lower Wortley Primary" in said
    assert "Self-assessment, 2026-27, SCH-0142" in said
    assert app.checkbox(key="holds_moderation").label == "This workbook holds our moderation"
    options = app.selectbox(key="respondent_of_workbook").options
    assert "Moor Side Primary (SCH-0142), Self-assessment of schools and colleges" in options
    app.selectbox(key="respondent_of_workbook").select(options[-1]).run()
    assert not app.exception
    labels = {each.proto.label for each in app.get("download_button")}
    assert {"Download its workbook", "Download the copy for moderation"} <= labels


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("role", ["executive", "scrutineer", "public"])
def test_no_other_reader_sees_a_respondent(role):
    said = words(opened("returns", role))
    assert "Lower Wortley Primary" not in said
    assert "SCH-0" not in said


@pytest.mark.usefixtures("demonstration")
def test_before_anybody_is_asked_the_page_says_how_the_round_begins():
    assert "No self-assessment is asked for yet" in words(opened("returns", "business_unit"))
    assert "Organisational self-assessment" not in words(opened("returns", "analyst"))


@dataclass(frozen=True)
class Dropped:
    """A file as the page hands it on."""

    name: str
    content: bytes
    file_id: str = "1"

    def getvalue(self) -> bytes:
        return self.content


def test_a_tick_says_that_what_is_uploaded_is_moderation(home):
    seen = {"ED1.1": {"moderated_score": "1", "moderator_comment": "Not seen at the visit"}}
    path = answered(home, home / "m.xlsx", every=None, differs=seen, moderating=True)
    file = Dropped(path.name, path.read_bytes())
    visit = Visit(home, STEWARD, "executive", None, None, None, AT)
    unticked, ticked = (uploads.check(visit, file, moderating=each) for each in (False, True))
    assert "log_moderation_is_the_business_units" in rules(unticked.report)
    assert "log_moderation_is_the_business_units" not in rules(ticked.report)
    assert "Moderated score: 1 Started" in " ".join(ticked.changes["now"])
    uploads.submit(visit, file, AT, moderating=True)
    assert answers(home).loc["ED1.1", "moderated_score"] == "s1"
    assert uploads.annotated(visit, file, moderating=True)[:2] == b"PK"
