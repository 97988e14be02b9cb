"""What lies beside the publications held against the event log: the pointer of each audience, and the seals.

By these readers are given one publication and not another, though every file is the one that was released: a pointer that was
set back shows old figures, and a seal that was overwritten lets a whole file pass for damaged. Marks: marks_held.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.queries import pointer
from pipelines.queries.releases_logged import released, taken_back
from pipelines.store.chain import Fault
from schemas.catalogue import catalogue
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from pipelines.queries.releases_logged import Release
    from pipelines.store.opening import Connection

_NEXT = "The next release for this audience writes it anew."
_CUT_OFF = "It was cut off, which starting the dashboard or the next release finishes, or the pointer was set back."


def faults(home: Path, connection: Connection, busy: Collection[str]) -> Iterator[Fault]:
    """Each pointer and seal that says another thing than the log, and which entry it is that says otherwise.

    `busy`: audiences for which somebody releases or withdraws, whose pointer is a step behind the log for an instant.
    """
    every = released(connection)
    for audience in catalogue().audiences:
        mine = [each for each in every if each.audience == audience]
        gone = taken_back(connection, audience)
        if every and audience not in busy:
            yield from _of_the_pointer(home, audience, mine, gone)
        yield from _of_the_seals(home, audience, mine, gone)


def _of_the_pointer(home: Path, audience: str, mine: Sequence[Release], gone: Collection[str]) -> Iterator[Fault]:
    """Whether the pointer names the newest that was released and stands; where none stands it stays as it was, or is gone."""
    title = catalogue().audiences[audience].title
    should = _current(mine, gone)
    try:
        now = pointer.pointed(home, audience)
    except UserError as why:
        yield Fault(should.position if should else 0, f"{title}: {why}")
        return
    named = now.publication_id if now else ""
    if should is None:
        if named and named not in gone:
            yield Fault(0, f"{title}: the pointer names {named}, which the log does not have as released there.")
    elif not _is_as_released(home, should):
        return  # which is said of the file itself; a withdrawal lets the pointer go back past it
    elif now is None:
        words = f"{title}: the pointer is missing. By entry {should.position} it names {should.publication_id}. {_NEXT}"
        yield Fault(should.position, words)
    elif named != should.publication_id:
        yield from _of_another(home, title, named, should, gone)
    elif should.sha256 and now.sha256 != should.sha256:
        words = f"{title}: the pointer says of {named} another fingerprint than entry {should.position} has. {_NEXT}"
        yield Fault(should.position, words)


def _of_another(home: Path, title: str, named: str, should: Release, gone: Collection[str]) -> Iterator[Fault]:
    """The pointer names one that is not the current one by the log."""
    by_the_log = (
        f"{title}: by the log {should.publication_id} is the current publication, released in entry {should.position}"
    )
    if named in gone:
        words = (
            f"{by_the_log}, and the pointer names {named}, which was withdrawn. That withdrawal was cut off, which starting the "
            f"dashboard finishes, or the pointer was set back."
        )
    elif _is_sealed(home, should):
        words = f"{by_the_log}, and the pointer names {named}: it was set back, or went back past that one while it was damaged. {_NEXT}"
    else:
        words = f"{by_the_log}, and the pointer names {named}. {_CUT_OFF}"
    yield Fault(should.position, words)


def _current(mine: Sequence[Release], gone: Collection[str]) -> Release | None:
    return next((each for each in reversed(mine) if each.publication_id not in gone), None)


def _of_the_seals(home: Path, audience: str, mine: Sequence[Release], gone: Collection[str]) -> Iterator[Fault]:
    """Seals that say another thing than the log, or are gone where there was one.

    The last step of a release is its seal, so the current publication may have none yet: its pointer says the same, and the
    next act seals it.
    """
    should = _current(mine, gone)
    may_have_none = {pointer.pointed_id(home, audience), should.publication_id if should else ""}
    for each in mine:
        path = pointer.file(home, audience, each.publication_id)
        if not each.sha256 or not path.exists():
            continue
        seal = pointer.seal_of(path)
        if not seal.exists():
            if each.publication_id not in may_have_none:
                words = (
                    f"The seal of the publication {each.publication_id}, released in entry {each.position}, is missing."
                )
                yield Fault(each.position, f"{words} Bring {seal.name} back from a backup.")
        elif pointer.sealed(path) != each.sha256:
            words = f"The seal of the publication {each.publication_id} is not what it was released with in entry {each.position}."
            yield Fault(each.position, f"{words} Bring {seal.name} back from a backup.")


def _is_sealed(home: Path, each: Release) -> bool:
    return pointer.seal_of(pointer.file(home, each.audience, each.publication_id)).exists()


def _is_as_released(home: Path, each: Release) -> bool:
    path = pointer.file(home, each.audience, each.publication_id)
    try:
        return path.exists() and (not each.sha256 or pointer.digest(path) == each.sha256)
    except OSError:  # a folder lies there, or what nobody may read
        return False
