"""England is compared with our figure of the same year, and a difference is named only where an interval shows it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from pipelines.measures.intervals import wilson
from pipelines.publishing.comparing import comparison, on_one_footing
from pipelines.publishing.official import bounded
from pipelines.publishing.releasing import measured
from schemas.catalogue import catalogue
from tests.pipelines.releases import BENCHMARKS, LEEDS, figure, inputs, order

pytestmark = pytest.mark.slow

ENGLAND, REGION = "E92000001", "E12000003"
NEIGHBOURS = [a.code for a in catalogue().areas.values() if a.level == "neighbour"]
YEAR = "FY2024-25"


def official(
    indicator_id: str, area: str, value: float, *, period_id: str = YEAR, counts: tuple[float, float] | None = None
) -> Any:
    top, size = counts or (None, None)
    row = dict.fromkeys(BENCHMARKS, "") | {"indicator_id": indicator_id, "period_id": period_id, "area_code": area}
    return row | {"numerator": top, "denominator": size, "value": value}


def frame(*rows: Any) -> pd.DataFrame:
    numbers = dict.fromkeys(("numerator", "denominator", "value"), float)
    return pd.DataFrame(list(rows)).astype(numbers)


def own(**figures: tuple[float, float, float]) -> pd.DataFrame:
    rows = {period: dict(zip(("value", "lower", "upper"), found, strict=True)) for period, found in figures.items()}
    return pd.DataFrame.from_dict(rows, orient="index").rename(index=lambda name: name.replace("_", "-"))


def compared(indicator_id: str, mine: pd.DataFrame | None, *rows: Any):
    own_rows = None if mine is None else mine.to_dict("index")
    return comparison(catalogue(), catalogue().indicators[indicator_id], own_rows, list(rows))


@pytest.mark.parametrize(
    ("here", "counts", "words"),
    [
        (24.2, (2494, 10304), "Behind England"),
        (24.2, (24, 99), "In line with England"),
        (20.0, (2000, 10000), "Ahead of England"),
    ],
)
def test_a_difference_is_named_only_where_the_counts_show_it(here, counts, words):
    found = compared("FD04", None, official("FD04", LEEDS, here, counts=counts), official("FD04", ENGLAND, 22.6))
    assert found.words == words


def test_where_no_direction_is_better_it_is_higher_or_lower_and_never_ahead():
    rows = [official("FD06", LEEDS, 42.5, counts=(4384, 10304)), official("FD06", ENGLAND, 30.8)]
    found = compared("FD06", None, *rows)
    assert (found.words, found.rank) == ("Higher than England", None)
    assert found.detail.endswith("neutral: not ranked")


def test_without_counts_and_without_our_own_figure_nothing_is_judged():
    found = compared("LA04", None, official("LA04", LEEDS, 86), official("LA04", ENGLAND, 90))
    assert (found.word, found.words) == ("none", "Not judged")
    assert "no counts are published to judge a difference by" in found.detail


def test_our_own_figure_stands_in_only_for_its_own_period():
    rows = [official("FD08", ENGLAND, 85.7)]
    later = compared("FD08", own(FY2025_26=(74.0, 73.0, 75.0)), *rows)
    assert (later.word, later.words) == ("none", "Not compared")
    same = compared("FD08", own(FY2024_25=(74.0, 73.0, 75.0)), *rows)
    assert same.words == "Behind England"
    assert "here 74.0% by its own returns" in same.detail


def test_a_quarter_stands_for_the_year_only_where_it_is_what_stood_on_its_last_day():
    quarter = own(**{"2024_25_Q4": (60.0, 58.0, 62.0)})
    assert compared("LA07", quarter, official("LA07", ENGLAND, 89)).words == "Behind England"
    assert compared("FD08", quarter, official("FD08", ENGLAND, 89)).words == "Not compared"
    before = own(**{"2024_25_Q3": (60.0, 58.0, 62.0)})
    assert compared("LA07", before, official("LA07", ENGLAND, 89)).words == "Not compared"


def test_the_latest_year_is_that_of_england_not_of_one_neighbour():
    rows = [official("FD04", LEEDS, 24.2, counts=(2494, 10304)), official("FD04", ENGLAND, 22.6)]
    newer = official("FD04", NEIGHBOURS[0], 19.0, period_id="FY2025-26")
    assert compared("FD04", None, *rows, newer).period_id == YEAR


def test_the_region_stands_with_england_and_the_quarter_with_the_rank():
    values = [20.0, 21.0, 22.0, 23.0, 25.0]
    rows = [official("FD04", code, value) for code, value in zip(NEIGHBOURS, values, strict=False)]
    rows += [official("FD04", LEEDS, 24.2, counts=(2494, 10304)), official("FD04", ENGLAND, 22.6)]
    found = compared("FD04", None, *rows, official("FD04", REGION, 21.7))
    assert (found.rank, found.ranked_of, found.quartile, found.region) == (5, 6, 4, 21.7)
    assert found.detail == (
        "2024-25: here 24.2%, England 22.6%, the region 21.7%; 5th of 6 with its neighbours (worst quarter)"
    )


def test_four_neighbours_make_no_rank():
    rows = [official("FD04", code, 20.0) for code in NEIGHBOURS[:4]]
    assert compared("FD04", None, official("FD04", LEEDS, 24.2), official("FD04", ENGLAND, 22.6), *rows).rank is None


def test_a_terms_figure_is_not_on_the_scale_of_a_year():
    known = catalogue().indicators
    assert [i.id for i in known.values() if not on_one_footing(catalogue(), i)] == ["ED05", "ED06"]
    assert on_one_footing(catalogue(), known["FD03"])  # made yearly
    assert on_one_footing(catalogue(), known["CP02"])  # both sides are counted over the quarter


def test_official_figures_have_the_interval_of_their_counts():
    rows = bounded(
        catalogue(), frame(official("FD04", LEEDS, 24.2, counts=(2494, 10304)), official("FD04", ENGLAND, 22.6))
    )
    found = wilson(2494.0, 10304.0)
    assert (rows["lower"][0], rows["upper"][0]) == pytest.approx((100 * found.lower, 100 * found.upper))
    assert rows.loc[1, ["lower", "upper"]].isna().all()


def test_no_official_figure_is_no_fault():
    assert bounded(catalogue(), pd.DataFrame(columns=BENCHMARKS)).columns[-2:].tolist() == ["lower", "upper"]


def test_a_release_carries_the_comparison_with_its_bounds():
    rows = frame(official("FD04", LEEDS, 24.2, counts=(2494, 10304)), official("FD04", ENGLAND, 22.6))
    tables = measured(inputs(figure("FD04", 600, 2500), benchmarks=rows), order(), {}, lambda _: None)
    card = tables["scorecard"].set_index("indicator_id").loc["FD04"]
    assert (card["comparison_words"], card["comparison_on_chart"], card["comparison_period"]) == (
        "Behind England", True, YEAR,
    )  # fmt: skip
    assert tables["benchmark"]["lower"].notna().tolist() == [True, False]


def test_chance_is_counted_over_the_charts_that_judge_their_latest_point():
    every = [f"{year}-{str(year + 1)[2:]}-Q{n}" for year in range(2022, 2026) for n in (1, 2, 3, 4)]
    steady = [figure("CP05", 200 + n % 5, 250 + n % 3, period_id=p) for n, p in enumerate(every)]
    tables = measured(inputs(*steady), order(), {}, lambda _: None)
    series = tables["series"]
    assert series.query("indicator_id == 'CP05'")["chart"].tolist() == ["p_prime"]
    assert tables["publication"]["expected_flags"].tolist() == [pytest.approx(0.015)]
    few = measured(inputs(*steady[-3:]), order(), {}, lambda _: None)
    assert few["publication"]["expected_flags"].tolist() == [0]
