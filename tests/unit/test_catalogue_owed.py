from __future__ import annotations

from collections import Counter

import pytest

from schemas.catalogue import catalogue, owed
from schemas.catalogue.owed import periods_of, split_period
from schemas.periods import parse, quarter

C = catalogue()
Q2, Q4 = parse("2026-27-Q2"), parse("2025-26-Q4")


def periods(indicator_id: str, sent_with: str) -> list[str]:
    return [period.id for period in periods_of(C.indicators[indicator_id], parse(sent_with))]


def test_a_quarterly_figure_is_owed_with_each_quarter() -> None:
    assert periods("CP07", "2026-27-Q2") == ["2026-27-Q2"]


def test_a_rare_event_is_owed_by_the_year_only() -> None:
    assert periods("CD01", "2025-26-Q3") == []
    assert periods("CD01", "2025-26-Q4") == ["FY2025-26"]


def test_a_yearly_figure_comes_with_the_fourth_quarter() -> None:
    assert periods("WF01", "2025-26-Q2") == []
    assert periods("WF01", "2025-26-Q4") == ["FY2025-26"]


def test_a_term_comes_with_the_quarter_it_ends_in() -> None:
    sent = {f"2025-26-Q{n}": periods("ED01", f"2025-26-Q{n}") for n in (1, 2, 3, 4)}
    assert sent == {
        "2025-26-Q1": ["AY2024-25-T2"],
        "2025-26-Q2": ["AY2024-25-T3"],
        "2025-26-Q3": ["AY2025-26-T1"],
        "2025-26-Q4": [],
    }


def test_a_survey_comes_twice_a_year() -> None:
    assert [n for n in (1, 2, 3, 4) if periods("SV01", f"2025-26-Q{n}")] == [2, 4]


def test_a_cohort_is_dated_by_the_quarter_it_began_in_and_sent_a_year_later() -> None:
    assert periods("EH05", "2026-27-Q2") == ["2025-26-Q2"]
    assert periods("EH05", "2021-22-Q4") == []
    assert split_period(C.indicators["EH05"], Q4).id == "FY2024-25"


def test_nothing_is_owed_before_the_first_definition() -> None:
    assert periods("FF01", "2027-28-Q2") == []
    assert periods("FF01", "2027-28-Q3") == ["2027-28-Q3"]


def test_yearly_parts_describe_the_year_of_what_flows_and_the_day_of_what_stands() -> None:
    assert split_period(C.indicators["FD01"], Q4).id == "FY2025-26"
    assert split_period(C.indicators["LA03"], Q4).id == "2025-26-Q4"


@pytest.mark.parametrize(
    ("agency_id", "in_q2", "in_q4"),
    [
        ("lcc_cf", 356, 1348),
        ("lcc_learning", 10, 128),
        ("lcc_yjs", 1, 10),
        ("lcc_asc", 2, 2),
        ("lcc_safer_leeds", 2, 5),
        ("lcc_housing", 1, 7),
        ("wyp_leeds", 14, 254),
        ("icb_leeds", 0, 4),
        ("ltht", 4, 90),
        ("lch", 9, 70),
        ("lypft", 6, 46),
        ("probation_wy", 2, 6),
        ("cafcass", 2, 2),
        ("yoi_wetherby", 1, 1),
        ("secure_home", 1, 1),
        ("bu", 0, 0),
        ("official_statistics", 0, 0),
    ],
)
def test_what_an_agency_owes_stays_what_it_was_told(agency_id: str, in_q2: int, in_q4: int) -> None:
    assert (len(owed(C, agency_id, Q2)), len(owed(C, agency_id, Q4))) == (in_q2, in_q4)


def test_no_return_is_too_long_to_fill_in() -> None:
    assert max(len(owed(C, agency_id, Q4)) for agency_id in C.agencies) < 3000


def test_no_figure_is_owed_twice() -> None:
    for agency_id in C.agencies:
        assert [f for f, times in Counter(owed(C, agency_id, Q4)).items() if times > 1] == []


def test_wards_are_owed_once_a_year_with_the_total_beside_them() -> None:
    contacts = [f for f in owed(C, "lcc_cf", Q4) if f.indicator_id == "FD01"]
    wards = [f for f in contacts if f.area_id != C.partnership.area_code]
    assert len(wards) == 33
    assert {(f.period_id, f.breakdown, f.category) for f in wards} == {("FY2025-26", "all", "all")}
    assert [f for f in owed(C, "lcc_cf", Q2) if f.area_id != C.partnership.area_code] == []


def test_parts_of_a_quarter_carry_the_quarter() -> None:
    parts = [f for f in owed(C, "lcc_cf", Q2) if f.indicator_id == "CP07" and f.breakdown == "age_band"]
    assert {f.period_id for f in parts} == {"2026-27-Q2"}
    assert [f.category for f in parts] == [c.id for c in C.breakdowns["age_band"].categories]


def test_what_the_partnership_computes_is_owed_by_nobody() -> None:
    owing = {f.indicator_id for agency_id in C.agencies for f in owed(C, agency_id, Q4)}
    computed = {i.id for i in C.indicators.values() if i.computed_from}
    published = {i.id for i in C.indicators.values() if i.agency_id == "official_statistics"}
    elsewhere = {f.indicator_id for a in C.agencies for n in (1, 2, 3) for f in owed(C, a, quarter(2025, n))}
    assert owing.isdisjoint(computed | published)
    assert owing | elsewhere | computed | published == set(C.indicators) - {"FF01"}
