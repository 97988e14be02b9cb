"""The sample vault: invented returns, loaded as they would have come in, and published twice."""

from __future__ import annotations

import multiprocessing
import os
import re
import tempfile
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.flows import benchmarks, publication, returns
from pipelines.publishing import Order, due_on
from pipelines.queries.pointer import current
from schemas.actors import Actor
from schemas.catalogue import catalogue
from schemas.periods import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Arrival = tuple[datetime, Path]
STEWARD = Actor("Business unit (sample)", "business_unit")
SCRUTINEER = Actor("Independent scrutineer (sample)", "scrutineer")
# The partnership's last: a build that was cut off before it is taken up again by the next.
AUDIENCES = ("executive", "public", "partnership")
# The Executive of the sample meets in August and in November; each meeting sees its own publication.
MEETINGS = (
    (datetime(2026, 8, 18, 9, 30, tzinfo=UTC), "Published for the Executive"),
    (datetime(2026, 11, 17, 9, 30, tzinfo=UTC), "Published for the Executive"),
)
_OFFICIAL = Path(__file__).parents[2] / "sample_data" / "benchmarks"
_NAME = re.compile(r"SYNTHETIC_(?P<period>\d{4}-\d{2}-Q\d)_(?P<sender>[a-z_]+?)_(?:v(?P<version>\d+)|REFUSED)")
_LOGS = "logs"
_WORKERS = 4  # more would queue for the vault's lock


def build(
    home: Path,
    say: Callable[[str], None],
    progress: Callable[[Sequence[Any]], Iterator[Any]] = iter,
    quarters: int = 20,
) -> bool:
    """Build and publish the sample vault of so many quarters, unless it is there; says whether it was built.

    A build that was cut off is finished by the next: what is in the vault is recognised and not loaded twice.
    """
    if _finished(home):
        return False
    say("Building the sample vault (once; about two minutes)")
    official = sorted(_OFFICIAL.glob("*.csv"))
    with tempfile.TemporaryDirectory() as folder:
        say("Inventing returns")
        arriving = sorted(_invented(Path(folder), quarters), key=lambda pair: pair[0])
        benchmarks.load(home, STEWARD, official, arriving[0][0], iter)
        for meeting, label in MEETINGS:
            due = [(at, path) for at, path in arriving if at <= meeting]
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


def _invented(folder: Path, quarters: int) -> Iterator[Arrival]:
    """Every return with the moment it came in: three days before it was due, a second version six weeks later."""
    from sample_data.generator import generate
    from sample_data.logs.files import write_logs

    for path in [*generate(folder, quarters=quarters), *write_logs(folder, catalogue(), quarters=quarters)]:
        found = _said(path)
        late = int(found["version"] or 1) > 1
        day = due_on(catalogue(), parse(found["period"])) - timedelta(days=3) + timedelta(days=70 if late else 0)
        yield datetime.combine(day, time(16, 5), tzinfo=UTC), path


def _load(home: Path, due: list[Arrival], progress: Callable[[Sequence[Any]], Iterator[Any]]) -> None:
    """Load what came in by a meeting, several agencies side by side, each agency's returns and the logs in order."""
    queues: dict[str, list[Arrival]] = defaultdict(list)
    for arrival in due:
        queues[_queue(arrival[1])].append(arrival)
    longest_first = sorted(queues.values(), key=len, reverse=True)
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(_WORKERS, os.cpu_count() or 1), mp_context=spawned) as workers:
        waiting = [workers.submit(_load_in_order, home, arrivals) for arrivals in longest_first]
        for done in progress(waiting):
            done.result()


def _load_in_order(home: Path, arrivals: list[Arrival]) -> None:
    for at, path in arrivals:
        actor = SCRUTINEER if _said(path)["sender"].startswith(SCRUTINEER.role) else STEWARD
        returns.submit(home, actor, path, at)


def _queue(path: Path) -> str:
    """What must be loaded in order: an agency's figures; all logs together, as one sender's build on another's."""
    sender = _said(path)["sender"]
    return sender if sender in catalogue().agencies else _LOGS


def _said(path: Path) -> re.Match[str]:
    found = _NAME.match(path.name)
    if found is None:
        raise ValueError(f"{path.name} does not say its period and sender")
    return found


def _latest(home: Path) -> datetime:
    now = current(home, AUDIENCES[-1])
    stamp = now.publication_id.split("-")[0] if now else "19700101T000000Z"
    return datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _finished(home: Path) -> bool:
    return _latest(home) >= MEETINGS[-1][0]
