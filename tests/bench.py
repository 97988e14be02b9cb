"""How long the common acts take, each beside the least it could: `make bench`. Printed, never tested.

Runs in a copy of the sample vault: that of THROUGHLINE_HOME where it is given, else one built for the purpose.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from unittest.mock import patch

from tests.bench_acts import CHECKED_ON, calamine, timed

ROOT = Path(__file__).parents[1]
THROUGHLINE = str(Path(sys.executable).with_name("throughline"))
RUNS = 5


@dataclass(frozen=True)
class Measured:
    """One act: its median in seconds, what it could not go below, what is aimed at, and its peak of memory."""

    act: str
    seconds: float
    floor: float
    floor_is: str
    aim: float | None = None
    peak: int = 0

    def line(self) -> str:
        """The act as a line of the table."""
        aim = f"{self.aim:g} s" if self.aim else ""
        peak = f"{self.peak / 1e9:.2f} GB" if self.peak else ""
        ratio = f"{self.seconds / self.floor:.1f} ×"
        return f"{self.act:<46}{self.seconds:>9.3f}{self.floor:>9.3f}{ratio:>10}{aim:>9}{peak:>10}  {self.floor_is}"


def main() -> None:
    """Measure everything and print it as it comes."""
    say(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}; medians")
    say(f"{'':<46}{'seconds':>9}{'floor':>9}{'ratio':>10}{'aim':>9}{'peak':>10}  what the floor is")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        peaks: list[int] = []
        # Processes first: a child begins its peak where its parent stands, and the parent is small only now.
        for act in (starting, publishing, whole_checks, warm_checks):
            for measured in act(folder):
                say(measured.line())
                peaks.append(measured.peak)
        for measured in pages(folder / "home"):
            say(measured.line())
    say(f"\nThe highest peak of memory is {max(peaks) / 1e9:.2f} GB; aimed at is 1.5 GB.")


def starting(folder: Path) -> list[Measured]:
    """The command line with nothing to do."""
    asked = [spent([THROUGHLINE, "--help"], folder) for _ in range(RUNS)]
    bare = [spent([sys.executable, "-c", "import click"], folder)[0] for _ in range(RUNS)]
    return [
        Measured("throughline --help", median(s for s, _ in asked), median(bare), "importing click", 0.3, peak(asked))
    ]


def publishing(folder: Path) -> list[Measured]:
    """The sample vault, with nothing remembered of earlier releases, and again after one return has changed."""
    home = folder / "home"
    given = os.environ.get("THROUGHLINE_HOME")
    if given:
        home.mkdir()
        for name in ("vault.duckdb", "event-head.json"):
            shutil.copy(Path(given) / name, home)
    else:
        say("Building the sample vault; this takes some minutes")
        spent([THROUGHLINE, "demo", "--build-only"], folder)
        shutil.rmtree(home / "publications")
    publish = [THROUGHLINE, "publish", "--label", "Measured"]
    cold = [spent(publish, folder)]
    warm: list[tuple[float, int]] = []
    for fewer in (1, 2, 3):
        spent([THROUGHLINE, "load", apart("changed", folder, str(fewer))], folder, may_exit=(0, 1))
        warm.append(spent(publish, folder))
    floor = float(apart("floor_of_publishing", home))
    words = "reading the vault, writing the tables"
    return [
        Measured("publish the sample vault, cold (one run)", median(s for s, _ in cold), floor, words, 60, peak(cold)),
        Measured("publish after one return has changed", median(s for s, _ in warm), floor, words, 5, peak(warm)),
    ]


def whole_checks(folder: Path) -> list[Measured]:
    """`throughline check` as a person types it."""
    made: list[Measured] = []
    for size, runs in ((5_000, RUNS), (100_000, 3)):
        path = folder / f"{size}.xlsx"
        apart("large", path, str(size))
        checks = [spent([THROUGHLINE, "check", str(path)], folder, may_exit=(0, 1)) for _ in range(runs)]
        floor = float(apart("floor_of_reading", path))
        words = "calamine alone, in process"
        made.append(
            Measured(
                f"check {size:,} rows, whole process", median(s for s, _ in checks), floor, words, None, peak(checks)
            )
        )
    return made


def warm_checks(folder: Path) -> list[Measured]:
    """The same checks in a process that has checked before, as the app's has."""
    from pipelines.checking import check

    made: list[Measured] = []
    for size, runs, aim in ((5_000, RUNS, 0.25), (100_000, 3, None)):
        path = folder / f"{size}.xlsx"
        floor = median(timed(lambda path=path: calamine(path), runs))
        seconds = median(timed(lambda path=path: check(path, today=CHECKED_ON), runs))
        made.append(Measured(f"check {size:,} rows, warm", seconds, floor, "calamine alone, in process", aim))
    return made


def pages(home: Path) -> list[Measured]:
    """Processor time of a second run of each page."""
    os.environ |= {"THROUGHLINE_HOME": str(home), "THROUGHLINE_DEMO": "1"}
    from streamlit import config
    from streamlit.runtime.context import ContextProxy
    from streamlit.testing.v1 import AppTest
    from streamlit.util import calc_hash

    from app import pages as known

    empty = AppTest.from_string("import streamlit as st; st.html('<p>Nothing</p>')")
    floor = median(timed(empty.run, RUNS, process_time))
    config.set_option("server.address", "127.0.0.1")
    made: list[Measured] = []
    with patch.object(ContextProxy, "ip_address", None):  # AppTest's reader comes from nowhere; ours from this machine
        app = AppTest.from_file(str(ROOT / "app" / "main.py"), default_timeout=120)
        app.query_params["as"] = "business_unit"
        for view in known.found():
            app._page_hash = calc_hash(view.url)  # noqa: SLF001 - AppTest opens a page that is no file in no other way
            seconds = median(timed(app.run, RUNS, process_time))
            if app.exception or not app.get("html"):
                raise RuntimeError(f"{view.title} did not run: {app.exception}")
            made.append(Measured(f"page {view.title}, again (processor)", seconds, floor, "a page of one line", 0.1))
    return made


def spent(command: list[str], folder: Path, may_exit: tuple[int, ...] = (0,)) -> tuple[float, int]:
    """Seconds and peak bytes of a process and its own children, over the home in the folder."""
    kept = os.environ | {"THROUGHLINE_HOME": str(folder / "home")}
    start = perf_counter()
    process = subprocess.Popen(command, env=kept, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in may_exit:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return perf_counter() - start, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1_000)


def peak(runs: list[tuple[float, int]]) -> int:
    """The highest memory of some runs."""
    return max(memory for _, memory in runs)


def apart(act: str, path: Path, *words: str) -> str:
    """What a heavy act says, done in a process of its own so that this one stays small."""
    command = [sys.executable, "-m", "tests.bench_acts", act, str(path), *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def say(words: str) -> None:
    """A line at once."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
