"""The originals people sent, each kept once under the SHA-256 of its content, encrypted where the home has a key."""

from __future__ import annotations

import hashlib
import os
import stat
from typing import TYPE_CHECKING

from pipelines.store import atomic, keys, sealing
from schemas.problems import HomeError, UserError

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.store.keys import Keys

FOLDER = "files"


def keep(home: Path, content: bytes) -> str:
    """Store the original and return its SHA-256; the same content is stored once.

    Called before the vault commits: a crash in between leaves a file no submission names, which harms nothing and
    is taken up by the next sending of the same file.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    path = place(home, sha256)
    if not path.exists():
        atomic.write(path, stored(content, sha256, keys.configured(home)))
    return sha256


def original(home: Path, sha256: str) -> bytes:
    """The content sent, exactly; UserError where it is missing or no longer what was sent."""
    path = place(home, sha256)
    if not path.exists():
        raise UserError(f"The original {sha256[:12]}… is missing. Bring it back from a backup.")
    return content(path.read_bytes(), sha256, keys.configured(home))


def stored(content: bytes, sha256: str, key: Keys | None) -> bytes:
    """What is written to the disk for an original: encrypted under the key, or as it came where there is none."""
    return content if key is None else sealing.sealed(content, key.files, sha256)


def content(found: bytes, sha256: str, key: Keys | None) -> bytes:
    """The content of what lies on the disk; UserError where it cannot be decrypted or is not what was sent.

    The name is the fingerprint of the content, so it decides: what has it is the original, whatever it begins with. One
    that lies there as it came though the home has a key (brought back from an older backup) can be read all the same;
    `throughline key check` names it.
    """
    if _is(found, sha256):
        return found
    if sealing.is_sealed(found):
        if key is None:
            raise HomeError(f"The original {sha256[:12]}… is encrypted. {keys.WHERE}")
        found = sealing.opened(found, key.files, sha256)
    if not _is(found, sha256):
        raise UserError(f"The original {sha256[:12]}… has changed since it was received. Bring it back from a backup.")
    return found


def place(home: Path, sha256: str) -> Path:
    """Where the original of that SHA-256 lies."""
    return home / FOLDER / sha256


def size(home: Path, sha256: str) -> int | None:
    """How many bytes lie there; −1 for a folder or a link, which no original is, and None where nothing does."""
    try:
        found = os.lstat(
            f"{home}/{FOLDER}/{sha256}"
        )  # of hundreds at once, and a path of its own for each takes longer
    except FileNotFoundError:
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else -1


def may_be(found: int, sha256: str, came: object) -> bool:
    """Whether so many bytes may be that original: as it came, or encrypted. `came`: its bytes by the log, None where it has none."""
    if isinstance(came, int):
        return found in (came, came + sealing.MORE)
    return found > 0 or (found == 0 and _is(b"", sha256))


def every(home: Path) -> list[Path]:
    """Every original of a home, in the order of their names; what an interrupted writing left is none, nor is a folder."""
    folder = home / FOLDER
    there = folder.iterdir() if folder.exists() else ()
    return sorted(path for path in there if not path.name.startswith(".") and path.is_file())


def _is(content: bytes, sha256: str) -> bool:
    return hashlib.sha256(content).hexdigest() == sha256
