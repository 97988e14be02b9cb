"""The releases as published give the figures everybody can look up; the re-keyed set agrees with them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.flows import benchmarks as flow
from pipelines.store import benchmarks, neighbours
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.catalogue import catalogue
from schemas.periods import parse

pytestmark = pytest.mark.slow

STEWARD = Actor("a.steward", "business_unit")
NOON = datetime(2026, 10, 9, 12, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
RELEASES = ROOT.parent / "shared" / "realdata" / "dfe"
SAMPLE = sorted((ROOT / "sample_data" / "benchmarks").glob("*.csv"))
LEEDS, ENGLAND = "E08000035", "E92000001"


def loaded(home, paths):
    lines = flow.load(home, STEWARD, paths, NOON)
    with transaction(home, write=False) as vault:
        return lines, benchmarks.all(vault), neighbours.all(vault)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    if not RELEASES.exists():
        pytest.skip("the published releases are not beside the project")
    return loaded(tmp_path_factory.mktemp("published"), sorted(RELEASES.glob("*.csv*")))


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return loaded(tmp_path_factory.mktemp("sample"), SAMPLE)


def value(frame, indicator_id, area_code=LEEDS, period_id="FY2024-25"):
    keyed = frame.set_index(["indicator_id", "area_code", "period_id"])
    return keyed.loc[(indicator_id, area_code, period_id)]


def test_all_nine_releases_are_known(published):
    lines, frame, _ = published
    assert len(lines) == 9
    assert len(frame) == 2553
    assert not any("Left out" in line or "left out" in line for line in lines)


@pytest.mark.parametrize(
    ("indicator_id", "numerator", "denominator", "shown"),
    [
        ("FD03", 10304, 176239, 584.7),
        ("FD04", 2494, 10304, 24.2),
        ("FD06", 4384, 10304, 42.5),
        ("CN01", 5775, 176239, 327.7),
        ("CN04", 1622, 176239, 92.0),
        ("CP01", 3097, 176239, 175.7),
        ("CP02", 1000, 3097, 32.3),
        ("CP04", 1000, 176239, 56.7),
        ("CP05", 758, 1000, 75.8),
        ("CP07", 191, 829, 23.0),
        ("EX02", 373, 176239, 21.2),
        ("EX03", 152, 176239, 8.6),
        ("EX07", 393, 176239, 22.3),
        ("LA06", 273, 600, 46.0),
    ],
)
def test_leeds_in_2025_is_as_published(published, indicator_id, numerator, denominator, shown):
    found = value(published[1], indicator_id)
    assert (found["numerator"], found["denominator"], round(found["value"], 1)) == (numerator, denominator, shown)


@pytest.mark.parametrize(
    ("indicator_id", "shown"), [("FD03", 519.4), ("FD04", 22.6), ("CN01", 330.3), ("CP05", 81.4), ("CP07", 24.5)]
)
def test_england_in_2025_is_as_published(published, indicator_id, shown):
    assert round(value(published[1], indicator_id, ENGLAND)["value"], 1) == shown


@pytest.mark.parametrize(("indicator_id", "shown"), [("WF01", 14.8), ("WF02", 2.1), ("WF03", 7.0), ("WF04", 2.1)])
def test_the_workforce_is_of_the_year_to_september(published, indicator_id, shown):
    assert value(published[1], indicator_id, period_id="R12-2025-09")["value"] == shown


def test_populations_are_of_the_middle_of_the_calendar_year(published):
    people = published[1].query("quantity_id == 'population_0_17' and period_id == 'CY2024'").set_index("area_code")
    assert people["value"][[LEEDS, ENGLAND]].tolist() == [176239, 12183016]


def test_the_neighbours_are_the_catalogues(published):
    own = [area.code for area in catalogue().areas.values() if area.level == "neighbour"]
    found = published[2]
    assert found["neighbour_code"].tolist() == own
    assert found["closeness"].tolist() == ["Very close"] * 3 + ["Close"] * 7


def test_a_place_without_a_past_has_none(published):
    bournemouth = published[1].query("area_code == 'E06000058' and indicator_id == 'FD03'")
    assert bournemouth["period_id"].min() == "FY2019-20"


def test_what_a_publisher_hid_stays_hidden(published):
    frame = published[1]
    hidden = frame[frame["marker"].ne("")]
    assert set(hidden["marker"]) <= {"c", "x", "z", "u", "k"}
    assert hidden[["numerator", "value"]].isna().all(axis=None)
    assert frame.loc[frame["marker"].eq(""), "value"].notna().all()


def test_the_rekeyed_set_covers_every_indicator_it_can_and_cites_its_release(sample):
    _, frame, nearest = sample
    figures = frame[frame["indicator_id"].ne("")]
    assert figures["indicator_id"].nunique() == 43
    assert set(figures["indicator_id"]) <= set(catalogue().indicators)
    assert figures[["source", "release"]].ne("").all(axis=None)
    assert len(nearest) == 10


def test_a_count_in_a_column_of_rates_is_not_rekeyed(sample):
    entrants = sample[1].query("indicator_id == 'YV02'")
    assert entrants["area_code"].tolist() == [LEEDS]
    assert not sample[1]["value"].eq(1258).any()


def test_the_rekeyed_set_agrees_with_the_releases(published, sample):
    keys = ["indicator_id", "quantity_id", "area_code", "period_id", "breakdown", "category"]
    both = sample[1].merge(published[1], on=keys, suffixes=("_typed", "_published"))
    assert len(both) > 600
    assert (both["value_typed"] - both["value_published"]).abs().max() < 0.15
    assert (both["numerator_typed"] - both["numerator_published"]).abs().max() < 0.05


def test_an_official_release_replaces_what_was_typed_and_never_the_other_way_round(published, tmp_path):
    assert published
    release = RELEASES / "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"
    _, frame, _ = loaded(tmp_path, [*SAMPLE, release])
    assert value(frame, "FD04")["release"] == "Children in need, reporting year 2025"
    assert value(frame, "LA01")["value"] == 85
    _, again, _ = loaded(tmp_path, SAMPLE)
    assert again.equals(frame)


def test_periods_can_all_be_read(sample):
    assert {parse(period_id).kind for period_id in sample[1]["period_id"].unique()} == {
        "financial_year",
        "academic_year",
        "calendar_year",
        "rolling_12_months",
    }
