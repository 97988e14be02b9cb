"""The originals people sent, each kept once under the SHA-256 of its content."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pipelines.store import atomic
from schemas.problems import UserError

if TYPE_CHECKING:
    from pathlib import Path


def keep(home: Path, content: bytes) -> str:
    """Store the original and return its SHA-256; the same content is stored once.

    Called before the vault commits: a crash in between leaves a file no submission names, which harms nothing and
    is taken up by the next sending of the same file.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    path = place(home, sha256)
    if not path.exists():
        atomic.write(path, content)
    return sha256


def original(home: Path, sha256: str) -> bytes:
    """The content sent, exactly; UserError where it is missing or no longer what was sent."""
    path = place(home, sha256)
    if not path.exists():
        raise UserError(f"The original {sha256[:12]}… is not in {path.parent}. Bring it back from a backup.")
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise UserError(f"The original {sha256[:12]}… has changed since it was received. Bring it back from a backup.")
    return content


def place(home: Path, sha256: str) -> Path:
    """Where the original of that SHA-256 lies."""
    return home / "files" / sha256
