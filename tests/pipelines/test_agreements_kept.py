"""Recording and ending agreements: nothing is put back in force, or taken for agreed, without being said."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pipelines.flows import agreements
from pipelines.queries.agreements import agreed
from pipelines.store import agreements as stored
from schemas.actors import Actor
from schemas.problems import UserError
from tests.pipelines.agreed import SAMPLE, invented

STEWARD = Actor("Steward", "business_unit")
AT = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
TODAY, ENDED = AT.date(), date(2026, 11, 20)


@pytest.fixture
def home(tmp_path):
    return invented(tmp_path)


def state(home, on=TODAY):
    return stored.read(home).state("lch", on)


def note_of(home):
    return agreed(home, STEWARD, TODAY).in_words


@pytest.mark.parametrize(
    "terms",
    [
        {"audiences": ("executive",)},
        {"review_on": date(2032, 1, 1)},
        {"exact_totals": False},
        {"signed_on": date(2026, 11, 19)},
        {"signed_on": date(2026, 11, 19), "review_on": date(2032, 1, 1)},
    ],
)
def test_what_has_ended_is_put_back_in_force_by_a_new_signature_only(home, terms):
    agreements.end(home, STEWARD, "lch", ENDED, AT)
    before = (home / stored.FILE).read_bytes()
    with pytest.raises(UserError, match=r"ended on 20 November 2026.*record it with --signed-on.*Nothing was changed"):
        agreements.record(home, STEWARD, "lch", AT, **terms)
    assert (home / stored.FILE).read_bytes() == before and state(home) == "ended"
    agreements.record(home, STEWARD, "lch", AT, **terms | {"signed_on": ENDED})
    assert state(home) == "in force"


def test_no_later_day_takes_an_end_back_and_an_earlier_one_does(home):
    agreements.end(home, STEWARD, "lch", ENDED, AT)
    with pytest.raises(UserError, match="ended on 20 November 2026"):
        agreements.end(home, STEWARD, "lch", date(2030, 1, 1), AT)
    said = agreements.end(home, STEWARD, "lch", date(2026, 11, 18), AT)
    assert "ended on 18 November 2026" in said and state(home, on=date(2026, 11, 19)) == "ended"


def test_a_coming_end_is_listed_and_stays_whatever_else_is_recorded(home):
    coming = date(2027, 1, 1)
    agreements.end(home, STEWARD, "lch", coming, AT)
    told = "It ends on 1 January 2027"
    (line,) = [each for each in agreements.listing(home, STEWARD, TODAY) if each.startswith("  lch,")]
    assert told in line and ": in force, for" in line
    assert [told in each for each in agreements.warnings(home, STEWARD, TODAY)] == [True]
    said = agreements.record(home, STEWARD, "lch", AT, review_on=date(2032, 1, 1))
    assert told in said and state(home, on=coming) == "ended"
    said = agreements.record(home, STEWARD, "lch", AT, signed_on=coming, review_on=date(2032, 1, 1))
    assert "It is in force from 1 January 2027." in said and told not in said
    assert state(home, on=coming) == "in force"


def test_how_many_are_in_force_is_said_as_it_is(tmp_path, home):
    every = len(agreed(home, STEWARD, TODAY).standing)
    assert note_of(home) == "Every agreement is in force."
    agreements.record(home, STEWARD, "ltht", AT, audiences=("executive",))
    assert note_of(home) == "Every agreement is in force, 1 of them not for every audience."
    agreements.end(home, STEWARD, "lch", ENDED, AT)
    said = f"{every - 1} of {every} agreements are in force, 1 of them not for every audience."
    assert note_of(home) == said
    stored.write(home, SAMPLE.model_copy(update={"agency": {}}))
    assert note_of(home) == "No agreement is recorded."
    assert note_of(tmp_path / "nothing") == "No agreement is recorded."
