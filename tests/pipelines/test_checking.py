from __future__ import annotations

import json

import pytest

from pipelines.checking import check, check_workbook
from schemas.rule import rules_of
from tests.pipelines.faults import FAULTS, NHS, OTHER_NHS, UPN
from tests.pipelines.good_return import TODAY, good_book

pytestmark = pytest.mark.slow


def checked(book, **more):
    return check_workbook(book.workbook(), today=TODAY, **more)


def test_a_good_return_has_no_problems_at_all():
    report = checked(good_book())
    assert report.problems == ()
    assert (report.verdict, report.exit_code) == ("accepted", 0)
    assert report.rows == report.rows_accepted == 356
    assert (report.kind, report.agency_id, report.period_id) == ("figures", "lcc_cf", "2026-27-Q2")


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_each_mistake_is_named_by_its_rule(fault):
    book = good_book()
    cell = fault.spoil(book)
    report = checked(book)
    named = [problem for problem in report.problems if problem.rule == fault.rule]
    assert named, report.as_text()
    assert report.exit_code == fault.exit_code, report.as_text()
    if cell:
        assert cell in {problem.cell for problem in named}, report.as_text()
    severities = {rule.name: rule.severity for kind in ("file", "figures") for rule in rules_of(kind)}
    assert {problem.severity for problem in named} == {severities[fault.rule]}


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_a_mistake_does_not_block_the_other_rows(fault):
    book = good_book()
    fault.spoil(book)
    report = checked(book)
    if fault.exit_code == 2 or fault.rule in {"nothing_is_filled_in", "return_is_ahead_of_its_time"}:
        assert report.rows_accepted == 0
    elif fault.rule != "return_is_outside_its_window":
        assert report.rows_accepted >= 300


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_one_mistake_is_said_once_and_not_in_five_ways(fault):
    book = good_book()
    fault.spoil(book)
    rules = {problem.rule for problem in checked(book).problems if problem.severity != "note"}
    if fault.rule != "return_is_outside_its_window":
        assert len(rules) <= 3, rules


PERSONAL = [fault for fault in FAULTS if fault.rule == "person_level_data"]


@pytest.mark.parametrize("fault", PERSONAL, ids=[fault.name for fault in PERSONAL])
def test_nothing_of_a_file_about_people_is_kept_or_repeated(fault):
    book = good_book()
    fault.spoil(book)
    report = checked(book)
    assert report.figures.empty
    assert report.commentary.empty
    assert report.not_held.empty
    assert report.cover == {}
    assert report.file_sha256 == "0" * 64
    said = json.dumps(report.as_dict()) + report.as_text()
    for value in (NHS, NHS.replace(" ", ""), str(OTHER_NHS), UPN, "Example", "LS8 4AP", "2014"):
        assert value not in said
    assert {problem.rule for problem in report.problems} == {"person_level_data"}


def test_every_mistake_of_the_list_that_a_checker_can_see_has_a_row():
    assert {fault.number for fault in FAULTS} >= {2, 3, 4, 5, 10, 12, 14, 15, 16, 17, 18, 19, 20, 25, 26, 27, 29, 30}


def test_a_file_that_cannot_be_read_is_a_report_and_not_an_exception(tmp_path):
    path = tmp_path / "figures.xlsx"
    path.write_bytes(b"not a workbook")
    report = check(path, today=TODAY)
    assert (report.verdict, report.exit_code, report.kind) == ("refused", 2, None)
    assert [problem.rule for problem in report.problems] == ["file_cannot_be_read"]
    assert len(report.file_sha256) == 64


def test_a_file_that_is_not_there_is_a_report_too(tmp_path):
    report = check(tmp_path / "none.xlsx", today=TODAY)
    assert (report.verdict, report.exit_code) == ("refused", 2)
