"""The attacker is able: each leak planted in a file is found."""

from __future__ import annotations

import pytest

from pipelines.measures.intervals import wilson
from schemas.catalogue import catalogue
from tests.attack.attacking import Attack
from tests.attack.cells import Cell, Edition, Truth, Where
from tests.attack.planted import line, planted, split
from tests.pipelines.releases import LEEDS

pytestmark = pytest.mark.slow

QUARTERS = tuple(f"2025-26-Q{n}" for n in (1, 2, 3, 4))
YEAR = "FY2025-26"
WHOLE = Where("2025-26-Q1", "all", LEEDS, "all", "all")


def quarters(indicator_id, *counts):
    return [line(indicator_id, count, period_id=period) for count, period in zip(counts, QUARTERS, strict=True)]


@pytest.fixture
def known(tmp_path):
    """What is known of a count after reading files, each a list of figures; the last one's other tables by name."""

    def narrowed(where, *files, indicator_id="PO01", side="numerator", audience="partnership", **tables):
        editions, asked = [], len(list(tmp_path.iterdir()))
        for number, figures in enumerate(files):
            last = tables if figures is files[-1] else {}
            path = planted(tmp_path / f"{asked}-{number}.duckdb", *figures, audience=audience, **last)
            editions.append(Edition((path,)))
        return Attack(editions).interval(indicator_id, side, where)

    return narrowed


def test_a_category_less_than_its_total(known):
    figures = [line("PO01", 40), *split("PO01", "sex", 37, None, 0)]
    assert known(WHOLE._replace(breakdown="sex", category="boys"), figures) == (3, 3)


def test_two_breakdowns_of_a_total_nobody_shows(known):
    figures = [*split("PO01", "sex", 37, None, 0), *split("PO01", "disability", 10, 28, 2)]
    assert known(WHOLE._replace(breakdown="sex", category="boys"), figures) == (3, 3)


def test_a_category_that_is_missing_bounds_the_others(known):
    figures = [line("PO01", 40), *split("PO01", "sex", 37, None, 0)[:2]]
    assert known(WHOLE._replace(breakdown="sex", category="boys"), figures) == (0, 3)


def test_a_quarter_less_than_its_year(known):
    assert known(WHOLE, [*quarters("PO01", None, 30, 31, 32), line("PO01", 96, period_id=YEAR)]) == (3, 3)


def test_a_year_to_date_less_than_the_one_before(known):
    figures = [line("PO01", n, period_id=p) for p, n in (("YTD2025-26-Q2", 33), ("YTD2025-26-Q3", 36))]
    figures.append(line("PO01", None, period_id="2025-26-Q3"))
    assert known(WHOLE._replace(period_id="2025-26-Q3"), figures) == (3, 3)


def test_two_rolling_years_differ_by_two_quarters(known):
    figures = [line("PO01", n, period_id=p) for p, n in (("R12-2025-03", 100), ("R12-2025-06", 83))]
    figures += [line("PO01", 20, period_id="2024-25-Q1"), line("PO01", None)]
    assert known(WHOLE, figures) == (3, 3)


def test_a_yearly_split_and_the_quarters_of_a_year_nobody_shows(known):
    figures = [*quarters("PO01", None, 30, 31, 32), *split("PO01", "sex", 50, 46, 0, period_id=YEAR)]
    assert known(WHOLE, figures) == (3, 3)


def test_wards_and_the_city(known):
    wards = [line("FD03", 30 if n else None, period_id=YEAR, area_id=w.code) for n, w in enumerate(catalogue().wards)]
    figures = [*wards, line("FD03", 30 * len(wards) - 27, period_id=YEAR)]
    hidden = Where(YEAR, "all", catalogue().wards[0].code, "all", "all")
    assert known(hidden, figures, indicator_id="FD03") == (3, 3)


def test_one_sender_less_than_all(known):
    senders = catalogue().indicators["YV05"].sent_by
    figures = [line("YV05", n, agency_id=a) for a, n in zip((*senders, "all"), (None, 58, 61), strict=True)]
    assert known(WHOLE._replace(agency_id=senders[0]), figures, indicator_id="YV05") == (3, 3)


def test_a_percentage_times_its_denominator(known):
    assert known(WHOLE, [line("CP07", None, 226, value=100 * 3 / 226)], indicator_id="CP07") == (3, 3)


def test_a_rate_times_a_population_another_row_tells(known):
    figures = [line("FD03", None, value=3 / 176239 * 10000 * 4, annualised=True), line("CN01", 500, 176239)]
    assert known(WHOLE, figures, indicator_id="FD03") == (3, 3)


def test_a_percentage_is_a_ratio_where_both_counts_are_hidden(known):
    figures = [line("CP07", None, None, value=25.0), line("CP07", 5, 20, period_id="2025-26-Q2")]
    figures += [line("CP07", None, 28, period_id="YTD2025-26-Q2")]
    assert known(WHOLE, figures, indicator_id="CP07", side="numerator") == (2, 2)


def test_an_interval_gives_both_counts_back(known):
    found = wilson(3, 226)
    figures = [line("CP07", None, None, lower=100 * found.lower, upper=100 * found.upper)]
    assert known(WHOLE, figures, indicator_id="CP07") == (3, 3)
    assert known(WHOLE, figures, indicator_id="CP07", side="denominator") == (226, 226)


def test_a_quantity_of_two_indicators(known):
    figures = [line("FD03", 7), line("FD04", 0, None)]
    assert known(WHOLE, figures, indicator_id="FD04", side="denominator") == (7, 7)


def test_a_complement_bounds_its_numerator(known):
    assert known(WHOLE, [line("CP07", None, 4)], indicator_id="CP07") == (0, 4)


def test_a_mean_made_with_the_hidden_point(known):
    counts = (20, 30, None, 40)
    points = [
        f | {"value": f["numerator"], "mean": 93 / 4, "position": n} for n, f in enumerate(quarters("PO01", *counts))
    ]
    chart = [line("PO01", None) | {"chart": "xmr"}]
    place = WHOLE._replace(period_id="2025-26-Q3")
    assert known(place, quarters("PO01", *counts), series=chart, series_point=points) == (3, 3)


def test_a_mean_of_the_points_shown_tells_nothing(known):
    counts = (20, 30, None, 40)
    points = [
        f | {"value": f["numerator"], "mean": 30.0, "position": n} for n, f in enumerate(quarters("PO01", *counts))
    ]
    chart = [line("PO01", None) | {"chart": "xmr"}]
    place = WHOLE._replace(period_id="2025-26-Q3")
    assert known(place, quarters("PO01", *counts), series=chart, series_point=points)[1] > 1000


@pytest.mark.parametrize(
    "card",
    [
        {"latest_words": "3"},
        {"n_words": "Last: 3 in 2025-26 Q1", "period_id": "2025-26-Q2"},
        {"change_words": "Down 27", "period_id": "2025-26-Q1"},
    ],
)
def test_the_words_of_the_scorecard(known, card):
    figures = [line("PO01", None), line("PO01", 30, period_id="2024-25-Q4")]
    assert known(WHOLE, figures, scorecard=[{"indicator_id": "PO01", "period_id": "2025-26-Q1"} | card]) == (3, 3)


@pytest.mark.parametrize("told", ["n_words", "finding"])
def test_counts_in_a_sentence(known, told):
    words = "3 of 226" if told == "n_words" else "Second plans fell to 1.3% (3 of 226), below its usual 10% to 20%."
    card = [{"indicator_id": "CP07", "period_id": "2025-26-Q1", told: words}]
    assert known(WHOLE, [line("CP07", None, None)], indicator_id="CP07", scorecard=card) == (3, 3)


def test_an_official_figure_of_the_same_year(known):
    figures = [*quarters("FD03", None, 30, 31, 32), line("FD03", None, period_id=YEAR)]
    official = [{"indicator_id": "FD03", "period_id": YEAR, "area_code": LEEDS, "numerator": 96.0}]
    assert known(WHOLE, figures, indicator_id="FD03", benchmark=official) == (3, 3)


def test_what_an_older_file_showed(known):
    place = WHOLE._replace(breakdown="sex", category="boys")
    first = [line("PO01", 40), *split("PO01", "sex", 37, 3, 0)]
    assert known(place, first, [line("PO01", 40), *split("PO01", "sex", None, None, 0)]) == (3, 3)


def test_an_older_total_of_unchanged_counts(tmp_path):
    def truth(*counts):
        places = [Where(p, "all", LEEDS, "all", "all") for p in (*QUARTERS, YEAR)]
        return Truth({Cell("police_protections", w): float(n) for w, n in zip(places, counts, strict=True)})

    first = planted(tmp_path / "1.duckdb", *quarters("PO01", None, None, 30, 46), line("PO01", 100, period_id=YEAR))
    second = planted(tmp_path / "2.duckdb", *quarters("PO01", None, None, None, 46), line("PO01", 73, period_id=YEAR))
    editions = [Edition((first,), truth(4, 20, 30, 46, 100)), Edition((second,), truth(4, 20, 3, 46, 73))]
    assert Attack(editions).interval("PO01", "numerator", WHOLE._replace(period_id="2025-26-Q3")) == (3, 3)
    assert [leak.truth for leak in Attack(editions).leaks()] == [3]


def test_rounded_figures_are_intervals(known):
    figures = [line("PO01", 40), *split("PO01", "sex", 35, None, 0)]
    place = WHOLE._replace(breakdown="sex", category="boys")
    assert known(place, figures, audience="public") == (1, 9)


def test_a_small_count_left_in_the_open_is_a_leak(tmp_path):
    path = planted(tmp_path / "1.duckdb", line("PO01", 3))
    leaks = Attack([Edition((path,), Truth({Cell("police_protections", WHOLE): 3.0}))]).leaks()
    assert [str(leak) for leak in leaks] == ["police_protections (2025-26-Q1, E08000035) is 3: known to lie in 3 to 3"]
