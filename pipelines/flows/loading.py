"""Many files at once: a folder stands for its workbooks; checked side by side, stored in the order of their names."""

from __future__ import annotations

import multiprocessing
import os
import re
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from pipelines.checking.stated import NOTHING_STATED
from pipelines.flows import returns, snapshot
from pipelines.flows.known import Known, known
from pipelines.flows.loaded import Outcome
from pipelines.reading import guard
from pipelines.store import submissions
from pipelines.store.opening import transaction
from schemas.actors import SENDERS, require
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future
    from datetime import datetime
    from pathlib import Path

    from pipelines.checking.stated import Stated
    from pipelines.store.opening import Connection
    from schemas.actors import Actor
    from schemas.layouts import Layout

# Fewer files than this are done before another process has begun.
_ENOUGH = 12
_PROCESSES = 8
# How many checks for each process run ahead of the storing.
_AHEAD = 4
# So many are stored at once: opening the vault and writing it to the disk takes longer than what is written.
_AT_ONCE = 20
ENDINGS = frozenset({*guard.FORMATS, *guard.MACRO_ENDINGS}) - {".txt"}


def named(paths: Iterable[Path]) -> tuple[list[Path], list[Path], int]:
    """The files that were named, each folder opened in its place; what was passed over, and how many were folders."""
    files: list[Path] = []
    passed_over: list[Path] = []
    folders = 0
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        found, others = workbooks(path)
        files += found
        passed_over += others
        folders += 1
    return files, passed_over, folders


def workbooks(folder: Path) -> tuple[list[Path], list[Path]]:
    """The workbooks of a folder in the order of their names, and the other things in it, which are passed over.

    Nothing hidden, nothing Excel keeps beside an open workbook (~$…), nothing of folders inside. UserError where there is
    none.
    """
    seen = (path for path in folder.iterdir() if not path.name.startswith((".", "~$")))
    there = sorted(seen, key=_in_order)
    found = [path for path in there if path.is_file() and path.suffix.lower() in ENDINGS]
    if not found:
        raise UserError(f"There is no workbook in {guard.shown_name(folder)}.")
    return found, [path for path in there if path not in found]


def _in_order(path: Path) -> tuple[list[str | int], str, str]:
    """By the name without its ending, numbers as numbers: SCH-0002, SCH-0002 v2, SCH-0002 v10."""
    parts = re.split(r"(\d+)", path.stem.casefold())
    return [int(part) if part.isdecimal() else part for part in parts], path.name.casefold(), path.name


def load(  # noqa: PLR0913 - where, who, what, when, and how it is to be read
    home: Path,
    actor: Actor,
    paths: Sequence[Path],
    now: Callable[[], datetime],
    *,
    moderating: bool = False,
    layouts: Sequence[Layout] = (),
    stated: Stated = NOTHING_STATED,
) -> Iterator[Outcome]:
    """Check and store each file, in order; what became of one is said before the next, and none stops the others.

    `layouts` and `stated` hold for every file: whose they all are, and how an agency's own spreadsheets are read.
    """
    require(actor, *SENDERS)
    before = known(home, actor, paths, now, moderating=moderating, layouts=layouts, stated=stated)
    processes = min(_PROCESSES, os.cpu_count() or 1)
    if len(paths) < _ENOUGH or processes == 1 or layouts or stated != NOTHING_STATED:
        how = partial(_one, home, actor, now=now, before=before, moderating=moderating, layouts=layouts, stated=stated)
        yield from map(how, paths)
        return
    storing = _Storing(home, actor, now, before, moderating=moderating)
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=spawned) as workers:
        # What asks whether somebody is still signed in stays in this process, which stores.
        check = partial(snapshot.checked, home, replace(actor, still=None), now(), moderating)
        checked = in_order(lambda path: workers.submit(check, path), paths, processes * _AHEAD)
        try:
            yield from storing.each(checked)
        finally:
            workers.shutdown(cancel_futures=True)


def _one(  # noqa: PLR0913 - where, who, what, when, what came before
    home: Path,
    actor: Actor,
    path: Path,
    now: Callable[[], datetime],
    before: Known,
    *,
    moderating: bool,
    layouts: Sequence[Layout] = (),
    stated: Stated = NOTHING_STATED,
) -> Outcome:
    try:
        if before.has(path):
            before.refuse(path)
            report = returns.check_file(home, actor, path, now(), moderating=moderating, layouts=layouts, stated=stated)
            receipt = before.receipt(path, report)
            if receipt is not None:
                return Outcome(path, returns.Loaded(path, report, receipt))
        return Outcome(
            path,
            returns.submit(home, actor, path, now(), moderating=moderating, layouts=layouts, stated=stated),
        )
    except UserError as said:
        return Outcome(path, said)


def in_order(
    ahead: Callable[[Path], Future[returns.Report | None]], paths: Iterable[Path], most: int
) -> Iterator[tuple[Path, returns.Report | None]]:
    """Each file with its report, in order; the checks of the next few run meanwhile.

    None for a file whose check could not be made ahead: the machine has stopped the process, as it does where memory is
    short.
    """
    coming = iter(paths)
    waiting = deque((path, _asked(ahead, path)) for path in islice(coming, most))
    while waiting:
        path, found = waiting.popleft()
        waiting.extend((each, _asked(ahead, each)) for each in islice(coming, 1))
        try:
            report = found.result() if found else None
        except BrokenProcessPool:
            report = None
        yield path, report


def _asked(ahead: Callable[[Path], Future[returns.Report | None]], path: Path) -> Future[returns.Report | None] | None:
    try:
        return ahead(path)
    except BrokenProcessPool:
        return None


class _Storing:
    """Stores what was checked ahead, a few at a time; what has changed since it was looked at is checked again."""

    def __init__(
        self, home: Path, actor: Actor, now: Callable[[], datetime], before: Known, *, moderating: bool
    ) -> None:
        self._home, self._actor, self._now, self._moderating = home, actor, now, moderating
        self._before = before
        self._ready: list[tuple[Path, returns.Report]] = []
        with transaction(home, write=True) as connection:
            self._marks = snapshot.marks(connection)

    def each(self, checked: Iterable[tuple[Path, returns.Report | None]]) -> Iterator[Outcome]:
        """What became of each file, in order."""
        for path, report in checked:
            if (
                report is None
                or self._before.has(path)
                or any(report.agency_id == other.agency_id for _, other in self._ready)
            ):
                yield from self._store()
                yield self._afresh(path)
                continue
            self._ready.append((path, report))
            if len(self._ready) == _AT_ONCE:
                yield from self._store()
        yield from self._store()

    def _afresh(self, path: Path) -> Outcome:
        return _one(self._home, self._actor, path, self._now, self._before, moderating=self._moderating)

    def _store(self) -> Iterator[Outcome]:
        """Store what is ready in one transaction, up to the first that has to be checked again; then the others."""
        while self._ready:
            stored = self._stored()
            yield from stored
            self._ready = self._ready[len(stored) :]
            if self._ready:
                path, _ = self._ready.pop(0)
                yield self._afresh(path)

    def _stored(self) -> list[Outcome]:
        found: list[Outcome] = []
        with transaction(self._home, write=True) as connection:
            marks = snapshot.marks(connection)
            for path, report in self._ready:
                if any(marks.get(each) != self._marks.get(each) for each in snapshot.rests_on(report)):
                    break
                receipt = self._received(connection, path, report)
                if receipt is None:
                    break
                found.append(Outcome(path, returns.Loaded(path, report, receipt)))
        return found

    def _received(self, connection: Connection, path: Path, report: returns.Report) -> submissions.Receipt | None:
        """None where the file, or whoever sends it, is refused before anything is written: said when it is checked again."""
        try:
            require(self._actor, *SENDERS, agency_id=report.agency_id)
            content = guard.contents(path)
            return submissions.receive(connection, self._home, self._actor, report, content, at=self._now())
        except UserError:
            return None
