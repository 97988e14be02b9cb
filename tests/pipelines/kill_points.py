"""At which of its steps an act is killed: two that differ only in whose file it is are alike, and of many alike three are taken.

With `KILLS=every` in the environment, as `make fuzz` has it, an act is killed at every step before which the disk changed.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# The number of a step, and what the disk had changed in since the one before it.
Point = tuple[int, str]
Choice = Callable[[list[Point]], list[Point]]
Disk = dict[str, tuple[int, int, int]]
# What two files of a kind differ in: a sha256, a publication's id, an audience, a moment, and what a name has until it is whole.
_OWN = (
    (r"[0-9a-f]{16,64}", "*"),
    (r"\d{8}T\d{6}Z(-[0-9a-f]{8})?", "*"),
    (r"(?<=publications/)\w+", "*"),
    (r"^(.*/)?(\.[^/]+)-\w{8}(?=$|[./])", r"\1\2-*"),
)


def files(folder: Path) -> list[Path]:
    """Every file of a folder that says something: a lock does not."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".lock"]


def disk(folder: Path) -> Disk:
    """What a killed process leaves, as far as two moments of it can be told apart."""
    seen = [(path, path.lstat()) for path in files(folder)]
    return {path.relative_to(folder).as_posix(): (stat.st_size, stat.st_mtime_ns, stat.st_ino) for path, stat in seen}


def content(home: Path) -> str:
    """A fingerprint of every byte of a home, and of which file has which."""
    told = hashlib.sha256()
    for path in files(home):
        told.update(f"{path.relative_to(home)}\0{path.stat().st_mode}\0{path.stat().st_size}\0".encode())
        told.update(path.read_bytes())
    return told.hexdigest()


def kind(before: Disk, after: Disk) -> str:
    """What changed between two moments, in words that are the same for all files of a kind."""
    made = [f"{_alike(name)} made" for name in after.keys() - before.keys()]
    gone = [f"{_alike(name)} gone" for name in before.keys() - after.keys()]
    other = [f"{_alike(name)} changed" for name in before.keys() & after.keys() if before[name] != after[name]]
    return ", ".join(sorted({*made, *gone, *other}))


def _alike(name: str) -> str:
    name = name.removeprefix("home/")
    for own, instead in _OWN:
        name = re.sub(own, instead, name)
    return name


def of_each_kind(points: list[Point]) -> list[Point]:
    """The first, the middle one and the last of each kind of step; all of them where that is asked for."""
    if _every():
        return points
    alike: dict[str, list[Point]] = {}
    for point in points:
        alike.setdefault(point[1], []).append(point)
    return sorted({each[place] for each in alike.values() for place in (0, len(each) // 2, -1)})


def not_yet_met(met: set[str]) -> Choice:
    """For acts that have most of their steps in common: the first and the last two, and each kind no act was killed at before.

    The last two are where an act is decided. What is taken is added to `met`.
    """

    def chosen(points: list[Point]) -> list[Point]:
        new = list({kind: (step, kind) for step, kind in reversed(points) if kind not in met}.values())
        met.update(kind for _, kind in points)
        return points if _every() else sorted({points[0], *new, *points[-2:]})

    return chosen


def _every() -> bool:
    return os.environ.get("KILLS", "") == "every"
