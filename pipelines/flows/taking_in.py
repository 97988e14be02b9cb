"""Files that came in over time, taken in the order they came: a few senders' at once where none rests on another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pipelines.flows import returns
from pipelines.reading import guard
from pipelines.store import submissions
from pipelines.store.opening import VAULT, transaction
from schemas.actors import SENDERS, require
from schemas.returns import kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from schemas.actors import Actor

# Opening the vault and writing it to the disk takes longer than what is written; more would keep others waiting.
_AT_ONCE = 20


class Came(Protocol):
    """One file: when it came, who sends it, and whether the business unit sends what it has moderated."""

    @property
    def at(self) -> datetime:
        """When it came in."""
        ...

    @property
    def path(self) -> Path:
        """Where it lies."""
        ...

    @property
    def actor(self) -> Actor:
        """Who sends it."""
        ...

    @property
    def moderating(self) -> bool:
        """Whether it holds what the business unit has moderated."""
        ...


@dataclass(frozen=True, slots=True)
class _Looked:
    came: Came
    content: bytes
    report: returns.Report

    @property
    def sender(self) -> str:
        """Who sends it, where what stands of other senders makes no difference to it; empty for any other file."""
        kind = kinds().get(self.report.kind or "")
        return (self.report.agency_id or "") if kind is not None and kind.from_respondents else ""


def take(home: Path, coming: Iterable[Came]) -> Iterator[returns.Loaded]:
    """Check each file and store it as `returns.submit` does, with one entry in the log for each; what became of each, in order.

    Self-assessments of different senders are stored together, all of them or none: whoever is cut off takes them again, and
    those that are there are known. Every other file is checked once all before it are stored, and stored by itself. Raises
    what `returns.submit` raises; of a file that is refused while it is checked, once all before it are stored.
    """
    if not (home / VAULT).exists():
        returns.begin(home)
    ready: list[_Looked] = []
    for came in coming:
        try:
            looked = _looked(home, came)
        except Exception:  # whatever it is, what came before is stored first, and then it is raised
            yield from _stored(home, ready)
            raise
        if ready and (not looked.sender or looked.sender in {each.sender for each in ready}):
            yield from _stored(home, ready)
            ready, looked = [], _looked(home, came)
        ready.append(looked)
        if not looked.sender or len(ready) == _AT_ONCE:
            yield from _stored(home, ready)
            ready = []
    yield from _stored(home, ready)


def _looked(home: Path, came: Came) -> _Looked:
    require(came.actor, *SENDERS)
    content = guard.contents(came.path)
    report = returns.check_file(home, came.actor, came.path, came.at, moderating=came.moderating)
    if report.agency_id is not None:
        require(came.actor, *SENDERS, agency_id=report.agency_id)
    return _Looked(came, content, report)


def _stored(home: Path, ready: list[_Looked]) -> list[returns.Loaded]:
    if not ready:
        return []
    with transaction(home, write=True) as connection:
        return [
            returns.Loaded(
                each.came.path,
                each.report,
                submissions.receive(connection, home, each.came.actor, each.report, each.content, at=each.came.at),
            )
            for each in ready
        ]
