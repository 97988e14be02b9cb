"""Which quarter an agency's own spreadsheet is taken for, and that it is nobody else's: never another by mistake."""

from __future__ import annotations

import pytest

from pipelines.checking import check_workbook
from pipelines.checking.mending import mendables
from pipelines.checking.stated import Stated
from schemas.layouts import Place
from schemas.returns.mends import COVER, Mend
from tests.pipelines.test_laid_out import HEAD, TODAY, book, checked, figures, layout, rules, told

pytestmark = pytest.mark.slow

POLICE = Stated("wyp_leeds")
TITLE = ["Scorecard 2026/27"]
DOUBLED = ["Measure", "Q1", "Q2", "Q2", "Q4", "Year"]
SECOND = ["Incidents", 5, 7, 8, "-"]


OWN = layout(agency_id="wyp_leeds")


def first_quarter():
    """What stands of the first quarter."""
    return checked(book(HEAD, ["Incidents", 5]), stated=Stated("wyp_leeds", "2026-27-Q1")).figures.reset_index(
        drop=True
    )


@pytest.mark.parametrize(
    "lines",
    [
        (TITLE, DOUBLED, SECOND),
        (TITLE, HEAD, ["Incidents", 5, "-", "-", "-"]),
        (TITLE, HEAD, ["Incidents", 5, None]),
        (TITLE, ["Measure", "Q1", "Quarter two", "Q3", "Q4"], ["Incidents", 5, 7]),
        # Last year's headings over this year's figures: its third and fourth quarters are over, and empty.
        (["Scorecard"], ["Measure", "Q1 2025/26", "Q2 2025/26", "Q3 2025/26", "Q4 2025/26"], ["Incidents", 5, 7, "-", "-"]),
    ],
    ids=["doubled", "dashes", "blank", "renamed", "last year's"],
)  # fmt: skip
def test_an_earlier_quarter_never_takes_the_place_of_one_that_is_empty_or_at_fault(lines):
    report = checked(book(*lines), stated=POLICE)
    (problem,) = told(report, "quarter_is_not_clear")
    assert "--period" in problem.fix
    assert (report.verdict, report.rows_accepted, report.period_id) == ("refused", 0, None)


def test_it_is_taken_once_somebody_says_which_quarter_it_is():
    sheets = book(TITLE, DOUBLED, SECOND)
    said = checked(sheets, stated=Stated("wyp_leeds", "2026-27-Q1"))
    assert (said.period_id, figures(said)) == ("2026-27-Q1", {("DA01", "all"): 5})
    # The doubled columns hold the other quarter's: of that one nothing can be taken, whoever says it.
    assert figures(checked(sheets, stated=Stated("wyp_leeds", "2026-27-Q2"))) == {}
    on_cover = checked(book(["Period", "2026-27 Q1"], HEAD, ["Incidents", 5]), stated=POLICE)
    assert figures(on_cover) == {("DA01", "all"): 5}


def test_the_page_asks_for_the_quarter_and_takes_the_answer():
    sheets = book(TITLE, HEAD, ["Incidents", 5, "-"])
    asked = checked(sheets, stated=POLICE, mends=[])
    (meant,) = [each for each in mendables(asked, TODAY) if each.problems[0].rule == "quarter_is_not_clear"]
    assert [option.value for option in meant.options][:2] == ["2026-27-Q2", "2026-27-Q1"]
    answered = checked(sheets, stated=POLICE, mends=[Mend(COVER, "", "period", "2026-27-Q1")])
    assert figures(answered) == {("DA01", "all"): 5}


def test_a_return_that_has_come_is_replaced_only_where_somebody_says_so():
    one_column = layout(Place(heading="Q1", period="Q1"))
    late = book(TITLE, ["Measure", "Q1"], ["Incidents", 6])

    def again(stated, history):
        return check_workbook(late.workbook(), today=TODAY, layouts=(one_column,), stated=stated, history=history)

    assert "quarter_is_not_clear" in rules(again(POLICE, first_quarter()), "error")
    assert figures(again(Stated("wyp_leeds", "2026-27-Q1"), first_quarter())) == {("DA01", "all"): 6}
    # Where nothing stands it is a late return, and loses nothing.
    assert figures(again(POLICE, None)) == {("DA01", "all"): 6}


def test_the_due_quarter_is_sent_again_without_a_question():
    assert figures(checked(book(TITLE, HEAD, ["Incidents", 5, 7]), stated=POLICE)) == {("DA01", "all"): 7}


# What stands above the tables.

YEARS = ["Measure", "Q1 2026/27", "Q2 2026/27"]


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("Leeds Community Healthcare NHS Trust", "title_names_another_agency"),
        ("Kent Police: Medway", "title_names_another_agency"),
        ("Leeds City Council", "title_names_another_agency"),
        ("2026/27 Quarter 1", "title_names_another_quarter"),
        ("Safeguarding scorecard Q1", "title_names_another_quarter"),
        ("Safeguarding scorecard 2025/26", "title_names_another_year"),
        ("Scorecard 2025/26, version 3, updated in October", "title_names_another_year"),
        ("Leeds Community Healthcare NHS Trust, version 3", "title_names_another_agency"),
    ],
)
@pytest.mark.parametrize("head", [HEAD, YEARS], ids=["no year", "its year"])
def test_nothing_is_taken_where_the_title_says_otherwise(title, rule, head):
    report = checked(book([title], head, ["Incidents", 5, 7]), OWN)
    assert rules(report, "error") == {rule}
    assert told(report, rule)[0].message.endswith("Nothing has been taken.")
    assert (report.verdict, report.rows_accepted) == ("refused", 0)


@pytest.mark.parametrize(
    "title",
    [
        "West Yorkshire Police: Leeds District",
        "WYP",
        "West Yorkshire Police and Leeds City Council, joint scorecard",
        "Prepared for Leeds City Council",
        "Prepared for Leeds Community Healthcare NHS Trust",
        "Leeds Safeguarding Children Partnership",
        "Domestic abuse: police",
        "Children Referred By Police",
        "Housing",
        "Compared with 2025/26",
        "2025/26 and 2026/27",
        "Scorecard 2026/27, compared with 2025/26",
        "Safeguarding scorecard 2026/27, Q1 to Q4",
        "Targets for 2025/26",
        "Printed 3 April 2027",
        "Report of 12 October 2027",
        "31/03/2026",
        "Under 16-17 year olds",
    ],
)
def test_a_title_that_says_nothing_else_holds_nothing_up(title):
    report = checked(book([title], HEAD, ["Incidents", 5, 7]), OWN)
    assert figures(report) == {("DA01", "all"): 7}
    assert not {rule for rule in rules(report) if rule.startswith("title_")}


def test_a_title_naming_the_sender_stands_beside_a_partners():
    sheets = book(["Kent Police: Medway"], ["West Yorkshire Police: Leeds District"], HEAD, ["Incidents", 5, 7])
    assert figures(checked(sheets, OWN)) == {("DA01", "all"): 7}
    # On the sheet that is another's only its own title counts.
    sheets.sheets["Second"] = [["Kent Police: Medway"], HEAD, ["In custody", 1, 2]]
    assert "title_names_another_agency" in rules(checked(sheets, OWN), "error")


def test_a_scorecard_that_several_share_may_be_anybodys():
    sheets = book(["Leeds City Council"], HEAD, ["Incidents", 5, 7])
    assert figures(checked(sheets)) == {("DA01", "all"): 7}


def test_a_sheet_whose_headings_were_left_from_last_year_is_found_out_by_its_title():
    sheets = book(TITLE, YEARS, ["Incidents", 5, 7])
    sheets.sheets["Second"] = [TITLE, ["Measure", "Q1 2025/26", "Q2 2025/26"], ["In custody", 1, 2]]
    report = checked(sheets)
    assert told(report, "title_names_another_year")[0].sheet == "Second"
    assert report.rows_accepted == 0


def test_the_years_of_columns_beside_one_another_are_no_title():
    sheets = book([None, "2025/26", None, "2026/27"], ["Measure", "Q1", "Q2", "Q1", "Q2"], ["Incidents", 1, 2, 5, 7])
    assert not {rule for rule in rules(checked(sheets)) if rule.startswith("title_")}


def test_a_council_is_the_whole_of_its_services():
    sheets = book(["Leeds City Council"], HEAD, ["Contacts", 5, 7])
    report = checked(sheets, layout(labels=(), agency_id="lcc_cf"), stated=Stated("lcc_cf", "2026-27-Q2"))
    assert "title_names_another_agency" not in rules(report)


# How much was sent.


def test_a_row_nobody_knows_counts_among_those_that_were_sent():
    report = checked(book(TITLE, HEAD, ["Incidents", 5, 7], ["Something else", 3, 4], ["Of which", 3, "-"]))
    assert figures(report) == {("DA01", "all"): 7}
    without = checked(book(TITLE, HEAD, ["Incidents", 5, 7]))
    assert report.rows == without.rows + 1
