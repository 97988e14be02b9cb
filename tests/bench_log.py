"""How long a long event log takes: held against its chain, a page of it, a copy of it. `make bench`, or this alone by its name.

A log of twenty thousand entries is what a partnership of fifteen agencies writes in about twenty years. Beside it stands one
of a quarter of that: what grows with the log takes four times as long, and no more.
"""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.flows import log
from pipelines.queries import event_log
from pipelines.queries.event_log import Wanted
from pipelines.store import chain, events
from pipelines.store.opening import transaction
from schemas.actors import Actor
from tests.bench_spent import timed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZES = (5_000, 20_000)
RUNS = 3
STEWARD = Actor("Bench", "business_unit")
BEGUN = datetime(2021, 7, 1, 9, tzinfo=UTC)
HEADINGS = (
    f"{'event log, processor seconds':<46}" + "".join(f"{f'{size:,} entries':>16}" for size in SIZES) + f"{'ratio':>9}"
)


def lines() -> Iterator[str]:
    """Each act over a log of each size, and how much longer the longer one takes."""
    yield HEADINGS
    took: dict[str, list[float]] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as place:
            home = Path(place)
            lengthened(home, size)
            for name, act in _acts(home).items():
                took.setdefault(name, []).append(median(run.processor for run in timed(act, RUNS)))
    times = SIZES[-1] / SIZES[0]
    for name, (short, long) in took.items():
        yield f"{name:<46}{short:>16.3f}{long:>16.3f}{long / short:>8.1f}× for {times:g}×"


def lengthened(home: Path, size: int) -> None:
    """Make a log of so many entries: returns that come in, one after another, chained as any are."""
    with transaction(home, write=True) as connection:
        last = events.head(connection)
        rows = list(_entries(last.position, last.hash, size))
        connection.register(
            "made", pd.DataFrame(rows, columns=[*chain.FIELDS, "previous", "hash"]).astype({"position": "int64"})
        )
        connection.execute("insert into event select * from made")
        connection.unregister("made")


def _entries(position: int, before: str, size: int) -> Iterator[tuple[Any, ...]]:
    for number in range(position + 1, size + 1):
        detail = json.dumps(
            {"rows": 90, "rows_accepted": number % 90, "verdict": "accepted_with_queries"}, separators=(",", ":")
        )
        entry: dict[str, Any] = {
            "position": number,
            "happened_at": (BEGUN + timedelta(hours=number)).isoformat(),
            "actor": f"Analyst {number % 15}",
            "role": "analyst",
            "agency_id": "probation_wy",
            "action": "submission.received",
            "subject": f"probation_wy.figures.2026-27-Q2.v{number}",
            "detail": detail,
        }
        own = chain.hashed(before, entry)
        yield (*entry.values(), before, own)
        before = own


def _acts(home: Path) -> dict[str, Callable[[], object]]:
    old = event_log.entries(home, STEWARD, Wanted(), limit=1).many // 2

    def verified() -> None:
        found = log.verify(home, STEWARD)
        if found.faults:
            raise RuntimeError(f"The log is not whole: {found.faults[0].words}")

    longer = count(50)  # what was asked before is remembered: each page is one entry longer than the last

    def page(wanted: Wanted, before: int | None) -> None:
        event_log.entries(home, STEWARD, wanted, limit=next(longer), before=before)

    return {
        "verified": verified,
        "the newest page": lambda: page(Wanted(), None),
        "a page in the middle, of one person": lambda: page(Wanted(actor="Analyst 3"), old),
        "a copy of all, as a table": lambda: log.table(home, STEWARD, Wanted()),
        "a copy of all, as CSV": lambda: log.export(home, STEWARD, Wanted(), home / "log.csv", BEGUN),
        "a copy of all, as Excel": lambda: log.export(home, STEWARD, Wanted(), home / "log.xlsx", BEGUN),
    }


if __name__ == "__main__":
    for line in lines():
        sys.stdout.write(line + "\n")
