"""What a restore brought back counts as back until as much of it is removed again, and nothing else does instead."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from pipelines.queries import brought_back
from pipelines.store import events
from pipelines.store.sought import REMOVED
from schemas.actors import Actor

STEWARD = Actor("a.steward", "business_unit")
AT = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
ONE, OTHER = "ltht.figures.2026-27-Q2.v1", "bu.voice.2026-27-Q2.v1"


@pytest.fixture
def home():
    """A log, and a vault with two submissions: enough for what is asked of them."""
    with duckdb.connect() as connection:
        connection.execute("create table submission (submission_id text)")
        connection.execute("insert into submission values (?), (?)", [ONE, OTHER])
        connection.execute("create table observation (submission_id text, sheet text, row integer, reason text)")
        connection.execute("create table record (submission_id text, sheet text, row integer, body text)")
        columns = "happened_at text, actor text, role text, agency_id text, action text, subject text, detail text"
        connection.execute(f"create table event (position integer, {columns}, before text, hash text)")
        yield connection


def logged(home, action, subject, **told):
    at = AT + timedelta(minutes=events.head(home).position)
    events.append(home, STEWARD, action, subject, told, at=at)


def goes(home, left, *, of=ONE, whole=False, beside="b0", **others):
    """A removal that leaves rows and what is beside them with these fingerprints."""
    told = {"whole": whole, "rows_sha256": left, "beside_sha256": beside} | ({"others": others} if others else {})
    logged(home, "submission.expunged", of, **told)


def comes_back(home, was, left=None):
    found = brought_back.back(home, was, left or {})
    logged(home, "backup.restored", "backup.x", brought_back=[each._asdict() for each in found])
    return found


def names(found):
    return [each.submission_id for each in found]


@pytest.fixture
def was(home):
    """Two rows of one removed one after the other in the log that is put aside, of which the backup knows nothing."""
    goes(home, "less row 3")
    goes(home, "less rows 3 and 4")
    found = brought_back.removed(home)
    home.execute("delete from event")
    return found


def test_only_as_much_as_then_or_all_of_it_removes_it_again(home, was):
    assert names(comes_back(home, was)) == [ONE]
    for left in ("less row 9", "less row 3", "less row 4"):
        goes(home, left)
        assert names(brought_back.outstanding(home)) == [ONE], left
    goes(home, "", of=OTHER, whole=True)
    assert names(brought_back.outstanding(home)) == [ONE]
    goes(home, "less rows 3 and 4")
    assert brought_back.outstanding(home) == ()


def test_all_of_a_submission_is_as_much_as_any_part_and_no_part_is_as_much_as_all(home, was):
    comes_back(home, was)
    goes(home, "", whole=True)
    assert brought_back.outstanding(home) == ()
    whole = brought_back.removed(home)
    home.execute("delete from event")
    comes_back(home, whole)
    goes(home, "less rows 3 and 4")
    assert names(brought_back.outstanding(home)) == [ONE]


def test_a_removal_from_another_that_came_before_or_after_does_not_keep_it_back(home):
    goes(home, "less row 3")
    goes(home, "less V-1", of=OTHER, **{ONE: "b1"})
    was = brought_back.removed(home)
    home.execute("delete from event")
    assert names(comes_back(home, was)) == [ONE, OTHER]
    goes(home, "less V-1", of=OTHER)
    assert names(brought_back.outstanding(home)) == [ONE]
    goes(home, "less row 3", beside="b1")
    assert brought_back.outstanding(home) == ()


def test_what_is_back_already_comes_back_with_the_next_restore_too_and_is_told_once(home, was):
    comes_back(home, was)
    again = brought_back.removed(home)
    home.execute("delete from event")
    assert names(comes_back(home, again)) == [ONE]
    comes_back(home, again)
    assert names(brought_back.outstanding(home)) == [ONE]


def test_a_backup_that_has_the_removal_or_never_had_the_submission_brings_nothing_back(home, was):
    goes(home, "less row 3")
    goes(home, "less rows 3 and 4")
    assert comes_back(home, was) == ()
    home.execute("delete from event")
    home.execute("delete from submission")
    assert comes_back(home, was) == () == brought_back.outstanding(home)


def test_the_places_it_went_from_are_named_and_once_they_are_clear_it_is_gone_whatever_else_went(home, was):
    said = {"why": "Somebody moved", "what": "A closure"}
    home.execute("insert into record values (?, 'Commentary', 3, ?)", [ONE, json.dumps(said)])
    home.execute("insert into record values (?, 'Commentary', 4, ?)", [ONE, json.dumps(said)])
    home.execute(
        "insert into observation values (?, 'Figures', 8, 'Somebody'), (?, 'Figures', 9, ?)", [ONE, ONE, REMOVED]
    )
    [found] = comes_back(home, was, {ONE: frozenset({"Commentary!3 (what)"})})
    assert found.spots == ("Commentary!3 (why)", "Commentary!4", "Figures!8")
    [words] = brought_back.sentences([found])
    assert "A part (Commentary!3 (why), Commentary!4, Figures!8)" in words and "Somebody" not in words
    assert (
        f"expunge {ONE} --row …” for each place and “throughline expunge --record” and its reference, or all" in words
    )
    home.execute("delete from record where row = 4")
    home.execute("update observation set reason = ?", [REMOVED])
    assert names(brought_back.outstanding(home)) == [ONE]
    home.execute("update record set body = ?", [json.dumps(dict.fromkeys(said, REMOVED))])
    assert brought_back.outstanding(home) == ()
