from __future__ import annotations

import csv
from datetime import date

import pytest

from pipelines.checking import check, check_workbook
from pipelines.flows import returns
from schemas.returns.self_assessment import KIND
from tests.pipelines.assessment_book import AT, MET, SCHOOL, answered, registered, rules, school
from tests.pipelines.good_return import good_book
from tests.pipelines.log_book import RECOMMENDATION, write

TODAY = AT.date()
HEADINGS = ["Statement ID", "Score", "Evidence"]
ANSWER = ["ED1.1", "2", "Report to governors"]


def sent(tmp_path, cover, today=TODAY):
    """A comma-separated self-assessment with these pairs above its headings."""
    path = tmp_path / "a.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["Kind of return", KIND.id], *cover.items(), HEADINGS, ANSWER])
    return check(path, today=today)


def told(report, rule):
    (problem,) = (p for p in report.problems if p.rule == rule)
    return problem.message, problem.fix


@pytest.mark.parametrize(
    ("year", "said", "example"),
    [
        ("2026-27-Q2", "the Cover says 2026-27 Q2.", "2026-27"),
        ("2025-26-Q4", "the Cover says 2025-26 Q4.", "2025-26"),
        ("2026", "the Cover says 2026.", "2026-27"),
        ("last year", "“last year” on the Cover is none.", "2026-27"),
        ("Sarah Jenkins", "what stands there on the Cover is none.", "2026-27"),
    ],
)
def test_a_year_that_is_none_is_answered_with_how_a_year_is_written(tmp_path, year, said, example):
    report = sent(tmp_path, {"Answered by": "SCH-0142", "Year": year})
    message, fix = told(report, "period_of_the_return_cannot_be_read")
    assert message == f"The return is for a year, written as {example}; {said}"
    assert fix == f"Write the year on the Cover sheet as {example}."
    mended = sent(tmp_path, {"Answered by": "SCH-0142", "Year": example})
    assert (mended.agency_id, mended.period_id) == ("SCH-0142", f"FY{example}")


def test_who_says_neither_whose_nor_when_is_told_where_in_the_words_of_the_kind(tmp_path):
    report = sent(tmp_path, {})
    assert told(report, "period_is_missing") == (
        "The file does not say which year it is for.",
        "Fill in Year on the Cover sheet, as 2026-27, or write “Year” and the answer beside it above the headings.",
    )
    assert told(report, "agency_is_missing") == (
        "The file does not say whose answers it holds.",
        "Fill in Respondent or Agency on the Cover sheet, or write “Answered by” and the answer beside it above the headings.",
    )
    assert sent(tmp_path, {"Answered by": "SCH-0142", "Year": "2026-27"}).rows_accepted == 1


def test_a_log_by_quarter_and_figures_are_told_of_theirs(tmp_path):
    log = check(write(tmp_path / "l.xlsx", {"Recommendations": [RECOMMENDATION]}, cover=False), today=TODAY)
    assert told(log, "period_is_missing")[1].endswith("or write “Period” and the answer beside it above the headings.")
    book = good_book()
    book.cover("Period", None)
    for row in book.figures[4:]:
        row[book.column("Period")] = None
    assert told(check_workbook(book.workbook(), today=TODAY), "period_is_missing") == (
        "The file does not say which quarter it is for.",
        "Fill in Period on the Cover sheet, as 2026-27-Q2, or add a column Period, or say it as you send the file.",
    )


def test_a_year_that_has_not_begun_is_spoken_of_as_a_year(tmp_path):
    report = sent(tmp_path, {"Answered by": "SCH-0142", "Year": "2029-30"})
    assert told(report, "log_is_ahead_of_its_time") == (
        "The return is for 2029-30, which begins on 1 April 2029.",
        "Check the year. It may be sent as soon as its year has begun.",
    )


def test_a_sender_that_may_be_somebodys_name_is_not_repeated(tmp_path):
    report = sent(tmp_path, {"Answered by": "Sarah Jenkins", "Year": "2026-27"})
    message, _ = told(report, "agency_of_the_return_is_not_known")
    assert message == "The sender, what stands there, is not an agency of the partnership."


# The round of 2025-26 was due on 30 November 2025: ninety days later is 28 February 2026.
@pytest.mark.parametrize(("today", "asked"), [(date(2026, 2, 28), False), (date(2026, 3, 1), True)])
def test_a_year_whose_round_is_long_over_is_asked_about_and_taken(tmp_path, today, asked):
    report = sent(tmp_path, {"Answered by": "SCH-0142", "Year": "2025-26"}, today)
    assert ("round_of_the_return_is_long_over" in rules(report)) is asked
    assert (report.period_id, report.rows_accepted) == ("FY2025-26", 1)
    if asked:
        assert told(report, "round_of_the_return_is_long_over")[0] == (
            "The return is for 2025-26, which was due by 30 November 2025. It is taken as that year's."
        )


@pytest.mark.slow
def test_actions_of_a_round_that_is_over_may_be_brought_up_to_date_without_being_asked(tmp_path):
    then, later = AT.replace(year=2025), AT.replace(month=7)
    registered(tmp_path, school())
    met = {**MET, "evidence_date": date(2025, 6, 1)}
    first = returns.submit(tmp_path, SCHOOL, answered(tmp_path, tmp_path / "a.xlsx", period="2025-26", every=met), then)
    assert first.report.rows_accepted == 11
    action = {"ED1.1": {"action": "Tell all staff", "owner_role": "Deputy head", "due_date": date(2026, 9, 1)}}
    path = answered(tmp_path, tmp_path / "b.xlsx", period="2025-26", every=None, differs=action)
    assert "round_of_the_return_is_long_over" not in rules(returns.submit(tmp_path, SCHOOL, path, later).report)
    scored = answered(
        tmp_path, tmp_path / "c.xlsx", period="2025-26", every=None, differs={"ED1.1": {"self_score": "1"}}
    )
    report = returns.submit(tmp_path, SCHOOL, scored, later.replace(hour=14)).report
    assert "round_of_the_return_is_long_over" in rules(report)


def test_a_cover_that_names_another_self_assessment_is_said_once_and_not_row_by_row(tmp_path):
    report = sent(tmp_path, {"Answered by": "Police", "Year": "2026-27", "Instrument": "Early years"})
    assert [p.rule for p in report.problems if p.severity == "error"] == ["self_assessment_is_not_the_one_on_the_cover"]
    message, fix = told(report, "self_assessment_is_not_the_one_on_the_cover")
    assert message.startswith("The Cover says Early years; 1 of the 1 statements are of Education")
    assert fix.startswith("Choose Education")
    assert report.rows_accepted == 0
    mended = sent(tmp_path, {"Answered by": "Police", "Year": "2026-27", "Instrument": "Education"})
    assert "self_assessment_is_not_the_one_on_the_cover" not in rules(mended)
    assert mended.rows_accepted == 1


def test_an_agency_on_the_register_is_told_that_it_needs_no_row(tmp_path):
    path = write(tmp_path / "r.xlsx", {"Respondents": [school(respondent_id="lch")]}, kind="register")
    message, fix = told(check(path, today=TODAY), "log_agency_needs_no_row_on_the_register")
    assert "is an agency of the data set, which is asked by itself" in message
    assert fix == "Take the row out: an agency needs none on the register."


def test_a_day_far_ahead_is_called_so(tmp_path):
    path = write(tmp_path / "l.xlsx", {"Recommendations": [RECOMMENDATION | {"due_on": "2062-01-01"}]})
    message, fix = told(check(path, today=TODAY), "log_day_is_too_far_off")
    assert "“2062-01-01” lies too far off to be meant" in message
    assert fix == "Check the year: days from 1990 to 2060 are taken."


@pytest.mark.parametrize(("age", "guessed"), [("7", False), ("16 and 71", True)])
def test_a_bare_number_is_not_taken_for_an_age_band_that_holds_it(tmp_path, age, guessed):
    case = {"audit_ref": "AU-2026-1", "case_no": 1, "age_band": age}
    path = write(tmp_path / "c.xlsx", {"Cases": [case]}, kind="audit")
    message, fix = told(check(path, today=TODAY), "log_choice_is_not_in_the_list")
    assert ("Did you mean “16 and 17”?" in message) is guessed
    assert fix.startswith("Choose one of: ")
