"""A scorecard that was copied, hidden or turned round by hand: what is counted, what is said, and what is not rewritten."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipelines.checking import check_workbook
from schemas.layouts import Place
from tests.pipelines.good_return import Book, good_book
from tests.pipelines.test_laid_out import HEAD, Q2, QUARTERS, TODAY, book, checked, figures, layout, own, rules, told
from tests.pipelines.test_laid_out_earlier import history

pytestmark = pytest.mark.slow

SHEET = [HEAD, ["Incidents", 5, 7], ["In custody", 1, 2], ["Missing", 30, 40]]
FIRST, SECOND = "2026-27-Q1", "2026-27-Q2"


def with_copy(name, *rows):
    return checked(Book(sheets={"Protection": [list(row) for row in SHEET], name: [HEAD, *map(list, rows)]}))


# Copies.


def test_a_copied_sheet_is_named_and_counted_once():
    report = with_copy("Protection (2)", *SHEET[1:])
    alone = checked(book(*SHEET))
    (note,) = told(report, "sheet_repeats_another")
    assert "Protection (2) repeats sheet Protection: 3 rows" in note.message
    assert (report.rows, report.rows_accepted) == (alone.rows, alone.rows_accepted) == (6, 6)
    assert (report.exit_code, rules(report, "error")) == (0, set())


@pytest.mark.parametrize("mine", [(7, 2, 40), (None, None, None)])
def test_an_old_copy_is_named_and_neither_answer_for_an_earlier_figure_is_taken(mine):
    rows = [["Incidents", 4, mine[0]], ["In custody", 1, mine[1]], ["Missing", 30, mine[2]]]
    report = with_copy("Protection old", *rows)
    (query,) = told(report, "sheet_repeats_another_otherwise")
    assert "Protection old repeats 3 rows of sheet Protection with other figures (1 of them)" in query.message
    assert {p.cell for p in told(report, "figure_is_given_twice")} == {"A2"}
    taken = report.figures
    assert (taken["indicator_id"].eq("DA01") & taken["period_id"].eq(FIRST)).sum() == 0
    assert figures(report)["DA01", "all"] == 7
    assert (report.rows - report.rows_accepted, report.exit_code) == (2, 1)


@pytest.mark.parametrize(
    "rows", [[["Told", 80, 90], ["To tell", 99, 101]], [["Incidents", 5, 7]], [["Incidents", 5, 7], ["Told", 80, 90]]]
)
def test_a_sheet_with_rows_of_its_own_is_no_copy(rows):
    assert not {rule for rule in rules(with_copy("Other", *rows)) if rule.startswith("sheet_repeats")}


# What is hidden, and what is gone.


def hidden(sheets, *, rows=(), columns=(), **more):
    whole = sheets.workbook()
    changed = tuple(replace(s, hidden_rows=frozenset(rows), hidden_columns=frozenset(columns)) for s in whole.sheets)
    return check_workbook(replace(whole, sheets=changed), today=TODAY, **more)


@pytest.mark.parametrize(
    ("rows", "columns", "said"),
    [((2,), (), "row 3 is hidden"), ((), (2,), "column C is hidden"), ((1, 3), (2,), "row 2, row 4 and column C are"),
     ((), (1,), ""), ((9,), (8,), "")],
)  # fmt: skip
def test_hidden_figures_of_the_quarter_are_read_and_said(rows, columns, said):
    report = hidden(book(*SHEET), rows=rows, columns=columns, layouts=(layout(),), stated=Q2)
    found = [problem.message for problem in told(report, "figures_are_hidden")]
    assert len(found) == bool(said)
    assert all(said in message for message in found)
    assert figures(report) == figures(checked(book(*SHEET)))


def test_a_hidden_row_of_the_template_is_said_too():
    sheets = good_book()
    report = hidden(sheets, rows=[sheets.row("FD01")])
    (note,) = told(report, "figures_are_hidden")
    assert f"Sheet Figures: row {sheets.row('FD01') + 1} is hidden" in note.message


@pytest.mark.parametrize(("name", "refused"), [("Figures (2)", False), ("Cover (2)", False), ("Kayden (7)", True)])
def test_a_copied_sheets_number_is_nobodys_age(name, refused):
    sheets = good_book()
    sheets.sheets[name] = [["Figures"], ["as they were"]]
    report = check_workbook(sheets.workbook(), today=TODAY)
    assert ("person_level_data" in rules(report)) is refused
    assert (report.rows_accepted == 0) is refused


def test_a_sheet_and_the_rows_of_the_layout_that_are_gone_are_named():
    own = layout()
    maps = tuple(own.sheets[0].model_copy(update=change) for change in (
        {"sheet": "Protection"}, {"sheet": "Custody", "names": {"indicator": "In custody suites"}},
    ))  # fmt: skip
    sheets = Book(sheets={"Protection": [HEAD, ["Incidents", 5, 7], ["Repeats", 1, 2], ["In custody"]]})
    report = checked(sheets, own.model_copy(update={"sheets": maps}))
    (query,) = told(report, "sheet_of_the_layout_is_missing")
    assert "“Custody”" in query.message
    (note,) = told(report, "rows_of_the_layout_are_missing")
    assert "“Missing often”" in note.message
    assert "“In custody”" not in note.message


# Headings and words.


@pytest.mark.parametrize(
    "heads",
    [("Apr-Jun 2026", "Jul-Sep 2026"), ("Apr to Jun", "Jul to Sep"), ("April–June", "July–September"),
     ("Q1 (Apr-Jun)", "Q2 (Jul-Sep)"), ("Apr-26 to Jun-26", "Jul-26 to Sep-26")],
)  # fmt: skip
def test_months_from_and_to_are_the_quarter_they_make(heads):
    report = checked(book(["Measure", *heads], ["Incidents", 5, 7]))
    assert figures(report) == {("DA01", "all"): 7}
    assert set(report.figures["period_id"]) == {FIRST, SECOND}


def test_months_under_the_year_of_a_two_line_heading_are_that_years_quarter():
    head = ["2026/27", None, "2025/26", None], ["Apr-Jun", "Jul-Sep"] * 2
    own = layout(*(Place(heading=f"{year} Q{n}", period=f"Q{n}") for year in ("2025/26", "2026/27") for n in (1, 2)))
    rows = [["Measure", *head[0]], [None, *head[1]], ["Incidents", 5, 7, 3, 4]]
    report = checked(book(*rows, merged=[("Scorecard", 0, 1, 0, 2), ("Scorecard", 0, 3, 0, 4)]), own)
    taken = report.figures.set_index("period_id")["numerator"].to_dict()
    assert taken == {FIRST: 5, SECOND: 7, "2025-26-Q1": 3, "2025-26-Q2": 4}


def test_months_with_their_own_years_leave_no_column_of_the_layout_missing():
    head = ["Measure", "Apr-Jun 2025", "Jul-Sep 2025", "Apr-Jun 2026", "Jul-Sep 2026"]
    own = layout(*(Place(heading=f"{year} Q{n}", period=f"Q{n}") for year in ("2025/26", "2026/27") for n in (1, 2)))
    report = checked(book(head, ["Incidents", 3, 4, 5, 7]), own)
    assert figures(report) == {("DA01", "all"): 7}
    assert (report.rows_accepted, rules(report, "error")) == (4, set())
    gone = checked(book([*head[:4], "Soon"], ["Incidents", 3, 4, 5, 7]), own)
    assert told(gone, "column_of_the_layout_is_missing")


def test_months_of_another_year_or_of_no_quarter_are_not_taken_for_one():
    assert checked(book(["Measure", "Apr-Jun 2025", "Jul-Sep 2025"], ["Incidents", 5, 7])).rows_accepted == 0
    assert checked(book(["Measure", "Apr-Jul", "Aug-Sep"], ["Incidents", 5, 7])).verdict == "refused"


def test_months_count_in_the_year_the_layout_counts_in():
    report = checked(book(["Measure", "Apr-Jun", "Jul-Sep"], ["Incidents", 5, 7]), layout(year="calendar"))
    assert figures(report) == {("DA01", "all"): 7}


def test_a_file_that_fits_no_layout_is_told_first_what_it_lacks():
    report = checked(book(["Measure", "First", "Second"], ["Incidents", 5, 7]))
    assert [p.rule for p in report.problems] == ["layout_does_not_fit", "kind_is_not_known"]
    assert "lacks: Q1, Q2, Q3 and Q4" in report.problems[0].message


@pytest.mark.parametrize(
    "words", ["4.1 Incidents", "1.2.3 Incidents", "4.1a Incidents", "2a) Incidents", "3: Incidents"]
)
def test_a_number_before_the_words_is_no_word(words):
    assert figures(checked(book(HEAD, [words, 5, 7]))) == {("DA01", "all"): 7}


def test_a_number_of_one_level_without_its_mark_is_a_word():
    assert told(checked(book(HEAD, ["4 Incidents", 5, 7])), "row_is_not_in_the_layout")


# Quarters in each other's place.

STOOD = {"Incidents": 410, "In custody": 52, "Missing": 205, "Missing often": 85}
NOW = {"Incidents": 433, "In custody": 61, "Missing": 190, "Missing often": 93}


def turned_round(why=""):
    """The first quarter's figures under the second's heading, and the other way round."""
    head = ["Measure", "Q1", "Q2", "Why"]
    rows = [[words, NOW[words], number, why] for words, number in STOOD.items()]
    own = layout(*QUARTERS, names={"indicator": "Measure", "reason": "Why"})
    whole = book(head, *rows).workbook()
    return check_workbook(whole, today=TODAY, layouts=(own,), stated=Q2, history=history(**STOOD))


def test_while_a_quarter_may_be_the_last_ones_nothing_earlier_is_rewritten():
    report = turned_round()
    assert told(report, "return_repeats_the_last_quarter")
    (held,) = told(report, "earlier_figures_are_held_back")
    assert held.message.startswith("4 figures of earlier periods are not rewritten")
    assert "send that quarter's return again" in held.fix
    assert set(report.figures["period_id"]) == {SECOND}
    assert not told(report, "earlier_figure_is_corrected_without_reason")
    assert (report.rows, report.rows_accepted, report.exit_code) == (8, 4, 1)


def test_with_the_reason_said_what_is_meant_is_taken():
    report = turned_round("The two quarters were sent in each other's place in July")
    assert not {"return_repeats_the_last_quarter", "earlier_figures_are_held_back"} & rules(report)
    first = report.figures[report.figures["period_id"].eq(FIRST)]
    assert sorted(first["numerator"]) == sorted(NOW.values())


# What nobody can tell.

ROWS = (["Incidents", 5, 7], ["In custody", 1, 2])
SPLIT = (["", "", "Cumulative"], HEAD, *ROWS)


@pytest.mark.parametrize(
    ("sheet", "merged", "rule", "kept"),
    [
        ((HEAD, ["Incidents", 5, 7, None], ROWS[1]), (1, 2, 1, 3), "figures_share_a_merged_cell", {"YV04"}),
        ((HEAD, ROWS[0], ["In custody", 1, None], ["Told", 8, 9], ["To tell", 9, 9]), (1, 2, 2, 2), "figures_share_a_merged_cell", {"DA05"}),
        ((["Measure", "Q1", "Q2", "Q2 (revised)"], ["Incidents", 5, 7, 9], ["In custody", 1, 2, 2]), None,
         "number_is_given_anew_beside_it", {"YV04"}),
        ((["Measure", "Q1", "Q2", "Corrected"], ["Incidents", 5, 7, 9], ["In custody", 1, 2, None]), None,
         "number_is_given_anew_beside_it", {"YV04"}),
        (SPLIT, None, "column_is_headed_for_something_else", set()),
        ((["", "Actual", "Target"], HEAD, *ROWS), None, "column_is_headed_for_something_else", set()),
        ((["", "Jan-Mar", "Apr-Jun"], HEAD, *ROWS), None, "column_is_headed_for_something_else", set()),
        ((HEAD, ["", "Jan-Mar", "Apr-Jun"], *ROWS), None, "column_is_headed_for_something_else", set()),
        ((["Measure", "Q1", "Q2", None], *ROWS), (0, 2, 0, 3), "column_is_headed_for_something_else", set()),
        ((["Figures in thousands"], HEAD, *ROWS), None, "figures_are_in_thousands", set()),
        ((["Calendar year 2026"], HEAD, *ROWS), None, "title_counts_other_quarters", set()),
    ],
)  # fmt: skip
def test_a_figure_of_which_nobody_can_tell_what_it_is_is_not_taken(sheet, merged, rule, kept):
    report = checked(book(*sheet, merged=[("Scorecard", *merged)] if merged else []))
    assert {problem.severity for problem in told(report, rule)} == {"error"}
    assert set(own(report)["indicator_id"]) == kept
    assert report.exit_code in (1, 2)


@pytest.mark.parametrize(
    ("sheet", "merged"),
    [
        ((HEAD, *ROWS, ["Note", "Counted at the end of the day", None]), (3, 1, 3, 2)),  # words
        ((HEAD, ["Incidents", 5, 7], [None, None, None], ROWS[1]), (1, 2, 2, 2)),  # a figure on two lines
        ((["Measure", "Q1", "Q2", "Q2 (revised)"], ["Incidents", 5, 7, 7], ["In custody", 1, 2, "yes"]), None),
        ((["", "Apr-Jun", "Jul-Sep"], HEAD, *ROWS), None),
        ((["", "Actual", "Actual"], HEAD, *ROWS), None),
        ((["Rates per 10,000 beside"], HEAD, *ROWS), None),
        ((["Financial year 2026/27"], HEAD, *ROWS), None),
    ],
)
def test_a_figure_that_is_plain_is_taken_whatever_stands_around_it(sheet, merged):
    report = checked(book(*sheet, merged=[("Scorecard", *merged)] if merged else []))
    assert figures(report) == {("DA01", "all"): 7, ("YV04", "all"): 2}


def test_a_title_that_says_year_to_date_is_asked_about():
    report = checked(book(["Scorecard, year to date"], HEAD, *ROWS))
    (asked,) = told(report, "title_says_that_quarters_add_up")
    assert (asked.severity, len(own(report))) == ("query", 2)
    assert not told(checked(book(["Scorecard"], HEAD, *ROWS)), "title_says_that_quarters_add_up")


@pytest.mark.parametrize(
    ("line", "read_as"),
    [
        ("Data to 31 August 2026 only", "the whole of"),
        ("September figures to follow", "the whole of"),
        ("All figures are April to date", "each quarter by itself"),
        ("West Yorkshire force-wide scorecard", "the partnership's area alone"),
    ],
)
def test_a_line_above_or_beneath_the_table_that_says_otherwise_is_asked_about(line, read_as):
    for sheet in (([line], HEAD, *ROWS), (HEAD, *ROWS, [], [line])):
        report = checked(book(*sheet))
        (asked,) = told(report, "line_says_otherwise_of_the_figures")
        assert (asked.severity, len(own(report))) == ("query", 2)
        assert read_as in asked.message


def test_a_line_that_says_nothing_else_of_the_figures_is_not_asked_about():
    lines = (["Data to 30 September 2026"], ["Not force-wide"], ["Data to the end of September"], ["April to June"])
    assert not told(checked(book(HEAD, *ROWS, [], *lines)), "line_says_otherwise_of_the_figures")


def test_a_heading_with_its_whole_words_in_the_layout_is_what_the_layout_says():
    places = (Place(heading="Q1", period="Q1"), Place(heading="Cumulative Q2", period="Q2"))
    assert figures(checked(book(*SPLIT), layout(*places))) == {("DA01", "all"): 7, ("YV04", "all"): 2}
