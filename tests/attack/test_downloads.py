"""Exports and the page's downloads tell nothing that the publication file itself does not."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb
import numpy as np
import pandas as pd
import pytest

from pipelines.flows.export import export
from pipelines.queries.frame import pointer
from pipelines.queries.indicator import download
from schemas.actors import Actor
from tests.attack.cells import WHERE
from tests.attack.releasing import filed
from tests.attack.worlds import Plan, counted, events

pytestmark = pytest.mark.slow

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
STEWARD = Actor("Steward", "business_unit")
KEY = ["indicator_id", *WHERE]
YEAR = tuple(f"2025-26-Q{n}" for n in (1, 2, 3, 4))
INDICATORS = ("FD03", "FD04", "HE10")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home with one release of an invented world, full of small numbers."""
    place, plan = tmp_path_factory.mktemp("downloads"), Plan(INDICATORS, YEAR)
    filed(place, counted(plan, events(np.random.default_rng(6), plan, 20)), 0)
    return place


@pytest.fixture(scope="module")
def published(home):
    with duckdb.connect(str(pointer(home, STEWARD, "partnership").path), read_only=True) as file:
        return {name: file.table(name).df() for name in ("figure", "scorecard", "benchmark")}


def read(path):
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    if path.suffix == ".csv":
        return pd.read_csv(path, comment="#", keep_default_na=False, dtype=str)
    sheets = pd.read_excel(path, sheet_name=None, header=None, dtype=str, keep_default_na=False, engine="openpyxl")
    return pd.concat(sheets.values())


def numbers(frame):
    """Every number that stands in any cell of a frame, in words or alone."""
    words = (
        frame.astype(str)
        .melt(var_name="column of it", value_name="said in it")["said in it"]
        .str.replace(r"(?<=\d),(?=\d)", "", regex=True)
    )
    return set(words.str.extractall(r"(\d+(?:\.\d+)?)")[0].astype(float).round(6))


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
@pytest.mark.parametrize("what", ["figures", "scorecard", "benchmarks"])
def test_an_export_holds_no_number_its_publication_does_not(home, published, what, ending, tmp_path):
    out = tmp_path / f"{what}.{ending}"
    export(home, STEWARD, "partnership", what, out, AT)
    with duckdb.connect(str(pointer(home, STEWARD, "partnership").path), read_only=True) as file:
        every = [file.table(name).df() for (name,) in file.execute("show tables").fetchall()]
    known = set().union(*(numbers(table) for table in every if len(table)))
    rows = set(range(len(published["figure"]) + 20))  # a sheet may count its own rows
    assert numbers(read(out)) <= known | rows


def test_exported_figures_are_hidden_where_the_publication_hides_them(home, published, tmp_path):
    out = tmp_path / "figures.parquet"
    export(home, STEWARD, "partnership", "figures", out, AT)
    found = read(out).set_index(KEY).sort_index()
    figures = published["figure"].set_index(KEY).sort_index()
    assert found.index.equals(figures.index)
    for column in ("numerator", "denominator", "value", "lower", "upper"):
        assert found[column].isna().tolist() == figures[column].isna().tolist()


@pytest.mark.parametrize("indicator_id", INDICATORS)
def test_a_download_is_hidden_where_the_publication_hides_it(home, published, indicator_id):
    found = download(pointer(home, STEWARD, "partnership"), indicator_id).set_index(KEY).sort_index()
    figures = published["figure"].query("indicator_id == @indicator_id").set_index(KEY).sort_index()
    assert figures["marker"].eq("c").any()
    assert found.index.equals(figures.index)
    for column in ("numerator", "denominator", "value"):
        assert found[column].isna().tolist() == figures[column].isna().tolist()


def test_a_hidden_figure_carries_no_value_and_no_interval(published):
    hidden = published["figure"].query("marker == 'c'")
    assert len(hidden)
    assert hidden[["value", "lower", "upper"]].isna().all(axis=None)
