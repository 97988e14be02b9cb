"""How publishing grows with the data set: the sample carried on to forty quarters, published from nothing on the way."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.store import agreements
from tests.bench_spent import apart, spent
from tests.pipelines.agreed import SAMPLE, invented

if TYPE_CHECKING:
    from collections.abc import Iterator

STEPS = (10, 20, 30, 40)
AUDIENCE = "partnership"
HEADINGS = f"\n{'growth, from nothing':<46}{'clock':>9}{'processor':>11}{'peak':>10}{'figures':>10}{'vault':>10}  processor of the first"

Arrival = tuple[str, str]


def lines(folder: Path) -> Iterator[str]:
    """Load ten quarters more and publish, four times over."""
    yield HEADINGS
    home, first = folder / "home", 0.0
    _agreed(invented(home))
    for begun, quarters in zip((0, *STEPS), STEPS, strict=False):
        apart("loaded", home, str(begun), str(quarters))
        shutil.rmtree(home / "publications", ignore_errors=True)
        took = spent([sys.executable, "-m", "tests.bench_growth", "publish", str(home)], folder)
        first = first or took.processor
        figures = json.loads(apart("figures_in", home, AUDIENCE))
        size = (home / "vault.duckdb").stat().st_size
        yield (
            f"{f'{quarters} quarters':<46}{took.seconds:>9.2f}{took.processor:>11.2f}{took.peak / 1e9:>7.2f} GB"
            f"{figures:>10,}{size / 1e6:>7.1f} MB{took.processor / first:>8.1f}× for {quarters / STEPS[0]:g}×"
        )


def _agreed(home: Path) -> None:
    """The sample's agreements, carried on: they end before the last of forty quarters, and nothing is released after that."""
    until = _published_at().date() + timedelta(days=365)
    carried = {name: each.model_copy(update={"review_on": until}) for name, each in SAMPLE.agency.items()}
    agreements.write(home, SAMPLE.model_copy(update={"agency": carried}))


def _published_at() -> datetime:
    """When the last of all quarters has come in, as the invented ones lie in the future."""
    from sample_data.generator import chosen

    return datetime.combine(chosen(STEPS[-1])[-1].end + timedelta(days=60), time(12), tzinfo=UTC)


def loaded(home: Path, begun: str, quarters: str) -> str:
    """Load the quarters from the one number to the other, several agencies side by side."""
    from sample_data.generator import chosen, generate

    wanted = {quarter.id for quarter in chosen(STEPS[-1])[int(begun) : int(quarters)]}
    by_agency: dict[str, list[Arrival]] = defaultdict(list)
    for path in generate(home / "sent", quarters=STEPS[-1]):
        if "REFUSED" in path.stem:  # the list of made-up children, sent by mistake
            continue
        _, period_id, *agency, version = path.stem.split("_")
        if period_id in wanted:
            by_agency["_".join(agency)].append((str(path), _received(period_id, version)))
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=spawned) as workers:
        done = [workers.submit(_load, home, arrivals) for arrivals in by_agency.values()]
        return str(sum(each.result() for each in done))


def _received(period_id: str, version: str) -> str:
    """Six weeks after the quarter, a day later for each further version."""
    from schemas.periods import parse

    day = parse(period_id).end + timedelta(days=42 + int(version.removeprefix("v")))
    return datetime.combine(day, time(12), tzinfo=UTC).isoformat()


def _load(home: Path, arrivals: list[Arrival]) -> int:
    from pipelines.flows import returns
    from schemas.actors import Actor

    for path, at in arrivals:
        returns.submit(home, Actor("Bench", "business_unit"), Path(path), datetime.fromisoformat(at))
    return len(arrivals)


def publish(home: Path) -> None:
    """Publish on the day the last of them has come in."""
    from pipelines.flows import publication
    from pipelines.publishing import Order
    from schemas.actors import Actor

    publication.publish(home, Order(AUDIENCE, "Measured", Actor("Bench", "business_unit"), _published_at()))


if __name__ == "__main__":
    publish(Path(sys.argv[2]))
