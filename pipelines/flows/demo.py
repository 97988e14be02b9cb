"""The sample vault: invented returns, loaded as they would have come in, and published twice."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.flows import benchmarks, publication, taking_in, tidying
from pipelines.flows.demo_arrivals import FIRST, SCRUTINEER, STEWARD, Arrival, arrivals
from pipelines.publishing import Order
from pipelines.queries.pointer import current
from pipelines.store import agreements, synthetic
from schemas.catalogue import catalogue
from schemas.catalogue.agreements import parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["AUDIENCES", "MEETINGS", "SCRUTINEER", "STEWARD", "build"]

# The partnership's last: a build that was cut off before it is taken up again by the next.
AUDIENCES = ("executive", "public", "partnership")
# The Executive of the sample meets in August and in November; each meeting sees its own publication.
MEETINGS = (
    (datetime(2026, 8, 18, 9, 30, tzinfo=UTC), "Published for the Executive"),
    (datetime(2026, 11, 17, 9, 30, tzinfo=UTC), "Published for the Executive"),
)
_OFFICIAL = Path(__file__).parents[2] / "sample_data" / "benchmarks"
_AGREEMENTS = Path(__file__).parents[2] / "sample_data" / "agreements.toml"
_WORKERS = 4  # more would queue for the vault's lock


def is_marked(home: Path) -> bool:
    """Whether a home holds made-up data only: personas stand in for sign-in over no other."""
    return synthetic.is_synthetic(home)


def build(
    home: Path,
    say: Callable[[str], None],
    progress: Callable[[Sequence[Any]], Iterator[Any]] = iter,
    quarters: int = 20,
) -> bool:
    """Build and publish the sample vault of so many quarters, unless it is there; says whether it was built.

    UserError where the home holds data of another making. A build that was cut off is finished by the next: what is in the vault is recognised and not loaded twice.
    """
    synthetic.mark(home)
    if not (home / agreements.FILE).exists():
        agreements.write(home, parsed(_AGREEMENTS.read_text("utf-8"), list(catalogue().agencies)))
    tidying.tidy(home)
    if _finished(home):
        return False
    say("Building the sample vault (once; two to three minutes)")
    official = sorted(_OFFICIAL.glob("*.csv"))
    with tempfile.TemporaryDirectory() as folder:
        say("Inventing returns")
        arriving = arrivals(Path(folder), quarters)
        benchmarks.load(home, STEWARD, official, arriving[0].at, iter)
        for meeting, label in MEETINGS:
            due = [arrival for arrival in arriving if arrival.at <= meeting]
            arriving = arriving[len(due) :]
            _load(home, due, progress)
            if _latest(home) < meeting:
                publication.publish_each(
                    home, [Order(a, _label_of(a, label), STEWARD, meeting) for a in AUDIENCES], say
                )
    return True


def _label_of(audience: str, label: str) -> str:
    """The meeting's label; the public's release is for nobody's meeting."""
    return "Published for anybody to read" if audience == "public" else label


def _load(home: Path, due: list[Arrival], progress: Callable[[Sequence[Any]], Iterator[Any]]) -> None:
    """Load what came in by a meeting, the register first, then several senders side by side, each one's in order."""
    queues: dict[str, list[Arrival]] = defaultdict(list)
    for arrival in due:
        queues[arrival.queue].append(arrival)
    _load_in_order(home, queues.pop(FIRST, []))
    longest_first = sorted(queues.values(), key=len, reverse=True)
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(_WORKERS, os.cpu_count() or 1), mp_context=spawned) as workers:
        waiting = [workers.submit(_load_in_order, home, queue) for queue in longest_first]
        for done in progress(waiting):
            done.result()


def _load_in_order(home: Path, arriving: list[Arrival]) -> None:
    for _ in taking_in.take(home, arriving):
        pass


def _latest(home: Path) -> datetime:
    now = current(home, AUDIENCES[-1])
    stamp = now.publication_id.split("-")[0] if now else "19700101T000000Z"
    return datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _finished(home: Path) -> bool:
    return _latest(home) >= MEETINGS[-1][0]
