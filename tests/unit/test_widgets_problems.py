from __future__ import annotations

from app.widgets.html import plain
from app.widgets.places import places
from app.widgets.problems import head, like_ones, listed, notes, remedies, remedy
from app.widgets.verdict import left, sentence, shape
from pipelines.checking import Report
from schemas.problems import Problem

QUERY = Problem("swing_has_no_reason", "query", "It rose by half.", "Look again.", "Figures", "F4", 4)
ERROR = Problem("number_cannot_be_read", "error", "“twelve” is not a number.", "Type it.", "Figures", "F9", 9)
NOTE = Problem("sheet_is_renamed", "note", "Read as Figures.", "Nothing to do.")


def report(*problems: Problem, rows=415, accepted=412, verdict="accepted_with_queries", code=1) -> Report:
    return Report("a.xlsx", "", "figures", "lcc_cf", "2026-27-Q2", verdict, code, rows, accepted, problems)


def test_the_summary_is_one_sentence_of_what_counts_and_what_is_left():
    assert sentence(report(ERROR, ERROR, ERROR, QUERY, QUERY)) == "412 of 415 figures accepted; 3 to mend, 2 to explain"
    assert sentence(report(rows=1, accepted=1)) == "1 of 1 figure accepted; nothing to mend"
    assert sentence(report(ERROR, rows=0, accepted=0, verdict="refused", code=2)) == "This file cannot be used"
    assert left(report(NOTE)) == "nothing to mend"


def test_a_verdict_has_a_shape_beside_its_words():
    assert [shape(report(*each)) for each in ((ERROR, QUERY), (QUERY, NOTE), (NOTE,), ())] == [
        "error", "query", "done", "done",
    ]  # fmt: skip
    assert shape(report(verdict="refused")) == "error"


def test_a_log_has_no_column_for_a_reason_and_none_is_asked_for():
    assert "what is right can stay" in plain(head("query", 1, "learning"))
    assert "Give the reason" in plain(head("query", 1, "figures"))
    assert "Give the reason" in plain(head("query", 1, None))


def test_of_a_refused_file_nothing_is_said_to_count():
    assert "Everything else counts" in plain(head("error", 1, "figures"))
    assert "Everything else counts" not in plain(head("error", 1, "figures", refused=True))


def test_like_ones_are_one_line_with_all_their_cells():
    many = [Problem(ERROR.rule, "error", ERROR.message, ERROR.fix, "Figures", f"F{row}", row) for row in range(2, 52)]
    assert places(many) == "Figures!F2 to F51"
    assert "The same in 49 more places." in plain(like_ones(many))


def test_of_very_many_problems_the_page_lists_the_first_and_counts_the_others():
    many = [
        Problem(ERROR.rule, "error", ERROR.message, ERROR.fix, "Figures", f"F{2 * row}", row) for row in range(1, 9001)
    ]
    said = listed(many)
    assert "8,995 more like these" in plain(said)
    assert "And 8,800 more: the copy of your file has every cell marked." in plain(said)
    assert said.count("<tr") < 210
    assert plain(like_ones(many)).startswith("Figures!F2, F4, ")
    assert " and 8,976 more" in plain(like_ones(many))


def test_a_remedy_gives_the_reason_of_its_rule_and_each_line_its_own_where_they_differ():
    one = remedies([ERROR, ERROR])[0]
    assert one.told
    assert "A number read wrongly is worse than none" in plain(remedy(one, "figures"))
    two = remedies([ERROR, Problem(ERROR.rule, "error", "“ten” is not a number.", "Write 10.", "Figures", "F10", 10)])[
        0
    ]
    assert (two.title, two.told) == ("Number cannot be read", False)
    assert "Write 10." in plain(like_ones([two.problems[1]], told=two.told))


def test_what_a_file_says_stays_words():
    odd = Problem(
        "number_cannot_be_read", "error", "“<script>alert(1)</script>” is not a number.", "", "Figures", "F9", 9
    )
    assert "<script>" not in like_ones([odd]) + (notes([odd], "figures") or "")
