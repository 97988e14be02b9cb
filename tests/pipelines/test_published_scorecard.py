from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipelines.checking import check
from pipelines.checking.stated import Stated
from schemas.layouts import Label, Layout, LeftOut, Place, SheetMap, loaded, written

SCORECARD = Path(__file__).parents[2] / "../shared/realdata/published_scorecard.csv"
TODAY = date(2026, 10, 20)
PERIOD = "2025-26-Q4"
EPISODES = "counts episodes and adds them over the year; our indicator counts each child once"
MEANS = "the mean of three months, without the counts behind it"
NAMED = {
    "2.1": ("CN01", {"breakdown": "disability", "category": "disabled"}),
    "2.2": ("LA10", {}),
    "3.1": ("DA01", {}),
    "3.3": ("DA01", {"breakdown": "repeat", "category": "repeat"}),
    "3.4(c)": ("ED07", {}),
    "3.5": ("EX09", {"answer": "value"}),
    "3.7": ("EX01", {"breakdown": "exploitation_type", "category": "sexual"}),
    "4.1": ("EH01", {}),
}
LEFT_OUT = {
    "1.1": "taken from official statistics",
    "1.3": "a population, taken from official statistics",
    "3.2": "not in the data set: referrals are counted by who they concern, not by the notice",
    "3.4(a)": EPISODES,
    "3.4(b)": EPISODES,
    "3.8": "not in the data set",
    "4.2": MEANS,
    "4.4": MEANS,
    "4.5(a)": "not in the data set",
    "4.5(b)": MEANS,
    "4.5(c)": MEANS,
}

pytestmark = pytest.mark.skipif(not SCORECARD.exists(), reason="the published scorecard is not beside the repository")


@pytest.fixture(scope="module")
def layout():
    """Rows by their references alone, and none of the file's own words but its headings."""
    sheet = SheetMap(
        names={"indicator_id": "Ref", "indicator": "Key Performance Indicator"},
        places=tuple(Place(heading=f"Q{n}", period=f"Q{n}") for n in (1, 2, 3, 4)),
        year_total="Year",
        year_made="Aggregation",
    )
    made = Layout(
        id="published-scorecard",
        title="A published scorecard",
        sheets=(sheet,),
        labels=tuple(Label(words=ref, indicator_id=i, **part) for ref, (i, part) in NAMED.items()),
        left_out=tuple(LeftOut(words=ref, reason=why) for ref, why in LEFT_OUT.items()),
    )
    return loaded(written(made))


@pytest.fixture(scope="module")
def reports(layout):
    senders = ("lcc_cf", "wyp_leeds", "lcc_learning")
    return {
        sender: check(SCORECARD, today=TODAY, layouts=[layout], stated=Stated(sender, PERIOD)) for sender in senders
    }


def of_years(report):
    return {(p.rule, p.cell) for p in report.problems if p.rule.startswith("year_") and p.severity == "query"}


def test_its_year_column_raises_three_queries_and_no_more(reports):
    assert of_years(reports["lcc_cf"]) == {
        ("year_is_labelled_otherwise", "H5"),
        ("year_averages_percentages", "H12"),
        ("year_sums_what_stands", "H15"),
    }
    assert of_years(reports["wyp_leeds"]) == of_years(reports["lcc_learning"]) == set()


def test_its_year_column_is_then_dropped(reports):
    report = reports["lcc_cf"]
    assert any(p.rule == "year_column_is_left_out" for p in report.problems)
    assert not report.figures["numerator"].isin([1385, 78]).any()
    assert not report.figures["period_id"].str.startswith("FY").any()


def test_each_agencys_figures_are_taken_from_the_one_file(reports):
    def numbers(sender):
        rows = reports[sender].figures[reports[sender].figures["period_id"].eq(PERIOD)]
        return dict(zip(rows["indicator_id"] + rows["category"], rows["numerator"], strict=True))

    assert numbers("lcc_cf") == {"LA10all": 259, "EH01all": 397, "EX01sexual": 35}
    assert numbers("wyp_leeds") == {"DA01all": 439, "DA01repeat": 212}
    assert all(report.period_id == PERIOD for report in reports.values())


def test_rows_never_supplied_are_not_supplied_and_never_zero(reports):
    assert reports["lcc_learning"].rows_accepted == 0
    for sender, cell in (("lcc_cf", "CSV!G4"), ("lcc_learning", "CSV!G11")):
        (note,) = [p for p in reports[sender].problems if p.rule == "signs_are_read_as_not_supplied"]
        assert cell in note.message
        assert "CN01" not in set(reports[sender].figures["indicator_id"])


def test_a_percentage_without_its_counts_is_asked_for_in_its_own_cell(reports):
    errors = [p for p in reports["lcc_cf"].problems if p.severity == "error"]
    assert [(p.rule, p.cell, p.value) for p in errors] == [("value_has_no_numbers_behind_it", "G12", "82.6")]


def test_every_row_left_out_is_said(reports):
    (note,) = [p for p in reports["lcc_cf"].problems if p.rule == "rows_are_left_out_by_the_layout"]
    assert EPISODES in note.message
