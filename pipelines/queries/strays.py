"""What lies among the publications and belongs to none: no reader is shown it, and somebody laid it there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.queries import pointer
from schemas.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Locks, which are opened anew by whoever looks whether they are held.
PASSING = ".lock"
_OF_AN_AUDIENCE = re.compile(r"CURRENT|\d{8}T\d{6}Z-[0-9a-f]{8}\.(duckdb|sha256|withdrawn)")
_OF_ALL = re.compile(r"patterns\.json")


def strays(home: Path) -> int:
    """How many files and folders lie there; they are not named, as anything may stand in a name that somebody chose."""
    audiences = catalogue().audiences
    beside = [each for each in _strange(home / "publications", _OF_ALL) if each.name not in audiences]
    return len(beside) + sum(
        1 for audience in audiences for _ in _strange(pointer.folder(home, audience), _OF_AN_AUDIENCE)
    )


def _strange(folder: Path, own: re.Pattern[str]) -> Iterator[Path]:
    """What is in a folder and neither its own, nor a lock, nor half written."""
    for path in folder.glob("*"):
        if not (path.name.startswith(".") or path.name.endswith(PASSING) or own.fullmatch(path.name)):
            yield path
