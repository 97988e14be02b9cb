from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipelines.checking import check_workbook
from schemas.catalogue import catalogue
from schemas.periods import of_kind, parse
from schemas.returns import kinds
from schemas.rule import rule, rules_in, rules_of
from tests.pipelines.good_return import good_book

HEADINGS = [
    "Agency",
    "Period",
    "Indicator ID",
    "Area",
    "Breakdown",
    "Category",
    "Number",
    "Out of",
    "Definition version",
]
EVERY = [each for kind in ("file", "log", *kinds()) for each in rules_of(kind)]
OF_SOME_YEARS = [each for each in EVERY if each.since or each.until]


def checked(period, *rows, cover=None):
    book = good_book()
    book.sheets = {"Figures": [HEADINGS, *(["lcc_cf", period, *row] for row in rows)]}
    if cover:
        book.sheets = {"Cover": [["Template version", cover]], **book.sheets}
    return check_workbook(book.workbook(), today=date(2026, 10, 20))


def rules(report):
    return {problem.rule for problem in report.problems if problem.severity != "note"} - {
        "return_is_outside_its_window"
    }


def placed(label):
    return ["LA10", "Leeds", "Placement", label, 7, None, None]


def agencies(*names):
    return [["CP03", "Leeds", "Agency taking part", name, 5, 9, None] for name in names]


def test_there_is_a_rule_that_holds_for_some_years_and_says_whose_they_are():
    assert OF_SOME_YEARS
    assert [each.name for each in OF_SOME_YEARS if not each.agreed_in] == []


@pytest.mark.parametrize("each", OF_SOME_YEARS, ids=lambda each: each.name)
def test_no_rule_is_judged_outside_its_years(each):
    inside = parse(each.since or each.until)
    outside = [parse(each.since).previous] if each.since else []
    outside += [of_kind("financial_quarter", parse(each.until).next.start)] if each.until else []
    assert each in rules_in(each.kind, of_kind("financial_quarter", inside.start))
    assert [period.id for period in outside if each in rules_in(each.kind, period)] == []


def test_a_rule_holds_from_its_first_period_to_its_last():
    some = replace(EVERY[0], since="2023-24-Q2", until="FY2024-25")
    periods = ("2023-24-Q1", "2023-24-Q2", "2024-25-Q4", "2025-26-Q1")
    assert [some.holds_in(parse(period)) for period in periods] == [False, True, True, False]


def test_a_rule_of_some_years_must_say_what_it_follows():
    with pytest.raises(ValueError, match="agreed_in"):
        rule(kind="figures", severity="note", message="m", fix="f", bad=[], good=[], since="2026-27-Q1")


@pytest.mark.parametrize(("period", "is_asked"), [("2025-26-Q4", False), ("2026-27-Q1", True), ("2026-27-Q2", True)])
def test_education_is_asked_for_only_since_it_belongs_to_the_arrangements(period, is_asked):
    report = checked(period, *agencies("Police", "Health", "Children's social care"))
    assert ("education_is_left_out" in rules(report)) is is_asked, report.as_text()
    whole = checked(period, *agencies("Police", "Health", "Children's social care", "Schools and education"))
    assert "education_is_left_out" not in rules(whole)


def test_a_label_of_an_old_list_is_read_in_its_own_years_and_explained_afterwards():
    then = checked("2022-23-Q4", placed("Unregulated placement"))
    assert then.figures["category"].tolist() == ["supported"], then.as_text()
    now = checked("2025-26-Q4", placed("Unregulated placement"))
    assert rules(now) == {"category_is_of_an_earlier_year"}
    (problem,) = (p for p in now.problems if p.rule == "category_is_of_an_earlier_year")
    assert "was in the list until 2023-24-Q2" in problem.message
    assert "must be registered since 28 October 2023" in problem.fix


def test_a_ward_that_was_redrawn_is_told_from_one_that_is_misspelt():
    row = ["CP07", "City & Hunslet", "All", "All", 5, 9, None]
    assert rules(checked("2026-27-Q2", row)) == {"area_is_of_an_earlier_year"}


def test_a_definition_is_that_of_the_figures_own_period():
    row = ["CP07", "Leeds", "All", "All", 5, 9]
    assert rules(checked("2023-24-Q1", [*row, 1])) == set()
    assert rules(checked("2023-24-Q1", [*row, 2])) == {"definition_is_not_that_of_its_period"}
    assert rules(checked("2023-24-Q2", [*row, 2])) == set()
    report = checked("2023-24-Q2", [*row, 1])
    assert rules(report) == {"definition_is_not_that_of_its_period"}
    assert catalogue().indicators["CP07"].definitions[1].text in report.problems[-1].message + report.as_text()


def test_nothing_is_asked_of_an_indicator_before_it_was_agreed():
    assert rules(checked("2020-21-Q2", ["CP07", "Leeds", "All", "All", 5, 9, None])) == {"indicator_had_not_begun"}


@pytest.mark.parametrize(("period", "told"), [("2025-26-Q4", []), ("2026-27-Q1", ["template_is_old"])])
def test_a_years_own_template_is_not_old_for_it(period, told):
    report = checked(period, ["CP07", "Leeds", "All", "All", 5, 9, None], cover="figures-1")
    assert [p.rule for p in report.problems if p.rule.startswith("template")] == told
    assert all("figures-1" in p.message and "figures-2" in p.message for p in report.problems if p.rule in told)
    assert report.rows_accepted == 1


def test_every_former_label_stands_for_something_there_is_or_says_what_became_of_it():
    known = catalogue()
    for former in known.former.values():
        assert former.why
        if former.column == "category":
            assert former.stands_for in {each.id for each in known.breakdowns[former.breakdown].categories}
