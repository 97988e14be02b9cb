"""Populations may be of a group of children or of a ward, and a slip in naming one never becomes everybody."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from pipelines.flows import benchmarks as flow
from pipelines.store import benchmarks
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.problems import UserError

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

pytestmark = pytest.mark.slow

STEWARD = Actor("a.steward", "business_unit")
NOON = datetime(2026, 10, 9, 12, tzinfo=UTC)
HEADER = "indicator_id,quantity_id,period_id,area_code,breakdown,category,value,source,release"


def loaded(home: Path, *rows: str, header: str = HEADER) -> tuple[str, pd.DataFrame]:
    path = home / f"people{len(list(home.glob('*.csv')))}.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    (said,) = flow.load(home, STEWARD, [path], NOON)
    with transaction(home, write=False) as vault:
        return said, benchmarks.all(vault)


def test_a_group_and_a_ward_are_kept_beside_everybody(tmp_path):
    _, frame = loaded(
        tmp_path,
        ",population_0_17,CY2024,E08000035,,,176239,ONS,r",
        ",population_0_17,CY2024,E08000035,ethnic_group,black,13218,Census,r",
        ",population_0_17,CY2024,Armley,,,5711,ONS,r",
    )
    kept = {(r.area_code, r.breakdown, r.category): r.value for r in frame.itertuples()}
    assert kept == {
        ("E08000035", "all", "all"): 176239,
        ("E08000035", "ethnic_group", "black"): 13218,
        ("ward_armley", "all", "all"): 5711,
    }


def test_a_newer_figure_replaces_its_own_group_and_no_other(tmp_path):
    group = ",population_0_17,CY2024,E08000035,ethnic_group"
    loaded(tmp_path, f"{group},black,13218,x,r", f"{group},asian,27317,x,r")
    _, frame = loaded(tmp_path, f"{group},black,14000,x,r")
    assert sorted(frame["value"]) == [14000, 27317]


def test_half_a_group_stops_the_file(tmp_path):
    with pytest.raises(UserError, match="names a breakdown without its category, or the other way round, in row 2"):
        loaded(tmp_path, ",population_0_17,CY2024,E08000035,ethnic_group,,13218,x,r")


def test_two_rows_of_one_group_stop_the_file(tmp_path):
    row = ",population_0_17,CY2024,E08000035,sex,girls,86005,x,r"
    with pytest.raises(UserError, match="several rows of a figure"):
        loaded(tmp_path, row, row)


def test_a_group_nobody_knows_is_named_and_left_out(tmp_path):
    said, frame = loaded(
        tmp_path,
        ",population_0_17,CY2024,E08000035,ethnic_group,purple,1,x,r",
        ",population_0_17,CY2024,E08000035,sex,girls,86005,x,r",
    )
    assert "Left out what the catalogue does not have: ethnic_group/purple." in said
    assert frame["category"].tolist() == ["girls"]


def test_indicators_are_not_kept_by_group_and_the_answer_says_so(tmp_path):
    said, frame = loaded(
        tmp_path,
        "FD04,,FY2024-25,E08000035,sex,girls,25,x,r",
        "FD04,,FY2024-25,ward_armley,,,25,x,r",
        "FD04,,FY2024-25,E08000035,,,24.2,x,r",
    )
    assert "Left out 2 of indicators by group or ward: only populations are kept so." in said
    assert frame["value"].tolist() == [24.2]


def test_a_file_without_groups_is_of_everybody(tmp_path):
    header = "indicator_id,quantity_id,period_id,area_code,value,release"
    _, frame = loaded(tmp_path, ",population_0_17,CY2024,E08000035,176239,r", header=header)
    assert frame[["breakdown", "category"]].to_numpy().tolist() == [["all", "all"]]


def test_a_rate_is_worked_out_on_everybody_never_on_a_group(tmp_path):
    referrals = tmp_path / "referrals.csv"
    places = "time_period,geographic_level,country_code,region_code,old_la_code,new_la_code"
    counts = "referral_count,rereferral_count"
    row = "2025,Local authority,E92000001,E12000003,383,E08000035,10304,2494"
    referrals.write_text(f"{places},{counts}\n{row}\n", encoding="utf-8")
    flow.load(tmp_path, STEWARD, [referrals], NOON)
    _, frame = loaded(tmp_path, ",population_0_17,CY2024,E08000035,sex,girls,86005,x,r")
    rate = frame[frame["indicator_id"].eq("FD03")].iloc[0]
    assert (rate["marker"], rate["denominator"] > 0) == ("x", False)
    _, frame = loaded(tmp_path, ",population_0_17,CY2024,E08000035,,,176239,x,r")
    assert round(frame[frame["indicator_id"].eq("FD03")].iloc[0]["value"], 1) == 584.7
