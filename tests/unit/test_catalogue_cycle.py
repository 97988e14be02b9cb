from __future__ import annotations

from dataclasses import astuple, replace
from datetime import date

import pytest

from schemas.catalogue import CatalogueError, catalogue
from schemas.catalogue.cycle import STAGES, FixedDays, closed_on, cycle, cycle_faults, due_on
from schemas.periods import day_words, parse, quarter
from schemas.problems import UserError
from schemas.working_days import is_working_day, working_days_between

C = catalogue()
QUARTERS = [quarter(year, number) for year in range(2021, 2032) for number in (1, 2, 3, 4)]


def fixed(name: str, **days: object):
    """The catalogue with the days of one quarter fixed by date."""
    cycle_now = C.cycle.model_copy(update={"quarters": {name: FixedDays.model_validate(days)}})
    return replace(C, cycle=cycle_now)


@pytest.mark.parametrize("period", QUARTERS, ids=lambda period: period.id)
def test_the_days_of_a_quarter_are_in_order_and_working_days(period) -> None:
    days = cycle(C, period)
    found = astuple(days)
    assert list(found) == sorted(found)
    assert [name for name, _ in days.named] == [title for title, _ in STAGES.values()]
    assert all(is_working_day(day) for day in found[1:])
    assert days.quarter_end < days.returns_due < days.queries_closed < days.release < days.meeting
    assert working_days_between(days.preview, days.release) == 3


def test_a_due_day_on_a_saturday_is_the_monday_after_and_one_on_a_bank_holiday_the_day_after() -> None:
    assert due_on(C, parse("2026-27-Q2")) == date(2026, 11, 2)
    # 31 days after the quarter is Saturday 1 May 2027, and the Monday after it a bank holiday.
    assert due_on(C, parse("2026-27-Q4")) == date(2027, 5, 4)
    assert due_on(C, parse("2026-27-Q2"), "learning") == date(2026, 11, 2)


def test_what_is_owed_for_a_year_keeps_the_day_the_calendar_names() -> None:
    assert due_on(C, parse("FY2025-26"), "self_assessment") == date(2025, 11, 30)


def test_a_fixed_meeting_moves_the_days_before_it_and_no_other() -> None:
    period = parse("2027-28-Q1")
    usual, moved = cycle(C, period), cycle(fixed("2027-28-Q1", meeting=date(2027, 9, 15)), period)
    assert [day_words(day) for day in (moved.papers_out, moved.release, moved.preview)] == [
        "8 September 2027", "7 September 2027", "2 September 2027",
    ]  # fmt: skip
    assert (moved.returns_due, moved.queries_closed) == (usual.returns_due, usual.queries_closed)


def test_a_fixed_due_day_holds_for_the_logs_due_with_it() -> None:
    changed = fixed("2026-27-Q2", returns_due=date(2026, 11, 5))
    assert due_on(changed, parse("2026-27-Q2")) == due_on(changed, parse("2026-27-Q2"), "concerns") == date(2026, 11, 5)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"meeting": date(2026, 11, 4)}, "leaves no time after the day before it"),
        ({"release": date(2026, 11, 25)}, "leaves no time after the day before it"),
        ({"meeting": date(2026, 11, 28)}, "a weekend or a bank holiday"),
        ({"meeting": date(2026, 12, 28)}, "a weekend or a bank holiday"),
    ],
)
def test_days_that_cannot_be_kept_are_named(days: dict[str, date], said: str) -> None:
    with pytest.raises(CatalogueError, match=said) as refused:
        cycle(fixed("2026-27-Q2", **days), parse("2026-27-Q2"))
    assert "cycle.toml, 2026-27-Q2" in str(refused.value)


def test_a_day_off_may_be_meant() -> None:
    meant = fixed("2026-27-Q2", meeting=date(2026, 11, 28), on_a_day_off=["meeting"])
    assert cycle(meant, parse("2026-27-Q2")).meeting == date(2026, 11, 28)
    assert not list(cycle_faults(meant))


@pytest.mark.parametrize(
    ("name", "days", "said"),
    [
        ("2026-27-Q2", {"meeting": date(2026, 11, 28)}, "a Saturday"),
        ("Q2 2026-27", {"meeting": date(2026, 11, 25)}, "not the id of a quarter"),
        ("FY2026-27", {"meeting": date(2026, 11, 25)}, "not the id of a quarter"),
        ("autumn", {"meeting": date(2026, 11, 25)}, "not a period"),
    ],
)
def test_a_fixed_quarter_is_looked_at_when_the_catalogue_is_read(name: str, days: dict[str, date], said: str) -> None:
    (found,) = cycle_faults(fixed(name, **days))
    assert said in str(found)


def test_a_quarter_closes_on_the_day_after_its_release() -> None:
    period = parse("2026-27-Q2")
    release = cycle(C, period).release
    assert closed_on(C, period, release) is None
    assert closed_on(C, period, date(2026, 11, 18)) == release == date(2026, 11, 17)


@pytest.mark.parametrize("period", QUARTERS, ids=lambda period: period.id)
def test_a_quarter_is_never_closed_before_its_release(period) -> None:
    release = cycle(C, period).release
    assert closed_on(C, period, release) is None
    assert closed_on(C, period, date.fromordinal(release.toordinal() + 1)) == release


def test_a_return_of_another_century_has_days_too() -> None:
    assert closed_on(C, quarter(1902, 2), date(2026, 11, 18)) == date(1902, 11, 17)
    assert due_on(C, quarter(2150, 2)).weekday() < 5


@pytest.mark.parametrize("year", [1989, 1990, 1991, 2097, 2098, 2099])
def test_days_can_be_told_where_the_known_bank_holidays_end(year) -> None:
    for number in (1, 2, 3, 4):
        found = astuple(cycle(C, quarter(year, number)))
        assert list(found) == sorted(found)


def test_only_a_quarter_has_days() -> None:
    with pytest.raises(UserError, match="2025-26 is not a quarter"):
        cycle(C, parse("FY2025-26"))
