from __future__ import annotations

from datetime import date, datetime

import pytest

from schemas.periods import PeriodError, day_words, of_kind, parse, quarter, quarter_of, quarters
from schemas.problems import UserError

QUARTER_TWO = (
    "2025-26-Q2",
    "2025-26 Q2",
    "2025/26 Q2",
    "2025/26-Q2",
    "2025/2026 Quarter 2",
    "2025-26Q2",
    "2025_26_Q2",
    "2025–26 Q2",
    "25/26 Q2",
    "202526Q2",
    "202526 q2",
    "Q2 2025-26",
    "Q2-2025-26",
    "Q2 25-26",
    "q2 fy25-26",
    "FY25/26 Q2",
    "Qtr 2 2025/26",
    "Quarter 2 of 2025/26",
    "2nd quarter 2025-26",
    "2025-26 (Q2)",
    "Jul-Sep 2025",
    "Jul–Sep 2025",
    "July to September 2025",
    "Jul 2025 - Sep 2025",
    "July - Sept 25",
    "Quarter ending September 2025",
    "Quarter to 30 September 2025",
    "quarter ended 30th Sept 2025",
    "Quarter to 30 September 2025, 2025-26 Q2",
    "Q2 2025-26 (Jul-Sep 2025)",
    "  Q2  2025-26 ",
    "2025-26 Q2.",
    "2025-26 Q2 (Jul-Sep)",
    "Quarter 2 (Jul-Sep) 2025/26",
    "July - September 2025/26",
    "Second quarter 2025/26",
    "2025/26 Quarter Two",
    "2526Q2",
    "Q2-2526",
    "1 July 2025 to 30 September 2025",
    "01/07/2025 - 30/09/2025",
    "2025-07-01 to 2025-09-30",
    "1st July 2025 - 30th Sept 2025",
)

OTHERS = {
    "FY2025-26": ("2025-26", "2025/26", "25/26", "25-26", "202526", "2025-2026", "FY 2025-26", "FY202526"),
    "FY2024-25": ("year ending March 2025", "y/e 31 March 2025", "Financial year 2024-25", "Year to 31 March 2025"),
    "AY2025-26": ("AY2025-26", "AY 2025/26", "Academic year 2025-26", "School year 2025/26"),
    "CY2025": ("CY2025", "2025", "calendar year 2025", "Year to 31 December 2025"),
    "2025-09": ("2025-09", "202509", "Sep-25", "Sept 2025", "September 2025", "Sep. 2025", "1/9/2025 to 30/9/2025"),
    "AY2025-26-T1": ("AY2025-26-T1", "Autumn term 2025-26", "autumn 2025/26", "2025-26 term 1"),
    "AY2025-26-T3": ("AY2025-26-T3", "Summer term 2025/26", "School year 2025-26 term 3"),
    "R12-2025-09": (
        "R12-2025-09",
        "12 months to September 2025",
        "year to September 2025",
        "rolling 12 months to 30 September 2025",
    ),
    "R12-2025-03": ("R12-2025-03", "12 months to 31 March 2025"),
    "YTD2025-26-Q2": ("YTD2025-26-Q2", "YTD 2025-26 Q2", "Year to date 2025/26 Q2", "2025-26 to Q2"),
    "D2025-03-31": (
        "D2025-03-31",
        "2025-03-31",
        "31/03/2025",
        "31/3/25",
        "31-03-2025",
        "31.3.2025",
        "31 March 2025",
        "as at 31st March 2025",
    ),
}


@pytest.mark.parametrize("spelling", QUARTER_TWO)
def test_every_common_spelling_of_a_quarter_is_the_same_quarter(spelling: str) -> None:
    assert parse(spelling).id == "2025-26-Q2"


@pytest.mark.parametrize(("wanted", "spelling"), [(i, s) for i, many in OTHERS.items() for s in many])
def test_other_kinds_are_read_from_their_common_spellings(wanted: str, spelling: str) -> None:
    assert parse(spelling).id == wanted


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2025-27 Q2", "2025-27 is not one year"),
        ("2025-26-Q5", "there is no quarter 5"),
        ("2025-26 Q0", "there is no quarter 0"),
        ("AY2025-26-T4", "there is no term 4"),
        ("R12-2025-13", "there is no month 13"),
        ("2025-13", "2025-13 is not one year"),
        ("31 February 2025", "is not a period"),
        ("Aug-Oct 2025", "these months are not a financial quarter"),
        ("Oct 2025 - Dec 2026", "its months lie in different years"),
        ("2025-26 Q2 (Aug-Oct)", "its months are not a financial quarter"),
        ("1 July 2025 to 29 September 2025", "is no month, quarter or year of ours"),
        ("1 August 2025 to 31 October 2025", "is no month, quarter or year of ours"),
        ("Quarter to May 2025", "a quarter ends in March, June, September or December"),
    ],
)
def test_an_impossible_period_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(PeriodError, match=why):
        parse(text)


@pytest.mark.parametrize(
    ("text", "either"),
    [
        ("Q2 2025", "2024-25-Q2 or 2025-26-Q1 or 2025-26-Q2"),
        ("2025 Q1", "2024-25-Q1 or 2024-25-Q4 or 2025-26-Q1"),
        ("FY26 Q2", "2025-26-Q2 or 2026-27-Q2"),
        ("Q2 2025-26 (Oct-Dec)", "2025-26-Q2 or 2025-26-Q3"),
        ("2011-12", "2011-12 or FY2011-12"),
        ("Q2 2025-26 and Q3 2025-26", "2025-26-Q2 or 2025-26-Q3"),
        ("Quarter to 30 September 2025, 2025-26 Q3", "2025-26-Q2 or 2025-26-Q3"),
    ],
)
def test_a_label_that_could_mean_two_periods_is_refused_and_both_are_named(text: str, either: str) -> None:
    with pytest.raises(PeriodError, match=rf"could mean {either}\. Write the one you mean"):
        parse(text)


@pytest.mark.parametrize("text", ["", "Q2", "last quarter", "2025-26 Q2 revised", "2025/26 Q2 and Q3", "12345"])
def test_a_label_nobody_knows_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(PeriodError, match=r"is not a period Throughline knows\. Write it as 2025-26-Q2"):
        parse(text)


def test_a_refusal_is_a_sentence_for_the_person_at_the_keyboard() -> None:
    with pytest.raises(UserError) as refused:
        parse("x" * 300)
    assert len(str(refused.value)) < 150
    assert refused.value.exit_code == 2


def test_a_date_is_a_day_whatever_its_time() -> None:
    assert parse(date(2025, 9, 30)) == parse("30 September 2025")
    assert parse(datetime(2025, 9, 30, 14, 5)) == parse("30 September 2025")  # noqa: DTZ001 - Excel has no zones


def test_the_last_quarter_belongs_to_the_year_that_began_the_april_before() -> None:
    assert quarter(2025, 4) == parse("Jan-Mar 2026")
    assert (quarter(2025, 4).start, quarter(2025, 4).end) == (date(2026, 1, 1), date(2026, 3, 31))
    assert quarter_of(date(2026, 2, 14)).financial_year.id == "FY2025-26"


def test_terms_leave_no_day_of_the_school_year_out() -> None:
    terms = [parse(f"AY2025-26-T{n}") for n in (1, 2, 3)]
    assert [(t.start, t.end) for t in terms] == [
        (date(2025, 9, 1), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2026, 4, 30)),
        (date(2026, 5, 1), date(2026, 8, 31)),
    ]
    assert all(parse("AY2025-26").contains(term) for term in terms)


def test_twelve_months_roll_by_one_month() -> None:
    rolling = parse("R12-2025-01")
    assert (rolling.start, rolling.end) == (date(2024, 2, 1), date(2025, 1, 31))
    assert (rolling.next.id, rolling.previous.id, rolling.year_before.id) == (
        "R12-2025-02",
        "R12-2024-12",
        "R12-2024-01",
    )


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2025-26-Q2", "2024-25-Q2"),
        ("FY2025-26", "FY2024-25"),
        ("AY2025-26-T2", "AY2024-25-T2"),
        ("CY2025", "CY2024"),
        ("2024-02", "2023-02"),
        ("D2024-02-29", "D2023-02-28"),
    ],
)
def test_the_same_period_a_year_earlier(period: str, before: str) -> None:
    assert parse(period).year_before.id == before


@pytest.mark.parametrize(
    ("period", "label", "short"),
    [
        ("2025-26-Q2", "Quarter to 30 September 2025, 2025-26 Q2", "2025-26 Q2"),
        ("FY2025-26", "Year to 31 March 2026, 2025-26", "2025-26"),
        ("AY2025-26", "School year 2025-26", "2025-26"),
        ("CY2025", "Year to 31 December 2025", "2025"),
        ("2025-09", "September 2025", "September 2025"),
        ("AY2025-26-T1", "Autumn term 2025-26", "2025-26 term 1"),
        ("R12-2025-09", "12 months to 30 September 2025", "12 months to September 2025"),
        ("D2025-03-31", "31 March 2025", "31 March 2025"),
    ],
)
def test_pages_name_periods_in_words(period: str, label: str, short: str) -> None:
    assert (parse(period).label, parse(period).short) == (label, short)
    assert day_words(date(2026, 9, 3)) == "3 September 2026"


def test_quarters_run_from_the_first_to_the_last() -> None:
    assert [q.id for q in quarters(parse("2024-25-Q4"), parse("2025-26-Q2"))] == [
        "2024-25-Q4",
        "2025-26-Q1",
        "2025-26-Q2",
    ]
    assert quarters(parse("2025-26-Q2"), parse("2025-26-Q1")) == []


def test_periods_stand_in_the_order_they_end() -> None:
    ids = ["2025-26-Q2", "FY2024-25", "2025-26-Q1", "R12-2025-12"]
    assert [p.id for p in sorted(map(parse, ids))] == ["FY2024-25", "2025-26-Q1", "2025-26-Q2", "R12-2025-12"]


def test_a_quarter_that_does_not_exist_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="there is no quarter 5"):
        quarter(2025, 5)


def test_a_day_lies_in_one_period_of_each_kind() -> None:
    assert of_kind("academic_year", date(2025, 8, 31)).id == "AY2024-25"
    assert of_kind("financial_year", date(2025, 4, 1)).id == "FY2025-26"


def test_a_year_to_date_runs_from_april_to_the_end_of_its_quarter():
    period = parse("YTD2025-26-Q3")
    assert (period.start, period.end) == (date(2025, 4, 1), date(2025, 12, 31))
    assert (period.label, period.short) == ("Year to date, 1 April to 31 December 2025", "2025-26 to Q3")
    assert (period.next.id, period.previous.id) == ("YTD2025-26-Q4", "YTD2025-26-Q2")
    assert period.year_before.id == "YTD2024-25-Q3"
