from __future__ import annotations

from datetime import date

import pytest

from pipelines.checking import check, check_workbook
from pipelines.checking.stated import Stated
from tests.pipelines.good_return import HEAD, TODAY, good_book

pytestmark = pytest.mark.slow

HEADINGS = ["Agency", "Period", "Indicator ID", "Area", "Breakdown", "Category", "Number", "Out of", "Value", "Reason"]
FD04 = ["lcc_cf", "2026-27-Q2", "FD04", "Leeds", "All", "All", 62, 226, 27.4, None]


def checked(book, **more):
    return check_workbook(book.workbook(), today=TODAY, **more)


def table(*rows):
    book = good_book()
    book.sheets = {"Figures": [list(row) for row in rows]}
    return book


def rules(report):
    return {problem.rule for problem in report.problems}


@pytest.mark.parametrize("above", [0, 1, 7, 25])
def test_the_heading_row_is_found_under_a_title_block(above):
    report = checked(table(*[["Leeds data return"]] * above, HEADINGS, FD04))
    assert report.rows_accepted == 1
    assert report.figures.index.tolist() == [above + 2]


def test_headings_on_two_lines_are_read_together():
    upper = ["Agency", "Period", "Indicator", "Area", "Breakdown", "Category", "Number", "Out", "Value", "Reason"]
    lower = [None, None, "ID", None, None, None, None, "of", None, None]
    assert checked(table(upper, lower, FD04)).rows_accepted == 1


def test_a_heading_merged_over_several_columns_is_carried():
    upper = ["Agency", "Period", "Indicator ID", "Area", "Breakdown", "Category", "Children", None, None, "Reason"]
    lower = [None, None, None, None, None, None, "Number", "Out of", "Value", None]
    book = table(upper, lower, FD04)
    book.merged = [("Figures", 0, 6, 0, 8)]
    assert checked(book).rows_accepted == 1


def test_a_label_merged_over_several_rows_is_carried_down():
    parts = [[None, None, "CP07" if n == 0 else None, "Leeds", "Sex", c, n + 3, 10, None, None]
             for n, c in enumerate(("Girls", "Boys", "Not known"))]  # fmt: skip
    book = table(HEADINGS, ["lcc_cf", "2026-27-Q2", "CP07", "Leeds", "All", "All", 12, 30, None, None], *parts)
    book.merged = [("Figures", 2, 2, 4, 2)]
    report = checked(book)
    assert report.figures["indicator_id"].tolist() == ["CP07"] * 4
    assert report.figures["category"].tolist() == ["all", "girls", "boys", "not_known"]


@pytest.mark.parametrize(
    ("heading", "other"),
    [("Number", "NUMERATOR"), ("Number", " number\u00a0"), ("Out of", "Out-of"), ("Out of", "Denominator"),
     ("Indicator ID", "Indicator Ref."), ("Value", "%"), ("Reason", "Comments"), ("Area", "Ward")],
)  # fmt: skip
def test_headings_are_known_by_what_they_mean(heading, other):
    headings = [other if name == heading else name for name in HEADINGS]
    report = checked(table(headings, FD04))
    assert report.rows_accepted == 1
    assert "column_is_not_read" not in rules(report)


def test_the_order_of_the_columns_does_not_matter():
    assert checked(table(HEADINGS[::-1], FD04[::-1])).rows_accepted == 1


def test_blank_rows_and_columns_are_skipped():
    report = checked(table([None, *HEADINGS], [None] * 11, [None, *FD04], [None] * 11))
    assert (report.rows, report.rows_accepted) == (1, 1)
    assert report.figures.index.tolist() == [3]


def test_a_row_of_labels_without_an_answer_is_not_supplied_and_no_zero():
    blank = [*FD04[:6], None, None, None, None]
    report = checked(
        table(HEADINGS, blank, ["lcc_cf", "2026-27-Q2", "FD01", "Leeds", "All", "All", 0, None, None, None])
    )
    assert report.figures["indicator_id"].tolist() == ["FD01"]
    assert report.figures["numerator"].tolist() == [0.0]


def test_an_indicator_may_be_named_by_its_title():
    report = checked(
        table(["Indicator", *HEADINGS[:2], *HEADINGS[3:]], ["Re-referrals within 12 months", *FD04[:2], *FD04[3:]])
    )
    assert report.figures["indicator_id"].tolist() == ["FD04"]


@pytest.mark.parametrize(
    "period", ["2026/27 Q2", "Q2 26-27", "202627Q2", "Jul-Sep 2026", "30/09/2026", 46295, date(2026, 9, 30)]
)
def test_a_period_is_read_in_every_common_spelling(period):
    report = checked(table(HEADINGS, [FD04[0], period, *FD04[2:]]))
    assert report.period_id == "2026-27-Q2", report.as_text()
    assert report.figures["period_id"].tolist() == ["2026-27-Q2"]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1,234", 1234),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        (" 12 ", 12),
        ("12.0", 12),
        ("'12", 12),
        (12.000000000000002, 12),
    ],
)
def test_a_number_is_read_in_every_common_spelling(typed, number):
    row = ["lcc_cf", "2026-27-Q2", "FD01", "Leeds", "All", "All", typed, None, None, None]
    assert checked(table(HEADINGS, row)).figures["numerator"].tolist() == [number]


def test_a_percent_format_gives_the_percentage_shown(tmp_path):
    book = table(HEADINGS, [*FD04[:8], 0.274, None])
    book.percent = {("Figures", 1, 8)}
    report = check(book.write(tmp_path / "r.xlsx"), today=TODAY)
    assert report.rows_accepted == 1
    assert not {problem.rule for problem in report.problems if problem.severity != "note"}


def test_a_percent_format_on_a_count_is_an_error(tmp_path):
    book = table(HEADINGS, [*FD04[:6], 0.274, *FD04[7:]])
    book.percent = {("Figures", 1, 6)}
    report = check(book.write(tmp_path / "r.xlsx"), today=TODAY)
    assert "count_is_a_percentage" in rules(report)


def test_figures_and_paste_are_read_together_and_a_double_names_both():
    book = good_book()
    row = list(book.figures[book.row("CP07")])
    row[book.column("Number")] += 1
    book.sheets["Paste"].insert(HEAD + 1, row)
    report = checked(book)
    double = [problem for problem in report.problems if problem.rule == "figure_is_given_twice"]
    assert {problem.sheet for problem in double} == {"Figures", "Paste"}
    assert "Paste row 5" in double[0].message
    assert f"Figures row {book.row('CP07') + 1}" in double[0].message


def test_the_sheets_beside_the_figures_are_read():
    book = good_book()
    book.sheets["Commentary"][HEAD + 1][2:5] = [
        "It rose",
        "More schools refer",
        "Weekly triage with schools, head of service",
    ]
    book.sheets["Not held"][HEAD + 2][2] = "Our system does not record it until the spring release"
    report = checked(book)
    assert report.commentary["why"].tolist() == ["More schools refer"]
    assert report.not_held.empty  # its figures came as well: neither is taken
    assert "not_held_but_sent" in rules(report)


def test_a_nil_return_is_a_zero_for_every_figure_owed():
    book = good_book()
    for row in book.figures[HEAD + 1 :]:
        row[book.column("Number")] = row[book.column("Out of")] = None
    book.cover("Nil return", "Yes")
    report = checked(book)
    assert report.verdict == "accepted"
    assert report.rows_accepted == 356
    assert report.figures["numerator"].eq(0).all()


def test_nil_is_a_zero_on_purpose():
    row = ["lcc_cf", "2026-27-Q2", "FD01", "Leeds", "All", "All", None, None, None, None, "x"]
    report = checked(table([*HEADINGS, "Nil"], row))
    assert report.figures["numerator"].tolist() == [0.0]


def test_a_marker_stands_for_no_number_at_all():
    row = ["lcc_cf", "2026-27-Q2", "FD04", "Leeds", "All", "All", None, 226, None, None, "c"]
    figures = checked(table([*HEADINGS, "Marker"], row)).figures
    assert figures["marker"].tolist() == ["c"]
    assert figures[["numerator", "denominator", "value"]].isna().all(axis=None)


def test_the_agency_may_come_from_the_figures_themselves():
    row = ["2026-27-Q2", "DA01", 120]
    report = checked(table(["Period", "Indicator ID", "Number"], row))
    assert report.agency_id == "wyp_leeds"
    assert "agency_is_taken_from_the_indicators" in rules(report)


def test_the_wrong_return_for_this_page_is_refused():
    report = checked(good_book(), expected=("lch", "2026-27-Q2"))
    assert (report.verdict, report.exit_code) == ("refused", 2)
    assert "return_is_not_the_one_expected" in rules(report)


def test_official_statistics_sent_as_a_return_are_said_to_be_that():
    head = ["time_period", "time_identifier", "geographic_level", "country_code", "referrals"]
    report = checked(table(head, [2025, "Financial year", "National", "E92000001", 12]))
    assert report.exit_code == 2
    assert "official statistics" in report.problems[0].message


def test_an_unapproved_return_says_it_awaits_approval():
    book = good_book()
    book.cover("Approved on", None)
    report = checked(book)
    assert report.verdict == "accepted"
    assert rules(report) == {"awaiting_agency_approval"}


@pytest.mark.parametrize("deleted", [True, False])
def test_a_column_out_of_that_is_not_there_is_said_once_and_named(deleted):
    book = good_book()
    at = book.column("Out of")
    whole = [row for row in book.figures[4:] if (row[4], row[5]) == ("All", "All")]
    for row in (few := [*book.figures[:4], *whole[:14]]):
        row[at : at + 1] = [] if deleted else ["Out of" if row[at] == "Out of" else None]
    book.sheets["Figures"] = few
    (only,) = [problem for problem in checked(book).problems if problem.severity == "error"]
    assert only.rule == "out_of_is_missing"
    assert "for 9 more rows: the column Out of is missing, or empty" in only.message


def test_where_one_row_has_its_out_of_each_other_is_named():
    book = good_book()
    at = book.column("Out of")
    whole = [row for row in book.figures[4:] if (row[4], row[5]) == ("All", "All")][:14]
    *others, _ = [row for row in whole if row[at] is not None]
    for row in others:
        row[at] = None
    book.sheets["Figures"] = [*book.figures[:4], *whole]
    errors = [problem for problem in checked(book).problems if problem.severity == "error"]
    assert [problem.rule for problem in errors] == ["out_of_is_missing"] * len(others)
    assert len(others) > 2 and not any("more rows" in problem.message for problem in errors)


# What nobody can tell.

LA11 = ["lcc_cf", "2026-27-Q2", "LA11", "Leeds", "All", "All", 240, None, None, None]
PF01 = [*LA11[:2], "PF01", *LA11[3:6], 12, None, None, None]
COUNTED = HEADINGS.index("Number")


def accepted(report):
    return set(report.figures["indicator_id"])


@pytest.mark.parametrize("heading", ["Number (corrected)", "Revised", "Final", "Amended number", "Number v2"])
def test_of_a_number_and_its_correction_beside_it_neither_is_taken(heading):
    report = checked(table([*HEADINGS, heading], [*LA11, 777], [*PF01, 12]))
    (problem,) = [each for each in report.problems if each.rule == "number_is_given_anew_beside_it"]
    assert (problem.severity, problem.cell) == ("error", "K2")
    assert f"“{heading}” says 777, but Number says 240" in problem.message
    assert (accepted(report), report.rows, report.exit_code) == ({"PF01"}, 2, 1)


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("Number (corrected)", 240), ("Final", "yes"), ("Correction", 0), ("Target", 300), ("Number (old)", 239)],
)
def test_a_column_that_corrects_nothing_keeps_nothing_out(heading, cell):
    assert accepted(checked(table([*HEADINGS, heading], [*LA11, cell]))) == {"LA11"}


def merged_numbers(*rows):
    book = table(HEADINGS, *rows)
    book.merged = [("Figures", 1, COUNTED, 2, COUNTED)]
    return checked(book)


def test_a_number_merged_over_two_figures_is_taken_for_neither():
    rate = ["lcc_cf", "2026-27-Q2", "FD04", "Leeds", "All", "All", None, 226, None, None]
    report = merged_numbers(LA11, rate, PF01)
    errors = [problem for problem in report.problems if problem.severity == "error"]
    assert [(each.rule, each.cell) for each in errors] == [("figures_share_a_merged_cell", "G2")]
    assert accepted(report) == {"PF01"}


def test_a_number_merged_over_the_blank_line_of_its_own_figure_is_that_figures():
    assert accepted(merged_numbers(LA11, [None] * len(LA11), PF01)) == {"LA11", "PF01"}


@pytest.mark.parametrize("words", ["All figures in thousands", "Numbers in '000", "Count (000s)"])
def test_figures_in_thousands_are_not_taken_for_figures(words):
    report = checked(table([words], HEADINGS, LA11))
    assert report.figures.empty
    assert "figures_are_in_thousands" in rules(report)
    assert accepted(checked(table(["Rates are per 10,000"], HEADINGS, LA11))) == {"LA11"}


@pytest.mark.parametrize(
    ("cells", "is_taken"), [((0, None, None), False), ((12, None, None), False), (("x", None, None), True)]
)
def test_what_is_not_held_has_no_number_and_a_marker_agrees_with_it(cells, is_taken):
    book = table(HEADINGS, [*LA11[:COUNTED], *cells, None], PF01)
    reason = "Our system does not record it until the spring release"
    book.sheets["Not held"] = [["Indicator ID", "Indicator", "Reason"], ["LA11", None, reason]]
    report = checked(book)
    said = [problem for problem in report.problems if problem.rule == "not_held_but_sent"]
    assert accepted(report) == ({"LA11", "PF01"} if is_taken else {"PF01"})
    assert report.not_held["indicator_id"].tolist() == (["LA11"] if is_taken else [])
    assert [problem.severity for problem in said] == ([] if is_taken else ["error"])


def test_an_earlier_quarters_figure_of_what_is_not_held_now_is_left_alone():
    book = table(HEADINGS, [*LA11[:1], "2026-27-Q1", *LA11[2:9], "One home had been left out of the June list"], PF01)
    book.sheets["Not held"] = [
        ["Indicator ID", "Indicator", "Reason"],
        ["LA11", None, "The new system cannot count it yet"],
    ]
    report = checked(book, stated=Stated("lcc_cf", "2026-27-Q2"))
    assert (accepted(report), "not_held_but_sent" in rules(report)) == ({"LA11", "PF01"}, False)
