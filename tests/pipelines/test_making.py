from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import pytest

from pipelines.flows import publication, returns
from pipelines.publishing.making_words import count_words
from pipelines.publishing.releasing import measured, release
from pipelines.publishing.words import value_words
from pipelines.queries.making import makings
from pipelines.queries.pointer import current
from pipelines.queries.reading import rows
from schemas.catalogue import catalogue
from schemas.periods import parse, quarters
from schemas.published.methods import METHOD_VERSION, methods
from schemas.published.tables import TABLES
from tests.pipelines.agreed import invented
from tests.pipelines.releases import BENCHMARKS, LEEDS, STEWARD, figure, inputs, order

pytestmark = pytest.mark.slow

NOW = "2026-27-Q2"
YEAR = [q.id for q in quarters(parse("2025-26-Q1"), parse("2025-26-Q4"))]
POPULATION = ["", "population_0_17", "CY2024", LEEDS, "Leeds", None, None, 176239.0, "", "ONS", "ONS"]
KNOWN = pd.DataFrame([POPULATION], columns=BENCHMARKS)


def silent(_: str) -> None:
    """Progress nobody listens to."""


def tables(*sent, audience="partnership", **other):
    asked = replace(order(), audience=audience)
    return measured(inputs(figure("FD01", 9000), *sent, **other), asked, {}, silent)


def made(found, indicator_id, period_id=NOW):
    table = found["made"]
    return table[table["indicator_id"].eq(indicator_id) & table["period_id"].eq(period_id)].iloc[0]


def worked_out(formula: str) -> float:
    """What the left side of a formula gives, by its own numbers."""
    left = formula.partition(" = ")[0].replace(",", "")
    first, *rest = re.split(r" ([÷×]) ", left)
    number = float(first)
    for sign, factor in zip(rest[::2], rest[1::2], strict=True):
        number = number / float(factor) if sign == "÷" else number * float(factor)
    return number


@pytest.mark.parametrize(
    ("sent", "formula"),
    [
        (figure("CP07", 62, 226), "62 ÷ 226 × 100 = 27.4%."),
        (figure("FD03", 2576), "2,576 ÷ 176,239 × 10,000 × 4 = 584.7 per 10,000, as a yearly rate."),
        (figure("DA03", 438), "Counted: 438."),
        (figure("CX01", None, None, value=12.3, period_id=NOW), "Published as 12.3%, without the counts behind it."),
        (figure("CP07", None, None, marker="u"), "No figure: unreliable."),
    ],
)
def test_the_formula_has_the_numbers_that_are_shown(sent, formula):
    assert made(tables(sent, populations=KNOWN), sent["indicator_id"])["formula"] == formula


def test_every_formula_of_a_release_gives_the_value_it_stands_for():
    year = [
        figure("CP07", n, d, period_id=p) for n, d, p in zip((20, 31, 47, 60), (201, 99, 87, 210), YEAR, strict=True)
    ]
    rates = [figure("FD03", 2000 + n, period_id=p) for n, p in enumerate(YEAR)]
    parts = [figure("HE10", n, 4000, agency_id=a) for n, a in ((300, "ltht"), (200, "lch"), (100, "lypft"))]
    found = tables(*year, *rates, *parts, populations=KNOWN)
    told = found["made"].merge(found["figure"].query("agency_id == 'all' and breakdown == 'all'"))
    told = told[told["formula"].str.contains("÷")]
    assert {"FY2025-26", *YEAR, NOW} <= set(told["period_id"])
    for row in told.itertuples():
        indicator = catalogue().indicators[row.indicator_id]
        assert value_words(indicator, worked_out(row.formula)) == value_words(indicator, row.value), row.formula


def test_a_hidden_figure_says_that_it_is_hidden_and_by_which_policy_and_nothing_else():
    row = made(tables(figure("CP07", 3, 226)), "CP07")
    assert row["formula"] == (
        "Hidden to protect, by the policy for this audience: counts of 1 to 5 are hidden and every count that would "
        "give them away."
    )
    assert (row[["parts", "population", "interval", "limits"]] == "").all()


def test_nothing_tells_what_a_hidden_figure_was_made_from():
    found = tables(figure("CP07", 3, 226))
    assert "CP07" not in set(found["made_from"]["indicator_id"])


def test_a_year_names_its_quarters_with_their_numbers():
    sent = [figure("CP07", n, 200, period_id=p) for n, p in zip((20, 30, 40, 60), YEAR, strict=True)]
    row = made(tables(*sent), "CP07", "FY2025-26")
    assert row["parts"] == (
        "Sum of 4 quarters, 2025-26 Q1 to 2025-26 Q4. Counted: 20 + 30 + 40 + 60 = 150. "
        "Out of: 200 + 200 + 200 + 200 = 800."
    )


def test_the_numbers_of_a_sum_stand_only_where_every_part_is_shown():
    parts = [figure("HE10", n, 4000, agency_id=a) for n, a in ((300, "ltht"), (200, "lch"), (3, "lypft"))]
    found = tables(*parts)
    shown = found["figure"].query("indicator_id == 'HE10' and agency_id != 'all'")
    row = made(found, "HE10")
    assert shown["marker"].eq("c").sum() >= 2
    assert not re.search(r"\d \+ \d", row["parts"])


def test_several_agencies_are_named_as_a_sum():
    parts = [figure("HE10", n, 4000, agency_id=a) for n, a in ((300, "ltht"), (200, "lch"), (100, "lypft"))]
    assert made(tables(*parts), "HE10")["parts"].startswith("Sum of 3 agencies’ figures. Counted: ")


def test_the_population_is_named_with_its_year_and_source():
    row = made(tables(figure("FD03", 2576), populations=KNOWN), "FD03")
    assert row["population"].endswith(", 2024: 176,239 (ONS).")
    assert row["interval"].endswith("95% sure. Method: Byar’s interval.")


def test_the_population_named_is_that_of_everybody_and_of_the_latest_year_begun():
    groups = pd.DataFrame(
        [
            [*POPULATION[:2], year, *POPULATION[3:7], count, *POPULATION[8:], *group]
            for year, count, *group in (
                ("CY2024", 176239.0, "all", "all"),
                ("CY2024", 86005.0, "sex", "female"),
                ("CY2023", 174311.0, "all", "all"),
                ("CY2027", 180000.0, "all", "all"),
            )
        ],
        columns=[*BENCHMARKS, "breakdown", "category"],
    )
    found = tables(figure("FD03", 2576), figure("FD03", 2500, period_id="2023-24-Q2"), populations=groups)
    assert made(found, "FD03")["population"].endswith(", 2024: 176,239 (ONS).")
    assert made(found, "FD03", "2023-24-Q2")["population"].endswith(", 2023: 174,311 (ONS).")


@pytest.mark.parametrize(
    ("sent", "method"),
    [(figure("CP07", 62, 226), "Wilson’s interval"), (figure("FD03", 8), "Exact Poisson interval"),
     (figure("FD03", 10), "Byar’s interval")],
)  # fmt: skip
def test_the_interval_names_the_method_that_gave_it(sent, method):
    assert made(tables(sent, populations=KNOWN), sent["indicator_id"])["interval"].endswith(f"Method: {method}.")


def test_the_usual_range_names_its_chart():
    every = [q.id for q in quarters(parse("2023-24-Q2"), parse(NOW))]
    sent = [figure("CP07", 40 + n % 5, 215, period_id=p) for n, p in enumerate(every)]
    assert re.fullmatch(
        rf"[\d.]+% to [\d.]+%\. Method: {methods().of_chart('p_prime').title}\.", made(tables(*sent), "CP07")["limits"]
    )


def test_rounding_is_said_where_the_audience_is_rounded():
    assert "rounded to the nearest 5 first" in made(tables(figure("CP07", 62, 226), audience="public"), "CP07")["parts"]


def test_full_time_equivalents_keep_their_decimals():
    assert [count_words(n) for n in (24.0, 24.7, 24.25)] == ["24", "24.7", "24.25"]


def test_the_page_reads_each_figures_returns(tmp_path):
    sent = [figure("CP07", n, 200, period_id=p) for n, p in zip((20, 30, 40, 60), YEAR, strict=True)]
    release(tmp_path, inputs(*sent), order(), {}, silent)
    told = {each.period_id: each for each in makings(current(tmp_path, "partnership"), "CP07")}
    year = told["FY2025-26"]
    assert [(s.agency, s.gave, s.version) for s in year.sources] == [
        ("Children and Families", (parse(p).short,), 1) for p in YEAR
    ]
    assert told[YEAR[0]].sources[0].approved_by_role == "Head of service"
    assert year.method_version == METHOD_VERSION


def test_the_public_is_told_the_formula_and_no_source(tmp_path):
    asked = replace(order(), audience="public")
    release(tmp_path, inputs(figure("CP07", 60, 225)), asked, {}, silent)
    shown = current(tmp_path, "public")
    told = {made.period_id: (made.formula, made.sources) for made in makings(shown, "CP07")}
    assert told[NOW] == ("60 ÷ 225 × 100 = 26.7%.", ())
    assert {sources for _, sources in told.values()} == {()}
    for table in ("submission", "made_from", "rule_outcome", "commentary"):
        assert rows(shown, f"select * from {table}") == []  # noqa: S608 - our own names
    assert {r["submission_ids"] for r in rows(shown, "select submission_ids from figure")} == {""}


HEAD = "Agency,Indicator ID,Indicator,Period,Area,Breakdown,Category,Number,Out of,Value,Marker,Nil,Reason\n"


def checked(home, number: int):
    """A release of one return with an error, a repeated row and no approver."""
    invented(home)
    path = home / "probation.csv"
    again = f"probation_wy,PO05,,2026-27-Q2,,,,{number},,,,,\n"
    path.write_text(f"{HEAD}probation_wy,PO04,,2026-27-Q2,,,,98,97,,,,\n{again}{again}", encoding="utf-8")
    returns.submit(home, STEWARD, path, datetime(2026, 10, 20, tzinfo=UTC))
    publication.publish(home, order())
    return current(home, "partnership")


def test_what_the_checks_said_is_told_by_rule_and_number(tmp_path):
    shown = checked(tmp_path, 48)
    told = rows(shown, "select indicator_id, period_id, rule, severity, number, explained from rule_outcome order by 1")
    assert [tuple(row.values()) for row in told] == [
        ("PO04", NOW, "part_is_larger_than_the_whole", "error", 1, 0),
        ("PO05", NOW, "row_is_repeated", "note", 1, 0),
        ("all", NOW, "awaiting_agency_approval", "note", 1, 0),
    ]
    outcomes = makings(shown, "PO05")[0].sources[0].outcomes
    assert [(o.rule, o.of_whole_return) for o in outcomes] == [
        ("row_is_repeated", False),
        ("awaiting_agency_approval", True),
    ]


def test_what_the_checks_said_of_a_hidden_figure_is_not_told(tmp_path):
    shown = checked(tmp_path, 3)
    assert [each.is_hidden for each in makings(shown, "PO05")] == [True]
    assert rows(shown, "select rule from rule_outcome where indicator_id = 'PO05'") == []
    assert makings(shown, "PO05")[0].sources == ()


def test_no_message_of_a_check_reaches_a_publication(tmp_path):
    shown = checked(tmp_path, 48)
    for name in TABLES:
        for row in rows(shown, f"select * from {name}"):  # noqa: S608 - our own names
            assert not any("larger than out of" in str(value) for value in row.values()), name


def test_a_reason_beside_a_problem_is_counted():
    found = pd.DataFrame(
        [
            {
                "submission_id": "s", "rule": "swing_has_no_reason", "severity": "query", "sender": "lcc_cf",
                "return_period": NOW, "is_whole_file": False, "indicator_id": "CP07", "period_id": NOW,
                "agency_id": "lcc_cf", "area_id": LEEDS, "breakdown": "all", "category": "all", "has_reason": reason,
            }
            for reason in (True, False, True)
        ]
    )  # fmt: skip
    told = tables(figure("CP07", 62, 226), outcomes=found)["rule_outcome"]
    assert told[["number", "explained"]].to_numpy().tolist() == [[3, 2]]
    assert tables(figure("CP07", 3, 226), outcomes=found)["rule_outcome"].empty


def test_a_figure_summed_from_its_wards_says_so_and_names_their_return(tmp_path):
    year = "FY2025-26"
    wards = [figure("CP07", 20, 90, period_id=year, area_id=ward.code, submission_id="lcc_cf.figures.2025-26-Q4.v1")
             for ward in catalogue().wards]  # fmt: skip
    release(tmp_path, inputs(figure("FD01", 9000), *wards), order(), {}, silent)
    shown = {each.period_id: each for each in makings(current(tmp_path, "partnership"), "CP07")}[year]
    assert shown.parts.startswith("Summed from the wards")
    assert [source.submission_id for source in shown.sources] == ["lcc_cf.figures.2025-26-Q4.v1"]
