"""Links are kept by the hash of their token; a vault from before there were any gains the tables and loses nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import duckdb
import pytest

from pipelines.store import invitations
from pipelines.store.invitations import Draft, Invitation, digest
from pipelines.store.migrating import migrate, steps

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
LINK = Invitation(digest("one"), "EY-0031", "early_years", "FY2026-27", AT, "Steward", date(2026, 12, 14))
KEPT = Draft({"EY1.1": {"self_score": "s2"}}, {"EY1.1": AT.isoformat()})


@pytest.fixture
def vault():
    with duckdb.connect() as connection:
        migrate(connection)
        yield connection


@pytest.mark.parametrize("taken", [1, 2])
def test_an_older_vault_gains_the_tables_and_keeps_what_it_held(taken):
    with duckdb.connect() as vault:
        migrate(vault, steps()[:taken])
        vault.execute("insert into record values ('s', 'Statements', 5, 'k', '{}')")
        assert migrate(vault) == len(steps()) - taken
        assert vault.execute("select submission_id, record_key from record").fetchall() == [("s", "k")]
        assert invitations.every(vault) == []
        assert invitations.drafts(vault) == {}


def test_only_a_moment_that_has_not_come_may_be_empty(vault):
    described = vault.execute(
        "select column_name, is_nullable from duckdb_columns() where table_name in ('invitation', 'draft')"
    )
    assert {name for name, empty in described.fetchall() if empty} == {"first_used_at", "ended_at"}


def test_a_link_comes_back_as_it_was_kept_and_no_token_stands_anywhere(vault):
    invitations.add(vault, LINK)
    assert invitations.found(vault, digest("one")) == LINK
    assert invitations.found(vault, digest("two")) is None
    assert "one" not in vault.execute("select token_sha256 from invitation").fetchone()


def test_a_new_link_takes_the_place_of_the_open_one_and_its_draft(vault):
    invitations.add(vault, LINK)
    invitations.keep_draft(vault, LINK.token_sha256, KEPT, at=AT)
    later = replace(LINK, token_sha256=digest("two"), made_at=AT + timedelta(days=1))
    other = replace(later, token_sha256=digest("three"), respondent_id="EY-0032")
    invitations.add(vault, other)
    invitations.add(vault, later)
    before = invitations.found(vault, digest("one"))
    assert before is not None and (before.ended_why, before.ended_at) == ("replaced", later.made_at)
    assert invitations.draft(vault, digest("one")) == Draft()
    assert invitations.draft(vault, digest("two")).answers == KEPT.answers
    assert invitations.draft(vault, digest("three")) == Draft()


@pytest.mark.parametrize("why", ["sent", "withdrawn", "expired"])
def test_an_ended_link_has_no_draft_and_ends_once(vault, why):
    invitations.add(vault, LINK)
    invitations.keep_draft(vault, LINK.token_sha256, KEPT, at=AT)
    invitations.end(vault, LINK.token_sha256, why, at=AT, submission_id="x.v1")
    invitations.end(vault, LINK.token_sha256, "withdrawn", at=AT + timedelta(days=3))
    ended = invitations.found(vault, LINK.token_sha256)
    assert ended is not None and (ended.ended_why, ended.ended_at, ended.submission_id) == (why, AT, "x.v1")
    assert not ended.opens(AT.date())
    assert invitations.drafts(vault) == {}


def test_a_link_opens_on_its_last_day_and_not_on_the_next(vault):
    invitations.add(vault, LINK)
    last = datetime(2026, 12, 14, 23, 0, tzinfo=UTC)
    assert invitations.lapse(vault, at=last) == []
    assert [each.respondent_id for each in invitations.lapse(vault, at=last + timedelta(hours=2))] == ["EY-0031"]
    assert invitations.lapse(vault, at=last + timedelta(days=2)) == []
