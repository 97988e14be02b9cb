from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from pipelines.cli import HOME, main
from pipelines.flows import returns
from schemas.actors import Actor
from schemas.problems import UserError
from tests.pipelines.assessment_book import (
    AT,
    MET,
    SCHOOL,
    STEWARD,
    answered,
    answers,
    headed,
    registered,
    rules,
    school,
)

pytestmark = pytest.mark.slow
SEEN = {"moderated_score": "1", "moderator_comment": "The paper named dates from 2023"}
LATER = AT.replace(day=24)


@pytest.fixture
def home(tmp_path):
    registered(tmp_path, school())
    returns.submit(tmp_path, SCHOOL, answered(tmp_path, tmp_path / "own.xlsx"), AT)
    return tmp_path


def moderation(home, name="m.xlsx", **differs):
    return answered(home, home / name, every=None, differs=differs or {"ED1.1": SEEN}, cover={}, moderating=True)


def moderated(home):
    return answers(home).loc["ED1.1", ["self_score", "moderated_score", "moderator_comment", "moderated_from"]].tolist()


def test_moderation_is_kept_beside_what_the_school_says_and_notes_what_it_said_then(home):
    loaded = returns.submit(home, STEWARD, moderation(home), LATER, moderating=True)
    assert [p for p in loaded.report.problems if p.severity != "note"] == []
    assert moderated(home) == ["s2", "s1", SEEN["moderator_comment"], "s2"]


def test_what_the_school_sends_later_changes_its_own_answer_and_leaves_the_moderation(home):
    returns.submit(home, STEWARD, moderation(home), LATER, moderating=True)
    better = answered(home, home / "b.xlsx", differs={"ED1.1": {"self_score": "0", "action": "Write a new paper"}})
    returns.submit(home, SCHOOL, better, LATER.replace(hour=15))
    assert moderated(home) == ["s0", "s1", SEEN["moderator_comment"], "s2"]


def test_a_copy_for_moderation_taken_before_the_school_sent_again_does_not_undo_what_it_sent(home):
    copy = moderation(home)
    again = answered(home, home / "b.xlsx", differs={"ED1.1": {"evidence_ref": "Visit notes of October"}})
    returns.submit(home, SCHOOL, again, LATER)
    returns.submit(home, STEWARD, copy, LATER.replace(hour=15), moderating=True)
    assert answers(home).loc["ED1.1", ["evidence_ref", "moderated_score"]].tolist() == ["Visit notes of October", "s1"]


def test_without_saying_that_it_is_moderation_nothing_moderated_is_taken(home):
    loaded = returns.submit(home, STEWARD, moderation(home), LATER)
    assert "log_moderation_is_the_business_units" in rules(loaded.report)
    assert moderated(home) == ["s2", "", "", ""]


def test_nobody_moderates_itself(home):
    path = moderation(home)
    for act in (returns.check_file, returns.submit):
        with pytest.raises(UserError, match="This needs the role business unit"):
            act(home, SCHOOL, path, LATER, moderating=True)
    with pytest.raises(UserError, match="This needs the role business unit"):
        returns.write_template(
            home, SCHOOL, "self_assessment", "SCH-0142", "2026-27", home / "t.xlsx", at=AT, moderating=True
        )
    loaded = returns.submit(home, SCHOOL, path, LATER)
    assert "log_moderation_is_the_business_units" in rules(loaded.report)
    assert moderated(home) == ["s2", "", "", ""]


def test_an_agency_cannot_moderate_another(home):
    with pytest.raises(UserError):
        returns.submit(home, Actor("p", "analyst", "wyp_leeds"), moderation(home), LATER)
    assert moderated(home) == ["s2", "", "", ""]


def test_whoever_moderates_is_asked_for_a_comment_and_not_about_the_schools_answers(home):
    old = {"evidence_date": date(2022, 6, 1)}
    returns.submit(home, SCHOOL, answered(home, home / "b.xlsx", differs={"ED1.1": MET | old}), LATER)
    path = moderation(home, **{"ED1.1": {"moderated_score": "1"}})
    report = returns.check_file(home, STEWARD, path, LATER, moderating=True)
    assert {p.rule for p in report.problems if p.severity != "note"} == {"moderated_without_a_comment"}


def test_what_nobody_has_answered_cannot_be_moderated(home):
    registered(home, school(respondent_id="SCH-0200", name="Lower Wortley Primary"))
    path = answered(home, home / "m.xlsx", "SCH-0200", every=None, differs={"ED1.1": SEEN}, moderating=True)
    report = returns.check_file(home, STEWARD, path, LATER, moderating=True)
    assert "moderated_without_an_answer" in rules(report)
    assert report.verdict == "refused"


def test_the_copy_for_moderation_opens_its_own_columns_and_carries_nothing_forward(home):
    returns.write_template(
        home, STEWARD, "self_assessment", "SCH-0142", "2027-28", home / "t.xlsx", at=AT, moderating=True
    )
    sheet = load_workbook(home / "t.xlsx")["Statements"]
    places = headed(sheet)
    assert sheet.cell(5, places["self_score"]).value is None
    locked = {name: sheet.cell(5, place).protection.locked for name, place in places.items()}
    assert [name for name, is_locked in locked.items() if not is_locked] == ["moderated_score", "moderator_comment"]


def test_the_command_line_moderates(home, monkeypatch):
    monkeypatch.setenv(HOME, str(home))
    out = home / "t.xlsx"
    asked = [
        "template",
        "self_assessment",
        "--agency",
        "SCH-0142",
        "--period",
        "2026-27",
        "--moderated",
        "-o",
        str(out),
    ]
    assert CliRunner().invoke(main, asked).output == f"Wrote {out}.\n"
    path = moderation(home)
    left_out = "what the business unit moderates, and were left out"
    assert left_out in CliRunner().invoke(main, ["check", str(path)]).output
    assert left_out not in CliRunner().invoke(main, ["check", str(path), "--moderated"]).output
    done = CliRunner().invoke(main, ["load", str(path), "--moderated"])
    assert (done.exit_code, moderated(home)[1]) == (0, "s1"), done.output


def answered_anew_while_it_was_moderated(home):
    """The school answers 3 instead of 2 while the business unit fills in the copy that says 2."""
    copy = moderation(home, **{"ED1.1": {"moderated_score": "2", "moderator_comment": "Seen at the visit"}})
    better = MET | {"self_score": "3", "impact_evidence": "Nine in ten pupils say whom they would tell, up from six"}
    returns.submit(home, SCHOOL, answered(home, home / "b.xlsx", differs={"ED1.1": better}), LATER)
    return returns.submit(home, STEWARD, copy, LATER.replace(hour=15), moderating=True)


def test_what_is_moderated_on_an_old_copy_is_moderation_of_the_answer_printed_in_it(home):
    loaded = answered_anew_while_it_was_moderated(home)
    assert moderated(home) == ["s3", "s2", "Seen at the visit", "s2"]
    (said,) = [p for p in loaded.report.problems if p.severity != "note"]
    assert said.rule == "moderated_before_the_answer_was_changed"
    assert "ED1.1 was moderated when the answer was 2, in place; the answer is now 3, in place" in said.message


def test_moderation_is_no_new_answer_that_would_have_to_be_signed_off_again(home):
    answered_anew_while_it_was_moderated(home)
    stands = answers(home).loc["ED1.1"]
    assert (stands["answered_at"], stands["received_at"]) == (LATER, LATER.replace(hour=15))
    assert answers(home).loc["ED1.2", "answered_at"] == AT


def test_a_score_that_stays_the_same_is_moderated_again_by_its_comment(home):
    answered_anew_while_it_was_moderated(home)
    unread = returns.submit(home, STEWARD, moderation(home, ED9={}), LATER.replace(hour=16), moderating=True)
    assert "moderated_before_the_answer_was_changed" in rules(unread.report)
    assert moderated(home)[3] == "s2"
    again = moderation(home, **{"ED1.1": {"moderator_comment": "Looked at again: the survey is not in the file"}})
    loaded = returns.submit(home, STEWARD, again, LATER.replace(hour=17), moderating=True)
    assert "moderated_before_the_answer_was_changed" not in rules(loaded.report)
    assert moderated(home)[3] == "s3"
