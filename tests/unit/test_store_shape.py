"""A vault is made of the tables its steps make; whatever else lies in it is named, and nothing in it can hide the rest."""

from __future__ import annotations

import duckdb
import pytest

from pipelines.store import shape
from pipelines.store.migrating import migrate
from schemas.problems import UserError


@pytest.fixture
def vault():
    """A vault in memory that has taken every step."""
    with duckdb.connect() as made:
        migrate(made)
        yield made


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (("create view one as select 1 as x",), "has a view that is not its own, “one”: whatever the vault answers cannot be"),
        (
            ("alter table stood rename to kept", "create view stood as select * from kept"),
            "a table that is not its own, “kept”. The table stood of the vault is missing.",
        ),
        # What is asked for by its full name no macro answers.
        (
            (*(f"create macro duckdb_{each}() as table select 1 as x where false" for each in ("views", "functions", "tables")),
             "create view one as select 1 as x"),
            "a view that is not its own, “one”",
        ),
        (("create macro max_by(a, b) as 'x'",), "a macro that is not its own, “max_by”"),
        (('create macro "<>"(a, b) as false', "create macro one() as 1"), "a macro that is not its own, “one”"),
        (("create schema aside", "create table aside.stood (x integer)"), "a table that is not its own, “stood”."),
        (("create schema aside",), "a schema that is not its own, “aside”"),
        (('create table "A Child, born in 2014" (x integer)',), "a table that is not its own, under a name that is not shown."),
        (("alter table stood add column also varchar",), "The table stood of the vault has other columns"),
        (("alter table stood alter column until_at type varchar",), "The table stood of the vault has other columns"),
        (("alter table stood alter column from_at drop not null",), "The table stood of the vault has other columns"),
        (
            ("drop table draft", "create table draft (token_sha256 varchar, saved_at timestamp, body varchar as ('{}'))"),
            "The table draft of the vault has other columns",
        ),
        (("create type number as enum ('1')",), "a type that is not its own, “number”"),
        (("create sequence one",), "a sequence that is not its own, “one”"),
        (("create index one on stood (submission_id)",), "an index that is not its own, “one”"),
    ],
)  # fmt: skip
def test_what_no_step_made_is_named_and_stops_a_release(vault, statements, said):
    for each in statements:
        vault.execute(each)
    assert said in " ".join(shape.faults(vault))
    with pytest.raises(
        UserError, match=r"Nothing was published\. Keep a copy of the folder, then bring the vault back"
    ):
        shape.refuse(vault)


def test_an_act_that_cannot_be_done_in_a_vault_of_another_shape_is_told_why_and_any_other_fault_is_not_renamed(vault):
    vault.begin()
    with pytest.raises(duckdb.BinderException), shape.explained(vault):
        vault.execute("delete from stood where nothing_of_ours = 1")
    for each in ("alter table stood rename to kept", "create view stood as select * from kept"):
        vault.execute(each)
    vault.begin()
    with pytest.raises(UserError, match=r"“stood”.*Nothing was removed\. Keep a copy"), shape.explained(vault):
        vault.execute("delete from stood")


def test_a_vault_as_its_steps_made_it_has_no_fault_whatever_a_connection_keeps_for_itself(vault):
    vault.execute("create temp table turned as select * from observation")
    vault.execute("create temp view seen as select 1 as x")
    assert shape.faults(vault) == []
    shape.refuse(vault)
