"""The key of a home: made, set for the first time, changed for another, taken away, and looked after."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipelines.flows.alone_with_backups import alone_with_backups
from pipelines.store import atomic, connecting, files, leftovers, rekeying, retention, sealing
from pipelines.store import keys as kept
from pipelines.store.opening import VAULT, locked, transaction
from schemas.actors import require
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from pipelines.store.keys import Keys
    from schemas.actors import Actor

    Progress = Callable[[list[Path]], Iterable[Path]]

NEW_VARIABLE = "THROUGHLINE_KEY_NEW"
_NO_KEY = f"No key is set. Make one with `throughline key new`, and set {kept.VARIABLE} or {kept.FILE_VARIABLE}."
_BACKUPS = "Backups made before are as they were made"


def new(home: Path, out: Path | None) -> str:
    """A new key, or a sentence that says in which file it lies: the owner's alone, outside the home, never over another."""
    made = kept.new()
    if out is None:
        return made
    if out.resolve().is_relative_to(home.resolve()):
        raise UserError(f"{out} lies in the home folder that the key would lock. Choose another place.")
    if out.exists():
        raise UserError(f"{out} is there already, and a key written over is lost. Choose another name.")
    atomic.write(out, f"{made}\n".encode())
    return f"Wrote a key to {out}. Set {kept.FILE_VARIABLE} to it, and keep a copy apart from every backup of the home."


def encrypt(home: Path, actor: Actor, at: datetime, progress: Progress = iter) -> str:
    """Encrypt a home that has no key with the one of the environment.

    UserError, and nothing changed, where an earlier home lies in it that a restore put aside: it would stay open.
    """
    require(actor, "business_unit")
    key = _of_the_environment(home)
    if _is_encrypted(home):
        raise UserError(f"The vault in {home} is encrypted already. Change its key with `throughline key rotate`.")
    with _with_nothing_aside(home):
        many = rekeying.change(home, None, key, actor, at=at, progress=progress)
    return (
        f"Encrypted the vault and {_originals(many)}. A dashboard that is running has no key and takes nothing any more: stop "
        f"it, and start it with {kept.VARIABLE} or {kept.FILE_VARIABLE} set. {_BACKUPS}, not encrypted, and the disk may still hold what was "
        f"written over: delete the one and, where you can, wipe the other.{_strangers(home)}"
    )


def rotate(home: Path, actor: Actor, at: datetime, new_file: Path | None, progress: Progress = iter) -> str:
    """Encrypt a home anew with the key of a file, or of THROUGHLINE_KEY_NEW, in place of the one of the environment.

    UserError, and nothing changed, where an earlier home lies in it that a restore put aside: the old key would open it.
    """
    require(actor, "business_unit")
    old = _of_the_environment(home)
    coming = _coming(home, new_file)
    if coming == old:
        raise UserError("The new key is the one that is set now. Make another with `throughline key new`.")
    _refuse_plain(home)
    with _with_nothing_aside(home):
        many = rekeying.change(home, old, coming, actor, at=at, progress=progress)
    return (
        f"Encrypted the vault and {_originals(many)} with the new key; the old one opens nothing here. Set {kept.VARIABLE} "
        f"or {kept.FILE_VARIABLE} to the new one and start the dashboard again. {_BACKUPS} and need the old key.{_strangers(home)}"
    )


def decrypt(home: Path, actor: Actor, at: datetime, progress: Progress = iter) -> str:
    """Take the encryption from a home."""
    require(actor, "business_unit")
    key = _of_the_environment(home)
    _refuse_plain(home)
    many = rekeying.change(home, key, None, actor, at=at, progress=progress)
    return (
        f"The vault and {_originals(many)} are not encrypted any more. Unset {kept.VARIABLE} and {kept.FILE_VARIABLE}, and "
        f"start the dashboard again. {_BACKUPS} and need the key."
    )


def check(home: Path, progress: Progress = iter) -> tuple[list[str], str]:
    """What is not as it should be, a sentence each, and in one what is: is all encrypted, and does the key open it?

    UserError where the vault itself does not open.
    """
    _there(home)
    key = kept.configured(home)
    with transaction(home, write=False) as connection:
        lost = retention.lost(connection, home)
    faults = [f"The original of {one.submission_id} is missing. Bring it back from a backup." for one in lost.missing]
    faults += [
        f"The original of {one.submission_id} is no longer as it came. Bring it back from a backup."
        for one in lost.spoilt
    ]
    spoilt = {one.file_sha256 for one in lost.spoilt}
    originals = [path for path in files.every(home) if path.name not in spoilt]
    for path in progress(originals):
        found = path.read_bytes()
        try:
            files.content(found, path.name, key)
        except UserError as said:
            faults.append(str(said))
            continue
        if key is not None and not sealing.is_sealed(found):
            faults.append(
                f"The original {path.name[:12]}… is not encrypted. Run `throughline key rotate` to a new key."
            )
    if key is not None:
        faults += _open_beside(home)
    state = "not encrypted: no key is set" if key is None else "encrypted, and the key that is set opens it"
    many = len(originals) + len(spoilt | {one.file_sha256 for one in lost.missing})
    return faults, f"The vault is {state}. {_originals(many).capitalize()}, {_faults(len(faults))}."


def _open_beside(home: Path) -> Iterator[str]:
    """What no key of the home locks, a sentence each: earlier homes, what was cut off, and what is none of the home's own."""
    for name in leftovers.put_aside(home):
        yield f"{name} holds an earlier home, as a restore put it aside: {_how_open(home / name)}. Delete it."
    for name in leftovers.cut_off(home):
        yield f"{name} is not encrypted: an act that was cut off left it. Make a backup, which clears it away, and look again."
    for name in leftovers.strangers(home):
        yield f"{name} is none of the home’s own, and no key locks it. Move it away, or delete it."


def _how_open(aside: Path) -> str:
    if connecting.is_encrypted(aside / VAULT):
        return "its vault opens with the key it had then"
    return "its vault is not encrypted" if (aside / VAULT).exists() else "nothing in it is encrypted anew"


def _strangers(home: Path) -> str:
    """What else lies in the home and stays as it is, as a sentence after others; empty where nothing does."""
    found = leftovers.strangers(home)
    return f" As it was, and none of the home’s own: {', '.join(found)}. Move it away, or delete it." if found else ""


@contextmanager
def _with_nothing_aside(home: Path) -> Generator[None]:
    """No backup or restore meanwhile, what one that was cut off left cleared away, and no earlier home beside this one."""
    with alone_with_backups(home):
        with locked(home, 60):
            # Who takes the lock finishes a restore that was decided, and that puts an earlier home aside.
            leftovers.refuse_put_aside(home, "Nothing was changed.")
            leftovers.clear(home)
        yield


def _of_the_environment(home: Path) -> Keys:
    _there(home)
    key = kept.configured(home)
    if key is None:
        raise UserError(_NO_KEY)
    return key


def _coming(home: Path, new_file: Path | None) -> Keys:
    said = os.environ.get(NEW_VARIABLE, "")
    if new_file is not None:
        return kept.in_file(new_file, home)
    if not said:
        raise UserError(f"There is no new key. Name its file with --new-key-file, or set {NEW_VARIABLE}.")
    return kept.of(said, NEW_VARIABLE)


def _there(home: Path) -> None:
    if not (home / VAULT).exists():
        raise UserError(f"There is no vault in {home}. Set THROUGHLINE_HOME, or load a return first.")


def _is_encrypted(home: Path) -> bool:
    return bool(connecting.is_encrypted(home / VAULT))


def _refuse_plain(home: Path) -> None:
    if connecting.is_encrypted(home / VAULT) is False:
        raise UserError(f"The vault in {home} is not encrypted. Encrypt it with `throughline key encrypt`.")


def _originals(many: int) -> str:
    return "1 original" if many == 1 else f"{many:,} originals"


def _faults(many: int) -> str:
    return "all as they should be" if not many else f"{many:,} not as it should be"
