from __future__ import annotations

import json

import pytest

from pipelines.checking import check, check_workbook
from schemas.returns import kinds
from schemas.rule import rules_of
from tests.pipelines.faults import FAULTS, NHS, OTHER_NHS, UPN
from tests.pipelines.good_return import TODAY, good_book
from tests.pipelines.ways import checked as by_itself
from tests.pipelines.ways import of_a_log, sent, with_history

pytestmark = pytest.mark.slow


def checked(book, **more):
    return check_workbook(book.workbook(), today=TODAY, **more)


def test_a_good_return_has_no_problems_at_all():
    report = checked(good_book())
    assert report.problems == ()
    assert (report.verdict, report.exit_code) == ("accepted", 0)
    assert report.rows == report.rows_accepted == 356
    assert (report.kind, report.agency_id, report.period_id) == ("figures", "lcc_cf", "2026-27-Q2")


SEVERITIES = {rule.name: rule.severity for kind in ("file", *kinds()) for rule in rules_of(kind)}
NOTHING_TAKEN = {"nothing_is_filled_in", "return_is_ahead_of_its_time"}
LATE = "return_is_outside_its_window"


@pytest.fixture(scope="module", params=FAULTS, ids=[fault.name for fault in FAULTS])
def met(request, tmp_path_factory):
    fault = request.param
    return fault, fault.way(fault, tmp_path_factory.mktemp(fault.name[:40]))


def test_each_mistake_is_named_by_its_rule_or_answered_in_words(met):
    fault, answer = met
    said = answer.report.as_text() if answer.report else answer.said
    assert answer.exit_code == fault.exit_code, said
    assert fault.said in answer.said, said
    named = answer.named(fault.rule)
    if fault.rule:
        assert named, said
        assert {problem.severity for problem in named} == {SEVERITIES[fault.rule]}
        assert not answer.cell or answer.cell in {problem.cell for problem in named}, said
    elif not fault.said:
        assert {problem.severity for problem in answer.problems} <= {"note"}, said
        assert answer.accepted == 356, said


def test_each_message_says_what_is_wrong_and_how_to_mend_it(met):
    fault, answer = met
    for problem in answer.named(fault.rule):
        assert "{" not in problem.message + problem.fix
        assert "nan" not in problem.message.split()
        assert problem.fix or problem.rule == "file_cannot_be_read"


def test_a_mistake_does_not_block_the_other_rows(met):
    fault, answer = met
    if fault.exit_code == 2 or fault.rule in NOTHING_TAKEN:
        assert answer.accepted == 0
    elif fault.way in (by_itself, with_history, sent) and fault.rule != LATE:
        assert answer.accepted >= (190 if fault.rule == "out_of_is_missing" else 300)


def test_one_mistake_is_said_once_and_not_in_five_ways(met):
    fault, answer = met
    if fault.way is not of_a_log and fault.rule != LATE:
        rules = {problem.rule for problem in answer.problems if problem.severity != "note"}
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


def test_every_mistake_of_the_list_has_a_row():
    assert {fault.number for fault in FAULTS} == set(range(1, 35))


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
