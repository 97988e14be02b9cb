"""A vault from before populations were known by group keeps every official figure, as one of everybody."""

from __future__ import annotations

import duckdb

from pipelines.store.migrating import migrate, steps

BEFORE = """
insert into benchmark values
    ('', 'population_0_17', 'CY2024', 'E08000035', 'Leeds', null, null, 176239, '', '', '', 100, 'ONS', 'r', 'e', 'f')
"""


def test_what_was_there_is_of_everybody_and_nothing_is_lost():
    with duckdb.connect() as vault:
        migrate(vault, steps()[:1])
        vault.execute(BEFORE)
        assert migrate(vault) == len(steps()) - 1
        kept = vault.execute(
            "select period_id, breakdown, category, value, source, edition, file_sha256 from benchmark"
        )
        assert kept.fetchall() == [("CY2024", "all", "all", 176239.0, "ONS", "e", "f")]


def test_the_table_has_no_column_that_may_be_empty_but_its_numbers():
    with duckdb.connect() as vault:
        migrate(vault)
        described = vault.execute(
            "select column_name, is_nullable from duckdb_columns() where table_name = 'benchmark'"
        )
        assert {name for name, empty in described.fetchall() if empty} == {"numerator", "denominator", "value"}
