"""Official statistics come in through mappings: renamed columns and new editions are data, faults are sentences."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from pipelines.flows import benchmarks as flow
from pipelines.flows import log
from pipelines.reading import statistics
from pipelines.store import benchmarks, events, neighbours
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.catalogue import catalogue
from schemas.catalogue.mappings import mappings
from schemas.problems import UserError

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

pytestmark = pytest.mark.slow

STEWARD = Actor("a.steward", "business_unit")
NOON = datetime(2026, 10, 9, 12, tzinfo=UTC)
PLACES = "time_period,geographic_level,country_code,region_code,old_la_code,new_la_code"
LEEDS = "Local authority,E92000001,E12000003,383,E08000035"
ENGLAND = "National,E92000001,,,"
YORK = "Local authority,E92000001,E12000003,816,E06000014"


def write(path: Path, header: str, *rows: str) -> Path:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def referrals(folder: Path, *rows: str, name: str = "referrals.csv", columns: str = "") -> Path:
    columns = columns or "referral_count,rereferral_count,rereferral_percent,not_in_need_count,not_in_need_percent"
    return write(folder / name, f"{PLACES},{columns}", *rows)


def populations(folder: Path, people: int = 176239) -> Path:
    header = f"{PLACES},age_group,population_estimate"
    return write(folder / "people.csv", header, f"2024,{LEEDS},Children aged 0 to 17 years,{people}")


def load(home: Path, *paths: Path) -> list[str]:
    return flow.load(home, STEWARD, paths, NOON)


def official(home: Path) -> pd.DataFrame:
    with transaction(home, write=False) as vault:
        return benchmarks.all(vault)


def one(home: Path, indicator_id: str, area_code: str = "E08000035", period_id: str = "FY2024-25") -> pd.Series:
    found = official(home)
    mine = found["indicator_id"].eq(indicator_id) & found["area_code"].eq(area_code) & found["period_id"].eq(period_id)
    return found[mine].iloc[0]


def test_a_file_is_known_by_its_columns_not_its_name(tmp_path):
    path = referrals(tmp_path, f"2025,{LEEDS},10304,2494,24.2,4384,42.5", name="download (3).csv")
    assert load(tmp_path, path) == [
        "download (3).csv: Children in need, reporting year 2025, 3 figures for 1 place, 2024-25."
    ]
    found = one(tmp_path, "FD04")
    assert (found["numerator"], found["denominator"], found["value"]) == (2494, 10304, 24.2)
    assert found["source"] == "Department for Education, Children in need, reporting year 2025"


def test_only_our_places_are_kept(tmp_path):
    row = "10304,2494,24.2,4384,42.5"
    load(tmp_path, referrals(tmp_path, f"2025,{LEEDS},{row}", f"2025,{YORK},{row}", f"2025,{ENGLAND},{row}"))
    assert set(official(tmp_path)["area_code"]) == {"E08000035", "E92000001"}


def test_a_place_whose_new_code_has_changed_is_known_by_its_old_one(tmp_path):
    sheffield = "Local authority,E92000001,E12000003,373,E08000039"
    load(tmp_path, referrals(tmp_path, f"2025,{sheffield},5000,1000,20,1,1"))
    assert one(tmp_path, "FD04", "E08000019")["area_name"] == "Sheffield"


def test_a_rate_is_worked_out_when_its_population_comes_and_follows_its_revision(tmp_path):
    load(tmp_path, referrals(tmp_path, f"2025,{LEEDS},10304,2494,24.2,4384,42.5"))
    waiting = one(tmp_path, "FD03")
    assert (waiting["numerator"], waiting["marker"]) == (10304, "x")
    load(tmp_path, populations(tmp_path))
    assert round(one(tmp_path, "FD03")["value"], 1) == 584.7
    load(tmp_path, populations(tmp_path, 180000))
    revised = one(tmp_path, "FD03")
    assert (revised["denominator"], round(revised["value"], 1), revised["marker"]) == (180000, 572.4, "")


def test_an_edition_with_renamed_columns_gives_the_same_figures(tmp_path):
    renamed = "Number of referrals,Re-referral count,Re-referral percent,not_in_need_count,not_in_need_percent"
    path = referrals(tmp_path, f"202425,{LEEDS},10304,2494,24.2,4384,42.5", columns=renamed)
    load(tmp_path, path)
    assert one(tmp_path, "FD04")["value"] == 24.2


def test_a_newer_edition_replaces_figure_by_figure_and_an_older_one_does_not(tmp_path):
    earlier = referrals(tmp_path, f"2024,{LEEDS},10000,2400,24,4000,40", f"2023,{LEEDS},9000,1800,20,1,1", name="a.csv")
    later = referrals(tmp_path, f"2024,{LEEDS},10010,2402,24.1,4000,40", f"2025,{LEEDS},1,1,1,1,1", name="b.csv")
    load(tmp_path, earlier)
    assert "3 in place of an earlier edition" in load(tmp_path, later)[0]
    assert one(tmp_path, "FD04", period_id="FY2023-24")["value"] == 24.1
    assert one(tmp_path, "FD04", period_id="FY2022-23")["release"] == "Children in need, reporting year 2024"
    again = referrals(tmp_path, f"2024,{LEEDS},10000,2300,23,4000,40", name="c.csv")
    assert "3 left as a newer edition has them" in load(tmp_path, again)[0]
    assert one(tmp_path, "FD04", period_id="FY2023-24")["value"] == 24.1


def test_the_same_file_again_changes_nothing(tmp_path):
    path = referrals(tmp_path, f"2025,{LEEDS},10304,2494,24.2,4384,42.5")
    load(tmp_path, path)
    before = official(tmp_path)
    assert load(tmp_path, path) == ["referrals.csv: already loaded, nothing changed."]
    assert official(tmp_path).equals(before)
    with transaction(tmp_path, write=False) as vault:
        assert len(events.of(vault, "benchmarks.loaded")) == 1
        assert events.verify(vault, tmp_path) == []
    assert (found := log.verify(tmp_path, STEWARD)).faults == () and not found.official_unknown
    with transaction(tmp_path, write=True) as vault:
        vault.execute("update benchmark set value = value + 1 where indicator_id = 'FD04'")
    said = [fault.words for fault in log.verify(tmp_path, STEWARD).faults]
    assert said == ["The official statistics in the vault are not those that were there after entry 2."]
    for edition in ("2023", "2022"):  # what was altered is logged with the next loading, which says so for good
        load(tmp_path, referrals(tmp_path, f"{edition},{LEEDS},9000,1800,20,1,1", name=f"{edition}.csv"))
    said = [fault.words for fault in log.verify(tmp_path, STEWARD).faults]
    words = "The official statistics were not those that had been logged before, when others were loaded in entry 3:"
    assert [each.startswith(words) for each in said] == [True]


def test_a_home_of_an_earlier_version_has_its_official_statistics_noted_when_a_file_comes_again(tmp_path, monkeypatch):
    one, other = referrals(tmp_path, f"2025,{LEEDS},10304,2494,24.2,4384,42.5"), populations(tmp_path)
    with monkeypatch.context() as earlier:
        earlier.setattr("pipelines.flows.benchmarks.fingerprints.official", lambda _: "")
        load(tmp_path, one, other)
    assert log.verify(tmp_path, STEWARD).official_unknown
    assert load(tmp_path, one, other) == [
        f"{one.name}: already loaded, nothing changed; the event log holds the fingerprint of all official statistics from now on.",
        f"{other.name}: already loaded, nothing changed.",
    ]
    assert (found := log.verify(tmp_path, STEWARD)).faults == () and not found.official_unknown
    with transaction(tmp_path, write=True) as vault:
        vault.execute("update benchmark set value = value + 1 where indicator_id = 'FD04'")
    assert len(log.verify(tmp_path, STEWARD).faults) == 1


def test_markers_stay_markers_and_subtraction_brings_nothing_back(tmp_path):
    header = f"{PLACES},Anypoint_episodes,Ended_episodes"
    rows = [f"2025,{LEEDS},9753,c", f"2024,{LEEDS},low,10", f"2023,{LEEDS},9753,3978"]
    load(tmp_path, write(tmp_path / "cin.csv", header, *rows))
    found = official(tmp_path).set_index("period_id")
    assert found["marker"].to_dict() == {"FY2022-23": "x", "FY2023-24": "k", "FY2024-25": "c"}
    assert found["numerator"].dropna().to_dict() == {"FY2022-23": 5775}


def test_an_unknown_code_is_an_error_and_never_a_blank(tmp_path):
    path = referrals(tmp_path, f"2025,{LEEDS},10304,withheld,24.2,4384,42.5")
    with pytest.raises(UserError, match=r"referrals\.csv uses codes .* “withheld”"):
        load(tmp_path, path)


def test_a_rate_outside_all_its_parts_is_left_out(tmp_path):
    header = f"{PLACES},referral_count,rereferral_count,rereferral_percent"
    parts = [f"2025,Local authority,E92000001,E12000003,{n},E0600{n:04},100,20,2{n % 10}" for n in range(900, 925)]
    path = write(tmp_path / "r.csv", header, *parts, f"2025,{ENGLAND},632830,142900,1258")
    assert "FD04: left out 1 that cannot be on its scale." in load(tmp_path, path)[0]
    assert one(tmp_path, "FD04", "E92000001")["marker"] == "x"


def test_an_unknown_file_is_named_with_its_columns_and_stops_no_other(tmp_path):
    good = referrals(tmp_path, f"2025,{LEEDS},10304,2494,24.2,4384,42.5")
    bad = write(tmp_path / "weather.csv", "day,place,rain,wind,sun,cloud", "1,Leeds,3,2,0,8")
    with pytest.raises(flow.FilesNotLoadedError) as caught:
        load(tmp_path, bad, good)
    said = str(caught.value)
    assert "weather.csv is not a statistics file Throughline knows: its columns are “day”, “place”, “rain”" in said
    assert "and 1 more" in said
    assert said.endswith("The other one was loaded.")
    assert caught.value.exit_code == 2
    assert one(tmp_path, "FD04")["value"] == 24.2


def test_a_nearly_known_file_is_told_which_column_it_lacks(tmp_path):
    path = referrals(tmp_path, f"2025,{LEEDS},1,1", columns="referral_count,came_back")
    with pytest.raises(UserError, match=r"looks like referrals and re-referrals, but no column .*referrals\.toml"):
        load(tmp_path, path)


def test_rows_split_by_something_unknown_are_refused_not_mixed(tmp_path):
    columns = "referral_count,rereferral_count,sex"
    path = referrals(tmp_path, f"2025,{LEEDS},9,1,Boys", f"2025,{LEEDS},8,2,Girls", columns=columns)
    with pytest.raises(UserError, match="several rows of FD03 for E08000035 in FY2024-25"):
        load(tmp_path, path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 a workbook", "is not a CSV file"),
        (b"\x1f\x8b not really gzip", "is a damaged gzip file"),
        (gzip.compress(b"a,b\n" + b"0,0\n" * 5_000_000), "unpacks to far more than it should"),
        (b"one column\n1\n", "is not a table of comma-separated columns"),
        (b"", "is not a table of comma-separated columns"),
        (f"{PLACES},referral_count,rereferral_count\n2025,x\n".encode(), "is not a regular table"),
        (
            f"{PLACES},referral_count,rereferral_count\nlast year,{LEEDS},1,1\n".encode(),
            "has a year Throughline cannot read",
        ),
        (f"{PLACES},referral_count,rereferral_count\n2025,{YORK},1,1\n".encode(), "has no row for Leeds"),
        (b"referral_count,rereferral_count\n1,1\n", "has no column time_period"),
    ],
)
def test_a_file_that_cannot_be_read_ends_in_a_sentence(tmp_path, content, said):
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    with pytest.raises(UserError, match=said) as caught:
        statistics.read(path, mappings(), catalogue().areas.values())
    assert str(caught.value).startswith("odd.csv")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UserError, match=r"nowhere\.csv cannot be read"):
        load(tmp_path, tmp_path / "nowhere.csv")


def test_gzip_byte_order_mark_and_windows_text_are_read(tmp_path):
    text = referrals(tmp_path, f"2025,{LEEDS},10304,2494,24.2,4384,42.5").read_text()
    odd = tmp_path / "odd.csv.gz"
    odd.write_bytes(gzip.compress(b"\xef\xbb\xbf" + text.replace("2494", '"2,494"').encode() + b"2024,\x96,,,,,,,,,\n"))
    load(tmp_path, odd)
    assert one(tmp_path, "FD04")["numerator"] == 2494


def test_only_the_business_unit_loads_official_statistics(tmp_path):
    with pytest.raises(UserError, match="needs the role business unit"):
        flow.load(tmp_path, Actor("a", "analyst", "ltht"), [], NOON)


def test_progress_hands_each_file_on(tmp_path):
    path = referrals(tmp_path, f"2025,{LEEDS},10304,2494,24.2,4384,42.5")
    shown: list[Path] = []

    def watched(paths):
        for one_path in paths:
            shown.append(one_path)
            yield one_path

    flow.load(tmp_path, STEWARD, [path], NOON, watched)
    assert shown == [path]


def test_figures_of_indicators_nobody_agreed_are_named_and_left_out(tmp_path):
    header = "indicator_id,quantity_id,period_id,area_code,area_name,numerator,denominator,value,marker,source,release"
    rows = ["ZZ99,,FY2024-25,E08000035,Leeds,,,1,,S,R", "FD04,,2024/25,E08000035,Leeds,,,24.2,,S,R"]
    said = load(tmp_path, write(tmp_path / "own.csv", header, *rows))[0]
    assert said.endswith("Left out what the catalogue does not have: ZZ99.")
    assert official(tmp_path)[["indicator_id", "value"]].to_numpy().tolist() == [["FD04", 24.2]]


def test_an_older_neighbour_model_does_not_replace_a_newer_one(tmp_path):
    header = "old_la_code," + ",".join(f"SN_{rank},SN_{rank}P" for rank in range(1, 11))
    newer = write(tmp_path / "sn_2026.csv", header, "383," + ",".join(f"{900 + rank},Close " for rank in range(10)))
    older = write(tmp_path / "sn_2025.csv", header, "383," + ",".join(f"{800 + rank},Close " for rank in range(10)))
    said = load(tmp_path, newer)[0]
    assert "neighbour model 2026, 10 statistical neighbours." in said
    assert "areas.toml and the file differ on who the neighbours are" in said
    assert "left alone, as a newer model is there" in load(tmp_path, older)[0]
    with transaction(tmp_path, write=False) as vault:
        assert neighbours.all(vault)["neighbour_code"].tolist() == [str(900 + rank) for rank in range(10)]


def test_every_mapping_agrees_with_the_catalogue():
    known = catalogue()
    for mapping in mappings().mappings.values():
        for figure in mapping.figures:
            if figure.quantity_id:
                assert known.quantities[figure.quantity_id].official
                continue
            indicator = known.indicators[str(figure.indicator_id)]
            assert indicator.per == figure.per
            assert figure.population_id in (None, indicator.denominator)
