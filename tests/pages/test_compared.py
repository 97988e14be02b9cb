"""The Indicator page sets wards, agencies and groups of children side by side, in words before pictures."""

from __future__ import annotations

import hashlib
import json

import duckdb
import pandas as pd
import pytest

from pipelines.publishing.releasing import release
from tests.pages.opening import opened, words
from tests.pipelines.releases import LEEDS, figure, inputs, order
from tests.pipelines.test_compared import AGES, TRUSTS, aged, by_age, by_ward, split

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """One publication in which a ward, a group and no agency stand out."""
    ages = dict(zip(AGES, (300.0, 900.0, 1_000.0, 1_500.0, 400.0), strict=True))
    rows = [
        figure("CP07", 60, 226),
        *by_ward([20] * 11 + [55]),
        *split("CP07", "ethnic_group", white=(100, 500), black=(60, 150), asian=(4, 100), mixed=(5, 90), other=(5, 60)),
        *[figure("HE08", 900, 1000, agency_id=trust) for trust in TRUSTS],
        *[figure("HE10", 90, 1000, agency_id=trust) for trust in TRUSTS],
        *aged(ages),
        figure("FD03", 1000),
    ]
    place = tmp_path_factory.mktemp("compared")
    release(place, inputs(*rows, populations=pd.DataFrame(by_age())), order(), {}, lambda _: None)
    return place


@pytest.fixture
def shown(demonstration, home, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_HOME", str(home))
    return home


@pytest.mark.usefixtures("shown")
def test_a_ward_that_stands_out_is_in_the_heading_the_chart_and_the_table():
    app = opened("indicator", indicator="CP07")
    said = words(app)
    assert "One of 12 wards is unusual for its size" in said
    assert "chance alone would still put about 0.6 of them outside the 95% limits" in said
    (alt,) = [chart.proto.alt for chart in app.get("plotly_chart") if "Funnel" in chart.proto.alt]
    assert "Outside the 99.8% limits: Garforth & Swillington." in alt
    assert "Above the 99.8% limit" in said


@pytest.mark.usefixtures("shown")
def test_groups_are_set_beside_one_other_and_hidden_ones_have_only_words():
    said = words(opened("indicator", indicator="CP07"))
    assert "Black children: 2.0 times the share among White children" in said
    assert "between 1.5 and 2.6" in said
    assert "Not compared: hidden to protect." in said


@pytest.mark.usefixtures("shown")
def test_agencies_of_like_services_are_judged_and_others_are_not():
    alike = opened("indicator", indicator="HE08")
    assert "No agency of 3 is unusual for its size" in words(alike)
    assert any("Funnel plot" in chart.proto.alt for chart in alike.get("plotly_chart"))
    other = opened("indicator", indicator="HE10")
    assert "Their services differ, so they are shown and not compared." in words(other)
    assert not any("Funnel plot" in chart.proto.alt for chart in other.get("plotly_chart"))


@pytest.mark.usefixtures("shown")
def test_a_rate_that_allows_for_age_is_a_sentence_and_a_table():
    said = words(opened("indicator", indicator="FD03"))
    assert "Allowing for age:" in said
    assert "European Standard Population, 2013" in said


def test_a_publication_from_before_comparisons_were_kept_still_opens(shown):
    (path,) = (shown / "publications" / "partnership").glob("*.duckdb")
    older, pointer = path.read_bytes(), path.with_name("CURRENT")
    before = pointer.read_text("utf-8")
    try:
        with duckdb.connect(str(path)) as connection:
            connection.execute("drop table funnel_plot")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        pointer.write_text(json.dumps(json.loads(before) | {"sha256": digest}), "utf-8")
        from app import reading

        reading.compared.cache_clear()
        said = words(opened("indicator", indicator="CP07", publication=path.stem))
        assert "By ward" in said
        assert LEEDS not in said
    finally:
        path.write_bytes(older)
        pointer.write_text(before, "utf-8")
