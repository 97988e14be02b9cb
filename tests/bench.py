"""How long the common acts take, each beside the least it could: `make bench`. Printed, never tested.

Starting, publishing for every audience, checks; growth from 10 to 40 quarters; thirty readers at once; pages; then
protection alone. Runs in
a copy of the sample vault: that of THROUGHLINE_HOME where it is given, else one built for the purpose. Beside the clock
stand processor seconds, which another's work on the same machine does not change much.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import sys
import tempfile
import traceback
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from tests import bench_checks, bench_growth, bench_load
from tests.bench_acts import CHECKED_ON, calamine
from tests.bench_assessments import MANY
from tests.bench_spent import HEADINGS, ROOT, Measured, Spent, apart, runs, spent, timed

if TYPE_CHECKING:
    from collections.abc import Iterator

THROUGHLINE = str(Path(sys.executable).with_name("throughline"))
RUNS = 5
READING, WRITING = "calamine alone, in process", "reading the vault, writing the tables"


def main() -> int:
    """Measure everything and print it as it comes; gives the number of tables that could not be finished."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    say(f"{os.cpu_count()} processors{load}, Python {sys.version.split()[0]}; medians in seconds")
    peaks: list[int] = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        # Processes first: a child's peak begins where its parent stands, and the parent is small only now.
        processes = (act(folder) for act in (starting, bench_checks.whole, publishing, folders))
        failed = _tables(
            *(_measured(each, peaks) for each in processes),
            bench_growth.lines(folder / "grown"),
            bench_load.grown(folder / "grown" / "home"),
            bench_load.lines(folder / "home", folder),
            *(_measured(act(folder), []) for act in (bench_checks.warm, warm_checks, pages)),
        )
    from tests import bench_log, bench_protection

    failed += _tables(bench_checks.others(), bench_log.lines(), bench_protection.lines())
    say(f"\nThe highest peak of memory is {max(peaks, default=0) / 1e9:.2f} GB; aimed at is 1.5 GB.")
    return failed


def _measured(acts: Iterator[Measured], peaks: list[int]) -> Iterator[str]:
    """Acts as lines of a table, whose peaks of memory are kept."""
    yield HEADINGS
    for measured in acts:
        yield measured.line()
        peaks.append(measured.peak)


def _tables(*tables: Iterator[str]) -> int:
    """Each table, a line as soon as it is measured; how many could not be finished.

    What went wrong with one is printed whole, and the others are measured all the same: an hour of figures is not lost for it.
    """
    failed = 0
    for lines in tables:
        say("")
        try:
            for line in lines:
                say(line)
        except Exception:  # noqa: BLE001 - whatever it is
            say(traceback.format_exc())
            failed += 1
    return failed


def starting(folder: Path) -> Iterator[Measured]:
    """The command line with nothing to do."""
    bare = [spent([sys.executable, "-c", "import click"], folder) for _ in range(RUNS)]
    asked = [spent([THROUGHLINE, "--help"], folder) for _ in range(RUNS)]
    yield Measured("throughline --help", asked, bare, "importing click", 0.3)


def publishing(folder: Path) -> Iterator[Measured]:
    """The sample vault, with nothing remembered of earlier releases, and again after one return has changed."""
    home = folder / "home"
    given = os.environ.get("THROUGHLINE_HOME")
    if given:
        home.mkdir()
        for name in ("vault.duckdb", "event-head.json", "SYNTHETIC", "agreements.toml"):
            shutil.copy(Path(given) / name, home)
    else:
        say("Building the sample vault; this takes some minutes")
        spent([THROUGHLINE, "demo", "--build-only"], folder)
        shutil.rmtree(home / "publications")
    audiences: list[str] = json.loads(apart("audiences", home))
    asked = {**{audience: [audience] for audience in audiences}, "all audiences": audiences}
    cold: dict[str, list[Spent]] = {}
    for name, several in asked.items():
        shutil.rmtree(home / "publications", ignore_errors=True)
        cold[name] = [spent(_publish(several), folder)]
    floors = {audience: runs(apart("floor_of_publishing", home, audience)) for audience in audiences}
    floors["all audiences"] = [Spent.sum(each) for each in zip(*floors.values(), strict=True)]
    for name, took in cold.items():
        yield Measured(f"publish from nothing (one run): {name}", took, floors[name], WRITING, 90)
    fewer = count(1)
    for name, several in reversed(asked.items()):
        again: list[Spent] = []
        for _ in range(3):
            spent([THROUGHLINE, "load", apart("changed", folder, str(next(fewer)))], folder, may_exit=(0, 1))
            again.append(spent(_publish(several), folder))
        yield Measured(f"publish, one return changed: {name}", again, floors[name], WRITING, 6)


def _publish(audiences: list[str]) -> list[str]:
    """The command that publishes for these audiences at once."""
    return [THROUGHLINE, "publish", "--label", "Measured", *(word for a in audiences for word in ("--audience", a))]


def folders(folder: Path) -> Iterator[Measured]:
    """A folder of self-assessments, loaded into a vault that holds only the register."""
    place = folder / "assessments"
    place.mkdir()
    returned = apart("assessments", place)
    spent([THROUGHLINE, "load", str(place / "register.xlsx")], place)
    floor = runs(apart("floor_of_folders", Path(returned)))
    took = [spent([THROUGHLINE, "load", returned], place, may_exit=(0, 1))]
    yield Measured(f"load {MANY} self-assessments (one run)", took, floor, READING, 60)


def warm_checks(folder: Path) -> Iterator[Measured]:
    """A real return, all of it right, in a process that has checked before."""
    from pipelines.checking import check

    real = Path(apart("year_end", folder))
    floor = timed(lambda: calamine(real), RUNS)
    checks = timed(lambda: check(real, today=CHECKED_ON), RUNS)
    yield Measured("check the largest return of the sample, warm", checks, floor, READING)


def pages(folder: Path) -> Iterator[Measured]:
    """A second run of each page."""
    os.environ |= {"THROUGHLINE_HOME": str(folder / "home"), "THROUGHLINE_DEMO": "1"}
    from streamlit import config
    from streamlit.runtime.context import ContextProxy
    from streamlit.testing.v1 import AppTest
    from streamlit.util import calc_hash

    from app import pages as known

    logging.disable(logging.WARNING)  # Streamlit says that nobody is connected, which is so
    config.set_option("server.address", "127.0.0.1")
    floor = timed(AppTest.from_string("import streamlit as st; st.html('<p>Nothing</p>')").run, RUNS)
    with patch.object(ContextProxy, "ip_address", None):  # AppTest's reader comes from nowhere; ours from this machine
        app = AppTest.from_file(str(ROOT / "app" / "main.py"), default_timeout=120)
        app.query_params["as"] = "business_unit"
        for view in known.found():
            app._page_hash = calc_hash(view.url)  # noqa: SLF001 - AppTest opens a page that is no file in no other way
            again = timed(app.run, RUNS)
            if app.exception or not app.get("html"):
                raise RuntimeError(f"{view.title} did not run: {app.exception}")
            yield Measured(f"page {view.title}, run again", again, floor, "a page of one line", 0.1)


def say(words: str) -> None:
    """A line at once."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
