"""Kills a process at every step of an act that the disk can tell from the one before, for tests of what is left.

SIGKILL leaves what has been handed to the system and nothing else, so two steps between which no file of the home changed
leave the same. One run finds those between which something did; then a process of its own is killed at each. Run in a fresh
interpreter with a single thread, which forks a process for each kill: a fork costs milliseconds, an interpreter seconds.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import shutil
import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from schemas.problems import UserError
from tests.pipelines.kill_points import content, disk, kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.pipelines.kill_points import Choice, Point

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


def apart(work: Callable[[], Any]) -> tuple[int, Any]:
    """Do something in a process of its own: how it ended, and what it gave.

    What it imported on its way is imported here before the next is forked, which would import it again: that took longer
    than most acts.
    """
    gc.freeze()  # a search for garbage in the child would copy all the memory they share
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        code, before = 1, set(sys.modules)
        try:
            given = json.dumps([work(), _imported(before)])
            code = 0
        except BaseException as why:  # noqa: BLE001 - the process ends here, and says why
            given = json.dumps([f"{type(why).__name__}: {why}", []])
        with os.fdopen(writing, "w") as out:
            out.write(given)
        os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as answer:
        said = answer.read()
    _, status = os.waitpid(child, 0)
    gave, imported = json.loads(said) if said else (None, [])
    for name in imported:
        importlib.import_module(name)
    return os.waitstatus_to_exitcode(status), gave


def _imported(before: set[str]) -> list[str]:
    """The modules that can be imported by their names and were not there before."""
    new = [name for name in sys.modules if name not in before]
    return [name for name in new if getattr(getattr(sys.modules[name], "__spec__", None), "name", "") == name]


def points(act: Act, home: Path, given: Any) -> list[Point]:
    """The first step, and every one before which the disk is another than before the last of them."""
    found: list[Point] = [(1, "nothing yet")]
    count, before = 0, disk(home.parent)

    def step() -> None:
        nonlocal count, before
        count += 1
        now = disk(home.parent)
        if now != before:
            found.append((count, kind(before, now)))
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


def outcomes(act: Act, folder: Path, chosen: Choice, sizes: tuple[int, ...] = ()) -> dict[str, Any]:
    """Kill the act at the points chosen of all it has, look at what is left, and do it again; everything as the test asks for it.

    A second try is made once from each home: two kills after which every byte of it is the same have one and the same.
    """
    home, first = folder / "there" / "home", folder / "first"
    given = _done(lambda: act.prepare(first))
    before = _done(lambda: act.told(first))
    shutil.copytree(first, home)
    found = [(step, name) for step, name in _done(lambda: points(act, home, given))]
    after = _done(lambda: act.told(home))
    taken = chosen(found)
    plans = [(f"step {step}", name, lambda step=step: killed(act, home, given, step)) for step, name in taken]
    plans += [(f"{size} bytes", "", lambda size=size: killed_writing(act, home, given, size)) for size in sizes]
    kills: list[dict[str, Any]] = []
    tried: dict[str, dict[str, Any]] = {}
    for at, name, plan in plans:
        shutil.rmtree(home.parent)
        shutil.copytree(first, home)
        code, _ = apart(plan)
        kills.append({"at": at, "kind": name, "code": code, **_done(lambda: _next(act, home, given, tried))})
        tried[kills[-1]["from"]] = {each: kills[-1][each] for each in ("tidied", "again", "then")}
    return {"before": before, "after": after, "points": found, "kills": kills}


def _done(work: Callable[[], Any]) -> Any:
    code, gave = apart(work)
    assert not code, gave
    return gave


def _next(act: Act, home: Path, given: Any, tried: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """What the next to come finds: as it was left, tidied, and after a second try, which may find it done."""
    left = _told(act, home)
    act.tidy(home)
    found = {"left": left, "from": content(home.parent)}
    if found["from"] in tried:
        return found | tried[found["from"]]
    found["tidied"], found["again"] = _told(act, home), ""
    try:
        act.do(home, given)
    except UserError as why:
        found["again"] = str(why)
    act.tidy(home)
    return found | {"then": _told(act, home)}


def _told(act: Act, home: Path) -> Any:
    """What the act tells of a home; where it cannot be told, that is the fault."""
    try:
        return act.told(home)
    except Exception as why:  # noqa: BLE001 - the test says what it was
        return {"faults": [f"cannot be told: {type(why).__name__}: {why}"]}
