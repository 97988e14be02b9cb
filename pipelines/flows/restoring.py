"""A home brought back from a backup: every byte is checked before anything is touched, and what was there is put aside."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from pipelines.flows.backing_up import alone_with_backups, words
from pipelines.publishing import alone
from pipelines.queries.pointer import digest, folder
from pipelines.store import backups, events, private, swapping
from pipelines.store.connecting import WrongKeyError
from pipelines.store.keys import WHERE
from pipelines.store.opening import LOCK, VAULT, NotWritableError, locked, transaction
from schemas.actors import require
from schemas.catalogue import catalogue
from schemas.problems import UserError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

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
        manifest, faults = _prepared(home, actor, backup, at)
        with locked(home, wait=60):
            aside = swapping.decide(home, f"{at:%Y%m%dT%H%M%SZ}")
    said = [f"Restored {home} from {backup}: {words(manifest)}."]
    if there:
        said.append(f"What was there lies in {aside}. Delete it once nobody needs it.")
    if faults:
        said.append(f"The event log of the backup is not whole: {' '.join(faults)}")
    return " ".join(said)


def _prepared(home: Path, actor: Actor, backup: Path, at: datetime) -> tuple[Manifest, list[str]]:
    """The backup unpacked beside the home's own files, checked, brought up to date and with its restoring logged."""
    with locked(home, wait=60):
        new = swapping.begin(home)
    try:
        manifest = backups.unpack(backup, new)
    except OSError as why:
        raise UserError(f"{home} takes no more: {why.strerror or why}. Make room; nothing was changed.") from why
    if VAULT not in manifest.files:
        raise UserError(f"{backup} holds no vault. Take another; nothing was changed.")
    detail = {"sha256": digest(backup), "made_at": manifest.made_at, "position": manifest.position}
    detail["instead_of"] = _last(home)
    try:
        with transaction(new, write=True) as connection:
            faults = events.verify(connection, new)
            events.append(connection, actor, RESTORED, f"backup.{at:%Y%m%dT%H%M%SZ}", detail, at=at)
    except WrongKeyError as why:
        raise UserError(
            f"{backup} was made with another key than the one that is set. {WHERE} Nothing was changed."
        ) from why
    except NotWritableError as why:
        raise UserError(f"The vault in {backup} takes no entry, so nothing was changed. {why}") from why
    (new / LOCK).unlink()
    return manifest, faults


def _last(home: Path) -> int:
    """The last entry of the log that is put aside, so that what is no longer there is known to have been; 0 for none."""
    try:
        noted = events.noted(home)
    except ValueError:
        return 0
    return noted.position if noted else 0
