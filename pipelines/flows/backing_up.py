"""A backup of the whole home, made while it is in use: consistent to one moment, checked by its own manifest."""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.flows import log, tidying
from pipelines.flows.alone_with_backups import alone_with_backups
from pipelines.queries.served import damaged
from pipelines.store import backups, events, private, swapping
from pipelines.store.leftovers import STAGED
from pipelines.store.opening import VAULT, locked, refuse_lost, transaction
from schemas.actors import require
from schemas.catalogue import catalogue
from schemas.periods import day_words
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.store.backups import Manifest
    from schemas.actors import Actor

MADE = "backup.made"
# An original or a publication can be taken away while it is copied, by expunging or a new preview: then all over again.
_TRIES = 3


def asked(home: Path, actor: Actor, at: datetime, *, out: Path | None, held: Path | None) -> str:
    """What `throughline backup` was asked for: make one, or say whether one is whole."""
    require(actor, "business_unit")
    if (out is None) == (held is None):
        raise UserError("Say where the backup goes with --out, or which one to look at with --check.")
    if held is not None:
        return f"{held} is whole: {words(backups.read(held))}."
    return back_up(home, actor, out or Path(), at)


def words(manifest: Manifest) -> str:
    """How much a backup holds, when it was made and how far its event log goes."""
    count = len(manifest.files)
    made = datetime.fromisoformat(manifest.made_at).astimezone(UTC)
    return (
        f"{count:,} {'file' if count == 1 else 'files'}, {manifest.size / 1e6:,.1f} MB, of {day_words(made.date())}, "
        f"{made:%H:%M} UTC, "
        f"event log to entry {manifest.position:,}"
    )


def back_up(home: Path, actor: Actor, out: Path, at: datetime) -> str:
    """Back the home up into a file that its owner alone may read, log it, and say what it holds.

    UserError where there is nothing to back up, the file is there already or lies in the home, or the disk is full;
    nothing is left of a backup that was not finished.
    """
    require(actor, "business_unit")
    home = home.resolve()
    path = _place(home, out, at)
    with alone_with_backups(home):
        tidying.tidy(home)
        part = path.with_name(f".{path.name}.part")
        part.unlink(missing_ok=True)
        try:
            manifest = _copied(home, part, at)
            _log(home, actor, part, manifest, at)
            part.replace(path)
        except OSError as why:
            raise UserError(f"{path} cannot be written: {why.strerror or why}. No backup was made.") from why
        finally:
            part.unlink(missing_ok=True)
    said = f"Wrote {path}: {words(manifest)}. Keep it where only the business unit can reach it."
    return "\n".join([said, *_not_right(home, actor)])


def _not_right(home: Path, actor: Actor) -> Iterator[str]:
    """What is wrong with what was packed, a line each: a backup is made all the same, and nobody should rest on it unknowing."""
    for audience in catalogue().audiences:
        yield from (f"It was packed as it is. {said}" for said in damaged(home, audience))
    yield from log.warning(home, actor)


def _place(home: Path, out: Path, at: datetime) -> Path:
    refuse_lost(home)
    if not (home / VAULT).exists():
        raise UserError(f"There is no vault in {home}, so there is nothing to back up. Set THROUGHLINE_HOME.")
    path = (out / f"throughline-{at:%Y%m%dT%H%M%SZ}.tar" if out.is_dir() else out).resolve()
    if path.is_relative_to(home):
        raise UserError(f"{path} lies in the home itself, and would be lost with it. Choose another place.")
    if path.exists():
        raise UserError(f"{path} is there already. Choose another name.")
    if not path.parent.is_dir():
        raise UserError(f"There is no folder {path.parent}. Make it first, or choose another.")
    return path


def _copied(home: Path, part: Path, at: datetime) -> Manifest:
    for tried in range(1, _TRIES + 1):
        with tempfile.TemporaryDirectory(dir=home, prefix=STAGED) as folder:
            parts, head = _staged(home, Path(folder))
            about = {"made_at": at.isoformat(timespec="seconds"), "position": head.position, "hash": head.hash}
            try:
                return backups.write(part, parts, about)
            except FileNotFoundError:
                part.unlink(missing_ok=True)
                if tried == _TRIES:
                    raise
    raise AssertionError  # the last try returns or raises


def _staged(home: Path, folder: Path) -> tuple[list[backups.Part], events.Head]:
    """Everything of one moment: what changes is copied while nobody else is in the vault, what never does is named."""
    with locked(home, wait=60):
        parts = [_part(home, path, folder) for path in _files(home)]
        head = events.noted(home) or events.Head(0, events.GENESIS)
    return parts, head


def _files(home: Path) -> list[Path]:
    """Every file a home holds, but for locks and what is half written."""
    tops = [home / name for name in swapping.held(home)]
    every = [path for top in tops for path in ([top] if top.is_file() else sorted(top.rglob("*")))]
    return [path for path in every if path.is_file() and not path.name.startswith(".") and path.suffix != ".lock"]


def _part(home: Path, path: Path, folder: Path) -> backups.Part:
    name = path.relative_to(home).as_posix()
    if _never_changes(name):
        return backups.Part(name, path)
    copy = folder / name
    private.folder(copy.parent)
    shutil.copyfile(path, copy)
    return backups.Part(name, copy)


def _never_changes(name: str) -> bool:
    """Whether a file of a home stays as it is for as long as it is there: originals, publications and their seals."""
    top, _, rest = name.partition("/")
    return top == "files" or (top in ("publications", "preview") and rest.endswith((".duckdb", ".sha256")))


def _log(home: Path, actor: Actor, part: Path, manifest: Manifest, at: datetime) -> None:
    """Logged before the file has its name: a copy of everything that nobody can trace is worse than none."""
    from pipelines.queries.pointer import digest

    detail = {"sha256": digest(part), "files": len(manifest.files), "bytes": os.path.getsize(part)}  # noqa: PTH202 - one number
    detail["position"] = manifest.position
    with transaction(home, write=True, wait=60) as connection:
        events.append(connection, actor, MADE, f"backup.{at:%Y%m%dT%H%M%SZ}", detail, at=at)
