"""What the vault says, asked once for as long as nothing in it changes.

A page asks the vault a dozen questions, and each alone takes the vault's lock and opens the file. What was found is kept
for whoever asks the same in the same role and for the same agency, until the vault is another: then all of it is forgotten.
Whether the actor may ask is checked by the query that asks, every time, before anything is looked up here.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from pipelines.queries.remembered import Remembered
from pipelines.store import events
from pipelines.store.opening import VAULT, Connection, transaction

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from schemas.actors import Actor

_About = ParamSpec("_About")
_Found = TypeVar("_Found")
Stamp = tuple[tuple[int, int, int] | None, ...]

# The vault, what DuckDB has not yet written into it, and the note of the event log's last entry.
_STAMPED = (VAULT, f"{VAULT}.wal", events.HEAD)
_ANSWERS = 512  # of one vault
_HOMES = 4  # a server has one; a process of tests has many


@dataclass(frozen=True, slots=True)
class _Known:
    """What was found in one vault as long as it bore one stamp."""

    stamp: Stamp
    answers: Remembered[..., Any]


_KNOWN: dict[Path, _Known] = {}
_CHANGING = Lock()


def asked(
    home: Path,
    actor: Actor,
    question: Callable[Concatenate[Connection, _About], _Found],
    *about: _About.args,
    **named: _About.kwargs,
) -> _Found:
    """The answer to a question about the vault, found now or since the vault last changed.

    The question gets an open connection, then what it is `about`; role and agency of the actor are part of what is
    remembered, so nobody gets what was found for another. Its answer is shared: TypeError where it could be changed, as a
    list or a frame can. UserError as the vault's opener has it.
    """
    answers = _known(home).answers
    scope = (actor.role, actor.agency_id)
    return cast("_Found", answers(question, scope, about, tuple(sorted(named.items()))))


def forget() -> None:
    """Let go of all that is known of any vault, also where nobody asks again."""
    with _CHANGING:
        _KNOWN.clear()


def stamp(home: Path) -> Stamp:
    """What is another whenever anything was stored, by whatever process, or the vault was put back from a backup.

    Made of the files' inode, time of change and size, so that nobody waits for the vault; reading changes none of them.
    """
    return tuple(_of(home / name) for name in _STAMPED)


def _of(path: Path) -> tuple[int, int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - asked several times in every run of a page
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _known(home: Path) -> _Known:
    """What is known of a vault under the stamp it bears now; what was known under another is let go at once.

    The stamp is taken before the vault is opened: what was stored in between is then found under a stamp that is over.
    """
    now = stamp(home)
    with _CHANGING:
        found = _KNOWN.get(home)
        if found is None or found.stamp != now:
            _KNOWN.pop(home, None)
            while len(_KNOWN) >= _HOMES:
                del _KNOWN[next(iter(_KNOWN))]
            found = _KNOWN[home] = _Known(now, Remembered(_asking(home), _ANSWERS))
        return found


def _asking(home: Path) -> Callable[..., Any]:
    def ask(
        question: Callable[..., Any], scope: tuple[str, str | None], about: tuple[Any, ...], named: tuple[Any, ...]
    ) -> Any:  # noqa: ANN401 - whatever the question gives
        del scope
        with transaction(home, write=False) as connection:
            found = question(connection, *about, **dict(named))
        hash(found)
        return found

    return ask
