"""What lies in a home beside what its key locks: an earlier home that was put aside, copies, and what acts that were cut off left.

A key locks the vault and the originals that the home works with. A second vault beside them is as open as it was before.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from pipelines.store import agreements, chain, connecting, expunged, files, rekeyed, sealing, swapping
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_VAULT = "vault.duckdb"
_OWN = frozenset({
    _VAULT, f"{_VAULT}.wal", f"{_VAULT}.wal.checkpoint", f"{_VAULT}.wal.recovery", files.FOLDER, "publications", "preview", "prepared",
    "sign-ins", connecting.SPILL, rekeyed.FOLDER, expunged.FOLDER, "access.toml", agreements.FILE, agreements.COMING, "settings.toml",
    "secrets.toml", "SYNTHETIC", chain.HEAD,
})  # fmt: skip
STAGED = ".backup-"


def put_aside(home: Path) -> list[str]:
    """The names of the earlier homes that restores put aside, the oldest first; no key of this home is asked for there."""
    return sorted(path.name for path in home.glob(f"{swapping.REPLACED}*"))


def refuse_put_aside(home: Path, so: str) -> None:
    """UserError where an earlier home lies here, which holds what is about to be removed or locked and is not looked into.

    `so`: what follows, such as that nothing was changed.
    """
    aside = put_aside(home)
    if aside:
        raise UserError(
            f"{aside[0]} in {home} holds an earlier home, as a restore put it aside. Delete that folder first. {so}"
        )


def strangers(home: Path) -> list[str]:
    """The names of files and filled folders in a home that are none of its own: a backup written here, a copy of the vault.

    Also of folders among the originals; a file there that is no original is named by whoever opens every original.
    """
    top = [path.name for path in home.iterdir() if not _is_own(path.name) and _is_filled(path)]
    among = [path.name for path in (home / files.FOLDER).glob("*/") if path.is_dir() and _is_filled(path)]
    return sorted([*top, *(f"{files.FOLDER}/{name}" for name in among)])


def _is_own(name: str) -> bool:
    passing = name.startswith((swapping.REPLACED, swapping.PLACE, STAGED)) or name.endswith((".lock", ".key"))
    return name in _OWN or passing


def _is_filled(path: Path) -> bool:
    """Whether it holds anything: a disk of its own has an empty folder for what was lost."""
    return not path.is_dir() or any(path.iterdir())


def cut_off(home: Path) -> Iterator[str]:
    """What a backup, a restore or a return that was cut off left unencrypted, by its path in the home."""
    for place in (home / swapping.PLACE, *home.glob(f"{STAGED}*")):
        for vault in sorted(place.rglob(_VAULT)):
            if connecting.is_encrypted(vault) is False:
                yield vault.relative_to(home).as_posix()
    for path in sorted((home / files.FOLDER).glob(".*")):
        if path.is_file() and not sealing.is_sealed(path.read_bytes()):
            yield path.relative_to(home).as_posix()


def clear(home: Path) -> None:
    """Take away what a restore or a backup that was cut off had unpacked or staged; for the one who is alone with backups.

    A restore that is decided has been finished by whoever took the vault's lock.
    """
    for place in left(home):
        shutil.rmtree(place)


def left(home: Path) -> list[Path]:
    """The folders into which a restore or a backup that was cut off had unpacked or staged; they may hold a whole home."""
    unpacked = [] if swapping.is_decided(home) else [home / swapping.PLACE]
    return [place for place in (*unpacked, *home.glob(f"{STAGED}*")) if place.exists()]
