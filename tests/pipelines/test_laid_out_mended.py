"""Beside an agency's own spreadsheet its sender can give reasons and mend cells as beside the template."""

from __future__ import annotations

import pandas as pd
import pytest

from pipelines.checking import check_workbook
from pipelines.checking.mended import PersonalError
from pipelines.checking.mending import mendables
from pipelines.flows.mending import leads_to, unexplained, why_not
from schemas.problems import UserError
from schemas.returns.mends import REASON_FOR, Mend
from tests.pipelines.good_return import good_book
from tests.pipelines.test_laid_out import (
    HEAD,
    MONTHS,
    QUARTERS,
    TODAY,
    book,
    checked,
    figures,
    layout,
    own,
    rules,
    told,
)

pytestmark = pytest.mark.slow

REASON = "Schools report on the new form since July what they used to phone in"
ROWS = (["Incidents", 100, 800], ["Repeats", 10, 90], ["Told", 3, 4], ["To tell", 4, 5])
PAST = ("2024-25-Q3", "2024-25-Q4", "2025-26-Q1", "2025-26-Q2", "2025-26-Q3", "2025-26-Q4", "2026-27-Q1")


def past(*figures_of):
    """Steady quarters of some counts: indicator, breakdown, category and the usual number."""
    return pd.DataFrame(
        [
            {"indicator_id": i, "period_id": q, "agency_id": "wyp_leeds", "area_id": "E08000035", "breakdown": b,
             "category": c, "numerator": float(n + at % 2), "denominator": float("nan"), "value": float("nan"),
             "marker": "", "definition_version": 1, "reason": ""}
            for i, b, c, n in figures_of for at, q in enumerate(PAST)
        ]
    )  # fmt: skip


STEADY = past(("DA01", "all", "all", 100), ("DA01", "repeat", "repeat", 10))


def read(*rows, head=HEAD, places=QUARTERS, mends=(), history=STEADY, names=None):
    sheets = rows[0] if len(rows) == 1 and not isinstance(rows[0], list) else book(head, *rows)
    return checked(sheets, layout(*places, names=names), mends=mends, history=history)


def meant(report, rule, how=None):
    return [m for m in mendables(report, TODAY) if m.problems[0].rule == rule and how in (None, m.how)]


def cells(mendable):
    return [(field.sheet, field.cell, field.column) for field in mendable.fields]


def reason(cell, words=REASON):
    return Mend("Scorecard", cell, REASON_FOR, words)


def test_a_swing_asks_for_its_reason_for_the_figures_own_cell_and_says_where_it_can_be_given():
    report = read(*ROWS)
    swings = told(report, "swing_has_no_reason")
    assert [problem.cell for problem in swings] == ["C2", "C3"]
    for problem in swings:
        assert "under Reason" not in problem.fix
        assert "here on the page Returns, or add a Reason column to your layout" in problem.fix
        assert "correct it in that quarter's own column" in problem.fix
    (asked,) = meant(report, "swing_has_no_reason")  # one indicator, one reason
    assert (asked.how, cells(asked)) == ("say", [("Scorecard", "C2", REASON_FOR), ("Scorecard", "C3", REASON_FOR)])


def test_a_reason_is_kept_with_the_figure_its_cell_gives_and_with_no_other_and_the_number_stays():
    before, after = read(*ROWS), read(*ROWS, mends=[reason("C2")])
    assert figures(after) == figures(before)
    said = own(after).set_index(["indicator_id", "category"])["reason"]
    assert said["DA01", "all"] == REASON
    assert said["DA01", "repeat"] == said["DA05", "all"] == ""
    assert set(after.figures.loc[after.figures["period_id"].eq("2026-27-Q1"), "reason"]) <= {""}
    assert [problem.cell for problem in told(after, "swing_has_no_reason")] == ["C3"]
    (asked,) = meant(before, "swing_has_no_reason")
    both = [reason("C2"), reason("C3")]
    assert why_not(asked, both, read(*ROWS, mends=both)) is None


def test_a_reason_that_says_nothing_is_not_taken_up():
    (asked,) = meant(read(*ROWS), "swing_has_no_reason")
    empty = [reason("C2", "OK"), reason("C3", "OK")]
    assert "does not say what happened" in (why_not(asked, empty, read(*ROWS, mends=empty)) or "")


def test_what_is_given_here_goes_before_the_files_own_column_of_comments():
    head, names = [*HEAD, "Comment"], {"indicator": "Measure", "reason": "Comment"}
    rows = [[*ROWS[0], None, None, None, "OK"]]
    before = read(*rows, head=head, names=names)
    (problem,) = told(before, "swing_has_no_reason")
    assert "Give the reason in your own column for it, or here on the page Returns" in problem.fix
    after = read(*rows, head=head, names=names, mends=[reason("C2")])
    assert not told(after, "swing_has_no_reason")
    assert own(after)["reason"].tolist() == [REASON]


def test_one_wrong_number_is_mended_in_its_own_cell_and_a_share_on_whichever_rows_its_sides_stand():
    rows = (["Incidents", 100, "about 101"], ["Told", 3, 9], ["To tell", 4, 5])
    report = read(*rows)
    (typed,) = meant(report, "number_has_words_beside_it")
    assert (typed.how, cells(typed)) == ("type", [("Scorecard", "C2", "numerator")])
    (share,) = meant(report, "part_is_larger_than_the_whole")
    assert cells(share) == [("Scorecard", "C3", "numerator"), ("Scorecard", "C4", "denominator")]
    mends = [Mend("Scorecard", "C2", "numerator", "101"), Mend("Scorecard", "C4", "denominator", "10")]
    after = read(*rows, mends=mends)
    assert rules(after, "error") == set()
    assert figures(after) == {("DA01", "all"): 101, ("DA05", "all"): 9}


def test_of_a_quarter_made_of_months_the_months_are_offered_each_in_its_own_cell():
    head = ["Measure", *(place.heading for place in MONTHS)]
    rows = (["Incidents", 33, 33, 34, 30, 33, ""],)
    report = read(*rows, head=head, places=MONTHS)
    (typed,) = meant(report, "months_of_the_quarter_are_missing")
    assert [field.cell for field in typed.fields] == ["E2", "F2", "G2"]
    assert [field.heading for field in typed.fields][-1] == "Number, September 2026"
    after = read(*rows, head=head, places=MONTHS, mends=[Mend("Scorecard", "G2", "numerator", "38")])
    assert rules(after, "query") == set()
    assert figures(after) == {("DA01", "all"): 101}


def test_a_quarter_made_of_months_keeps_its_reason_whichever_month_is_mended_later():
    head = ["Measure", *(place.heading for place in MONTHS)]
    rows = (["Incidents", 33, 33, 34, 300, 250, 300],)
    assert [p.cell for p in told(read(*rows, head=head, places=MONTHS), "swing_has_no_reason")] == ["G2"]
    mends = [reason("G2"), Mend("Scorecard", "E2", "numerator", "290")]
    after = read(*rows, head=head, places=MONTHS, mends=mends)
    assert own(after)[["numerator", "reason"]].to_numpy().tolist() == [[840, REASON]]


@pytest.mark.parametrize("choice", ["0", "", "x", "z"])
def test_a_word_that_could_mean_two_things_is_mended_by_any_of_its_meanings(choice):
    rows = (["Incidents", 100, "n/a"], ["In custody", 1, 2])
    (chosen,) = meant(read(*rows), "word_could_mean_zero_or_missing")
    assert choice in [option.value for option in chosen.options]
    after = read(*rows, mends=[Mend("Scorecard", "C2", "numerator", choice)])
    assert rules(after, "error") == set()


def test_an_unknown_row_is_mended_by_choosing_what_it_is_the_likeliest_first():
    rows = (["Incidants of domestic abuse with a child there", 100, 101],)
    (chosen,) = meant(read(*rows), "row_is_not_in_the_layout")
    assert cells(chosen) == [("Scorecard", "A2", "indicator_id")]
    assert "DA01" in [option.value for option in chosen.options[:3]]
    assert figures(read(*rows, mends=[Mend("Scorecard", "A2", "indicator_id", "DA01")])) == {("DA01", "all"): 101}


def test_a_part_named_by_a_heading_offers_no_choice_that_would_be_written_over_the_number():
    rows = (["Incidents", "Aquarius", 1, 2],)
    head, names = ["Measure", "Part", "Q1", "Q2"], {"indicator": "Measure", "category": "Part"}
    report = read(*rows, head=head, names=names)
    assert rules(report, "error")
    for each in mendables(report, TODAY):
        assert all(field.cell == "B2" or field.column not in ("breakdown", "category") for field in each.fields)


@pytest.mark.parametrize("words", ["Kayden Smith came back to his mother", "NHS number 999 000 0018", "Leeds LS6 2QQ"])
def test_a_reason_that_may_be_about_a_person_is_refused_and_not_repeated(words):
    with pytest.raises(PersonalError) as refused:
        read(*ROWS, mends=[reason("C2", words)])
    assert "Scorecard!C2" in str(refused.value)
    assert words not in str(refused.value)


def test_a_reason_for_a_cell_that_is_not_there_or_beside_a_template_is_said_and_not_lost():
    for sheet, cell in (("Scorecard", "Z99"), ("Elsewhere", "C2")):
        with pytest.raises(UserError, match="is not in this file"):
            read(*ROWS, mends=[Mend(sheet, cell, REASON_FOR, REASON)])
    with pytest.raises(UserError, match="is not in this file"):
        checked(good_book(), layout(), mends=[Mend("Figures", "H8", REASON_FOR, REASON)])


def test_a_number_and_its_reason_are_two_mends_of_one_cell_and_neither_takes_the_place_of_the_other():
    number = Mend("Scorecard", "C2", "numerator", "700")
    assert number.place != reason("C2").place
    after = read(*ROWS, mends=[number, reason("C2")])
    assert own(after).loc[lambda f: f["category"].eq("all"), ["numerator", "reason"]].to_numpy().tolist()[0] == [
        700,
        REASON,
    ]


# What would change, and the year's column.

SPLIT = {
    "indicator_id": "DA01",
    "period_id": "2026-27-Q2",
    "area_id": "E08000035",
    "breakdown": "all",
    "category": "all",
}


def changes(report, was="90", change="changed"):
    """What a return would change of one figure, as the vault says it."""
    found = report.figures[report.figures["indicator_id"].eq("DA01") & report.figures["breakdown"].eq("all")]
    own_quarter = found[found["period_id"].eq(SPLIT["period_id"])]
    return pd.DataFrame(
        [{**SPLIT, "was": was, "now": "104", "reason": own_quarter["reason"].iloc[0], "change": change}]
    )


def test_a_changed_figure_of_the_same_quarter_can_be_explained_beside_its_cell():
    report = read(["Incidents", 100, 104])
    assert not meant(report, "swing_has_no_reason")
    (one,) = unexplained(report, changes(report), mendables(report, TODAY))
    assert cells(one) == [("Scorecard", "C2", REASON_FOR)]
    assert "was 90, now 104" in one.problems[0].message
    answered = read(["Incidents", 100, 104], mends=[reason("C2")])
    assert why_not(one, [reason("C2")], answered) is None
    assert not unexplained(answered, changes(answered), mendables(answered, TODAY))
    assert why_not(one, [reason("C2", "OK")], read(["Incidents", 100, 104], mends=[reason("C2", "OK")])) is not None


def test_what_is_new_or_asked_about_anyway_is_not_asked_for_again():
    report = read(["Incidents", 100, 104])
    assert not unexplained(report, changes(report, change="added"), ())
    swing = read(["Incidents", 100, 800])
    assert meant(swing, "swing_has_no_reason", "say")
    assert not unexplained(swing, changes(swing), mendables(swing, TODAY))


def test_beside_the_template_the_reason_of_a_change_is_given_in_its_own_column():
    sheets = good_book()
    report = check_workbook(sheets.workbook(), today=TODAY, mends=[])
    row = report.figures.iloc[0]
    changed = pd.DataFrame(
        [{**{name: row[name] for name in SPLIT}, "was": "1", "now": "2", "reason": "", "change": "changed"}]
    )
    (one,) = unexplained(report, changed, ())
    ((sheet, cell, column),) = cells(one)
    assert (sheet, column) == ("Figures", "reason")
    answered = check_workbook(sheets.workbook(), today=TODAY, mends=[Mend(sheet, cell, column, REASON)])
    assert answered.figures.iloc[0]["reason"] == REASON


def test_a_year_that_is_meant_so_is_explained_in_its_own_cell_and_the_quarter_keeps_no_word_of_it():
    rows = ["Incidents", 100, 104, None, None, 210], ["In custody", 1, 2, None, None, 9]
    report = read(*rows)
    first, second = meant(report, "year_is_not_what_its_parts_make", "say")
    assert cells(first) == [("Scorecard", "F2", REASON_FOR)]
    answered = read(*rows, mends=[reason("F2")])
    assert why_not(first, [reason("F2")], answered) is None
    assert cells(*meant(answered, "year_is_not_what_its_parts_make")) == cells(second)
    assert set(answered.figures["reason"]) == {""}


def test_a_year_of_one_quarter_is_said_in_words_that_hold_for_one():
    (problem,) = told(
        read(["Incidents", 100, None, None, None, 90], ["In custody", 1, 2]), "year_is_not_what_its_parts_make"
    )
    assert "is not what its one quarter makes, 100 (" in problem.message


def test_no_remedy_sends_anybody_to_a_row_or_column_of_the_template():
    report = read(["Incidents", 100, -4], ["Told", 3, 4], ["To tell", 4, 5], ["Told %", "75%", "0.8"])
    fixes = " ".join(problem.fix for problem in report.problems)
    assert "correct that quarter's own column" in fixes
    assert not [words for words in ("add a row", "a row of its own", "Out of", "Marker") if words in fixes]


def test_a_choice_that_makes_something_else_wrong_says_so_first():
    labels = {"names": {"indicator": "Measure", "area_id": "Ward"}}
    head = ["Measure", "Ward", "Q1", "Q2"]
    rows = ["Incidents", "Armley", 5, 7], ["Incidents", "Armly", 6, 8]
    report = read(*rows, head=head, **labels)
    (ward,) = meant(report, "area_is_not_known")
    field = ward.fields[0]
    mend = Mend(field.sheet, field.cell, field.column, "Armley")
    after = read(*rows, head=head, mends=[mend], **labels)
    assert why_not(ward, [mend], after) is None
    assert "given twice" in leads_to(ward, report, after)
    other = Mend(field.sheet, field.cell, field.column, "Beeston and Holbeck")
    assert leads_to(ward, report, read(*rows, head=head, mends=[other], **labels)) is None
