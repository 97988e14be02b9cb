"""What an act took, in this process or one of its own, and how that is said beside the least it could."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROOT = Path(__file__).parents[1]
HEADINGS = f"{'':<46}{'clock':>9}{'processor':>11}{'floor':>9}{'ratio':>9}{'aim':>9}{'peak':>10}  the floor is"


@dataclass(frozen=True)
class Spent:
    """What one run took: seconds by the clock, seconds of processors (its children's too), bytes of memory at most."""

    seconds: float
    processor: float
    peak: int = 0

    @classmethod
    def sum(cls, runs: Iterable[Spent]) -> Spent:
        """One run after another: their seconds together, and the most memory of any."""
        every = list(runs)
        return cls(sum(r.seconds for r in every), sum(r.processor for r in every), max(r.peak for r in every))


@dataclass(frozen=True)
class Measured:
    """One act: its runs, those of what it could not go below, and what is aimed at (seconds)."""

    act: str
    runs: list[Spent]
    floor: list[Spent]
    floor_is: str
    aim: float | None = None

    @property
    def peak(self) -> int:
        """The most memory any run took; 0 where it was not measured."""
        return max(run.peak for run in self.runs)

    def line(self) -> str:
        """The act as a line of the table; the ratio is of processor seconds."""
        clock, used = median(run.seconds for run in self.runs), median(run.processor for run in self.runs)
        floor = median(run.processor for run in self.floor)
        aim = f"{self.aim:g} s" if self.aim else ""
        peak = f"{self.peak / 1e9:.2f} GB" if self.peak else ""
        return f"{self.act:<46}{clock:>9.3f}{used:>11.3f}{floor:>9.3f}{used / floor:>8.1f}×{aim:>9}{peak:>10}  {self.floor_is}"


def timed(act: Callable[[], object], runs: int, *, warms_up: bool = True) -> list[Spent]:
    """Each run in this process, after a first that does not count."""
    if warms_up:
        act()
    found: list[Spent] = []
    for _ in range(runs):
        start, used = perf_counter(), _processor()
        act()
        found.append(Spent(perf_counter() - start, _processor() - used))
    return found


def _processor() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def spent(command: list[str], folder: Path, may_exit: tuple[int, ...] = (0,)) -> Spent:
    """What a process and its own children took, over the home in the folder.

    RuntimeError with the last of what it said where it ended in another way than it may.
    """
    kept = os.environ | {"THROUGHLINE_HOME": str(folder / "home")}
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as complaint:
        start = perf_counter()
        process = subprocess.Popen(command, env=kept, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=complaint)
        _, status, usage = os.wait4(process.pid, 0)
        took = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in may_exit:
            complaint.seek(0)
            last = "".join(complaint.readlines()[-20:])
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{last}")
    memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1_024)
    return Spent(took, usage.ru_utime + usage.ru_stime, memory)


def apart(act: str, path: Path, *words: str) -> str:
    """What a heavy act says, done in a process of its own so that this one stays small."""
    command = [sys.executable, "-m", "tests.bench_acts", act, str(path), *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{act} ended with {done.returncode}:\n" + "\n".join(done.stderr.splitlines()[-20:]))
    return done.stdout.strip()


def said(runs: list[Spent]) -> str:
    """Runs as one process tells another of them."""
    return json.dumps([asdict(run) for run in runs])


def runs(said: str) -> list[Spent]:
    """The runs another process measured."""
    return [Spent(**run) for run in json.loads(said)]
