"""How long it takes to check large returns, one row in a hundred of them wrong: `make bench`, or this alone by its name.

Each beside its floor, which is what the library takes that only parses the file; then what other tools take for eight
rules of their own on files of the same sizes.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench_spent import Measured, Spent, apart, runs, said, spent, timed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

THROUGHLINE = [str(Path(sys.executable).with_name("throughline"))]
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
CALAMINE, ARROW = "calamine alone, in process", "Arrow's CSV reader alone, in process"
# As measured elsewhere on a two-core machine: processor seconds for the whole process, reading, eight rules, every bad
# cell named and the good rows loaded.
OTHERS = {
    "DuckDB SQL + fastexcel": (0.66, 1.5, 2.5),
    "pandas + calamine": (1.8, 3.7, 7.4),
    "pandera + calamine": (2.5, 4.6, 7.5),
    "pandera-polars": (2.9, 3.7, 4.3),
    "pointblank": (2.1, 3.3, 4.2),
    "Great Expectations": (7.2, 11.0, 16.4),
    "frictionless": (3.2, 13.5, 36.7),
}


@dataclass(frozen=True)
class Large:
    """A file to check: its name and rows, how often it is measured, and the seconds aimed at, cold and warm."""

    name: str
    rows: int
    times: int
    aim: float | None
    warm_aim: float | None = None

    @property
    def floor(self) -> tuple[str, str]:
        """The act that measures what the file's own library takes, and its name."""
        return ("floor_of_text", ARROW) if self.name.endswith(".csv") else ("floor_of_reading", CALAMINE)


FILES = (
    Large("5,000 rows.xlsx", 5_000, 5, None, 0.1),
    Large("100,000 rows.xlsx", 100_000, 3, 1.5),
    Large("200,000 rows.xlsx", 200_000, 3, None),
    Large("1,000,000 rows.csv", 1_000_000, 3, 2.5),
)


def whole(folder: Path) -> Iterator[Measured]:
    """`throughline check` as a person types it: processes, before this one has grown."""
    for file in FILES:
        path = folder / file.name
        apart("spoiled", path, str(file.rows))
        act, named = file.floor
        floor = runs(apart(act, path))
        checks = [spent([*THROUGHLINE, "check", str(path)], folder, may_exit=(1,)) for _ in range(file.times)]
        yield Measured(f"check {file.name}, whole process", checks, floor, named, file.aim)


def warm(folder: Path) -> Iterator[Measured]:
    """The same, and its parts, in a process that has checked before, as the app's has."""
    for file in FILES:
        act, named = file.floor
        floor = runs(apart(act, folder / file.name))
        for part, took in _parts(runs(apart("parts", folder / file.name, str(file.times)))):
            aim = file.warm_aim if part == "read and check" else None
            yield Measured(f"{file.name}, warm: {part}", took, floor, named, aim)


def _parts(every: list[Spent]) -> Iterator[tuple[str, list[Spent]]]:
    """Reading, checking and storing in turn, as often as they were measured; and the first two together."""
    read, check, store = every[0::3], every[1::3], every[2::3]
    yield "read and check", [Spent.sum(both) for both in zip(read, check, strict=True)]
    yield from (("read", read), ("check", check), ("store", store))


def others() -> Iterator[str]:
    """What other tools take."""
    yield "other tools, eight rules of theirs, processor seconds as measured elsewhere on a two-core machine"
    yield f"{'':<46}{'5,000':>9}{'100,000':>11}{'1,000,000 rows':>18}"
    for name, took in OTHERS.items():
        yield f"{name:<46}{took[0]:>9.2f}{took[1]:>11.1f}{took[2]:>18.1f}"


def spoiled(path: Path, size: str) -> str:
    """Write a return of so many rows, one in a hundred wrong."""
    from sample_data.spoiled import spoiled_csv, spoiled_workbook

    return str((spoiled_csv if path.suffix == ".csv" else spoiled_workbook)(path, int(size)))


def floor_of_text(path: Path) -> str:
    """What Arrow takes for the rows beneath the cover's answers."""
    from pyarrow import BufferReader, csv

    content = path.read_bytes()
    table = content[content.index(b"Indicator ID") :]
    return said(timed(lambda: csv.read_csv(BufferReader(table)), 3))


def parts(path: Path, times: str) -> str:
    """Reading, checking and storing by turns, each file stored in a vault that knows no other."""
    from pipelines.checking import check_workbook
    from pipelines.flows import returns
    from pipelines.reading import read
    from pipelines.store import submissions
    from pipelines.store.opening import transaction
    from schemas.actors import Actor

    actor, content = Actor("bench", "business_unit"), path.read_bytes()

    def store(home: Path) -> None:
        with transaction(home, write=True) as connection:
            submissions.receive(connection, home, actor, report, content, at=AT)

    every: list[Spent] = []
    for number in range(int(times) + 1):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            returns.begin(home)
            took = []
            workbook = _once(lambda: read(path), took)
            report = _once(lambda book=workbook: check_workbook(book, today=AT.date()), took)
            _once(lambda home=home: store(home), took)
        every += took if number else []  # the first warms up
    return said(every)


def _once(act: Callable[[], Any], took: list[Spent]) -> Any:
    """What an act gives, and what it took."""
    found: list[Any] = []
    took += timed(lambda: found.append(act()), 1, warms_up=False)
    return found[0]
