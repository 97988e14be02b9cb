from __future__ import annotations

from datetime import date

import pytest

from pipelines.checking import check_workbook
from pipelines.checking.laid_out import matching, tidy
from pipelines.checking.laid_out.heads import MOST_TABLES
from pipelines.checking.stated import NOTHING_STATED, Stated
from schemas.layouts import Label, Layout, LeftOut, Place, SheetMap
from tests.pipelines.good_return import HEAD as HEADINGS_AT
from tests.pipelines.good_return import Book, good_book

pytestmark = pytest.mark.slow

TODAY = date(2026, 10, 20)
QUARTERS = tuple(Place(heading=f"Q{n}", period=f"Q{n}") for n in (1, 2, 3, 4))
MONTHS = tuple(Place(heading=m, period=m) for m in ("Apr", "May", "Jun", "Jul", "Aug", "Sep"))
Q2 = Stated("wyp_leeds", "2026-27-Q2")
HEAD = ["Measure", "Q1", "Q2", "Q3", "Q4", "Year"]
COUNCIL = Stated("lcc_cf", "2026-27-Q2")


def label(words, indicator_id, answer="", **part):
    return Label(words=words, indicator_id=indicator_id, answer=answer, **part)


LABELS = (
    label("Incidents", "DA01"),
    label("Repeats", "DA01", breakdown="repeat", category="repeat"),
    label("In custody", "YV04"),
    label("Told", "DA05", "numerator"),
    label("To tell", "DA05", "denominator"),
    label("Told %", "DA05", "value"),
    label("Missing", "EX08"),
    label("Missing often", "EX05"),
)


def layout(*places, labels=LABELS, left_out=(), names=None, **more):
    places = places or QUARTERS
    sheet = SheetMap(names=names or {"indicator": "Measure"}, places=places, year_total="Year", year_made="Made")
    given = {"id": "own", "title": "Own scorecard", "sheets": (sheet,), "labels": labels, "left_out": left_out}
    return Layout(**{**given, **more})


def book(*rows, name="Scorecard", **more):
    return Book(sheets={name: [list(row) for row in rows]}, **more)


def checked(sheets, *layouts, stated=Q2, **more):
    return check_workbook(sheets.workbook(), today=TODAY, layouts=layouts or (layout(),), stated=stated, **more)


def rules(report, severity=None):
    return {problem.rule for problem in report.problems if severity in (None, problem.severity)}


def told(report, rule):
    return [problem for problem in report.problems if problem.rule == rule]


def own(report):
    """The accepted figures of the return's own quarter."""
    return report.figures[report.figures["period_id"].eq(report.period_id)]


def figures(report):
    rows = own(report)
    return {
        (i, c): n for i, c, n in zip(rows["indicator_id"], rows["category"], rows["numerator"], strict=True)
    }  # fmt: skip


# Which rows.


def test_rows_are_known_by_their_words_whatever_their_spelling():
    report = checked(book(HEAD, ["  INCIDENTS.", 5, 7], ["repeats", 1, 2]))
    assert figures(report) == {("DA01", "all"): 7, ("DA01", "repeat"): 2}


def test_a_row_nobody_knows_is_said_with_the_nearest_that_is_and_keeps_nobody_out():
    report = checked(book(HEAD, ["Incidants", 5, 7], ["In custody", 1, 2]))
    (problem,) = told(report, "row_is_not_in_the_layout")
    assert (problem.sheet, problem.cell, problem.severity) == ("Scorecard", "A2", "error")
    assert "“Incidants”" in problem.message
    assert "Did you mean “Incidents”?" in problem.message
    assert figures(report) == {("YV04", "all"): 2}
    assert report.exit_code == 1


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Serious violence: suspects under 18", "YV06 (Children suspected of serious violence)"),
        ("Suspects of serious violence", "YV06 (Children suspected of serious violence)"),
        ("Incidants", "“Incidents”"),
        ("Team meetings held", ""),
        ("Work for the board", ""),
    ],
)
def test_an_unknown_row_is_said_with_what_the_assistant_would_guess_or_with_nothing(words, meant):
    (problem,) = told(checked(book(HEAD, [words, 5, 7], ["In custody", 1, 2])), "row_is_not_in_the_layout")
    assert problem.message.partition(" Did you mean ")[2] == (f"{meant}?" if meant else "")


@pytest.mark.parametrize(
    ("cells", "beside"),
    [
        ((5, "-"), "figures"),
        (("-", "see note"), "only words"),
        (("c", "-"), "figures"),  # a figure hidden is one
    ],
)
def test_of_an_unknown_row_is_said_what_stands_beside_it(cells, beside):
    report = checked(book(HEAD, ["Something else", *cells], ["In custody", 1, 2]))
    (problem,) = told(report, "row_is_not_in_the_layout")
    assert f"there are {beside} beside it" in problem.message


def test_an_unknown_row_of_nothing_but_dashes_is_nothing():
    report = checked(book(HEAD, ["Something else", "-", "–"], ["Of which", "-", "-"], ["In custody", 1, 2]))
    assert not told(report, "row_is_not_in_the_layout")
    assert figures(report) == {("YV04", "all"): 2}
    assert rules(report, "error") == set()


def test_a_row_in_the_catalogues_own_words_needs_no_label():
    report = checked(book(HEAD, ["Police protection powers used", 5, 7]))
    assert figures(report) == {("PO01", "all"): 7}


@pytest.mark.parametrize(
    "words",
    [
        "Incidents\u00b9",
        "Incidents \u00b2\u2074",
        "Incidents (note 3)",
        "Incidents [a]",
        "Incidents\u2020",
        "2. Incidents",
        "1.4) Incidents",
    ],
)
def test_a_number_before_a_row_and_the_mark_of_a_note_behind_are_none_of_its_words(words):
    report = checked(book(HEAD, [words, 5, 7], ["Total\u00b9", 5, 7]))
    assert figures(report) == {("DA01", "all"): 7}
    assert rules(report, "error") == set()


def test_a_mark_is_left_off_only_where_one_row_can_be_meant():
    two = (label("Incidents (note 1)", "DA01"), label("Incidents (note 2)", "YV04"))
    report = checked(book(HEAD, ["Incidents (note 3)", 5, 7], ["Incidents (note 2)", 1, 2]), layout(labels=two))
    assert figures(report) == {("YV04", "all"): 2}
    assert told(report, "row_is_not_in_the_layout")[0].cell == "A2"


def test_a_row_given_twice_by_its_marks_is_an_error_and_no_choice_between_them():
    report = checked(book(HEAD, ["Incidents", 5, 7], ["Incidents (note 3)", 5, 8]))
    assert "figure_is_given_twice" in rules(report, "error")
    assert ("DA01", "all") not in figures(report)


def test_one_thing_is_said_of_a_cell_once():
    report = checked(book(HEAD, ["Incidents", 5, 7], ["Incidents", 5, 7]))
    assert len(told(report, "row_is_repeated")) == 1
    assert len(set(report.problems)) == len(report.problems)


def test_titles_of_sections_and_blank_rows_are_read_past():
    report = checked(book(HEAD, ["Domestic abuse"], [], ["Incidents", 5, 7], [None, "Provisional"]))
    assert figures(report) == {("DA01", "all"): 7}
    assert rules(report, "error") == set()


def test_figures_in_a_row_without_words_are_an_error():
    report = checked(book(HEAD, ["Incidents", 5, 7], [None, 3, 4]))
    assert told(report, "row_has_no_words")[0].cell == "B3"


def test_a_row_the_layout_leaves_out_is_said_with_its_reason():
    leaves_out = layout(left_out=(LeftOut(words="Staff", reason="not in the data set"),))
    report = checked(book(HEAD, ["Incidents", 5, 7], ["Staff", 80, 81]), leaves_out)
    assert "Staff (not in the data set)" in told(report, "rows_are_left_out_by_the_layout")[0].message
    assert figures(report) == {("DA01", "all"): 7}
    assert rules(report, "error") == set()


def test_a_row_of_totals_is_left_out():
    report = checked(book(HEAD, ["Incidents", 5, 7], ["Total", 5, 7]))
    assert "Scorecard!B3" in told(report, "totals_row_is_left_out")[0].message
    assert figures(report) == {("DA01", "all"): 7}


def test_a_reference_that_went_to_another_row_is_an_error():
    by_both = layout(
        names={"indicator_id": "Ref", "indicator": "Measure"},
        labels=(*LABELS, label("1.1", "DA01"), label("1.2", "YV04")),
    )
    report = checked(book(["Ref", *HEAD], ["1.1", "Incidents", 5, 7], ["1.2", "Missing", 1, 2]), by_both)
    assert told(report, "row_is_of_two_indicators")[0].cell == "B3"
    assert figures(report) == {("DA01", "all"): 7}


def test_one_figure_on_two_rows_is_an_error_that_names_both():
    report = checked(book(HEAD, ["Incidents", 5, 7], ["In custody", 1, 2], ["Incidents", 5, 8]))
    both = told(report, "figure_is_given_twice")
    assert [problem.cell for problem in both] == ["A2", "A4"]
    assert "Scorecard row 2 and Scorecard row 4" in both[0].message
    assert figures(report) == {("YV04", "all"): 2}


def test_rows_of_other_agencies_are_told_and_left_out():
    whole = layout(labels=(*LABELS, label("Families", "EH01")))
    sheets = book(HEAD, ["Incidents", 5, 7], ["Families", 300, 310])
    assert figures(checked(sheets, whole)) == {("DA01", "all"): 7}
    assert "EH01 (lcc_cf)" in told(checked(sheets, whole), "rows_are_of_another_agency")[0].message
    assert figures(checked(sheets, whole, stated=COUNCIL)) == {("EH01", "all"): 310}


def test_a_label_merged_over_its_parts_and_a_part_without_one_are_of_the_row_above():
    parts = layout(
        names={"indicator": "Measure", "category": "Risk"},
        labels=(label("Incidents by risk", "DA01", breakdown="risk_level"), label("Repeats", "DA01")),
    )
    rows = [["Measure", "Risk", "Q2"], ["Incidents by risk", "High", 3], [None, "Standard", 9], [None, "Not known", 1]]
    report = checked(book(*rows), parts)
    assert figures(report) == {("DA01", "high"): 3, ("DA01", "standard"): 9, ("DA01", "not_known"): 1}
    assert figures(checked(book(*rows, merged=[("Scorecard", 1, 0, 3, 0)]), parts)) == figures(report)


def test_a_breakdown_spread_over_columns_becomes_rows():
    across = (
        Place(heading="Q2 All", period="Q2"),
        *(Place(heading=f"Q2 {c}", period="Q2", breakdown="risk_level", category=c) for c in ("high", "medium")),
    )
    upper, lower = ["Measure", "Q1", None, None, "Q2", None, None], [None, *["All", "High", "Medium"] * 2]
    sheets = book(upper, lower, ["Incidents", 1, 2, 3, 14, 5, 9])
    assert figures(checked(sheets, layout(*across))) == {
        ("DA01", "all"): 14, ("DA01", "high"): 5, ("DA01", "medium"): 9,
    }  # fmt: skip


# Which cells.


def test_a_sign_for_nothing_is_not_supplied_and_never_zero():
    report = checked(book(HEAD, ["Incidents", 5, "-"], ["In custody", 1, 0], ["Missing", 4, "–"]))
    assert figures(report) == {("YV04", "all"): 0}
    assert "2, in Scorecard!C2 and Scorecard!C4" in told(report, "signs_are_read_as_not_supplied")[0].message
    assert rules(report, "error") == set()


@pytest.mark.parametrize("dash", ["-", "\u2013", "\u2014", "\u2212"])
def test_every_dash_is_one_sign_for_nothing(dash):
    report = checked(book(HEAD, ["Incidents", 5, dash], ["In custody", 1, 2]))
    assert figures(report) == {("YV04", "all"): 2}
    assert rules(report, "error") == set()
    # A layout that has no dash among its signs is told of one.
    assert rules(checked(book(HEAD, ["Incidents", 5, dash]), layout(not_supplied=("none",))), "error")


def test_two_rows_of_one_share_become_one_figure_and_its_percentage_is_checked():
    rows = [["Told", 900, 911], ["To tell", 1100, 1122], ["Told %", 0.818, 0.812]]
    shown = {("Scorecard", row, column) for row in (3,) for column in (1, 2)}
    report = checked(book(HEAD, *rows, percent=shown))
    assert own(report)[["numerator", "denominator"]].to_numpy().tolist() == [[911, 1122]]
    assert rules(report, "error") == set()
    wrong = checked(book(HEAD, *rows[:2], ["Told %", 0.818, 0.712], percent=shown))
    (problem,) = told(wrong, "value_is_not_number_over_out_of")
    assert (problem.cell, problem.value) == ("C4", "71.2%")


def test_a_percentage_is_said_as_its_cell_shows_it_and_not_as_somebodys_number():
    sheets = book(HEAD, ["Told %", None, 0.838998211091], percent={("Scorecard", 1, 2)})
    (problem,) = told(checked(sheets), "value_has_no_numbers_behind_it")
    assert problem.value == "83.9%"


@pytest.mark.parametrize(("cell", "rule"), [("n/a", "C2"), ("about 7", "C2"), (-3, "C2"), (7.5, "C2")])
def test_a_cell_that_is_no_count_is_named_and_the_others_are_taken(cell, rule):
    report = checked(book(HEAD, ["Incidents", 5, cell], ["In custody", 1, 2]))
    assert [p.cell for p in report.problems if p.severity == "error"] == [rule]
    assert figures(report) == {("YV04", "all"): 2}


def test_a_marker_in_a_figures_place_is_read_as_one():
    report = checked(book(HEAD, ["Incidents", 5, "c"], ["In custody", 1, "<5"]))
    assert own(report)["marker"].tolist() == ["c", "c"]


# Where the table is.


@pytest.mark.parametrize("above", [0, 1, 12])
def test_the_headings_are_found_under_any_title_block(above):
    report = checked(book(*[["West Yorkshire Police"]] * above, HEAD, ["Incidents", 5, 7]))
    assert figures(report) == {("DA01", "all"): 7}
    assert own(report).index.tolist() == [above + 2]


def test_the_column_of_words_may_have_no_heading():
    report = checked(book([None, *HEAD[1:]], ["Incidents", 5, 7]), layout(names={"indicator": ""}))
    assert figures(report) == {("DA01", "all"): 7}


def test_tables_under_one_another_with_the_same_headings_are_all_read():
    report = checked(book(["One"], HEAD, ["Incidents", 5, 7], [], ["Two"], HEAD, ["In custody", 1, 2]))
    assert figures(report) == {("DA01", "all"): 7, ("YV04", "all"): 2}
    assert rules(report, "error") == set()


def test_a_heading_of_several_columns_is_of_none():
    report = checked(book(["Measure", "Q1", "Q2", "Q2"], ["Incidents", 5, 7, 70]))
    assert told(report, "column_is_doubled")[0].message.startswith("Sheet Scorecard has Q2 twice, in columns C and D")
    assert figures(report) == {}


def test_a_sheet_whose_every_column_is_doubled_is_told_so_and_nothing_is_taken():
    report = checked(book(["Measure", "Q2", "Q2"], ["Incidents", 5, 7]))
    assert "column_is_doubled" in rules(report, "error")
    assert (report.rows, report.rows_accepted) == (0, 0)


@pytest.mark.parametrize("head", [["Meas\u200bure", "Q\u00a01", "Quarter 2"], ["MEASURE:", "Qtr 1", "q2 "]])
def test_headings_are_known_whatever_their_spelling(head):
    assert figures(checked(book(head, ["Inci\u200bdents", 5, 7]))) == {("DA01", "all"): 7}


def test_a_sheet_of_very_many_tables_drops_no_row_in_silence():
    report = checked(book(*[HEAD, ["In custody", 1, 2], []] * (MOST_TABLES + 2)))
    assert len(told(report, "row_is_not_in_the_layout")) == 2


def test_a_column_of_the_quarter_that_is_gone_is_an_error():
    report = checked(book(["Measure", "Q1", "Quarter two"], ["Incidents", 5, 7]))
    assert "no column “Q2”" in told(report, "column_of_the_layout_is_missing")[0].message
    assert figures(report) == {}


def test_a_column_the_layout_does_not_know_is_named_unless_it_leaves_it_out():
    sheets = book([*HEAD, "Target"], ["Incidents", 5, 7, None, None, 12, 20])
    assert "Target (G)" in told(checked(sheets), "column_is_not_read")[0].message
    known = layout(left_out=(LeftOut(words="Target", reason="no figure"),))
    assert "column_is_not_read" not in rules(checked(sheets, known))


def test_a_hidden_sheet_is_named_and_not_read():
    sheets = book(HEAD, ["Incidents", 5, 7])
    sheets.sheets["Workings"] = [HEAD, ["In custody", 1, 2]]
    sheets.hidden = {"Workings"}
    report = checked(sheets)
    assert figures(report) == {("DA01", "all"): 7}
    assert "hidden_sheet_is_not_read" in rules(report)


def test_who_approved_the_figures_is_asked_without_a_cover_and_read_where_it_is_written():
    table = [HEAD, ["Incidents", 40, 44, None, None, None]]
    (asked,) = told(checked(book(*table)), "awaiting_agency_approval")
    assert (asked.sheet, asked.message) == (
        None,
        "The spreadsheet does not say who approved the figures in your agency, and when.",
    )
    approved = [["Approved by (role)", "Head of Service"], ["Approved on", "19 October 2026"]]
    for sheets in (
        book(*approved, [], *table),
        Book(sheets={"Scorecard": table, "Cover": approved}),
    ):
        report = checked(sheets)
        assert not told(report, "awaiting_agency_approval")
        assert report.cover["approved_by_role"] == "Head of Service"
        assert figures(report)


def test_a_file_that_fits_no_layout_is_told_which_headings_it_lacks():
    report = checked(book(["KPI", "First", "Second"], ["Incidents", 5, 7]))
    (problem,) = told(report, "layout_does_not_fit")
    assert "“Own scorecard”" in problem.message
    assert "Measure, Q1, Q2, Q3 and Q4" in problem.message
    assert report.exit_code == 2


def unread(agency_id="", stated=NOTHING_STATED, cover=""):
    """What is said of a layout where a file has none of its headings."""
    sheets = book(["Agency", cover], ["KPI", "First", "Second"], ["Incidents", 5, 7])
    return told(checked(sheets, layout(agency_id=agency_id), stated=stated), "layout_does_not_fit")


@pytest.mark.parametrize("agency_id", ["", "wyp_leeds"])
def test_a_layout_that_does_not_fit_is_told_to_its_own_agency_and_to_no_other(agency_id):
    assert len(unread(agency_id, stated=Q2)) == 1
    assert len(unread(agency_id, stated=COUNCIL)) == (not agency_id)
    assert len(unread(agency_id, cover="lcc_cf")) == (not agency_id)
    assert len(unread(agency_id)) == 1  # nobody says whose it is


def test_a_spoilt_template_is_told_of_its_own_columns_and_of_no_layout():
    sheets = good_book()
    sheets.figures[HEADINGS_AT].append("Number")
    sheets.figures[HEADINGS_AT + 1].append(4)
    report = check_workbook(sheets.workbook(), today=TODAY, layouts=(layout(),))
    assert "column_is_doubled" in rules(report, "error")
    assert "layout_does_not_fit" not in rules(report)


def test_of_several_layouts_the_one_with_the_most_headings_reads_the_file():
    other = layout(Place(heading="Q2", period="Q2"), id="other", title="Another")
    report = checked(book(HEAD, ["Incidents", 5, 7]), other, layout())
    assert "“Own scorecard”" in told(report, "file_is_read_by_a_layout")[0].message


def test_the_template_is_read_as_the_template_whatever_layouts_there_are():
    greedy = Layout(
        id="greedy",
        title="Greedy",
        sheets=(SheetMap(names={"indicator": "Indicator"}, places=(Place(heading="Number"),)),),
    )
    report = check_workbook(good_book().workbook(), today=TODAY, layouts=(greedy,))
    assert "file_is_read_by_a_layout" not in rules(report)
    assert report.rows_accepted > 50


# For when.


def test_the_quarter_is_the_last_that_is_over_and_has_a_figure():
    sheets = book(["Scorecard 2026/27"], HEAD, ["Incidents", 5, 7, 0, 0])
    report = checked(sheets, stated=Stated("wyp_leeds"))
    assert (report.period_id, figures(report)) == ("2026-27-Q2", {("DA01", "all"): 7})
    assert "2026-27 Q3 and 2026-27 Q4" in told(report, "later_periods_are_left_out")[0].message


@pytest.mark.parametrize(
    "above",
    [["Period", "Q1 2026-27"], ["Period", "June 2026"], ["Reporting period", "2026/27 Q1"]],
)
def test_the_quarter_a_title_block_names_counts(above):
    report = checked(book(above, HEAD, ["Incidents", 5, 7]), stated=Stated("wyp_leeds"))
    assert (report.period_id, figures(report)) == ("2026-27-Q1", {("DA01", "all"): 5})


def test_without_a_year_anywhere_it_is_asked_for():
    report = checked(book(HEAD, ["Incidents", 5, 7]), stated=Stated("wyp_leeds"))
    assert "period_is_missing" in rules(report, "error")
    assert report.rows_accepted == 0


def test_headings_that_name_their_year_are_of_that_year():
    heads = ["Measure", "Q1 2025/26", "Q2 2025/26", "Q1 2026/27", "Q2 2026/27"]
    sheets = book(heads, ["Incidents", 5, 7, 11, 13])
    assert figures(checked(sheets)) == {("DA01", "all"): 13}
    assert figures(checked(sheets, stated=Stated("wyp_leeds", "2025-26-Q2"))) == {("DA01", "all"): 7}
    assert checked(sheets, stated=Stated("wyp_leeds")).period_id == "2026-27-Q2"


def test_last_years_file_sent_as_this_years_is_found_out_by_its_headings():
    report = checked(book(["Measure", "Q1 2025/26", "Q2 2025/26"], ["Incidents", 5, 7]))
    (problem,) = told(report, "layout_finds_no_figures_of_the_quarter")
    assert "2025-26 Q1 and 2025-26 Q2" in problem.message
    assert report.rows_accepted == 0


def test_an_earlier_quarter_that_was_never_sent_is_taken_as_late():
    report = checked(book(HEAD, ["Incidents", 5, 7]))
    rows = report.figures[["period_id", "numerator"]].to_numpy().tolist()
    assert rows == [["2026-27-Q2", 7], ["2026-27-Q1", 5]]
    assert rules(report, "error") == set()


def test_a_percentage_of_an_earlier_quarter_without_its_counts_is_told_and_left_out():
    report = checked(book(HEAD, ["Told %", "80%", "81%"], ["In custody", 1, 2]))
    assert [p.cell for p in report.problems if p.severity == "error"] == ["C2"]
    message = told(report, "earlier_cells_make_no_figure")[0].message
    assert "(2026-27 Q1)" in message
    assert message.endswith("left out: 1.")


def test_earlier_quarters_are_handed_on_with_their_periods():
    sheets = book(["Measure", "Apr", "May", "Jun", "Jul", "Aug", "Sep"], ["In custody", 1, 2, 3, 10, 20, 30]).workbook()
    match = matching(sheets, [layout(*MONTHS)])
    cover = {"agency": "wyp_leeds", "period": "2026-27-Q2"}
    rows = tidy(sheets, match, cover, TODAY).rows
    assert rows.text[["period_id", "numerator"]].to_numpy().tolist() == [["", "60"], ["2026-27-Q1", "6"]]
    assert rows.where(1, "numerator") == "Scorecard!D2"


# Whose.


def test_the_layout_says_whose_it_is_where_nobody_else_does():
    report = checked(book(HEAD, ["Incidents", 5, 7]), layout(agency_id="wyp_leeds"), stated=Stated("", "2026-27-Q2"))
    assert report.agency_id == "wyp_leeds"


def test_a_layout_of_another_agency_is_refused():
    report = checked(book(HEAD, ["Incidents", 5, 7]), layout(agency_id="wyp_leeds"), stated=COUNCIL)
    assert "layout_is_another_agencys" in rules(report, "error")
    assert report.rows_accepted == 0


def test_a_title_nobody_understands_gives_way_to_the_senders_word():
    above = [["Organisation", "District performance unit"], ["Period", "year to date"]]
    assert figures(checked(book(*above, HEAD, ["Incidents", 5, 7]))) == {("DA01", "all"): 7}


def test_a_file_that_says_it_is_another_agencys_is_refused():
    report = checked(book(["Agency", "Leeds Community Healthcare"], HEAD, ["Incidents", 5, 7]))
    assert "file_says_another_than_its_sender" in rules(report, "error")
    assert report.rows_accepted == 0


# Months.


def months(*rows, labels=LABELS, stated=Q2):
    return checked(
        book(["Measure", "Apr", "May", "Jun", "Jul", "Aug", "Sep"], *rows),
        layout(*MONTHS, labels=labels),
        stated=stated,
    )


def test_months_of_what_happens_are_summed_and_of_what_stands_the_last_is_taken():
    report = months(["In custody", 1, 2, 3, 10, 20, 30], ["Missing often", 80, 81, 82, 83, 84, 85])
    assert figures(report) == {("YV04", "all"): 60, ("EX05", "all"): 85}


def test_a_mean_or_a_percentage_of_months_asks_for_the_counts():
    report = months(["Told %", "80%", "80%", "80%", "81%", "83%", "82%"], ["In custody", 1, 1, 1, 1, 1, 1])
    (problem,) = told(report, "months_cannot_be_made_a_quarter")
    assert (problem.cell, problem.severity) == ("G2", "query")
    assert "Give the counts of the whole quarter" in problem.fix
    assert figures(report) == {("YV04", "all"): 3}


def test_children_counted_once_each_month_are_not_added_up():
    report = months(["Missing", 60, 61, 62, 63, 64, 65], ["In custody", 1, 1, 1, 1, 1, 1])
    assert "counts each one once in the quarter" in told(report, "months_cannot_be_made_a_quarter")[0].message
    assert figures(report) == {("YV04", "all"): 3}


@pytest.mark.parametrize("blank", [None, "-"])
def test_two_months_are_no_quarter(blank):
    report = months(["In custody", 1, 2, 3, 10, 20, blank], ["Missing often", 80, 81, 82, blank, blank, 85])
    (problem,) = told(report, "months_of_the_quarter_are_missing")
    assert "September 2026" in problem.message
    assert figures(report) == {("EX05", "all"): 85}


def test_a_hidden_month_hides_its_quarter_and_a_word_is_named_in_its_cell():
    report = months(["In custody", 1, 2, 3, 10, "c", 30], ["Incidents", 1, 2, 3, "ten", "c", 30])
    assert own(report)["marker"].tolist() == ["c"]
    assert [(p.cell, p.value) for p in report.problems if p.severity == "error"] == [("E3", "ten")]


def test_a_quarters_own_column_goes_before_its_months():
    both = layout(*MONTHS, Place(heading="Q2", period="Q2"))
    heads = ["Measure", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Q2"]
    report = checked(book(heads, ["Missing", 60, 61, 62, 63, 64, 65, 150]), both)
    assert figures(report) == {("EX08", "all"): 150}


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (["In custody", 1, 2, 3, 10, 20, 30, 60], None),
        (
            ["In custody", 1, 2, 3, 10, 20, 30, 61],
            "make 60 (Scorecard!E2 to G2), but its own column says 61 (Scorecard!H2)",
        ),
        (["In custody", 1, 2, 3, 0.1, 0.2, 0.3, 0.6], None),
        (["In custody", 1, 2, 3, 10, "c", 30, 61], None),
        (["In custody", 1, 2, 3, 10, 20, 30, "c"], None),
        (["In custody", 1, 2, 3, 10, None, 30, 61], None),
        (["Missing often", 80, 81, 82, 83, 84, 85, 85], None),
        (
            ["Missing often", 80, 81, 82, 83, 84, 85, 84],
            "make 85 (Scorecard!G2), but its own column says 84 (Scorecard!H2)",
        ),
        (["Missing", 60, 61, 62, 63, 64, 65, 65], None),
        (["Missing", 60, 61, 62, 63, 64, 65, 192], None),
        (["Missing", 60, 61, 62, 63, 64, 65, 193], "make 65 at least and 192 at most (Scorecard!E2 to G2)"),
        (["Told %", "80%", "80%", "80%", "81%", "83%", "82%", "90%"], None),
    ],
)
def test_months_that_contradict_their_quarters_own_column_are_a_query_with_both(row, says):
    both = layout(*MONTHS, Place(heading="Q2", period="Q2"))
    report = checked(book(["Measure", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Q2"], row), both)
    found = told(report, "months_contradict_their_quarter")
    assert [(p.severity, p.cell) for p in found] == ([("query", "H2")] if says else [])
    assert not says or says in found[0].message


def test_months_of_an_earlier_quarter_contradict_it_too_and_lacking_one_they_are_left_out():
    both = layout(*MONTHS, Place(heading="Q1", period="Q1"))
    heads = ["Measure", "Apr", "May", "Jun", "Q1", "Jul", "Aug", "Sep"]
    report = checked(
        book(heads, ["In custody", 1, 2, 3, 7, 10, 20, 30], ["Incidents", 1, None, 3, None, 1, 2, 3]), both
    )
    (query,) = told(report, "months_contradict_their_quarter")
    assert (
        "the months of 2026-27 Q1 make 6 (Scorecard!B2 to D2), but its own column says 7 (Scorecard!E2)"
        in query.message
    )
    assert told(report, "earlier_cells_make_no_figure")[0].message.endswith("left out: 1.")
    assert set(zip(report.figures["period_id"], report.figures["numerator"], strict=True)) == {
        ("2026-27-Q1", 7), ("2026-27-Q2", 60), ("2026-27-Q2", 6)
    }  # fmt: skip


def test_months_as_dates_are_known_as_months():
    heads = ["Measure", *(date(2026, month, 1) for month in range(4, 10))]
    report = checked(book(heads, ["In custody", 1, 2, 3, 10, 20, 30]), layout(*MONTHS), stated=Stated("wyp_leeds"))
    assert (report.period_id, figures(report)) == ("2026-27-Q2", {("YV04", "all"): 60})


@pytest.mark.parametrize("head", ["01/{m:02}/2026", "2026-{m:02}-01", "{name}-26", "{name} 2026"])
def test_months_as_a_csv_says_them_are_known_as_months(head):
    names = ["", "", "", "", "Apr", "May", "Jun", "July", "August", "Sept"]
    heads = ["Measure", *(head.format(m=m, name=names[m]) for m in range(4, 10))]
    report = checked(book(heads, ["In custody", 1, 2, 3, 10, 20, 30]), layout(*MONTHS), stated=Stated("wyp_leeds"))
    assert (report.period_id, figures(report)) == ("2026-27-Q2", {("YV04", "all"): 60})


# The year.


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (["Missing often", 80, 85, None, None, 165], "year_sums_what_stands"),
        (["Missing often", 80, 85, None, None, 85, "Total"], "year_is_labelled_otherwise"),
        (["Told %", "80%", "90%", None, None, "85%"], "year_averages_percentages"),
        (["In custody", 10, 20, None, None, 15], "year_is_the_mean_of_counts"),
        (["Missing", 60, 70, None, None, 130], "year_counts_the_same_people_again"),
        (["In custody", 10, 20, None, None, 40], "year_is_not_what_its_parts_make"),
        (["In custody", 10, 20, None, None, 30], None),
        (["Missing often", 80, 85, None, None, 85], None),
        (["In custody", 10, "c", None, None, 40], None),
        (["In custody", 10, 20, None, None, "-"], None),
        (["In custody", 10, -43, None, None, 53], None),
        (["In custody", 10, "87.9%", None, None, 53], None),
    ],
)
def test_a_year_is_held_against_its_quarters_by_what_it_measures(row, rule):
    report = checked(book([*HEAD, "Made"], row))
    assert rules(report, "query") == ({rule} if rule else set())
    found = told(report, rule) if rule else []
    assert [(p.sheet, p.cell) for p in found] == ([("Scorecard", "F2")] if rule else [])


def test_a_share_of_the_year_is_worked_out_anew_from_its_counts():
    rows = [["Told", 50, 90, None, None, 140], ["To tell", 100, 100, None, None, 200]]
    assert rules(checked(book(HEAD, *rows, ["Told %", "50%", "90%", None, None, "70%"])), "query") == set()
    rows = [["Told", 50, 900, None, None, 950], ["To tell", 100, 1000, None, None, 1100]]
    report = checked(book(HEAD, *rows, ["Told %", "50%", "90%", None, None, "70%"]))
    assert rules(report, "query") == {"year_averages_percentages"}


def test_no_year_is_ever_stored():
    report = checked(book(HEAD, ["In custody", 10, 20, None, None, 30]))
    assert report.figures["numerator"].tolist() == [20, 10]
    assert "Scorecard" in told(report, "year_column_is_left_out")[0].message


# What must never happen.


def test_a_list_of_children_is_refused_before_any_layout_is_tried():
    report = checked(book(["Measure", "Q2", "NHS number"], ["Incidents", 7, "9434765919"]))
    assert rules(report) == {"person_level_data"}
    assert "9434765919" not in str(report)


def test_words_that_may_name_somebody_are_not_repeated():
    report = checked(book(HEAD, ["Jane Exampleton", 5, 7], ["In custody", 1, 2]))
    assert "Exampleton" not in report.as_text()
    assert "row_is_not_in_the_layout" in rules(report)
