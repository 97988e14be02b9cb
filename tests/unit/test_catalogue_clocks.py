"""Clocks as settings: what they may start from, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from schemas.catalogue import catalogue
from schemas.catalogue.models import Clock, ReviewDecision
from schemas.returns import kinds

GOOD = {
    "id": "notification", "title": "Notified", "sentence": "within 5 working days", "of": "incidents", "starts": "known_on",
    "ends": "notified_on", "allowed": 5, "unit": "working_days", "source": "Guidance",
}  # fmt: skip


def test_a_clock_that_ends_where_it_starts_is_refused():
    with pytest.raises(ValidationError, match="the same date"):
        Clock.model_validate(GOOD | {"ends": "known_on"})


@pytest.mark.parametrize("other", [{"starts": "sent_on"}, {"ends": "closed_on"}, {"may_start": ["decided_on"]}])
def test_a_date_its_records_do_not_have_is_named(other):
    with pytest.raises(ValidationError, match="is no date of incidents"):
        Clock.model_validate(GOOD | other)


def test_a_review_may_start_from_a_date_of_its_incident():
    assert Clock.model_validate(GOOD | {"of": "reviews", "ends": "sent_on"}).starts == "known_on"


def test_every_date_a_clock_may_run_on_is_a_column_of_its_log():
    held = {
        kind: {c.name for s in kinds()[kind].sheets for c in s.columns if c.holds == "day"}
        for kind in ("reviews", "concerns")
    }
    for clock in catalogue().clocks.values():
        days = {clock.starts, clock.ends, *clock.may_start}
        assert days <= held["concerns" if clock.of == "concerns" else "reviews"], clock.id


def test_what_a_decision_leads_to_is_a_type_of_review():
    decisions = catalogue().choices["review_decision"].values()
    led = {each.leads_to for each in decisions if isinstance(each, ReviewDecision) and each.leads_to}
    assert led
    assert led <= set(catalogue().choices["review_type"])


def test_a_new_length_does_not_rewrite_what_was_in_time_by_the_old_one():
    lengths = [{"started_before": date(2026, 4, 1), "allowed": 15}, {"started_before": date(2023, 4, 1), "allowed": 20}]
    clock = Clock.model_validate(GOOD | {"allowed": 10, "earlier": lengths})
    days = (date(2023, 3, 31), date(2023, 4, 1), date(2026, 3, 31), date(2026, 4, 1))
    assert [clock.allowed_from(day) for day in days] == [20, 15, 15, 10]
