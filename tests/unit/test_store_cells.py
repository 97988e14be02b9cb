from __future__ import annotations

import duckdb

from pipelines.store.migrating import migrate, steps

BEFORE = """
insert into observation values
    ('wyp_leeds.figures.2026-27-Q1.v1', 'Figures', 7, 'PO01', '2026-27-Q1', 'wyp_leeds', 'E08000035', 'all', 'all',
    40, null, 40, '', 'Two teams moved', 2)
"""


def test_what_was_received_before_keeps_its_figures_and_has_its_row_for_itself():
    with duckdb.connect() as vault:
        migrate(vault, tuple(step for step in steps() if step.name != "cells")[:6])
        vault.execute(BEFORE)
        migrate(vault)
        (kept,) = vault.execute("select * from observation").fetchall()
    assert kept == ("wyp_leeds.figures.2026-27-Q1.v1", "Figures", 7, "PO01", "2026-27-Q1", "wyp_leeds", "E08000035",
                    "all", "all", 40, None, 40, "", "Two teams moved", 2, "")  # fmt: skip


def test_no_column_of_a_figure_may_be_empty_but_its_numbers():
    with duckdb.connect() as vault:
        migrate(vault)
        described = vault.execute(
            "select column_name, is_nullable from duckdb_columns() where table_name = 'observation'"
        )
        assert {name for name, empty in described.fetchall() if empty} == {"numerator", "denominator", "value"}
