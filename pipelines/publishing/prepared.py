"""A release that is made and not yet let out: its files and a record of them, beside the publications, not among them.

What lies here is told to nobody: no pointer names it, no page opens it, and no later release counts it as told.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pipelines.publishing.releasing import written
from pipelines.publishing.writing import point, seal
from pipelines.queries.pointer import every, file
from pipelines.queries.prepared import PREPARED, Prepared, Ready, prepared, prepared_folder
from pipelines.queries.withdrawn import is_withdrawn
from pipelines.store import atomic, private
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pipelines.publishing.releasing import Made, Published


@dataclass(frozen=True, slots=True)
class Basis:
    """What a prepared release rests on: if any of it is another when it is let out, it is not let out.

    `terms`: whose figures each audience may see; `agreements`: the sha256 of the file; `told`: every publication kept.
    """

    terms: str
    agreements: str
    told: str


def told_by(home: Path, audiences: Sequence[str], but: frozenset[str] = frozenset()) -> str:
    """One line for all publications that are kept, and which of them were withdrawn, but for those named."""
    kept = [
        f"{audience}/{each.publication_id}{'-' * is_withdrawn(each.path)}"
        for audience in audiences
        for each in every(home, audience)
        if each.publication_id not in but
    ]
    return hashlib.sha256(" ".join(kept).encode()).hexdigest()


def keep(home: Path, ready: Sequence[Made], basis: Basis, head: int, log: Callable[[Prepared], None]) -> Prepared:
    """Write the files, log, and only then the record that makes them the prepared release; the one before it is gone."""
    made = [(one, written(prepared_folder(home), one)) for one in ready]
    order = ready[0].order
    record = Prepared(
        prepared_by=order.actor.name,
        login=order.actor.login,
        at=order.at,
        head=head,
        files=tuple(_ready(one, done) for one, done in made),
        terms=basis.terms,
        agreements=basis.agreements,
        told=basis.told,
    )
    log(record)
    atomic.write(prepared_folder(home) / PREPARED, json.dumps(asdict(record), indent=1, default=_plain).encode())
    _clear_but(home, {done.path for _, done in made})
    return record


def _ready(made: Made, done: Published) -> Ready:
    return Ready(
        audience=made.order.audience,
        publication_id=made.publication_id,
        label=made.order.label,
        sha256=done.sha256,
        previous=made.before.publication_id if made.before else None,
        shown=done.shown,
        hidden=done.hidden,
        needs_attention=done.needs_attention,
        withheld=done.withheld,
        known_elsewhere=done.known_elsewhere,
    )


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def sha256(path: Path) -> str:
    """The hash of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def let_out(home: Path, one: Ready) -> None:
    """Copy a prepared file among the publications, where no pointer names it yet.

    What is prepared stays until all of the release is out: whoever is cut off before it is logged has let nothing out,
    the copy is cleared away by the next act, and the release can be let out again.
    """
    here, there = _places(home, one)
    part = there.with_name(f".{one.publication_id}.part")
    try:
        private.folder(there.parent)
        shutil.copyfile(here, part)
        private.tighten(part)
        if sha256(part) != one.sha256:
            raise _not_it(one)
        atomic.settle(part, there)
    finally:
        part.unlink(missing_ok=True)


def take_in(home: Path, record: Prepared) -> None:
    """Take the copies away again that were not logged as released."""
    for one in record.files:
        _places(home, one)[1].unlink(missing_ok=True)


def show(home: Path, one: Ready) -> None:
    """Let readers see what was let out and logged: the pointer first, then the seal."""
    point(home, one.audience, one.publication_id, one.sha256, one.previous)
    seal(home, one.audience, one.publication_id, one.sha256)


def _places(home: Path, one: Ready) -> tuple[Path, Path]:
    """Where a prepared file lies, and where it goes."""
    return file(prepared_folder(home), one.audience, one.publication_id), file(home, one.audience, one.publication_id)


def _not_it(one: Ready) -> UserError:
    return UserError(
        f"{one.publication_id} is not the file that was prepared, so nothing is released. Prepare it again."
    )


def check_all(home: Path, record: Prepared) -> None:
    """UserError where any of the files is not what was prepared: before the first of them is let out."""
    for one in record.files:
        here, _ = _places(home, one)
        if not here.exists() or sha256(here) != one.sha256:
            raise _not_it(one)


def drop(home: Path) -> Prepared | None:
    """Take what is prepared away; gives back its record, None where there was none."""
    record = prepared(home)
    (prepared_folder(home) / PREPARED).unlink(missing_ok=True)
    _clear_but(home, set())
    return record


def _clear_but(home: Path, kept: set[Path]) -> None:
    for left_over in prepared_folder(home).glob("publications/*/*.duckdb"):
        if left_over not in kept:
            left_over.unlink()
