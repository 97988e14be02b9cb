"""What a release says of wards, agencies and groups of children, made from a handful of rows."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from pipelines.measures.intervals import dsr, funnel_limits
from pipelines.publishing.releasing import measured, release
from pipelines.queries.comparing import compared
from pipelines.queries.frame import pointer
from schemas.actors import Actor
from schemas.catalogue import catalogue
from tests.pipelines.releases import BENCHMARKS, LEEDS, figure, inputs, order

STEWARD = Actor("Steward", "business_unit")
pytestmark = pytest.mark.slow

YEAR = "FY2025-26"
WARDS = [ward.code for ward in catalogue().wards]
AGES = {"under_1": 9_000, "age_1_to_4": 37_000, "age_5_to_9": 49_000, "age_10_to_15": 62_000, "age_16_and_17": 18_000}
TRUSTS = ("ltht", "lch", "lypft")


def people(value: float, area: str = LEEDS, breakdown: str = "all", category: str = "all", year: str = "CY2024") -> Any:
    row = dict.fromkeys(BENCHMARKS, "") | {"quantity_id": "population_0_17", "period_id": year, "area_code": area}
    return row | {"value": float(value), "breakdown": breakdown, "category": category}


def tables(*rows: dict[str, Any], populations: list[Any] | None = None) -> dict[str, pd.DataFrame]:
    quarter = figure("CP05", 200, 250)  # a release is made up to some quarter
    known = {"populations": pd.DataFrame(populations)} if populations else {}
    return measured(inputs(quarter, *rows, **known), order(), {}, lambda _: None)


def by_ward(tops: list[float], of: float = 100, indicator_id: str = "CP07", **where: Any) -> list[dict[str, Any]]:
    where = {"period_id": YEAR} | where
    rows = [figure(indicator_id, top, of, area_id=ward, **where) for top, ward in zip(tops, WARDS, strict=False)]
    return [*rows, figure(indicator_id, sum(tops), of * len(tops), **where)]


def split(indicator_id: str, breakdown: str, **groups: tuple[float, float | None]) -> list[dict[str, Any]]:
    return [
        figure(indicator_id, top, of, period_id=YEAR, breakdown=breakdown, category=category)
        for category, (top, of) in groups.items()
    ]


def one(frame: pd.DataFrame, **where: str) -> pd.Series:
    for column, value in where.items():
        frame = frame[frame[column].eq(value)]
    assert len(frame) == 1
    return frame.iloc[0]


# Populations


def test_a_group_and_a_ward_stand_on_their_own_population():
    rows = [*split("FD03", "sex", girls=(600, None)), figure("FD03", 400, period_id=YEAR, area_id=WARDS[0])]
    known = [people(176_239), people(86_000, breakdown="sex", category="girls"), people(5_000, WARDS[0])]
    shown = tables(*rows, populations=known)["figure"]
    assert one(shown, category="girls")["value"] == pytest.approx(600 / 86_000 * 10_000)
    assert one(shown, area_id=WARDS[0])["value"] == pytest.approx(400 / 5_000 * 10_000)


def test_a_group_without_a_population_has_no_rate_and_is_never_divided_by_everybody():
    shown = tables(*split("FD03", "sex", girls=(600, None)), populations=[people(176_239)])["figure"]
    girls = one(shown, category="girls")
    assert (girls["marker"], pd.isna(girls["value"]), girls["numerator"]) == ("z", True, 600)


def test_all_groups_of_a_figure_come_from_one_year():
    known = [
        people(80_000, breakdown="sex", category="girls", year="CY2023"),
        people(84_000, breakdown="sex", category="boys", year="CY2023"),
        people(86_000, breakdown="sex", category="girls", year="CY2024"),
    ]
    shown = tables(*split("FD03", "sex", girls=(600, None), boys=(500, None)), populations=known)["figure"]
    assert one(shown, category="girls")["denominator"] == 86_000
    assert pd.isna(one(shown, category="boys")["denominator"])


def test_the_population_of_a_hidden_group_is_not_hidden():
    rows = split("FD03", "sex", girls=(3, None), boys=(500, None), not_known=(2, None))
    known = [people(86_000, breakdown="sex", category="girls"), people(90_000, breakdown="sex", category="boys")]
    girls = one(tables(*rows, populations=known)["figure"], category="girls")
    assert (girls["marker"], girls["denominator"], pd.isna(girls["value"])) == ("c", 86_000, True)


# Funnels


def test_a_ward_far_above_the_rest_is_marked_and_one_just_inside_is_not():
    made = tables(*by_ward([20] * 11 + [55]))
    plot, places = one(made["funnel_plot"], indicator_id="CP07", kind="ward"), made["funnel"]
    assert (plot["places"], plot["drawn"], plot["outside"]) == (12, 12, 1)
    stray = one(places, position="above")
    assert (stray["unit_id"], stray["mark"], stray["words"]) == (WARDS[11], "concern", "Above the 99.8% limit")
    limit = funnel_limits(275 / 1200, 100).upper_998
    assert stray["upper_998"] == pytest.approx(100 * limit)
    # With 33 the centre is 21.1% and the limit 33.7%; with 34 they are 21.2% and 33.8%.
    inside, beyond = (tables(*by_ward([20] * 11 + [last])) for last in (33, 34))
    assert set(inside["funnel"]["words"]) == {"Consistent with Leeds"}
    assert one(beyond["funnel"], position="above")["unit_id"] == WARDS[11]


def test_a_hidden_ward_is_not_drawn_and_moves_no_limit():
    made = tables(*by_ward([20] * 12 + [3, 20]))
    hidden = made["figure"].query("indicator_id == 'CP07' and marker == 'c'")["area_id"]
    assert WARDS[12] in set(hidden)
    assert not set(hidden) & set(made["funnel"]["unit_id"])
    centre = one(made["funnel_plot"], kind="ward")["centre"]
    assert centre == one(made["figure"], indicator_id="CP07", area_id=LEEDS, period_id=YEAR)["value"]


def test_too_few_wards_have_no_limits_and_the_plot_says_why():
    plot = one(tables(*by_ward([20] * 9))["funnel_plot"], kind="ward")
    assert (plot["drawn"], pd.isna(plot["centre"])) == (0, True)
    assert plot["note"] == (
        "No limits: 9 of 9 wards have a figure that can be shown, and it takes 10 to tell a difference from chance."
    )
    assert one(tables(*by_ward([20] * 10))["funnel_plot"], kind="ward")["drawn"] == 10


def test_counts_of_wards_are_not_judged_without_their_size():
    rows = [figure("FD01", 100, period_id=YEAR, area_id=ward) for ward in WARDS[:12]]
    plot = one(tables(*rows, figure("FD01", 1200, period_id=YEAR))["funnel_plot"], indicator_id="FD01")
    assert plot["note"].startswith("No limits: these are counts")


def test_rates_of_wards_are_judged_by_their_populations():
    rows = [
        figure("FD03", top, period_id=YEAR, area_id=ward) for top, ward in zip([300] * 11 + [450], WARDS, strict=False)
    ]
    known = [people(60_000), *(people(5_000, ward) for ward in WARDS[:12])]
    made = tables(*rows, figure("FD03", 3_750, period_id=YEAR), populations=known)
    stray = one(made["funnel"], position="above")
    assert (stray["unit_id"], stray["mark"]) == (WARDS[11], "unusual")
    limits = funnel_limits(625.0, 5_000.0, kind="rate", per=10_000)
    assert (stray["lower_998"], stray["upper_998"]) == pytest.approx((limits.lower_998, limits.upper_998))


def test_a_quarter_made_yearly_has_the_limits_of_a_quarter():
    quarter = "2026-27-Q2"
    rows = [figure("FD03", 75, period_id=quarter, area_id=ward) for ward in WARDS[:12]]
    known = [people(60_000), *(people(5_000, ward) for ward in WARDS[:12])]
    made = tables(*rows, figure("FD03", 900, period_id=quarter), populations=known)
    place = made["funnel"].iloc[0]
    assert place["value"] == pytest.approx(600)
    limits = funnel_limits(600.0, 5_000.0 / 4, kind="rate", per=10_000)
    assert place["upper_998"] == pytest.approx(limits.upper_998)
    assert place["upper_998"] > funnel_limits(600.0, 5_000.0, kind="rate", per=10_000).upper_998


def test_a_plot_says_what_chance_alone_would_give():
    plot = one(tables(*by_ward([20] * 20))["funnel_plot"], kind="ward")
    assert (plot["expected_outside_95"], plot["expected_outside_998"]) == pytest.approx((1.0, 0.04))
    assert "about 1.0 of them outside the 95% limits and 0.04 outside the 99.8% limits" in plot["note"]


def test_a_hidden_ward_has_its_share_of_what_chance_gives():
    made = tables(*by_ward([20] * 12 + [3, 20]))
    plot = one(made["funnel_plot"], kind="ward")
    hidden = int(made["figure"].query("period_id == @YEAR and marker == 'c'")["area_id"].str.startswith("ward").sum())
    assert hidden > 0
    assert plot["expected_outside_95"] == pytest.approx((plot["drawn"] + hidden) / 20)
    assert f"Most of the {hidden} hidden have small counts" in plot["note"]


def test_where_most_wards_are_outside_chance_is_not_the_measure_and_the_plot_says_so():
    plot = one(tables(*by_ward([10] * 6 + [60] * 6))["funnel_plot"], kind="ward")
    assert plot["outside"] == 12
    assert "the wards differ in themselves" in plot["note"]


def test_the_year_is_judged_where_there_is_one_as_fewer_of_its_wards_are_hidden():
    rows = [*by_ward([20] * 12), *by_ward([20] * 12, period_id="2025-26-Q4")]
    assert one(tables(*rows)["funnel_plot"], kind="ward")["period_id"] == YEAR


def test_agencies_are_judged_only_for_like_services():
    alike = [figure("HE08", 900, 1000, agency_id=trust) for trust in TRUSTS]
    other = [figure("HE10", 90, 1000, agency_id=trust) for trust in TRUSTS]
    plots = tables(*alike, *other)["funnel_plot"]
    assert plots.query("kind == 'agency'")["indicator_id"].tolist() == ["HE08"]


def test_an_agency_far_below_the_others_is_marked():
    rows = [figure("HE08", top, 1000, agency_id=trust) for top, trust in zip((950, 950, 700), TRUSTS, strict=True)]
    places = tables(*rows)["funnel"].query("kind == 'agency'")
    below = one(places, position="below")
    assert (below["unit_id"], below["mark"], below["size"]) == ("lypft", "concern", 1000)
    assert set(places["words"]) == {"Above the 99.8% limit", "Below the 99.8% limit"}


def test_of_two_agencies_neither_can_be_called_unusual():
    rows = [figure("HE08", 900, 1000, agency_id=trust) for trust in TRUSTS[:2]]
    rows.append(figure("HE08", None, None, agency_id=TRUSTS[2], marker="x"))
    plot = one(tables(*rows)["funnel_plot"], kind="agency")
    assert plot["drawn"] == 0
    assert plot["note"].startswith("No limits:")


# Groups of children


def test_a_group_counted_more_often_is_higher_only_when_its_interval_says_so():
    rows = split("CP07", "ethnic_group", white=(100, 500), black=(60, 150), asian=(25, 110))
    found = tables(*rows)["disparity"]
    black, asian = one(found, category="black"), one(found, category="asian")
    assert (black["ratio"], black["word"], black["reference"]) == (pytest.approx(2.0), "higher", "white")
    assert black["words"] == "2.0 times the share among White children; between 1.5 and 2.6."
    assert (asian["word"], asian["lower"] < 1 < asian["upper"]) == ("similar", True)
    assert asian["words"].endswith(": consistent with no difference.")


def test_rates_of_groups_are_compared_by_their_populations():
    known = [people(90_000, breakdown="sex", category="boys"), people(86_000, breakdown="sex", category="girls")]
    girls = one(tables(*split("FD03", "sex", girls=(860, None), boys=(450, None)), populations=known)["disparity"])
    assert girls["ratio"] == pytest.approx(2.0)
    assert girls["words"].startswith("2.0 times the rate of boys; between")
    assert (girls["denominator"], girls["reference_denominator"]) == (86_000, 90_000)


def test_children_nobody_could_place_are_not_compared():
    rows = split("CP07", "ethnic_group", white=(100, 500), black=(60, 150), not_known=(40, 90))
    assert set(tables(*rows)["disparity"]["category"]) == {"black"}


def test_a_hidden_group_and_a_hidden_reference_have_words_and_no_numbers():
    rows = split("CP07", "ethnic_group", white=(100, 500), black=(3, 150), asian=(2, 100), mixed=(30, 100))
    black = one(tables(*rows)["disparity"], category="black")
    assert (black["word"], black["words"]) == ("none", "Not compared: hidden to protect.")
    assert black[["numerator", "value", "ratio", "lower", "upper"]].isna().all()
    rows = split("CP07", "sex", girls=(60, 150), boys=(3, 500), not_known=(2, 40))
    girls = one(tables(*rows)["disparity"], category="girls")
    assert girls["words"] == "Not compared: the figure of boys is hidden to protect."
    assert girls[["reference_numerator", "reference_value", "ratio"]].isna().all()


def test_fewer_than_ten_are_shown_and_not_compared():
    rows = split("CP07", "ethnic_group", white=(100, 500), black=(9, 150), asian=(10, 150))
    found = tables(*rows)["disparity"]
    assert one(found, category="black")["words"] == "Not compared: fewer than 10 counted."
    assert one(found, category="asian")["word"] == "lower"


def test_without_populations_by_group_nothing_is_said_of_rates():
    rows = split("FD03", "sex", girls=(860, None), boys=(3, None), not_known=(2, None))
    assert tables(*rows, populations=[people(176_000)])["disparity"].empty


# Rates that allow for age


def aged(tops: dict[str, float], **more: float) -> list[dict[str, Any]]:
    rows = split("FD03", "age_band", **{age: (top, None) for age, top in (tops | more).items()})
    return [*rows, figure("FD03", sum(tops.values()) + sum(more.values()), period_id=YEAR)]


def by_age() -> list[Any]:
    return [people(sum(AGES.values())), *(people(n, breakdown="age_band", category=age) for age, n in AGES.items())]


def test_a_rate_is_standardised_to_the_catalogues_population():
    tops = dict(zip(AGES, (300.0, 900.0, 1_000.0, 1_500.0, 400.0), strict=True))
    row = one(tables(*aged(tops, not_known=50), populations=by_age())["standardised"])
    weights = [1000, 4000, 5500, 6600, 2200]
    by_hand = sum(w * t / n for w, t, n in zip(weights, tops.values(), AGES.values(), strict=True)) / 19_300 * 10_000
    assert row["value"] == pytest.approx(by_hand)
    assert row["lower"] == pytest.approx(dsr(list(tops.values()), list(AGES.values()), weights, 10_000).lower)
    assert row["crude"] == pytest.approx(4_150 / 175_000 * 10_000)
    assert (row["left_out"], row["words"]) == (50, "Leaves out 50 whose age is not known.")


@pytest.mark.parametrize(
    ("tops", "more", "populations", "why"),
    [
        ((3, 900, 1_000, 1_500, 400), {"not_known": 2}, by_age(), "an age band is hidden to protect"),
        ((30, 900, 1_000, 1_500, 400), {"not_known": 300}, by_age(), "the age of 7% is not known"),
        ((30, 900, 1_000, 1_500, 400), {}, by_age()[:-1], "the population by age is not known"),
        ((0, 0, 0, 9, 0), {}, by_age(), "fewer than 10 counted"),
    ],
)
def test_where_a_rate_cannot_be_standardised_the_words_say_why(tops, more, populations, why):
    row = one(tables(*aged(dict(zip(AGES, tops, strict=True)), **more), populations=populations)["standardised"])
    assert row[["value", "lower", "upper"]].isna().all()
    assert why in row["words"]


def test_an_age_band_that_was_not_sent_leaves_no_standardised_rate():
    tops = dict(zip(list(AGES)[:4], (30.0, 900.0, 1_000.0, 1_500.0), strict=True))
    row = one(tables(*aged(tops), populations=by_age())["standardised"])
    assert "an age band was not sent" in row["words"]


# Through the door the pages use


def test_the_page_reads_places_by_name_and_groups_by_label(tmp_path):
    rows = [*by_ward([20] * 11 + [55]), *split("CP07", "ethnic_group", white=(100, 500), black=(60, 150))]
    release(tmp_path, inputs(figure("CP05", 200, 250), *rows), order(), {}, lambda _: None)
    found = compared(pointer(tmp_path, STEWARD, "partnership"), "CP07")
    names = [place.label for place in found.wards.places]
    assert names == sorted(names)
    assert found.place == "Leeds"
    assert len(found.wards.limits) == 40
    assert found.agencies is None
    assert [g.label for s in found.splits for g in s.groups] == ["Black, Black British, Caribbean or African"]
    assert found.furthest[1].group_words == "Black children"
    assert found.chance == pytest.approx(0.05)


@pytest.mark.parametrize("name", ["funnel_plot", "funnel", "funnel_line", "disparity", "standardised"])
def test_what_is_hidden_moves_nothing_that_is_said(name):
    def said(small: int) -> pd.DataFrame:
        groups = {"white": (100, 500), "black": (60, 150), "asian": (small, 100), "mixed": (9 - small, 90)}
        wards = by_ward([20.0] * 11 + [small, 9 - small])
        bands = aged(dict(zip(AGES, (float(small), 900.0, 1_000.0, 1_500.0, 400.0), strict=True)), not_known=9 - small)
        rows = [*split("CP07", "ethnic_group", **groups), *wards, *bands]
        return tables(*rows, populations=by_age())[name]

    four = said(4)
    assert len(four)
    pd.testing.assert_frame_equal(four, said(5))
