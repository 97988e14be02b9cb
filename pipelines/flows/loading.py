"""Many files at once: a folder stands for its workbooks; checked side by side, stored in the order of their names."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from pipelines.flows import returns
from pipelines.flows.loaded import Outcome
from pipelines.reading import guard
from pipelines.store import submissions
from pipelines.store.opening import transaction
from schemas.actors import SENDERS, require
from schemas.problems import UserError
from schemas.returns import kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future
    from datetime import datetime
    from pathlib import Path

    from schemas.actors import Actor

# Fewer files than this are done before another process has begun.
_ENOUGH = 12
_PROCESSES = 8
# How far the checks run ahead of the storing: what is stored meanwhile by others is seen by what is checked after it.
_AHEAD = 3
# So many are stored at once: opening the vault and writing it to the disk takes longer than what is written.
_AT_ONCE = 12
ENDINGS = frozenset({*guard.FORMATS, *guard.MACRO_ENDINGS}) - {".txt"}


def workbooks(folder: Path) -> tuple[list[Path], int]:
    """The workbooks of a folder in the order of their names, and how many other things in it were passed over.

    Nothing hidden, nothing Excel keeps beside an open workbook (~$…), nothing of folders inside. UserError where there is none.
    """
    there = sorted(
        (p for p in folder.iterdir() if not p.name.startswith((".", "~$"))), key=lambda p: (p.name.casefold(), p.name)
    )
    found = [path for path in there if path.is_file() and path.suffix.lower() in ENDINGS]
    if not found:
        raise UserError(f"There is no workbook in {guard.shown_name(folder)}.")
    return found, len(there) - len(found)


def named(paths: Iterable[Path]) -> tuple[list[Path], int, int]:
    """The files that were named, each folder opened in its place; how much was passed over, and how many were folders."""
    files: list[Path] = []
    passed_over = folders = 0
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        found, others = workbooks(path)
        files += found
        passed_over, folders = passed_over + others, folders + 1
    return files, passed_over, folders


def load(
    home: Path, actor: Actor, paths: Sequence[Path], now: Callable[[], datetime], *, moderating: bool = False
) -> Iterator[Outcome]:
    """Check and store each file, in order; what became of one is said before the next, and none stops the others."""
    processes = min(_PROCESSES, os.cpu_count() or 1)
    if len(paths) < _ENOUGH or processes == 1:
        yield from (_one(home, actor, path, now, moderating=moderating) for path in paths)
        return
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=spawned) as workers:
        check = partial(_checked, home, actor, now(), moderating)
        checked = _in_order(lambda path: workers.submit(check, path), paths, processes * _AHEAD)
        try:
            yield from _Storing(home, actor, now, moderating=moderating).each(checked)
        finally:
            workers.shutdown(cancel_futures=True)


def _one(home: Path, actor: Actor, path: Path, now: Callable[[], datetime], *, moderating: bool) -> Outcome:
    try:
        return Outcome(path, returns.submit(home, actor, path, now(), moderating=moderating))
    except UserError as said:
        return Outcome(path, said)


def _checked(home: Path, actor: Actor, at: datetime, moderating: bool, path: Path) -> returns.Report | None:  # noqa: FBT001 - given to another process, place by place
    """The report of a self-assessment, which is held against nothing but its own sender's; None for any other file."""
    try:
        report = returns.check_file(home, actor, path, at, moderating=moderating)
    except UserError:
        return None  # said again, and in its turn, where the file is checked and stored in one
    kind = kinds().get(report.kind or "")
    return report if kind is not None and kind.from_respondents and report.agency_id else None


def _in_order(
    ahead: Callable[[Path], Future[returns.Report | None]], paths: Iterable[Path], most: int
) -> Iterator[tuple[Path, returns.Report | None]]:
    """Each file with its report, in order; the checks of the next few run meanwhile."""
    coming = iter(paths)
    waiting: deque[tuple[Path, Future[returns.Report | None]]] = deque(
        (path, ahead(path)) for path in islice(coming, most)
    )
    while waiting:
        path, found = waiting.popleft()
        waiting.extend((each, ahead(each)) for each in islice(coming, 1))
        yield path, found.result()


class _Storing:
    """Stores what was checked ahead, a few at a time; and checks again what an earlier file of the same load may change."""

    def __init__(self, home: Path, actor: Actor, now: Callable[[], datetime], *, moderating: bool) -> None:
        self._home, self._actor, self._now, self._moderating = home, actor, now, moderating
        self._ready: list[tuple[Path, returns.Report]] = []
        self._senders: set[str] = set()
        self._is_stale = False

    def each(self, checked: Iterable[tuple[Path, returns.Report | None]]) -> Iterator[Outcome]:
        """What became of each file, in order."""
        for path, report in checked:
            if report is None or self._is_stale or report.agency_id in self._senders:
                yield from self._store()
                yield self._afresh(path)
                continue
            self._ready.append((path, report))
            self._senders.add(report.agency_id or "")
            if len(self._ready) == _AT_ONCE:
                yield from self._store()
        yield from self._store()

    def _afresh(self, path: Path) -> Outcome:
        """Check and store in one: whose file it is, is known only now. One of another kind may be what others rest on."""
        found = _one(self._home, self._actor, path, self._now, moderating=self._moderating)
        if isinstance(found.came, returns.Loaded):
            kind = kinds().get(found.came.report.kind or "")
            self._is_stale |= kind is not None and kind.id == "register"
            self._senders.add(found.came.report.agency_id or "")
        return found

    def _store(self) -> Iterator[Outcome]:
        """Store what is ready in one transaction; where one of the files cannot be, each by itself."""
        ready, self._ready = self._ready, []
        if not ready:
            return
        try:
            found = [Outcome(path, loaded) for path, loaded in _stored(self._home, self._actor, ready, self._now())]
        except UserError:
            found = [_one(self._home, self._actor, path, self._now, moderating=self._moderating) for path, _ in ready]
        yield from found


def _stored(
    home: Path, actor: Actor, ready: Sequence[tuple[Path, returns.Report]], at: datetime
) -> list[tuple[Path, returns.Loaded]]:
    for _, report in ready:
        require(actor, *SENDERS, agency_id=report.agency_id)
    contents = [guard.contents(path) for path, _ in ready]
    with transaction(home, write=True) as connection:
        return [
            (path, returns.Loaded(path, report, submissions.receive(connection, home, actor, report, content, at=at)))
            for (path, report), content in zip(ready, contents, strict=True)
        ]
