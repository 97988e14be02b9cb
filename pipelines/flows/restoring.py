"""A home brought back from a backup: every byte is checked before anything is touched, and what was there is put aside."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.flows import backups_known, retaining, settings
from pipelines.flows.alone_with_backups import alone_with_backups
from pipelines.flows.carrying_over import carry_over, since
from pipelines.flows.restoring_words import Brought, Was, told
from pipelines.publishing import alone, withdrawing
from pipelines.queries.log_held import releases
from pipelines.queries.pointer import digest, file, folder
from pipelines.queries.releases_logged import taken_back
from pipelines.queries.withdrawn import SUFFIX
from pipelines.store import access, agreements, atomic, backups, events, expunged, leftovers, private, swapping, watched
from pipelines.store.connecting import WrongKeyError, is_encrypted
from pipelines.store.keys import WHERE
from pipelines.store.opening import LOCK, VAULT, NotWritableError, locked, transaction
from schemas.access.parsing import NAME as PEOPLE
from schemas.actors import require
from schemas.catalogue import catalogue
from schemas.problems import BusyError, HomeError, UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from schemas.actors import Actor

RESTORED = "backup.restored"
# What people decide by hand and what then holds for everybody: as it is now, whatever a backup has.
DECIDED = (PEOPLE, agreements.FILE, settings.FILE)


def restore(home: Path, actor: Actor, backup: Path, at: datetime, *, replace: bool) -> str:
    """Bring the home back as the backup has it, and say what that is and where what was there lies now.

    What was taken from anybody since stays taken, what people have decided since holds, and what was published since counts
    as told. UserError, and nothing changed, where the backup is not whole, or the home holds something and `replace` is not
    said.
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
    with alone_with_backups(home), ExitStack() as locks:
        for audience in catalogue().audiences:
            if folder(home, audience).exists():
                locks.enter_context(alone(home, audience))
        was = _was(home)
        try:
            brought = _prepared(home, actor, backup, at, was)
            (swapping.begun(home) / LOCK).unlink()
            with locked(home, wait=60):
                aside = swapping.decide(home, f"{at:%Y%m%dT%H%M%SZ}")
        finally:
            leftovers.clear(home)  # what is not decided would fill a disk that is full already
    return " ".join(told(home, backup, brought, was, aside if there else None, [*_slips(home)]))


def _was(home: Path) -> Was:
    """What the home says of itself before it is put aside: little where its vault is lost, damaged or of another key."""
    if not (home / VAULT).exists():
        return Was()
    try:
        with transaction(home, write=False, wait=60) as connection:
            return Was(
                is_open=True,
                has_vault=True,
                removed=frozenset(expunged.every(connection)),
                released=frozenset(releases(connection)),
                first=events.hash_of(connection, 1),
                backups=backups_known.named(connection),
            )
    except BusyError:
        raise
    except HomeError:
        return Was(has_vault=True)


def _prepared(home: Path, actor: Actor, backup: Path, at: datetime, was: Was) -> Brought:
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
            first = events.hash_of(connection, 1)
            is_anothers = bool(was.first and first) and was.first != first
            faults = events.verify(connection, new)
            # The log that is put aside goes with its folder, and these hold what will be removed for good.
            detail["known"] = [] if is_anothers else sorted(was.backups - backups_known.named(connection))
            detail["kept"] = _keep_what_came_since(home, new)
            detail["settings"] = watched.fingerprints(new, (agreements.FILE, settings.FILE))
            detail["marks"] = {name: digest(new / name) for name in detail["kept"] if name.endswith(SUFFIX)}
            events.append(connection, actor, RESTORED, f"backup.{at:%Y%m%dT%H%M%SZ}", detail, at=at)
            carried = [] if is_anothers else carry_over(connection, home, new, actor, at)
            for audience in catalogue().audiences:
                withdrawing.finish(new, audience, taken_back(connection, audience))
            lost = was.released - releases(connection)
            removed = frozenset(expunged.every(connection))
    except WrongKeyError as why:
        raise UserError(
            f"{backup} was made with another key than the one that is set. {WHERE} Nothing was changed."
        ) from why
    except NotWritableError as why:
        raise UserError(f"The vault in {backup} takes no entry, so nothing was changed. {why}") from why
    except HomeError as why:
        raise _not_its_key(backup, new) from why
    return Brought(
        manifest=manifest,
        faults=faults,
        kept=detail["kept"],
        given_back=[name for name in DECIDED if (new / name).is_file() and not (home / name).is_file()],
        carried=carried,
        lost=[] if is_anothers else sorted(name for audience, name in lost if not file(home, audience, name).exists()),
        is_anothers=is_anothers and any(since(home, new, audience) for audience in catalogue().audiences),
        removed=removed,
    )


def _not_its_key(backup: Path, new: Path) -> UserError:
    """A backup of a time when the home had a key and this has none, or the other way round."""
    if is_encrypted(new / VAULT):
        return UserError(f"{backup} is encrypted. {WHERE} Nothing was changed.")
    return UserError(
        f"{backup} was made before the home was encrypted. Unset the key, restore it, set the key again and run “throughline "
        "key encrypt”. Nothing was changed."
    )


def _keep_what_came_since(home: Path, new: Path) -> list[str]:
    """Into the restored home what has been decided or taken from somebody since the backup; gives the names.

    The list of people, the agreements and the settings stay as they are now, as a legal hold must; sign-ins that were ended
    stay ended, and publications that were withdrawn stay withdrawn.
    """
    ended = (path.relative_to(home) for path in (home / "sign-ins").glob("*.ended"))
    marks = (path.relative_to(home) for path in (home / "publications").glob(f"*/*{SUFFIX}"))
    kept: list[str] = []
    for name in (*map(Path, DECIDED), *sorted(ended), *sorted(marks)):
        try:
            is_there = (home / name).is_file() and not _same(home / name, new / name)
            if is_there and (name.suffix != SUFFIX or (new / name).with_suffix(".duckdb").exists()):
                atomic.write(new / name, (home / name).read_bytes())
                kept.append(name.as_posix())
        except PermissionError as why:
            raise UserError(
                f"{home / name} cannot be read, so it cannot be kept. Give yourself the right to, or move it away to have the "
                "backup’s own. Nothing was changed."
            ) from why
    return kept


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()


def _slips(home: Path) -> Iterator[str]:
    """What is wrong with what people decide by hand, a sentence each: nothing is put right by a restore."""
    looks: tuple[Callable[[], object], ...] = (
        lambda: access.kept(home),
        lambda: agreements.read(home),
        lambda: retaining.refuse_slips(
            home, "Send that return again, or hold its agency; until then nothing is released."
        ),
    )
    for look in looks:
        try:
            look()
        except UserError as why:
            yield str(why)


def _last(home: Path) -> int:
    """The last entry of the log that is put aside, so that what is no longer there is known to have been; 0 for none."""
    try:
        noted = events.noted(home)
    except ValueError:
        return 0
    return noted.position if noted else 0
