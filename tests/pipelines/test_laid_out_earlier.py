"""A scorecard carries its earlier quarters along: what is taken of them, what is asked, and what stands afterwards."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest

from pipelines.checking import check_workbook
from pipelines.flows import returns
from pipelines.store import outcomes, submissions
from pipelines.store.opening import transaction
from sample_data.own_sheets import layout, police
from schemas.actors import Actor
from schemas.layouts import Place
from tests.pipelines.test_laid_out import HEAD, Q2, QUARTERS, TODAY, book, checked, rules, told
from tests.pipelines.test_laid_out import layout as own_layout

pytestmark = pytest.mark.slow

STEWARD = Actor("Steward", "business_unit")
FIRST, SECOND, THIRD = "2026-27-Q1", "2026-27-Q2", "2026-27-Q3"
THEME = "Violence and custody"
# Columns of the scorecard, counted from 0; its rows of YV01, of YV04 and of PO01.
Q1_AT, Q2_AT, Q3_AT, YEAR_AT = 2, 3, 4, 6
SUSPECTS, OVERNIGHT, POWERS = 5, 7, 8


def next_quarters():
    """The third quarter's scorecard: figures as in the second but for one, PO01 of the first put right, YV04 not supplied."""
    scorecard = police()
    for name in scorecard.tables:
        for row in scorecard.pages[name].rows[5:]:
            if len(row) > YEAR_AT:
                row[Q3_AT], row[YEAR_AT] = row[Q2_AT], type(row[0])("-")
    rows = scorecard.pages[THEME].rows
    was = rows[POWERS][Q1_AT].value
    rows[POWERS][Q1_AT] = type(rows[0][0])(was + 3)
    rows[OVERNIGHT][Q3_AT] = type(rows[0][0])("-")
    rows[SUSPECTS][Q3_AT] = type(rows[0][0])(rows[SUSPECTS][Q2_AT].value + 1)
    scorecard.name = "SYNTHETIC_police_scorecard_2026-27_Q3"
    return scorecard, was


def standing(home):
    with transaction(home, write=False) as connection:
        found = submissions.standing(connection)
    return {
        (indicator, period): (number, submission.rsplit(".", 2)[1])
        for indicator, period, number, submission in zip(
            found["indicator_id"], found["period_id"], found["numerator"], found["submission_id"], strict=True
        )
    }


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """The scorecard of the second quarter, then that of the third, each with what stood after it."""
    home = tmp_path_factory.mktemp("home")
    by = (layout("police"),)
    first = returns.submit(home, STEWARD, police().write(home), datetime(2026, 10, 20, 12, tzinfo=UTC), layouts=by)
    after_first = standing(home)
    scorecard, was = next_quarters()
    at = datetime(2027, 1, 20, 12, tzinfo=UTC)
    second = returns.submit(home, STEWARD, scorecard.write(home), at, layouts=by)
    return first, after_first, second, standing(home), was


def test_the_first_scorecard_brings_its_own_quarter_and_the_earlier_one_as_late(sent):
    first, stood, *_ = sent
    assert (first.report.period_id, first.report.exit_code) == (SECOND, 0)
    assert {period for _, period in stood} == {FIRST, SECOND}
    assert {indicator for indicator, period in stood if period == FIRST} >= {"YV04", "PO01", "DA05"}


def test_the_next_one_corrects_the_earlier_figure_in_its_own_cell_and_asks_why(sent):
    *_, second, _, was = sent
    assert (second.report.period_id, second.report.exit_code) == (THIRD, 0)
    (query,) = told(second.report, "earlier_figure_is_corrected_without_reason")
    assert (query.severity, query.sheet, query.cell) == ("query", THEME, "C9")
    assert query.message == (
        f"PO01: 2026-27-Q1 was sent as {was:g} before; this return says {was + 3:g}, without a reason ({THEME}!C9)."
    )
    assert {(row.indicator_id, row.period_id, row.was, row.now) for row in second.receipt.changes.itertuples()
            if row.period_id != THIRD} == {("PO01", FIRST, f"{was:g}", f"{was + 3:g}")}  # fmt: skip


def test_what_is_not_supplied_for_the_own_quarter_is_no_error_of_the_earlier_ones(sent):
    *_, second, stands, _ = sent
    assert rules(second.report, "error") == set()
    assert f"Domestic abuse!E6 and {THEME}!E8" in told(second.report, "signs_are_read_as_not_supplied")[0].message
    assert ("YV04", THIRD) not in stands
    (note,) = told(second.report, "earlier_figure_is_as_it_stands")
    assert "of earlier periods are as they stand already" in note.message


def test_afterwards_the_correction_stands_and_everything_else_of_before_is_cited_as_before(sent):
    _, before, _, stands, was = sent
    assert stands["PO01", FIRST] == (was + 3, THIRD)
    assert {key: value for key, value in stands.items() if key[1] != THIRD} == {
        **before, ("PO01", FIRST): (was + 3, THIRD)
    }  # fmt: skip
    assert stands["PO01", THIRD] == (stands["PO01", SECOND][0], THIRD)


def test_what_is_asked_of_one_quarter_is_not_counted_for_the_others_of_its_row(sent):
    first, *_ = sent
    with transaction(first.path.parent, write=False) as connection:
        found = outcomes.outcomes(connection)
    asked = found[found["rule"].eq("earlier_figure_is_corrected_without_reason")]
    assert asked[["indicator_id", "period_id"]].to_numpy().tolist() == [["PO01", FIRST]]
    late = found[found["rule"].eq("earlier_figure_comes_late")]
    assert set(late["period_id"]) == {FIRST}
    assert len(late) == late["indicator_id"].nunique() > 8


def test_each_figure_knows_the_cells_of_its_numbers_and_no_others():
    report = checked(book(HEAD, ["Told", 80, 90], ["To tell", 100, 101], ["Told %", "80%", "89.1%"]))
    assert sorted(report.figures["cells"]) == ["B2 B3 B4", "C2 C3 C4"]


# Small sheets.


def history(**numbers):
    """Figures that stand for the first quarter, by indicator."""
    report = checked(book(HEAD, *([words, number] for words, number in numbers.items())), stated=first_quarter())
    return report.figures.reset_index(drop=True)


def first_quarter():
    return type(Q2)("wyp_leeds", FIRST)


def again(*rows, **numbers):
    return check_workbook(
        book(HEAD, *rows).workbook(), today=TODAY, layouts=(own_layout(),), stated=Q2, history=history(**numbers)
    )


def taken(report):
    return sorted(zip(report.figures["indicator_id"], report.figures["period_id"], strict=True))


@pytest.mark.parametrize("blank", ["-", None])
def test_a_file_with_nothing_of_its_own_quarter_takes_nothing(blank):
    report = again(["Incidents", 6, blank], ["Missing", 4, blank], Incidents=5)
    assert "layout_finds_no_figures_of_the_quarter" in rules(report, "error")
    assert (report.verdict, report.rows_accepted) == ("refused", 0)


def test_a_file_whose_own_quarter_holds_only_words_takes_nothing_and_names_their_cells():
    report = again(["Incidents", 6, "to follow"], ["Missing", 4, "to follow"], Incidents=5)
    assert report.rows_accepted == 0
    assert {p.cell for p in report.problems if p.severity == "error" and p.cell} == {"C2", "C3"}
    assert "layout_finds_no_figures_of_the_quarter" in rules(report, "error")


@pytest.mark.parametrize(
    ("own", "rule"), [("-", None), ("abuot 9", "cell_is_not_a_number"), (None, None), ("c", None), (9, None)]
)
def test_whatever_the_own_cell_holds_the_earlier_figure_is_judged_as_what_it_is(own, rule):
    report = again(["Incidents", 6, own], ["In custody", 1, 2], ["Missing", 4, 5], Incidents=5, Missing=4)
    assert ("DA01", FIRST) in taken(report)
    assert [p.cell for p in told(report, "earlier_figure_is_corrected_without_reason")] == ["B2"]
    assert [p.cell for p in told(report, "earlier_figure_comes_late")] == ["B3"]
    assert len(told(report, "earlier_figure_is_as_it_stands")) == 1
    assert [p.cell for p in report.problems if p.severity == "error"] == (["C2"] if rule else [])


def test_new_figures_typed_over_those_of_the_quarter_before_are_kept_out():
    rows = [["Incidents", 6, None], ["In custody", 3, None], ["Missing", 4, 5]]
    report = again(*rows, Incidents=5, **{"In custody": 1}, Missing=4)
    assert [p.cell for p in told(report, "period_is_not_the_returns")] == ["B2", "B3"]
    assert taken(report) == [("EX08", SECOND)]


def test_of_a_share_with_one_count_missing_in_an_earlier_quarter_nothing_is_taken_and_nothing_asked():
    report = again(["Told", "-", 90], ["To tell", 100, 100])
    assert taken(report) == [("DA05", SECOND)]
    assert rules(report, "error") == set()
    assert told(report, "earlier_cells_make_no_figure")[0].message.endswith("left out: 1.")


WHY = "The June list of one team reached us only in August"


@pytest.mark.parametrize("is_of_line", [True, False])
def test_a_correction_is_explained_by_the_reason_of_its_line_or_of_its_quarter(is_of_line):
    names = {"indicator": "Measure", **({"reason": "Why"} if is_of_line else {})}
    places = [*QUARTERS, *([] if is_of_line else [Place(heading="Why", period="Q1", answer="reason")])]
    sheets = book(["Measure", "Q1", "Q2", "Why"], ["Incidents", 6, 7, WHY])
    report = checked(sheets, own_layout(*places, names=names), history=history(Incidents=5))
    assert [p.cell for p in told(report, "earlier_figure_is_corrected")] == ["B2"]
    corrected = report.figures[report.figures["period_id"].eq(FIRST)]
    assert corrected["reason"].tolist() == [WHY]


def test_a_marker_of_an_earlier_quarter_is_a_figure_too():
    report = again(["Incidents", "c", 7], Incidents=5)
    found = pd.DataFrame(report.figures)[["period_id", "marker"]].to_numpy().tolist()
    assert found == [[SECOND, ""], [FIRST, "c"]]
