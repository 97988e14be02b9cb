from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.periods import Kind, Period, PeriodError, of_kind, parse, quarters

CALM = settings(deadline=None, derandomize=True, max_examples=100)  # the same examples on every machine
KINDS: tuple[Kind, ...] = (
    "financial_quarter",
    "financial_year",
    "academic_year",
    "calendar_year",
    "month",
    "term",
    "rolling_12_months",
    "year_to_date",
    "day",
)
# From 2013: before, "2011-12" may be a month or a year and is refused as such.
days = st.dates(date(2013, 4, 1), date(2097, 12, 31))
periods = st.builds(of_kind, st.sampled_from(KINDS), days)


@settings(CALM)
@given(periods)
def test_an_id_reads_back_as_its_period(period: Period) -> None:
    assert parse(period.id) == period


@settings(CALM)
@given(periods)
def test_a_label_reads_back_as_its_period(period: Period) -> None:
    assert parse(period.label) == period


@settings(CALM)
@given(periods)
def test_next_and_previous_undo_each_other(period: Period) -> None:
    assert period.next.previous == period == period.previous.next
    assert period.previous < period < period.next


@settings(CALM)
@given(periods.filter(lambda p: p.kind not in ("rolling_12_months", "year_to_date")))
def test_periods_of_a_kind_leave_no_day_out(period: Period) -> None:
    assert period.next.start == period.end + timedelta(days=1)


@settings(CALM)
@given(st.sampled_from(KINDS[:-3]), days)
def test_a_period_holds_the_day_it_was_found_by(kind: Kind, day: date) -> None:
    assert of_kind(kind, day).contains(of_kind("day", day))


@settings(CALM)
@given(periods)
def test_a_year_before_is_a_year_before(period: Period) -> None:
    assert 365 <= (period.end - period.year_before.end).days <= 366
    assert period.year_before.kind == period.kind


@settings(CALM)
@given(days, days)
def test_quarters_follow_one_another(one: date, other: date) -> None:
    first, last = sorted((of_kind("financial_quarter", one), of_kind("financial_quarter", other)))
    found = quarters(first, last)
    assert (found[0], found[-1]) == (first, last)
    assert all(earlier.next == later for earlier, later in pairwise(found))


@settings(CALM)
@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    try:
        found = parse(text)
    except PeriodError:
        return
    assert parse(found.id) == found
