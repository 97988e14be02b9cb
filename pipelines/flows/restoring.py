"""A home brought back from a backup: every byte is checked before anything is touched, and what was there is put aside."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.flows.backing_up import alone_with_backups, words
from pipelines.publishing import alone
from pipelines.queries.pointer import digest, folder
from pipelines.queries.withdrawn import SUFFIX
from pipelines.store import backups, events, expunged, private, swapping, watched
from pipelines.store.connecting import WrongKeyError
from pipelines.store.keys import WHERE
from pipelines.store.opening import LOCK, VAULT, NotWritableError, locked, transaction
from schemas.actors import require
from schemas.catalogue import catalogue
from schemas.problems import UserError

if TYPE_CHECKING:
    from datetime import datetime

    from pipelines.store.backups import Manifest
    from schemas.actors import Actor

RESTORED = "backup.restored"


def restore(home: Path, actor: Actor, backup: Path, at: datetime, *, replace: bool) -> str:
    """Bring the home back as the backup has it, and say what that is and where what was there lies now.

    UserError, and nothing changed, where the backup is not whole, or the home holds something and `replace` is not said.
    """
    require(actor, "business_unit")
    home = home.resolve()
    there = swapping.held(home)
    if there and not replace:
        raise UserError(
            f"{home} holds something already ({', '.join(there[:3])}). Set THROUGHLINE_HOME to an empty folder, or add "
            "--replace to put aside what is there."
        )
    if not backup.exists():
        raise UserError(f"There is no backup {backup}.")
    private.folder(home)
    with alone_with_backups(home), ExitStack() as releases:
        for audience in catalogue().audiences:
            if folder(home, audience).exists():
                releases.enter_context(alone(home, audience))
        removed = _removed(home)
        manifest, faults, kept = _prepared(home, actor, backup, at)
        back = sorted(removed - _removed(swapping.begun(home)))
        (swapping.begun(home) / LOCK).unlink()
        with locked(home, wait=60):
            aside = swapping.decide(home, f"{at:%Y%m%dT%H%M%SZ}")
    said = [f"Restored {home} from {backup}: {words(manifest)}."]
    if there:
        said.append(f"What was there lies in {aside}. Delete it once nobody needs it.")
    if back:
        said.append(f"What had been removed for good since is back, of {', '.join(back)}: remove it again.")
    if kept:
        said.append(
            f"Kept as they are now, so that nothing taken from anybody since is given back: {', '.join(kept[:6])}"
            f"{f' and {len(kept) - 6} more' if len(kept) > 6 else ''}. Move such a file away beforehand to have the backup’s own."
        )
    if faults:
        said.append(f"The event log of the backup is not whole: {' '.join(faults)}")
    return " ".join(said)


def _prepared(home: Path, actor: Actor, backup: Path, at: datetime) -> tuple[Manifest, list[str], list[str]]:
    """The backup unpacked beside the home's own files, checked, brought up to date and with its restoring logged."""
    with locked(home, wait=60):
        new = swapping.begin(home)
    try:
        manifest = backups.unpack(backup, new)
    except OSError as why:
        raise UserError(f"{home} takes no more: {why.strerror or why}. Make room; nothing was changed.") from why
    if VAULT not in manifest.files:
        raise UserError(f"{backup} holds no vault. Take another; nothing was changed.")
    detail: dict[str, Any] = {"sha256": digest(backup), "made_at": manifest.made_at, "position": manifest.position}
    detail["instead_of"] = _last(home)
    try:
        with transaction(new, write=True) as connection:
            faults = events.verify(connection, new)
            detail["kept"] = _keep_what_came_since(home, new)
            watched.settle(connection, new, "agreements.toml")
            events.append(connection, actor, RESTORED, f"backup.{at:%Y%m%dT%H%M%SZ}", detail, at=at)
    except WrongKeyError as why:
        raise UserError(
            f"{backup} was made with another key than the one that is set. {WHERE} Nothing was changed."
        ) from why
    except NotWritableError as why:
        raise UserError(f"The vault in {backup} takes no entry, so nothing was changed. {why}") from why
    return manifest, faults, detail["kept"]


def _keep_what_came_since(home: Path, new: Path) -> list[str]:
    """Into the restored home what has been taken from somebody since the backup, so that none of it is given back; its names.

    The list of people and the agreements stay as they are now; sign-ins that were ended stay ended, and publications that
    were withdrawn stay withdrawn.
    """
    ended = (path.relative_to(home) for path in (home / "sign-ins").glob("*.ended"))
    marks = (path.relative_to(home) for path in (home / "publications").glob(f"*/*{SUFFIX}"))
    kept: list[str] = []
    for name in (*map(Path, ("access.toml", "agreements.toml")), *sorted(ended), *sorted(marks)):
        is_there = (home / name).is_file() and not _same(home / name, new / name)
        if is_there and (name.suffix != SUFFIX or (new / name).with_suffix(".duckdb").exists()):
            private.folder((new / name).parent)
            shutil.copyfile(home / name, new / name)
            kept.append(name.as_posix())
    return kept


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()


def _removed(home: Path) -> set[str]:
    """The submissions of which something was removed for good; none where the vault is lost or damaged, which is restored."""
    if not (home / VAULT).exists():
        return set()
    try:
        with transaction(home, write=False, wait=60) as connection:
            return expunged.every(connection)
    except NotWritableError:
        return set()


def _last(home: Path) -> int:
    """The last entry of the log that is put aside, so that what is no longer there is known to have been; 0 for none."""
    try:
        noted = events.noted(home)
    except ValueError:
        return 0
    return noted.position if noted else 0
