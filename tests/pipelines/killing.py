"""Kills a process at every step of an act that the disk can tell from the one before, for tests of what is left.

SIGKILL leaves what has been handed to the system and nothing else, so two steps between which no file of the home changed
leave the same. One run finds those between which something did; then a process of its own is killed at each. Run in a fresh
interpreter with a single thread, which forks a process for each kill: a fork costs milliseconds, an interpreter seconds.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# What the interpreter tells of before it is done, and which may change a file.
_STEPS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.truncate"}


@dataclass(frozen=True)
class Act:
    """Something that writes: the home before it, the act, and a fingerprint of what happened that a person would notice."""

    prepare: Callable[[Path], Any]
    do: Callable[[Path, Any], Any]
    told: Callable[[Path], Any]
    tidy: Callable[[Path], Any]


class Steps:
    """Calls `step` before everything this process does to a file below a folder, and to a database."""

    def __init__(self, folder: Path, step: Callable[[], None]) -> None:
        self._folder, self._step = str(folder), step
        sys.addaudithook(self._heard)
        for name in ("fsync", "replace", "fdatasync"):
            self._wrap(os, name)
        connect = duckdb.connect
        duckdb.connect = lambda *given, **named: Watched(connect(*given, **named), step)

    def _heard(self, event: str, given: tuple[Any, ...]) -> None:
        if event in _STEPS and any(isinstance(each, str) and self._folder in each for each in map(_text, given)):
            self._step()

    def _wrap(self, module: Any, name: str) -> None:
        before = getattr(module, name)

        def stepped(*given: Any, **named: Any) -> Any:
            self._step()
            return before(*given, **named)

        setattr(module, name, stepped)


def _text(given: Any) -> Any:
    return os.fspath(given) if isinstance(given, os.PathLike) else given


class Watched:
    """A connection that says what it is about to do."""

    def __init__(self, connection: Any, step: Callable[[], None]) -> None:
        self._connection, self._told = connection, step

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._connection, name)
        if name not in {"execute", "begin", "commit", "rollback", "close", "checkpoint"}:
            return found

        def stepped(*given: Any) -> Any:
            self._told()
            done = found(*given)
            self._told()
            return done

        return stepped

    def __enter__(self) -> Watched:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def disk(folder: Path) -> list[tuple[str, int, int, int]]:
    """What a killed process leaves, as far as two moments of it can be told apart."""
    found = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".lock"]
    seen = [(path, path.lstat()) for path in found]
    return [(str(path), stat.st_size, stat.st_mtime_ns, stat.st_ino) for path, stat in seen]


def apart(work: Callable[[], Any]) -> tuple[int, Any]:
    """Do something in a process of its own: how it ended, and what it gave."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        code = 1
        try:
            given = json.dumps(work())
            code = 0
        except BaseException as why:  # noqa: BLE001 - the process ends here, and says why
            given = json.dumps(f"{type(why).__name__}: {why}")
        with os.fdopen(writing, "w") as out:
            out.write(given)
        os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as answer:
        said = answer.read()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), json.loads(said) if said else None


def points(act: Act, home: Path, given: Any) -> list[int]:
    """The first step, and every one before which the disk is another than before the last of them."""
    found = [1]
    count, before = 0, disk(home.parent)

    def step() -> None:
        nonlocal count, before
        count += 1
        now = disk(home.parent)
        if now != before:
            found.append(count)
            before = now

    Steps(home.parent, step)
    act.do(home, given)
    return found


def killed(act: Act, home: Path, given: Any, at: int) -> None:
    """Do the act, and be killed before that step of it."""
    count = 0

    def step() -> None:
        nonlocal count
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    Steps(home.parent, step)
    act.do(home, given)


def killed_writing(act: Act, home: Path, given: Any, most: int) -> None:
    """Do the act, and be killed by the system inside the write that makes a file longer than that many bytes."""
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    act.do(home, given)


def outcomes(act: Act, folder: Path, sizes: tuple[int, ...] = (), last: int = 0) -> dict[str, Any]:
    """Kill the act at each of its points, look at what is left, and do it again; everything as the test asks for it.

    `last`: of an act with a long way to its one moment only every fourth point, and so many at its end.
    """
    home, first = folder / "home", folder / "first"
    code, given = apart(lambda: act.prepare(first))
    assert not code, given
    before = _told(act, first)
    shutil.copytree(first, home)
    code, at = apart(lambda: points(act, home, given))
    assert not code, at
    after = _told(act, home)
    at = [*at[:-last:4], *at[-last:]] if last else at
    plans = [(f"step {each}", lambda each=each: killed(act, home, given, each)) for each in at]
    plans += [(f"{size} bytes", lambda size=size: killed_writing(act, home, given, size)) for size in sizes]
    kills: list[dict[str, Any]] = []
    for name, plan in plans:
        shutil.rmtree(home)
        shutil.copytree(first, home)
        code, _ = apart(plan)
        left = _told(act, home)
        apart(lambda: act.tidy(home))
        tidied = _told(act, home)
        again = apart(lambda: act.do(home, given) and None)[1]
        apart(lambda: act.tidy(home))
        kills.append(
            {"at": name, "code": code, "left": left, "tidied": tidied, "again": again, "then": _told(act, home)}
        )
    return {"before": before, "after": after, "kills": kills}


def _told(act: Act, home: Path) -> Any:
    code, said = apart(lambda: act.told(home))
    return {"faults": [f"cannot be told: {said}"]} if code else said
