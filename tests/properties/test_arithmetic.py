"""Longer periods and larger areas of every indicator: what publishing works out in SQL against plain Python."""

from __future__ import annotations

import math
import random
from statistics import fmean
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from pipelines.measures.years import year_value
from pipelines.publishing.figures import figures
from pipelines.publishing.protecting import protected
from schemas.catalogue import catalogue
from schemas.periods import Period, of_kind, parse, quarters
from tests.pipelines.releases import LEEDS, figure, sent

if TYPE_CHECKING:
    from schemas.catalogue.indicator import Indicator

pytestmark = pytest.mark.slow

C = catalogue()
FIRST, LAST = parse("2021-22-Q3"), parse("2026-27-Q2")
POPULATION = {2021: 170_000, 2022: 171_000, 2023: 172_000, 2024: 173_000, 2025: 174_000, 2026: 175_000}
WHOLE = {"area_code": LEEDS, "breakdown": "all", "category": "all"}
Sent = dict[tuple[str, str, str, str], tuple[float, float | None]]


def invented(seed: int) -> Sent:
    """Counts too large to be hidden, by indicator, agency, period and area; one in twelve is not sent."""
    chance = random.Random(seed)  # noqa: S311 - invented counts, no secret
    made: Sent = {}
    for i in C.indicators.values():
        for period in periods(i):
            for agency in i.sent_by:
                if chance.random() > 1 / 12:
                    made[i.id, agency, period.id, LEEDS] = counts(chance, i)
        if i.wards and chance.random() > 1 / 4:
            year = "FY2024-25" if i.year_value in ("sum", "recompute") else "2024-25-Q4"
            for ward in C.wards:
                made[i.id, i.agency_id, year, ward.code] = counts(chance, i)
    return made


def counts(chance: random.Random, i: Indicator) -> tuple[float, float | None]:
    top = float(chance.randint(60, 400))
    own = i.denominator is not None and not C.quantities[i.denominator].official
    return top, (top + chance.randint(60, 900) if own else None)


def periods(i: Indicator) -> list[Period]:
    every = quarters(FIRST, LAST.year_before if i.window == "cohort" else LAST)
    if i.measure_type == "rare" or i.frequency == "annual":
        return [q.financial_year for q in every if q.end.month == 3]
    if i.frequency == "termly":
        terms = dict.fromkeys(of_kind("term", day) for q in every for day in (q.start, q.end))
        return [t for t in terms if FIRST.start <= t.end <= LAST.end]
    return [q for q in every if i.frequency == "quarterly" or q.end.month in (3, 9)]


def released(made: Sent) -> pd.DataFrame:
    rows = [
        figure(i, n, d, agency_id=agency, period_id=period, area_id=area)
        for (i, agency, period, area), (n, d) in made.items()
    ]
    people = pd.DataFrame(
        [
            {"quantity_id": q.id, "period_id": f"CY{year}", "value": float(n), **WHOLE}
            for q in C.quantities.values()
            if q.official
            for year, n in POPULATION.items()
        ]
    )
    reader, observations = C.audiences["partnership"], sent(*rows)
    found = figures(C, protected(C, observations, reader), observations, people, reader)
    assert not found["marker"].eq("c").any()
    return found.query("breakdown == 'all' and area_id == @LEEDS and agency_id == 'all'").set_index(
        ["indicator_id", "period_id"]
    )


def of_all_agencies(made: Sent, i: Indicator, period_id: str) -> tuple[float, float | None] | None:
    parts = [made.get((i.id, agency, period_id, LEEDS)) for agency in i.sent_by]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    sizes = [size for _, size in known if size is not None]
    return sum(top for top, _ in known), (sum(sizes) if sizes else None)


def version(i: Indicator, period: Period) -> int:
    return max(d.version for d in i.definitions if parse(d.from_period).start <= period.start)


def longer(i: Indicator) -> list[tuple[Period, list[Period]]]:
    """Each longer period with the parts it is made of, written out from the rules in words."""
    every = [p for p in periods(i) if p.start >= parse(i.definitions[0].from_period).start]
    adds = i.year_value in ("sum", "recompute")
    found: list[tuple[Period, list[Period]]] = []
    for n, last in enumerate(every):
        if last.kind == "term":
            if adds and last.id.endswith("T3") and n >= 2:
                found.append((of_kind("academic_year", last.end), every[n - 2 : n + 1]))
            elif i.year_value == "last" and last.id.endswith("T3"):
                found.append((of_kind("academic_year", last.end), [last]))
        elif last.kind == "financial_quarter" and i.year_value == "last" and last.end.month == 3:
            found.append((last.financial_year, [last]))
        elif last.kind == "financial_quarter" and adds and i.frequency == "quarterly":
            place = int(last.id[-1])
            kind = "financial_year" if place == 4 else "rolling_12_months"
            if n >= 3:
                found.append((of_kind(kind, last.end), every[n - 3 : n + 1]))
            if place in (2, 3) and n >= place - 1:
                found.append((of_kind("year_to_date", last.end), every[n - place + 1 : n + 1]))
    return found


def expected(made: Sent, i: Indicator, window: Period, parts: list[Period]) -> float | None:
    """The figure in plain Python: sums of what adds, means of what stays, rates a year."""
    known = [of_all_agencies(made, i, part.id) for part in parts]
    if None in known or len({version(i, part) for part in parts}) > 1:
        return None
    pairs = [pair for pair in known if pair is not None]
    top, size = math.fsum(n for n, _ in pairs), None
    if i.denominator is None:
        return top
    quantity = C.quantities[i.denominator]
    if quantity.official:
        size = float(POPULATION[window.financial_year.start.year])
    else:
        sizes = [d for _, d in pairs if d is not None]
        size = math.fsum(sizes) if "time" in quantity.adds_over else fmean(sizes)
    months = 3 * len(parts) if window.kind == "year_to_date" else 12
    return i.per * top / size * (12 / months if i.annualise and len(parts) * 3 == months else 1)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_longer_periods_of_every_indicator_are_what_plain_python_finds(seed):
    made = invented(seed)
    found, compared, lacking = released(made), 0, 0
    for i in C.indicators.values():
        for window, parts in longer(i):
            wanted = expected(made, i, window, parts)
            sent_so = of_all_agencies(made, i, window.id)
            wards = window.id == "FY2024-25" and (i.id, i.agency_id, window.id, C.wards[0].code) in made
            if sent_so is not None or (wanted is None and wards):
                continue
            row = found.loc[(i.id, window.id)] if (i.id, window.id) in found.index else None
            if wanted is None:
                lacking += 1
                assert row is None or math.isnan(row["value"]), (i.id, window.id)
                assert row is None or i.year_value == "last" or row["note"].startswith("Not worked out"), row
                continue
            compared += 1
            assert row is not None and row["value"] == pytest.approx(wanted, rel=1e-12), (i.id, window.id)
    assert compared > 1200 and lacking > 100


def test_the_rules_for_years_agree_with_the_pure_function():
    made = invented(4)
    found, compared = released(made), 0
    for i in C.indicators.values():
        whole = [(w, parts) for w, parts in longer(i) if w.kind == "financial_year"]
        for window, parts in whole if i.frequency == "quarterly" else []:
            known = [of_all_agencies(made, i, part.id) for part in parts]
            if None in known or of_all_agencies(made, i, window.id) or len({version(i, p) for p in parts}) > 1:
                continue
            pairs = [pair for pair in known if pair is not None]
            own = i.denominator is not None and not C.quantities[i.denominator].official
            if i.year_value == "recompute" and not own:
                continue
            sizes = [d for _, d in pairs if d is not None]
            values = [n if i.denominator is None else found["value"].get((i.id, p.id), math.nan) for (n, _), p in zip(pairs, parts, strict=True)]  # fmt: skip
            wanted = year_value(
                values, i.year_value, numerators=[n for n, _ in pairs], denominators=sizes or None, multiplier=i.per
            )
            assert found["value"][i.id, window.id] == pytest.approx(wanted.value, rel=1e-12), (i.id, window.id)
            compared += 1
    assert compared > 150


def test_a_city_is_summed_from_its_wards_only_where_every_ward_has_sent():
    chance = random.Random(7)  # noqa: S311 - invented counts, no secret
    split = {i.id: i for i in C.indicators.values() if i.wards}
    years = {i: "FY2024-25" if split[i].year_value in ("sum", "recompute") else "2024-25-Q4" for i in split}
    made: Sent = {
        (i.id, i.agency_id, years[i.id], ward.code): counts(chance, i) for i in split.values() for ward in C.wards
    }
    found = released(made)
    assert len(split) > 10
    for i in split.values():
        year = years[i.id]
        mine = [pair for (indicator_id, *_), pair in made.items() if indicator_id == i.id]
        tops, sizes = [n for n, _ in mine], [d for _, d in mine if d is not None]
        size = sum(sizes) if sizes else float(POPULATION[2024])
        wanted = sum(tops) if i.denominator is None else i.per * sum(tops) / size
        quarterly = 4 if i.annualise and year.endswith("Q4") else 1
        assert found["value"][i.id, year] == pytest.approx(wanted * quarterly), i.id
        assert found["note"][i.id, year].startswith("Summed from the wards")
    without_one = {key: pair for key, pair in made.items() if key[3] != C.wards[0].code}
    assert len(without_one) == len(made) - len(split)
    assert not set(released(without_one).index) & set(years.items())


def test_part_of_a_year_is_given_as_a_rate_a_year_and_says_so():
    rows = [figure("CP01", 600, None, period_id=f"2025-26-Q{q}") for q in (1, 2, 3)]
    observations, reader = sent(*rows), C.audiences["partnership"]
    people = pd.DataFrame([{"quantity_id": "population_0_17", "period_id": "CY2025", "value": 1e5, **WHOLE}])
    found = figures(C, protected(C, observations, reader), observations, people, reader).set_index("period_id")
    assert found["value"]["2025-26-Q1"] == pytest.approx(240)
    assert found["value"]["YTD2025-26-Q3"] == pytest.approx(240)
    assert found["annualised"][["2025-26-Q1", "YTD2025-26-Q3"]].all()
    assert found["note"]["R12-2025-12"] == "Not worked out, because there is no figure for 2024-25 Q4."
    assert not found["annualised"]["R12-2025-12"]
