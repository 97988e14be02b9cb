"""Thirty readers at once, calm and while returns come in, releases are made and writers are killed: `python -m tests.bench_load`.

Printed, never tested. A reader looks at a page for one to three seconds, then clicks; beside that stands the figure without
any pause, where the processors are full and everybody waits for everybody. Runs on a copy of THROUGHLINE_HOME, a built one.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import defaultdict
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from app import releasing
from pipelines.flows import serving
from schemas.actors import Actor
from tests.bench_spent import apart
from tests.load import faults
from tests.load.clicking import PARTNERS, Findings, click
from tests.load.session import Session

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Iterator

READERS, LOOKS = 30, 2.0  # LOOKS: seconds at a page on average, from half to half as much again
CALM, SATURATED, RERUNS = 30.0, 15.0, 200  # seconds, seconds, runs
AUDIENCES = ("executive", "partnership", "public")
HEADINGS = f"{'':<46}{'runs':>7}{'a second':>10}{'p50':>8}{'p95':>8}{'longest':>9}"


@dataclass
class Measured:
    """What thirty readers met, phase by phase, and what the server held of memory (megabytes) at which moment."""

    found: Findings = field(default_factory=Findings)
    phases: dict[str, tuple[float, float]] = field(default_factory=dict[str, tuple[float, float]])
    memory: dict[str, float] = field(default_factory=dict[str, float])
    told: list[str] = field(default_factory=list[str])

    def lines(self) -> Iterator[str]:
        """Phases, pages, faults and memory."""
        for name, (begun, ended) in self.phases.items():
            yield _line(name, self.found.between(begun, ended), ended - begun)
        yield f"\n{'by page, in all phases but without pause':<46}{'runs':>7}{'':>10}{'p50':>8}{'p95':>8}{'longest':>9}"
        last = self.phases["no pause between clicks"][0]
        pages: dict[str, Findings] = defaultdict(Findings)
        for run in self.found.between(0, last).runs:
            pages[run.page or "overview"].runs.append(run)
        for name, met in sorted(pages.items()):
            yield _line(name, met, None)
        yield ""
        failed, mixed = list(self.found.faults()), self.found.mixed()
        yield f"failed pages: {len(failed)}; pages of more than one publication: {len(mixed)}"
        yield from (f"  {each}" for each in [*failed, *mixed][:5])
        yield from (f"  {each}" for each in self.told)
        yield "memory of the server, MB: " + "; ".join(f"{when} {held:.0f}" for when, held in self.memory.items())


def _line(name: str, met: Findings, seconds: float | None) -> str:
    if not met.runs:
        return f"{name:<46}{0:>7}"
    rate = f"{len(met.runs) / seconds:>10.1f}" if seconds else f"{'':>10}"
    return f"{name:<46}{len(met.runs):>7}{rate}{met.share(0.5):>8.3f}{met.share(0.95):>8.3f}{met.share(1):>9.3f}"


def lines(home: Path, scratch: Path) -> Iterator[str]:
    """Serve the home, let readers in and measure. It is changed: releases are made in it and returns come in."""
    yield HEADINGS
    with faults.served(home) as (address, pid):
        yield from asyncio.run(_measure(home, scratch, address, pid)).lines()


async def _measure(home: Path, scratch: Path, address: str, pid: int) -> Measured:
    one = Measured()
    files = [Path(apart("changed", scratch / name, fewer)) for name, fewer in _changed(scratch)]
    one.memory["before anybody comes"] = _held(pid)
    begun = perf_counter()
    async with Session(address, "executive") as first:
        run = await first.open("")
    one.told.append(
        f"the first reader of all waited {run.seconds:.2f} s, {perf_counter() - begun:.2f} s with the way in"
    )
    async with _reading(one, address, LOOKS):
        await _phase(one, "all come at once", asyncio.sleep(10))
        await _phase(one, "calm", asyncio.sleep(CALM))
        await _phase(one, "returns come in, one is killed", _coming_in(one, home, files, address))
        await _phase(one, "a release for every audience, killed", asyncio.to_thread(_cut_off, one, home))
        await _phase(one, "a release for every audience", asyncio.to_thread(_released, one, home))
        await _phase(one, "the minute after it", asyncio.sleep(20))
    one.memory[f"with {READERS} readers"] = _held(pid)
    async with _reading(one, address, 0):
        await _phase(one, "no pause between clicks", asyncio.sleep(SATURATED))
    one.memory["when they have gone"] = _held(pid)
    for wave in ("thirty others", "thirty others once more"):
        async with _reading(one, address, 0.5):
            await asyncio.sleep(SATURATED)
        one.memory[f"after {wave}"] = _held(pid)
    await _again(address)
    one.memory[f"after {RERUNS} runs of one more"] = _held(pid)
    return one


@asynccontextmanager
async def _reading(one: Measured, address: str, pause: float) -> AsyncIterator[None]:
    stop = asyncio.Event()
    readers = asyncio.create_task(click(address, READERS, stop, pause, one.found))
    try:
        yield
    finally:
        stop.set()
        await readers


async def _phase(one: Measured, name: str, goes_on: Awaitable[None]) -> None:
    begun = perf_counter()
    await goes_on
    one.phases[name] = (begun, perf_counter())


async def _coming_in(one: Measured, home: Path, files: list[Path], address: str) -> None:
    """Returns are dropped on the page and sent; each is loaded beside as well, by a process that is killed."""
    for file in files:
        writer = faults.act(home, "load", str(file))
        async with Session(address, "business_unit") as window:
            await window.open("returns")
            checked = await window.drop(file)
            os.kill(writer.pid, signal.SIGKILL)
            writer.communicate()
            sent = await window.press("Send")
        one.told.append(f"a return was checked in {checked.seconds:.2f} s and stored in {sent.seconds:.2f} s")
        one.told += [f"  which failed: {fault}" for run in (checked, sent) for fault in run.faults]


def _changed(scratch: Path) -> Iterator[tuple[str, str]]:
    """Folders for three returns that differ by one number, and by how much."""
    for fewer in ("1", "2", "3"):
        (scratch / f"sent-{fewer}").mkdir()
        yield f"sent-{fewer}", fewer


def _release(home: Path) -> subprocess.Popen[str]:
    """A release as the page Publish makes it: in a process of its own that lets readers go first."""
    order = releasing.ordered(home, Actor("Bench", "business_unit"), list(AUDIENCES), "Measured", "publish").decode()
    process = subprocess.Popen(
        [sys.executable, "-m", "app.releasing"], env=serving.environment(home, demo=False), cwd=faults.ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    if process.stdin is not None:
        process.stdin.write(order)
        process.stdin.close()
        process.stdin = None
    return process


def _released(one: Measured, home: Path) -> None:
    begun = perf_counter()
    said, _ = _release(home).communicate()
    one.told.append(f"the release took {perf_counter() - begun:.1f} s: {said.splitlines()[-1]}")


def _cut_off(one: Measured, home: Path) -> None:
    killed = faults.kill_writing(home, _release(home), within=600)
    one.told.append("a release was killed while it wrote" if killed else "the release was done before it was killed")


async def _again(address: str) -> None:
    """One reader who goes through all pages again and again in one window."""
    async with Session(address, "executive") as window:
        for number in range(RERUNS):
            await window.open(PARTNERS[number % len(PARTNERS)])


def _held(pid: int) -> float:
    """Megabytes of memory that a process holds."""
    said = subprocess.run(["/bin/ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True).stdout
    return int(said) / 1024


def grown(home: Path) -> Iterator[str]:
    """How long each page takes for one reader over forty quarters: opened first, then again."""
    yield f"{'pages over forty quarters, one reader':<46}{'first':>9}{'again':>9}{'KB':>8}"
    with faults.served(home) as (address, pid):
        yield from asyncio.run(_one_by_one(address))
        yield f"memory of the server: {_held(pid):.0f} MB"


async def _one_by_one(address: str) -> list[str]:
    said: list[str] = []
    async with Session(address, "chair") as window:
        for page in PARTNERS:
            first = await window.open(page)
            again = sorted([(await window.open(page)).seconds for _ in range(5)])[2]
            if first.faults:
                raise RuntimeError(f"{page} failed: {first.faults}")
            said.append(f"{page or 'overview':<46}{first.seconds:>9.3f}{again:>9.3f}{first.bytes / 1000:>8.0f}")
    return said


def main() -> None:
    """On a copy of the home that is named."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "home"
        shutil.copytree(os.environ["THROUGHLINE_HOME"], home)
        for line in lines(home, Path(place)):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
