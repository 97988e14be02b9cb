"""A vault is brought to the present shape wholly or not at all, and never by a version that does not know it."""

from __future__ import annotations

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
        "invitation",
        "layout",
        "migration",
        "neighbour",
        "observation",
        "problem",
        "record",
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
