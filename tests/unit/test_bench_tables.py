"""The tables protection is measured on: they add up, are as large as the aims say, and pass the audit."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.disclosure import audit, protect
from tests.bench_tables import chain, crossing, tables

pytestmark = pytest.mark.slow


def test_the_tables_are_as_large_and_as_small_numbered_as_the_aims_say():
    assert [(len(table.values), int(table.small.sum())) for table in tables()] == [(630, 140)] * 2 + [(2_520, 433)] * 2


@pytest.mark.parametrize("table", [*tables()[:2], chain(20, 6, 1), chain(40, 4, 2)], ids=lambda table: table.name)
def test_measured_tables_add_up_and_pass_the_audit(table):
    assert not (table.lines @ table.values).any()
    hidden = protect(table.values, table.lines, table.small)
    assert audit(table.values, table.lines, hidden, table.small) == []
    assert table.small.sum() < hidden.sum() < len(hidden)


@pytest.mark.slow
@pytest.mark.parametrize("table", tables()[2:], ids=lambda table: table.name)
def test_the_largest_tables_are_protected_too(table):
    hidden = protect(table.values, table.lines, table.small)
    assert audit(table.values, table.lines, hidden, table.small) == []
    given_away = hidden.copy()
    given_away[np.flatnonzero(hidden & ~table.small)[::2]] = False
    assert audit(table.values, table.lines, given_away, table.small) != []


def test_the_same_table_is_made_every_time():
    assert crossing("", (2, 3), 5).values.tolist() == crossing("", (2, 3), 5).values.tolist()
    assert crossing("", (2, 3), 5).values.tolist() != crossing("", (2, 3), 5, seed=2).values.tolist()


@pytest.mark.parametrize(
    ("derived", "lines"), [((), 0), (("FY",), 2), (("FY", "YTD"), 6), (("FY", "R12"), 5), (("FY", "YTD", "R12"), 9)]
)
def test_a_chain_has_a_line_for_each_derived_period_of_each_side(derived, lines):
    made = chain(8, 6, 1, derived)
    periods = 8 + lines
    assert made.lines.shape == (3 * lines + periods, 3 * periods) and made.quarters == 8
    assert not (made.lines @ made.values).any()
