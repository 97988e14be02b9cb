"""A vault of the sample for tests of what its logs come to: the logs as they came in, and the figures they are linked to."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.checking import Report
from pipelines.flows import benchmarks, demo, publication, returns, taking_in
from pipelines.flows.demo_arrivals import FIRST, Arrival
from pipelines.publishing import Order
from pipelines.store import submissions
from pipelines.store.opening import transaction
from sample_data.assessments.files import write_assessments
from sample_data.generator import chosen
from sample_data.logs.files import write_logs
from sample_data.logs.story import expected
from sample_data.returns import World
from schemas.catalogue import catalogue
from schemas.catalogue.cycle import due_on
from schemas.periods import parse
from tests.pipelines.agreed import invented

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.flows.returns import Loaded
    from sample_data.assessments.returns import AssessmentReturn
    from sample_data.returns import Line, Return
    from schemas.periods import Period

AT = demo.MEETINGS[-1][0]
_OFFICIAL = Path(__file__).parents[2] / "sample_data" / "benchmarks"


@dataclass(frozen=True)
class Sample:
    """A home in which the sample stands and is published, and what came of each self-assessment and audit."""

    home: Path
    taken: list[tuple[AssessmentReturn, Loaded]]


def built(place: Path) -> Sample:
    """The sample in an empty folder, published; its files lie beside the home."""
    home, files = place / "home", place / "files"
    home.mkdir()
    return published(home, files)


def published(home: Path, folder: Path) -> Sample:
    """Fill the home and publish it for every audience as the last meeting of the sample saw it."""
    first = chosen(20)[0]
    invented(home)
    benchmarks.load(home, demo.STEWARD, sorted(_OFFICIAL.glob("*.csv")), _moment(first), iter)
    _keep_figures(home)
    for path in write_logs(folder, catalogue()):
        sender = path.stem.split("_")[2]
        actor = demo.SCRUTINEER if sender == demo.SCRUTINEER.role else demo.STEWARD
        returns.submit(home, actor, path, _moment(parse(path.stem.split("_")[1])))
    taken = _assess(home, folder)
    orders = [Order(audience, "Test", demo.STEWARD, AT) for audience in demo.AUDIENCES]
    publication.publish_each(home, orders, lambda _: None)
    return Sample(home, taken)


def _assess(home: Path, folder: Path) -> list[tuple[AssessmentReturn, Loaded]]:
    """Load the register, the self-assessments and the audits as they came in, each with what came of it."""
    came = [
        (sent, Arrival(sent.at, path, FIRST, moderating=sent.moderating))
        for sent, path in write_assessments(folder, catalogue())
    ]
    taken = taking_in.take(home, [arrival for _, arrival in came])
    return [(sent, loaded) for (sent, _), loaded in zip(came, taken, strict=True)]


def _moment(quarter: Period) -> datetime:
    return datetime.combine(due_on(catalogue(), quarter) - timedelta(days=3), time(16, 5), tzinfo=UTC)


def _keep_figures(home: Path) -> None:
    """The whole-area figures of every linked indicator, as they stood in the end; checking them is another test's."""
    world = World(catalogue())
    linked = {verdict.indicator_id for verdict in expected().verdict}
    standing: dict[tuple[str, str], Return] = {
        (found.agency_id, found.period.id): found
        for quarter in chosen(20)
        for agency in catalogue().agencies.values()
        if agency.sends
        for found in world.returns(agency.id, quarter)
    }
    sent: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for key, found in standing.items():
        sent[key] += _rows(found.agency_id, found.lines, linked)
    with transaction(home, write=True) as connection:
        for (agency_id, period_id), rows in sent.items():
            if rows:
                content = f"{agency_id} {period_id}".encode()
                report = _report(agency_id, period_id, rows, content)
                at = _moment(parse(period_id))
                submissions.receive(connection, home, demo.STEWARD, report, content, at=at)


def _rows(agency_id: str, lines: tuple[Line, ...], linked: set[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        is_total = line.owed.breakdown == "all" and line.owed.area_id == catalogue().partnership.area_code
        if is_total and line.owed.indicator_id in linked and line.numerator is not None:
            counted = catalogue().indicators[line.owed.indicator_id].denominator is None
            yield {
                "agency_id": agency_id,
                **{name: getattr(line.owed, name) for name in ("indicator_id", "period_id", "area_id")},
                "breakdown": "all",
                "category": "all",
                "marker": "",
                "reason": "",
                "sheet": "Figures",
                "numerator": line.numerator,
                "denominator": line.denominator,
                "value": line.numerator if counted else line.value,
                "definition_version": line.definition_version,
            }


def _report(agency_id: str, period_id: str, rows: list[dict[str, Any]], content: bytes) -> Report:
    numbers = dict.fromkeys(("numerator", "denominator", "value"), float)
    figures = pd.DataFrame(rows).astype(numbers).set_axis(range(2, 2 + len(rows)))
    digest = hashlib.sha256(content).hexdigest()
    return Report(
        f"{agency_id}_{period_id}.csv", digest, "figures", agency_id, period_id, "accepted", 0, len(rows), len(rows),
        (), figures=figures, template_version="1",
        cover={"approved_by_role": "Head of service", "prepared_by_role": "Analyst", "approved_on": "2026-10-20"},
    )  # fmt: skip
