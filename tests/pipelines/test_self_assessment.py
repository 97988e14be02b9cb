from __future__ import annotations

from datetime import date

import pytest
from openpyxl import load_workbook

from pipelines.checking import check
from pipelines.flows import returns
from schemas.actors import Actor
from schemas.catalogue import catalogue
from schemas.periods import parse
from schemas.problems import UserError
from tests.pipelines.assessment_book import (
    AT,
    MET,
    SCHOOL,
    STEWARD,
    YEAR,
    answered,
    answers,
    headed,
    registered,
    rules,
    school,
    shown,
)

pytestmark = pytest.mark.slow
POLICE = Actor("p", "analyst", "wyp_leeds")
NEXT_YEAR = AT.replace(year=2027)
EDUCATION = catalogue().instruments["education"].asked_in(parse(YEAR))


@pytest.fixture
def home(tmp_path):
    registered(tmp_path, school())
    return tmp_path


def test_a_filled_in_template_is_taken_whole_and_without_a_question(home):
    differs = {"ED1.2": {"self_score": "1", "action": "Name a link governor", "owner_role": "Chair of governors",
                         "due_date": date(2027, 1, 31)}}  # fmt: skip
    loaded = returns.submit(home, SCHOOL, answered(home, home / "a.xlsx", differs=differs), AT)
    assert [problem for problem in loaded.report.problems if problem.severity != "note"] == []
    assert loaded.receipt.submission_id == "SCH-0142.self_assessment.FY2026-27.v1"
    assert list(answers(home).index) == [statement.id for statement in EDUCATION]
    assert answers(home).loc["ED1.2", ["self_score", "owner_role"]].tolist() == ["s1", "Chair of governors"]


def test_last_years_answers_are_carried_forward_marked_and_look_it(home):
    done = {"self_score": "2", "action": "Train two governors", "owner_role": "Head", "due_date": date(2026, 12, 1),
            "done_on": date(2026, 11, 1), "good_practice": "Pupils wrote the policy"}  # fmt: skip
    returns.submit(home, SCHOOL, answered(home, home / "a.xlsx", differs={"ED1.3": done}), AT)
    out = home / "t.xlsx"
    returns.write_template(home, SCHOOL, "self_assessment", "SCH-0142", "2027-28", out, at=NEXT_YEAR)
    first, *_ = rows = shown(out)
    assert {row["carried_from"] for row in rows} == {"2026-27"}
    assert (first["self_score"], first["evidence_ref"]) == ("2 In place", "Report to governors")
    third = next(row for row in rows if row["statement_id"] == "ED1.3")
    assert (third["good_practice"], third["action"], third["done_on"]) == ("Pupils wrote the policy", None, None)
    sheet = load_workbook(out)["Statements"]
    place = headed(sheet)["self_score"]
    fresh = load_workbook(answered(home, home / "f.xlsx"))["Statements"].cell(5, place)
    assert sheet.cell(5, place).fill.fgColor.rgb != fresh.fill.fgColor.rgb
    assert sheet.cell(5, place).font.italic


def test_what_was_sent_this_year_is_filled_in_and_not_called_carried_forward(home):
    returns.submit(home, SCHOOL, answered(home, home / "a.xlsx", period="2025-26"), AT)
    part = answered(home, home / "b.xlsx", every=None, differs={"ED1.1": {"evidence_ref": "Timetable"}})
    book = load_workbook(part)
    book["Statements"].delete_rows(6, len(EDUCATION))
    book.save(part)
    returns.submit(home, SCHOOL, part, AT)
    out = home / "t.xlsx"
    returns.write_template(home, SCHOOL, "self_assessment", "SCH-0142", "2026-27", out, at=AT)
    found = {row["statement_id"]: (row["carried_from"], row["evidence_ref"]) for row in shown(out)}
    assert found["ED1.1"] == (None, "Timetable")
    assert found["ED1.2"] == ("2025-26", "Report to governors")


def test_answers_carried_forward_count_once_sent_and_their_number_is_said(home):
    returns.submit(home, SCHOOL, answered(home, home / "a.xlsx", period="2025-26"), AT)
    changed = answered(home, home / "b.xlsx", every=None, differs={"ED1.4": {"self_score": "1"}})
    loaded = returns.submit(home, SCHOOL, changed, AT)
    (told,) = [problem for problem in loaded.report.problems if problem.rule == "answers_are_as_last_year"]
    assert told.message == f"{len(EDUCATION) - 1} of {len(EDUCATION)} answers are as they were in 2025-26."
    stands = answers(home)
    assert len(stands[stands["year_id"].eq(YEAR)]) == len(EDUCATION)


def test_a_partial_workbook_changes_what_it_names_and_what_is_missing_is_asked_for_once(home):
    path = answered(home, home / "a.xlsx", every=None, differs={"ED1.1": MET, "ED1.2": MET})
    loaded = returns.submit(home, SCHOOL, path, AT)
    (told,) = [problem for problem in loaded.report.problems if problem.rule == "self_assessment_is_not_whole"]
    assert told.message.startswith(
        f"{len(EDUCATION) - 2} of {len(EDUCATION)} statements are not answered yet: ED1.3, ED1.4"
    )
    rest = {statement.id: MET for statement in EDUCATION[2:]}
    path = answered(home, home / "b.xlsx", every=None, differs=rest)
    assert "self_assessment_is_not_whole" not in rules(returns.submit(home, SCHOOL, path, AT).report)


def test_the_template_says_how_much_room_words_have_as_they_are_entered(home):
    sheet = load_workbook(answered(home, home / "f.xlsx"))["Statements"]
    cell = sheet.cell(5, headed(sheet)["evidence_ref"]).coordinate
    (rule,) = (rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref)
    assert (rule.type, rule.formula1, rule.errorStyle) == ("textLength", "300", "warning")
    assert rule.prompt == "At most 300 characters."


def test_the_template_asks_a_sender_what_it_owes(home):
    def instrument(sender, **asked):
        returns.write_template(home, STEWARD, "self_assessment", sender, "2026-27", home / "t.xlsx", at=AT, **asked)
        return check(home / "t.xlsx", today=AT.date()).cover["instrument"]

    assert instrument("sch 0142") == "Education"
    assert instrument("wyp_leeds") == "Organisational"
    assert instrument("bu") == "Partnership"
    assert instrument("wyp_leeds", instrument="s175") == "Education"
    registered(home, school(respondent_id="COL-0007", name="Park College", sector="Colleges"),
               school(respondent_id="COL-0007", name="Park College", sector="Colleges", instrument="Organisational"))  # fmt: skip
    with pytest.raises(
        UserError, match=r"owes 2 self-assessments: education and organisational. Name one with --instrument"
    ):
        instrument("COL-0007")
    with pytest.raises(UserError, match="no self-assessment “Horses”"):
        instrument("wyp_leeds", instrument="Horses")


@pytest.mark.parametrize(
    ("sender", "period", "said"),
    [
        ("SCH-0999", "2026-27", "SCH-0999 is not on the register"),
        ("SCH-0142", "2026-27-Q2", "for a financial year; “2026-27-Q2” is not one. Write it as 2026-27"),
        ("SCH-0142", "2019-20", "was not asked yet in 2019-20"),
        ("nobody", "2026-27", "A respondent is named by its reference, as SCH-0142"),
    ],
)
def test_what_cannot_be_written_is_said_in_a_sentence(home, sender, period, said):
    with pytest.raises(UserError, match=said):
        returns.write_template(home, STEWARD, "self_assessment", sender, period, home / "t.xlsx", at=AT)


def test_a_body_that_has_left_owes_nothing_more(home):
    registered(home, school(until=date(2026, 3, 31)))
    with pytest.raises(UserError, match="owes no self-assessment for 2026-27"):
        returns.write_template(home, STEWARD, "self_assessment", "SCH-0142", "2026-27", home / "t.xlsx", at=AT)


def test_a_school_is_told_beforehand_who_will_see_its_name(home):
    def told(path):
        return " ".join(
            str(cell.value) for row in load_workbook(path)["Cover"].iter_rows() for cell in row if cell.value
        )

    assert "you, the lead of your sector and the business unit" in told(answered(home, home / "a.xlsx"))
    agencys = told(answered(home, home / "b.xlsx", "wyp_leeds"))
    assert "the Executive sees them under your name" in agencys


def test_only_the_partnerships_own_has_the_sheet_of_its_event(home):
    assert "Event" not in load_workbook(answered(home, home / "a.xlsx")).sheetnames
    assert "Event" in load_workbook(answered(home, home / "b.xlsx", "bu")).sheetnames


def test_scores_are_chosen_from_a_list_and_days_are_days(home):
    sheet = load_workbook(answered(home, home / "a.xlsx"))["Statements"]
    kinds = {letters.split(":")[0].rstrip("0123456789"): each.type for each in sheet.data_validations.dataValidation
             for letters in str(each.sqref).split()}  # fmt: skip
    places = {name: sheet.cell(4, place).column_letter for name, place in headed(sheet).items()}
    assert kinds[places["self_score"]] == "list"
    assert {kinds[places[name]] for name in ("evidence_date", "due_date", "done_on")} == {"date"}
    assert sheet.cell(5, headed(sheet)["statement_text"]).protection.locked
    assert not sheet.cell(5, headed(sheet)["self_score"]).protection.locked
    assert "moderated_score" not in headed(sheet)


def test_who_is_not_on_the_register_is_refused_even_by_an_empty_vault(home, tmp_path):
    path = answered(home, home / "a.xlsx")
    elsewhere = tmp_path / "elsewhere"
    loaded = returns.submit(elsewhere, STEWARD, path, AT)
    assert (loaded.report.exit_code, loaded.receipt.state) == (2, "refused")
    assert "respondent_is_not_on_the_register" in rules(loaded.report)


def test_a_respondent_taken_off_the_register_cannot_send(home):
    path = answered(home, home / "a.xlsx")
    registered(home, school(standing="Withdrawn"))
    assert "respondent_is_not_on_the_register" in rules(returns.submit(home, SCHOOL, path, AT).report)


def test_a_respondent_sends_for_itself_alone(home):
    registered(home, school(respondent_id="SCH-0200", name="Lower Wortley Primary"))
    anothers = answered(home, home / "a.xlsx", "SCH-0200")
    with pytest.raises(UserError, match="A respondent of SCH-0142 cannot act for SCH-0200"):
        returns.submit(home, SCHOOL, anothers, AT)
    with pytest.raises(UserError, match="cannot act for SCH-0200"):
        returns.write_template(home, SCHOOL, "self_assessment", "SCH-0200", "2026-27", home / "t.xlsx", at=AT)
    with pytest.raises(UserError, match="cannot act for"):
        returns.write_template(home, POLICE, "self_assessment", "SCH-0142", "2026-27", home / "t.xlsx", at=AT)


def test_nobody_learns_of_anothers_answers_by_checking_a_made_up_file(home):
    returns.submit(home, SCHOOL, answered(home, home / "a.xlsx"), AT)
    report = returns.check_file(home, POLICE, home / "a.xlsx", AT)
    assert not {"log_records_are_as_before", "respondent_is_not_on_the_register"} & rules(report)
    own = returns.check_file(home, SCHOOL, home / "a.xlsx", AT)
    assert "log_records_are_as_before" in rules(own)


@pytest.mark.parametrize("column", ["good_practice", "area_for_improvement", "action", "impact_evidence", "na_reason"])
def test_what_names_a_child_is_kept_out_and_not_repeated(home, column):
    said = {"ED1.1": MET | {column: "Kayden Oddlysaid in Year 4 was seen by the nurse"}}
    loaded = returns.submit(home, SCHOOL, answered(home, home / "a.xlsx", differs=said), AT)
    assert loaded.report.exit_code == 1
    assert "ED1.1" not in answers(home).index
    assert "Oddlysaid" not in str(loaded.report.as_dict())


def test_a_statement_nobody_asks_is_named_with_the_nearest(home):
    path = answered(home, home / "a.xlsx")
    book = load_workbook(path)
    book["Statements"].cell(5, 1).value = "ED1.11O"
    book["Statements"].cell(6, 1).value = "os 1.2"
    book["Statements"].cell(7, 1).value = "ed 1.3"
    book.save(path)
    report = returns.check_file(home, SCHOOL, path, AT)
    assert {"log_statement_is_not_known", "statement_is_of_another_self_assessment"} <= rules(report)
    assert "ED1.3" in set(report.records["Statements"]["statement_id"])


def test_the_longest_bodies_names_pass_and_a_childminders_does_not(tmp_path):
    names = ["St Mary's Primary", "Little Acorns Nursery", "Moor Allerton Hall Primary", "Kids Kabin Harehills",
             "Voluntary Action Leeds", "Caring Together in Woodhouse"]  # fmt: skip
    registered(tmp_path, *(school(respondent_id=f"SCH-{n:04d}", name=name) for n, name in enumerate(names, 200)))
    from tests.pipelines.log_book import write

    bad = school(
        respondent_id="EY-0031", name="Sarah Oddlysaid, childminder", sector="Early years", instrument="Early years"
    )
    path = write(tmp_path / "r.xlsx", {"Respondents": [bad]}, kind="register")
    report = returns.check_file(tmp_path, STEWARD, path, AT)
    assert "respondent_is_called_by_a_persons_name" in rules(report)
    assert "Oddlysaid" not in str(report.as_dict())


def test_the_register_comes_back_with_everybody_who_has_not_left(home):
    registered(home, school(respondent_id="SCH-0001", name="Abbey Primary", until=date(2026, 3, 31)))
    out = home / "t.xlsx"
    returns.write_template(home, STEWARD, "register", "bu", "2026-27-Q2", out, at=AT)
    rows = [row for row in load_workbook(out)["Respondents"].iter_rows(min_row=5, values_only=True) if row[0]]
    assert [row[:4] for row in rows] == [("SCH-0142", "Education", "Moor Side Primary", "Schools and academies")]
    assert "log_records_are_as_before" in rules(returns.check_file(home, STEWARD, out, AT))


@pytest.mark.parametrize("typed", [-1, "(2)", "3?"])
def test_a_score_with_a_sign_is_left_out_and_named_with_what_may_stand(home, typed):
    report = returns.check_file(
        home, SCHOOL, answered(home, home / "a.xlsx", differs={"ED1.1": {"self_score": typed}}), AT
    )
    (said,) = [problem for problem in report.problems if problem.severity == "error"]
    assert (said.rule, said.column) == ("log_choice_is_not_in_the_list", "self_score")
    assert f"“{typed}” is not in the list" in said.message
    assert "1 Started, 2 In place" in said.fix
