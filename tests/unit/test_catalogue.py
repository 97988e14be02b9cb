from __future__ import annotations

import csv
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from schemas.catalogue import catalogue, load
from schemas.periods import parse

ROOT = Path(__file__).parents[2]
DRAFT = ROOT.parent / "shared" / "domain" / "indicators.csv"
C = catalogue()
INDICATORS = list(C.indicators.values())


def _drafted() -> dict[str, dict[str, str]]:
    if not DRAFT.exists():
        pytest.skip("the drafted list of indicators is not on this machine")
    with DRAFT.open(encoding="utf-8-sig", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def test_the_data_set_holds_128_indicators_twelve_of_them_headline() -> None:
    assert len(INDICATORS) == 128
    assert sum(i.headline for i in INDICATORS) == 12


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("title", "title"),
        ("measure_type", "measure_type"),
        ("base", "base"),
        ("window", "window"),
        ("year_value", "year_value"),
        ("polarity", "polarity"),
        ("tier", "tier"),
        ("computed_from", "computed_from"),
        ("public_window", "public_window"),
    ],
)
def test_what_was_agreed_of_an_indicator_is_what_the_catalogue_says(column: str, field: str) -> None:
    different = {
        name: (row[column], getattr(C.indicators[name], field))
        for name, row in _drafted().items()
        if row[column] and row[column] != getattr(C.indicators[name], field)
    }
    assert different == {}


def test_agreed_marks_stand_where_they_were_agreed_and_nowhere_else() -> None:
    drafted = _drafted()
    for field, marked in (("seasonal", "yes"), ("headline", "yes")):
        said = {name for name, row in drafted.items() if row[field] == marked}
        assert {i.id for i in INDICATORS if getattr(i, field)} == said
    multiplied = {name for name, row in drafted.items() if row["annualise"].startswith("x4")}
    assert {i.id for i in INDICATORS if i.annualise} - {"CT01"} == multiplied  # CT01's row left the column empty
    paired = {name: {p.strip() for p in row["pair_with"].split(";")} for name, row in drafted.items()}
    assert {i.id: set(i.pair_with) for i in INDICATORS if i.pair_with} == {
        name: {p for p in pairs if p in drafted} for name, pairs in paired.items() if pairs - {""}
    }


def test_indicators_count_what_was_agreed() -> None:
    for name, row in _drafted().items():
        indicator = C.indicators[name]
        parts = [C.quantities[q].counts_of for q in (indicator.numerator, indicator.denominator) if q]
        assert not row["counts_of"] or row["counts_of"] in parts, name


def test_units_follow_what_was_agreed() -> None:
    per = {"percent": 100, "rate per 1,000": 1000, "rate per 10,000": 10_000, "rate per 100,000": 100_000}
    for name, row in _drafted().items():
        if row["unit"] in per:
            assert C.indicators[name].per == per[row["unit"]], name
            assert C.indicators[name].unit == row["unit"].removeprefix("rate "), name


def test_pages_begin_with_help_and_end_with_context() -> None:
    assert len(C.domains) == 22
    assert (C.domains[0], C.domains[1], C.domains[-1]) == (
        "Early Help and Family Help",
        "Contacts and referrals (Front Door)",
        "Context",
    )


def test_every_indicator_explains_itself_in_its_own_words() -> None:
    for texts in (
        [i.question for i in INDICATORS],
        [i.why_it_matters for i in INDICATORS],
        [i.challenge_question for i in INDICATORS],
        [i.definition for i in INDICATORS],
    ):
        assert [text for text, times in Counter(texts).items() if times > 1] == []
    assert [i.id for i in INDICATORS if not i.question.endswith("?")] == []
    assert [i.id for i in INDICATORS if not i.challenge_question.endswith("?")] == []
    assert [i.id for i in INDICATORS if not (i.why_it_matters.endswith(".") and i.definition.endswith("."))] == []


def test_texts_keep_the_house_words() -> None:
    texts = {
        i.id: " ".join((i.question, i.why_it_matters, i.challenge_question, i.note, i.definition)) for i in INDICATORS
    }
    for forbidden in (" RAG", "!", " simply", "N/A", "program "):
        assert [name for name, text in texts.items() if forbidden in text] == []


def test_a_percentage_is_out_of_a_hundred_and_the_other_units_say_what_they_are() -> None:
    for indicator in INDICATORS:
        assert (indicator.unit == "percent") <= (indicator.per == 100), indicator.id
        assert (indicator.measure_type == "percent") <= (indicator.unit == "percent"), indicator.id


def test_targets_are_few_agreed_and_never_on_a_neutral_indicator() -> None:
    with_target = [i for i in INDICATORS if i.target]
    assert {i.id for i in with_target} == {"FD05", "FD08", "CP05", "CP10", "DA05", "PA07"}
    assert all(i.polarity != "neutral" and i.target and i.target.agreed_on for i in with_target)


def test_counts_used_by_two_indicators_are_one_quantity() -> None:
    shared = {
        "referrals": {"FD02", "FD03", "FD04", "FD05", "FD06", "FD07", "DA06"},
        "contacts": {"FD01", "FD02"},
        "section_47_enquiries": {"CP01", "CP02", "FF01"},
        "initial_conferences": {"CP02", "CP04", "CP05"},
        "children_on_a_plan": {"CP06", "CP08", "CP11"},
        "children_in_need": {"CN01", "CN02"},
        "children_looked_after": {"LA01", "LA03"},
        "care_leavers": {"LA06", "LA07", "LA08"},
        "domestic_incidents_with_child": {"DA01", "DA02"},
        "families_with_open_plan": {"EH01", "EH03"},
        "school_age_children_on_a_plan": {"ED03", "ED04"},
        "pupils": {"ED01", "ED02"},
        "pupils_on_roll": {"ED05", "ED06"},
        "two_year_reviews_held": {"HE07", "HE13"},
    }
    users = {
        name: {i.id for i in INDICATORS if name in (i.numerator, i.denominator)}
        for name, quantity in C.quantities.items()
        if not quantity.official
    }
    assert {name: used for name, used in users.items() if len(used) > 1} == shared


def test_stocks_and_children_counted_once_never_add_over_time() -> None:
    adding = {name for name, quantity in C.quantities.items() if "time" in quantity.adds_over}
    assert adding.isdisjoint({"children_on_a_plan", "children_looked_after", "care_leavers", "pupils", "case_holders"})
    assert adding.isdisjoint({"children_starting_care", "children_reported_missing", "marac_children"})
    assert {"referrals", "contacts", "plans_started", "domestic_incidents"} <= adding


def test_parts_sent_by_several_agencies_add_up_to_the_whole() -> None:
    several = [i for i in INDICATORS if len(i.sent_by) > 1]
    assert {i.id for i in several} == {"HE03", "HE08", "HE09", "HE10", "HE12", "YV05", "AS01"}
    for indicator in several:
        for quantity in filter(None, (indicator.numerator, indicator.denominator)):
            assert "agencies" in C.quantities[quantity].adds_over, indicator.id


def test_people_are_protected_and_paperwork_is_not() -> None:
    protected = {name for name, counted in C.counted.items() if counted.protected}
    assert {"children", "families", "referrals", "plans", "cases", "incidents", "deaths", "concerns"} <= protected
    assert protected.isdisjoint({"staff", "fte", "settings", "actions", "recommendations", "returns", "places"})
    assert C.protects("children_on_a_plan")
    assert not C.protects("population_0_17")
    assert not C.protects("staff_trained")


def test_everything_in_the_list_of_what_is_counted_is_counted() -> None:
    assert set(C.counted) == {quantity.counts_of for quantity in C.quantities.values()}


def test_every_breakdown_in_the_list_is_used() -> None:
    assert set(C.breakdowns) == {name for i in INDICATORS for name in i.breakdowns}


def test_disability_and_deprivation_come_wherever_age_sex_and_ethnicity_do() -> None:
    for indicator in INDICATORS:
        if {"age_band", "sex", "ethnic_group"} <= set(indicator.breakdowns):
            assert {"disability", "deprivation_fifth"} <= set(indicator.breakdowns), indicator.id


def test_breakdowns_by_quarter_are_few_and_the_councils() -> None:
    often = [i for i in INDICATORS if i.breakdowns_every == "quarter"]
    assert len(often) <= 12
    # What is computed is nobody's work to send.
    assert {i.agency_id for i in often if not i.computed_from} == {"lcc_cf"}


def test_the_city_has_33_wards_and_ten_neighbours() -> None:
    assert len(C.wards) == 33
    assert [w.name for w in C.wards] == sorted(w.name for w in C.wards)
    assert sum(area.level == "neighbour" for area in C.areas.values()) == 10
    assert C.areas[C.partnership.area_code].old_code == "383"
    assert {ward.deprivation_fifth for ward in C.wards} == {None}


def test_the_neighbours_carry_their_published_codes() -> None:
    folder = ROOT.parent / "shared" / "realdata" / "dfe"
    if not folder.exists():
        pytest.skip("the published files are not on this machine")
    with (folder / "b1_children_in_need_2013_to_2025.csv").open(encoding="utf-8-sig", newline="") as file:
        published = {row["new_la_code"]: (row["la_name"], row["old_la_code"]) for row in csv.DictReader(file)}
    with (folder / "sn_model_2025_wide.csv").open(encoding="utf-8-sig", newline="") as file:
        leeds = next(row for row in csv.DictReader(file) if row["old_la_code"] == "383")
    ours = [area for area in C.areas.values() if area.level == "neighbour"]
    assert [area.old_code for area in ours] == [leeds[f"SN_{n}"] for n in range(1, 11)]
    for area in ours:
        assert published[area.code] == (area.name, area.old_code)


def test_the_repeat_plans_definition_broke_in_july_2023() -> None:
    first, second = C.indicators["CP07"].definitions
    assert (first.from_period, second.from_period) == ("2021-22-Q3", "2023-24-Q2")
    assert second.change == "Plans transferred in are no longer counted."
    assert {len(i.definitions) for i in INDICATORS if i.id != "CP07"} == {1}
    assert parse(C.indicators["FF01"].definitions[0].from_period).start.year == 2027


def test_priorities_and_themes_each_show_three_indicators_of_their_own() -> None:
    assert Counter(p.kind for p in C.priorities.values()) == {"priority": 3, "theme": 3}
    for priority in C.priorities.values():
        assert len(priority.shown) == 3
        for name in priority.shown:
            indicator = C.indicators[name]
            assert priority.id in (*indicator.priorities, *indicator.themes), (priority.id, name)


def test_each_audience_hides_at_least_what_the_law_asks() -> None:
    assert list(C.audiences) == ["executive", "partnership", "public"]
    assert {(a.hide_from, a.hide_to) for a in C.audiences.values()} == {(1, 5)}
    assert not any(a.exact_totals_from or a.withheld_from for a in C.audiences.values())
    assert (C.audiences["public"].round_to, C.audiences["public"].drops_wards) == (5, True)


def test_nobody_is_named_in_the_agencies() -> None:
    assert {agency.partner for agency in C.agencies.values()} >= {"council", "health", "police", "education"}
    assert [a.id for a in C.agencies.values() if not a.sends] == ["official_statistics"]


def test_the_catalogue_is_read_once_and_is_fixed() -> None:
    assert catalogue() is C
    with pytest.raises(Exception, match="frozen"):
        C.indicators["CP07"].title = "Other"


def test_loading_takes_less_than_a_quarter_of_a_second() -> None:
    took: list[float] = []
    for _ in range(3):
        before = time.process_time()
        load()
        took.append(time.process_time() - before)
    assert min(took) < 0.25


def test_importing_the_catalogue_brings_in_nothing_heavy() -> None:
    code = "import sys, schemas.catalogue; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert {"pandas", "pandera", "numpy", "duckdb", "streamlit", "openpyxl"}.isdisjoint(found.split())
