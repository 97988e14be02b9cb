"""A vault is brought to the present shape wholly or not at all, and never by a version that does not know it."""

from __future__ import annotations

from itertools import takewhile

import duckdb
import pytest

from pipelines.store.migrating import Step, migrate, steps
from schemas.problems import UserError

ONE = Step(1, "one", "create table a (x integer not null)")
TWO = Step(2, "two", "alter table a add column y integer")


def tables(vault) -> set[str]:
    return {row[0] for row in vault.execute("select table_name from duckdb_tables()").fetchall()}


@pytest.fixture
def vault():
    with duckdb.connect() as connection:
        yield connection


def test_an_empty_vault_gets_every_table(vault):
    assert migrate(vault) == len(steps())
    assert tables(vault) == {
        "benchmark",
        "benchmark_file",
        "draft",
        "event",
        "expunged",
        "expunging_asked",
        "invitation",
        "layout",
        "mend",
        "migration",
        "neighbour",
        "observation",
        "original_removed",
        "problem",
        "record",
        "stood",
        "submission",
    }
    assert migrate(vault) == 0


def test_not_null_is_the_only_constraint(vault):
    migrate(vault)
    kinds = vault.execute("select distinct constraint_type from duckdb_constraints()").fetchall()
    assert kinds == [("NOT NULL",)]
    assert vault.execute("select count(*) from duckdb_sequences()").fetchone() == (0,)


def test_each_step_is_recorded_once_and_only_the_missing_ones_are_taken(vault):
    assert migrate(vault, (ONE,)) == 1
    assert migrate(vault, (ONE, TWO)) == 1
    taken = vault.execute("select number, name, sha256 from migration order by number").fetchall()
    assert taken == [(1, "one", ONE.sha256), (2, "two", TWO.sha256)]


def test_a_step_that_fails_takes_the_others_back(vault):
    wrong = Step(2, "wrong", "alter table nothing add column y integer")
    with pytest.raises(duckdb.CatalogException):
        migrate(vault, (ONE, wrong))
    assert tables(vault) == set()


def test_a_vault_of_a_newer_version_is_refused(vault):
    migrate(vault, (ONE, TWO))
    with pytest.raises(UserError, match="This vault has step 2; this version of Throughline knows 1"):
        migrate(vault, (ONE,))


def test_a_step_edited_after_it_was_taken_is_refused(vault):
    migrate(vault, (ONE,))
    with pytest.raises(UserError, match="another form of step 1"):
        migrate(vault, (Step(1, "one", "create table b (x integer not null)"),))


def test_when_each_submission_stood_is_found_in_a_vault_that_did_not_note_it(vault):
    migrate(vault, tuple(takewhile(lambda step: step.name != "stood", steps())))
    states = {"v1": "withdrawn", "v2": "accepted", "v3": "withdrawn", "other": "refused"}
    for number, (name, state) in enumerate(states.items(), start=1):
        row = dict.fromkeys(_columns(vault, "submission"), "")
        row |= {
            "submission_id": name,
            "identity": "a",
            "version": number,
            "state": state,
            "rows": 1,
            "rows_accepted": 1,
        }
        row |= {"verdict": "refused" if state == "refused" else "accepted", "original_kept": True}
        row |= {"received_at": f"2026-0{number}-01 00:00:00", "supersedes": {"v2": "v1", "v3": "v2"}.get(name, "")}
        vault.execute(f"insert into submission values ({', '.join('?' * len(row))})", list(row.values()))  # noqa: S608 - marks alone
    taken_back = (("v3", "v2", "2026-05-01T00:00:00+00:00"), ("v1", "", "2026-06-01T01:00:00+01:00"))
    for number, (name, again, at) in enumerate(taken_back, start=1):
        said = [
            number,
            at,
            "a",
            "business_unit",
            "",
            "submission.withdrawn",
            name,
            f'{{"stands_again": "{again}"}}',
            "",
            "",
        ]
        vault.execute(f"insert into event values ({', '.join('?' * 10)})", said)  # noqa: S608 - marks alone
    migrate(vault)
    found = vault.execute("select submission_id, month(from_at), month(until_at) from stood order by all").fetchall()
    assert found == [("v1", 1, 2), ("v2", 2, 3), ("v2", 5, None), ("v3", 3, 5)]


def _columns(vault, table: str) -> list[str]:
    return [row[0] for row in vault.execute(f"describe {table}").fetchall()]
