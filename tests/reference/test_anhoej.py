"""The runs test, held to every critical value of Anhøj's table for 1 to 100 useful points.

The table is the data set `anhoej` of Anhøj and Olesen 2014: longest run round(log2 n) + 3, crossings the 5 % point of
Binomial(n - 1, 1/2).
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from pipelines.measures.spc import runs_test

PATH = Path(__file__).parent / "data" / "anhoej_critical_values.csv"
TABLE = [
    {name: int(value) for name, value in row.items()} for row in csv.DictReader(PATH.read_text("utf-8").splitlines())
]


def wandering(n: int) -> np.ndarray:
    """A line of `n` points that crosses its centre at every step."""
    return np.where(np.arange(n) % 2, 1.0, -1.0)


def test_the_table_covers_one_to_a_hundred_points():
    assert [row["n_useful"] for row in TABLE] == list(range(1, 101))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["n_useful"])
def test_the_runs_test_uses_the_tables_values(row):
    n = row["n_useful"]
    found = runs_test(wandering(n), np.zeros(n))
    assert (found.n_useful, found.longest_run_max, found.crossings_min) == tuple(row.values())


@pytest.mark.parametrize("row", TABLE[11:], ids=lambda row: row["n_useful"])
def test_one_point_more_than_the_longest_run_is_a_signal_and_one_fewer_is_not(row):
    n, longest = row["n_useful"], row["longest_run_max"]
    for length, signal in ((longest, False), (longest + 1, True)):
        line = np.concatenate([np.ones(length), wandering(n - length)])
        found = runs_test(line, np.zeros(n))
        assert found.longest_run == length
        assert (found.longest_run > found.longest_run_max) is signal
        assert found.signal or not signal
