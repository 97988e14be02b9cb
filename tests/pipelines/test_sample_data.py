"""The sample: the same every time, consistent within itself, accepted when good and caught when spoilt."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from pipelines.checking import Report, check
from sample_data.faulty import FAULTS, Faulty, faulty
from sample_data.generator import LATEST, chosen, generate
from sample_data.returns import Line, Return, World
from sample_data.stories import stories
from sample_data.volumes import volumes
from schemas.catalogue import Catalogue, catalogue
from schemas.periods import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 5)
HERE = "E08000035"


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return catalogue()


@pytest.fixture(scope="module")
def sent(known: Catalogue) -> list[Return]:
    world = World(known)
    senders = [agency.id for agency in known.agencies.values() if agency.sends]
    return [found for quarter in chosen(20) for agency in senders for found in world.returns(agency, quarter)]


@pytest.fixture(scope="module")
def standing(sent: list[Return]) -> list[Return]:
    latest = {(found.agency_id, found.period.id): found for found in sent}
    return list(latest.values())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sample")


@pytest.fixture(scope="module")
def files(folder: Path) -> list[Path]:
    return generate(folder)


@pytest.fixture(scope="module")
def history(known: Catalogue, standing: list[Return]) -> pd.DataFrame:
    rows = [
        {
            "agency_id": found.agency_id,
            "sent_with": found.period.end,
            **{
                name: getattr(line.owed, name)
                for name in ("indicator_id", "period_id", "area_id", "breakdown", "category")
            },
            "numerator": line.numerator,
            "denominator": line.denominator,
            "value": line.numerator if known.indicators[line.owed.indicator_id].denominator is None else line.value,
            "marker": "",
            "reason": line.reason,
            "definition_version": line.definition_version,
        }
        for found in standing
        for line in found.lines
        if line.numerator is not None
    ]
    return pd.DataFrame(rows).astype({"numerator": float, "denominator": float, "value": float})


@pytest.fixture(scope="module")
def reports(files: list[Path], history: pd.DataFrame) -> Mapping[str, Report]:
    """The returns of the last quarter, and every year end of the council: what is hardest."""
    chosen_ones = [
        path
        for path in files
        if any(
            text in path.name
            for text in (LATEST, "2026-27-Q1_lcc_safer", "2025-26-Q4_icb", "Q4_lcc_cf", "2023-24-Q3_lcc_cf")
        )
    ]
    return {path.name: checked(path, history) for path in chosen_ones}


def checked(path: Path, history: pd.DataFrame) -> Report:
    period, _, agency = path.stem.removeprefix("SYNTHETIC_").partition("_")
    quarter = parse(period)
    before = history[history["agency_id"].eq(agency[:-3]) & (history["sent_with"] < quarter.end)]
    past = before.drop(columns="sent_with").reset_index(drop=True)
    return check(path, today=quarter.end + timedelta(days=26), history=past)


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Faulty]:
    return {found.path.stem: found for found in faulty(tmp_path_factory.mktemp("faulty"))}


def totals(returns: list[Return]) -> dict[tuple[str, str, str], Line]:
    return {
        (line.owed.indicator_id, line.owed.period_id, found.agency_id): line
        for found in returns
        for line in found.lines
        if line.owed.breakdown == "all" and line.owed.area_id == HERE and line.numerator is not None
    }


def counts(known: Catalogue, returns: list[Return]) -> Iterator[tuple[tuple[str, ...], float]]:
    for found in returns:
        for line in found.lines:
            indicator = known.indicators[line.owed.indicator_id]
            key = (found.agency_id, line.owed.period_id, line.owed.area_id, line.owed.breakdown, line.owed.category)
            if line.numerator is not None:
                yield (indicator.numerator, indicator.window, *key), line.numerator
            if line.denominator is not None and indicator.denominator:
                yield (indicator.denominator, indicator.window, *key), line.denominator


def test_the_same_returns_come_out_every_time(known: Catalogue, sent: list[Return]) -> None:
    again = list(World(known).returns("lcc_cf", chosen(1)[0]))
    assert again == [found for found in sent if (found.agency_id, found.period.id) == ("lcc_cf", LATEST)]


def test_a_new_indicator_leaves_the_others_as_they_were(known: Catalogue, sent: list[Return]) -> None:
    fewer = {name: found for name, found in known.indicators.items() if not name.startswith("ED")}
    without = Catalogue(**{**{f: getattr(known, f) for f in known.__dataclass_fields__}, "indicators": fewer})
    then = totals(list(World(without).returns("wyp_leeds", chosen(1)[0])))
    now = totals([found for found in sent if (found.agency_id, found.period.id) == ("wyp_leeds", LATEST)])
    assert then == now


def test_a_part_never_exceeds_its_whole(known: Catalogue, standing: list[Return]) -> None:
    shares = {indicator.id for indicator in known.indicators.values() if indicator.measure_type == "percent"}
    over = [
        line
        for found in standing
        for line in found.lines
        if line.owed.indicator_id in shares and (line.numerator or 0) > (line.denominator or 0)
    ]
    assert not over


def test_one_count_has_one_value_wherever_it_stands(known: Catalogue, standing: list[Return]) -> None:
    seen: dict[tuple[str, ...], float] = {}
    for key, count in counts(known, standing):
        assert seen.setdefault(key, count) == count, key


def test_parts_add_up_to_their_whole(known: Catalogue, standing: list[Return]) -> None:
    wholes = dict(counts(known, standing))
    added: dict[tuple[str, ...], float] = defaultdict(float)
    for (*place, breakdown, _), count in wholes.items():
        if breakdown != "all" and known.breakdowns[breakdown].sums_to_total:
            added[(*place, breakdown)] += count
    compared = {
        key: (sum_, wholes[(*key[:-1], "all", "all")])
        for key, sum_ in added.items()
        if (*key[:-1], "all", "all") in wholes
    }
    assert len(compared) > 1_000
    assert [key for key, (parts, whole) in compared.items() if parts != pytest.approx(whole)] == []


def test_wards_add_up_to_the_city_year_by_year(known: Catalogue, standing: list[Return]) -> None:
    city: dict[tuple[str, str], float] = defaultdict(float)
    wards: dict[tuple[str, str], float] = defaultdict(float)
    for found in standing:
        for line in found.lines:
            year = found.period.financial_year.id
            key = (line.owed.indicator_id, year)
            flows = "time" in known.quantities[known.indicators[line.owed.indicator_id].numerator].adds_over
            if not flows or not known.indicators[line.owed.indicator_id].wards or line.owed.breakdown != "all":
                continue
            target = city if line.owed.area_id == HERE else wards
            target[key] += line.numerator or 0
    whole_years = {key for key in wards if key[1] not in ("FY2021-22", "FY2026-27")}
    assert whole_years
    assert {key: wards[key] for key in whole_years} == {key: city[key] for key in whole_years}


def test_the_chain_from_contact_to_plan_holds(standing: list[Return]) -> None:
    found = totals(standing)
    for quarter in chosen(20):
        at = {name: found[name, quarter.id, "lcc_cf"] for name in ("FD02", "CP01", "CP02", "CP07", "CP08")}
        assert at["FD02"].numerator <= at["FD02"].denominator
        assert at["CP07"].denominator <= at["CP02"].numerator <= at["CP01"].numerator
        assert at["CP08"].numerator <= at["CP08"].denominator


def test_volumes_are_those_of_a_city_like_leeds(standing: list[Return]) -> None:
    found = totals(standing)
    year = [f"2024-25-Q{number}" for number in (1, 2, 3, 4)]
    flows = {"FD03": 10_304, "CP01": 3_097, "CP04": 1_000}
    for name, published in flows.items():
        assert sum(found[name, quarter, "lcc_cf"].numerator for quarter in year) == pytest.approx(published, rel=0.08)
    stocks = {"CN01": 5_775, "CP06": 634, "LA01": 1_498}
    for name, published in stocks.items():
        assert found[name, year[-1], "lcc_cf"].numerator == pytest.approx(published, rel=0.08)


def test_referrals_dip_in_the_summer(standing: list[Return]) -> None:
    found = totals(standing)
    for year in ("2022-23", "2023-24", "2024-25", "2025-26"):
        summer, autumn = (found["FD03", f"{year}-Q{number}", "lcc_cf"].numerator for number in (2, 3))
        assert summer < autumn


def test_the_stories_are_told_as_written(standing: list[Return]) -> None:
    found = totals(standing)
    latest = found["CP07", LATEST, "lcc_cf"]
    assert (latest.numerator, latest.denominator, latest.value) == (62, 226, 27.4)
    before = [found["CP07", f"2022-23-Q{n}", "lcc_cf"].definition_version for n in (1, 2, 3, 4)]
    assert before == [1, 1, 1, 1]
    assert latest.definition_version == 2
    waiting = [sum(found["HE12", q.id, a].numerator for a in ("lch", "lypft")) for q in chosen(7)]
    assert waiting == sorted(waiting)
    assert waiting[-1] == 1284


def test_police_have_not_sent_incidents_for_two_quarters(standing: list[Return]) -> None:
    found = totals(standing)
    sent = [quarter.id for quarter in chosen(20) if ("DA01", quarter.id, "wyp_leeds") in found]
    assert sent[-1] == "2025-26-Q4"


def test_one_return_is_late_and_one_was_sent_twice(sent: list[Return]) -> None:
    assert not [found for found in sent if (found.agency_id, found.period.id) == ("probation_wy", LATEST)]
    first, second = (f for f in sent if (f.agency_id, f.period.id) == ("lcc_safer_leeds", "2026-27-Q1"))
    differing = [(a, b) for a, b in zip(first.lines, second.lines, strict=True) if a.numerator != b.numerator]
    (was, now), *others = differing
    assert (was.numerator, now.numerator, others) == (395, 401, [])
    assert "June meeting" in now.reason


def test_small_numbers_occur_so_that_protection_has_work(standing: list[Return]) -> None:
    parts = [line.numerator for found in standing for line in found.lines if line.owed.breakdown != "all"]
    small = [count for count in parts if count is not None and 1 <= count <= 5]
    assert 0.02 < len(small) / len(parts) < 0.3


def test_every_volume_and_story_is_of_an_indicator(known: Catalogue) -> None:
    assert set(volumes()) <= set(known.indicators)
    assert set(stories().indicator) <= set(known.indicators)
    for account in stories().account:
        assert account.agency_id in known.indicators[account.indicator_id].sent_by


def test_every_file_is_marked_synthetic(files: list[Path]) -> None:
    assert all(path.name.startswith("SYNTHETIC") for path in files)


def test_the_last_four_quarters_are_workbooks(files: list[Path]) -> None:
    kinds = {path.name.split("_")[1]: path.suffix for path in files if "lcc_cf" in path.name}
    assert [kinds[quarter.id] for quarter in chosen(20)] == [".csv"] * 16 + [".xlsx"] * 4


def test_the_same_files_come_out_every_time(files: list[Path], tmp_path: Path) -> None:
    again = {path.name: path.read_bytes() for path in generate(tmp_path, quarters=5) if path.suffix == ".csv"}
    assert again
    assert all((files[0].parent / name).read_bytes() == content for name, content in again.items())


def test_every_good_return_is_taken_without_an_error(reports: Mapping[str, Report]) -> None:
    faults = {
        name: [(p.rule, p.message) for p in report.problems if p.severity == "error"]
        for name, report in reports.items()
        if "REFUSED" not in name
    }
    assert {name: found for name, found in faults.items() if found} == {}


def test_good_returns_raise_few_questions(reports: Mapping[str, Report]) -> None:
    queries = [p for name, r in reports.items() if "REFUSED" not in name for p in r.problems if p.severity == "query"]
    assert len(queries) <= len(reports) / 10, [query.message for query in queries]


def test_the_child_list_is_refused_and_nothing_of_it_repeated(reports: Mapping[str, Report]) -> None:
    report = next(report for name, report in reports.items() if "REFUSED" in name)
    assert (report.verdict, report.exit_code, len(report.figures)) == ("refused", 2, 0)
    assert not any("Example Child" in str(problem) or "999 000" in str(problem) for problem in report.problems)


def test_the_latest_accounts_arrive(reports: Mapping[str, Report]) -> None:
    told = [set(report.commentary["indicator_id"]) for name, report in reports.items() if LATEST in name]
    assert set().union(*told) == {account.indicator_id for account in stories().account}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_every_spoilt_return_is_caught_by_its_rule(fault: object, spoilt: Mapping[str, Faulty]) -> None:
    found = spoilt[f"SYNTHETIC_FAULTY_{fault.name}"]
    report = check(found.path, today=TODAY)
    assert found.rule in {problem.rule for problem in report.problems}


@pytest.mark.parametrize("number", [0, 99])
def test_more_quarters_than_are_drawn_is_said(number: int, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=f"{number} quarters: the sample has between 1 and"):
        generate(tmp_path, quarters=number)
