from __future__ import annotations

import pytest

from pipelines.checking import check_workbook
from pipelines.checking.stated import Stated
from tests.pipelines.good_return import TODAY, good_book

HEADINGS = ["Indicator ID", "Number", "Out of"]


def checked(stated, *rows):
    book = good_book()
    book.sheets = {"Figures": [*map(list, rows), HEADINGS, ["FD04", 62, 226]]}
    return check_workbook(book.workbook(), today=TODAY, stated=stated)


def test_a_file_that_does_not_say_whose_and_for_when_takes_the_senders_word():
    report = checked(Stated("Children and Families", "Q2 26/27"))
    assert (report.agency_id, report.period_id, report.rows_accepted) == ("lcc_cf", "2026-27-Q2", 1)


def test_without_the_senders_word_it_is_told_what_is_missing():
    assert "period_is_missing" in {problem.rule for problem in checked(Stated("lcc_cf")).problems}


def test_a_file_that_says_the_same_in_other_words_is_read():
    report = checked(Stated("lcc_cf", "2026-27-Q2"), ["Agency", "Children & Families"], ["Period", "Jul-Sep 2026"])
    assert report.rows_accepted == 1


@pytest.mark.parametrize(
    ("stated", "what"), [(Stated("ltht", "2026-27-Q2"), "agency"), (Stated("lcc_cf", "2026-27-Q1"), "period")]
)
def test_a_file_that_says_something_else_than_its_sender_is_not_taken(stated, what):
    report = checked(stated, ["Agency", "lcc_cf"], ["Period", "2026-27-Q2"])
    found = [p for p in report.problems if p.rule == "file_says_another_than_its_sender"]
    assert (report.verdict, report.rows_accepted, len(found)) == ("refused", 0, 1)
    assert found[0].message.startswith(f"The {what} you gave is ")


def test_an_agency_nobody_knows_is_named_as_one():
    report = checked(Stated("Gardening and Allotments", "2026-27-Q2"))
    assert "agency_of_the_return_is_not_known" in {problem.rule for problem in report.problems}
    assert report.rows_accepted == 0
