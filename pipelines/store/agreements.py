"""The partnership's `agreements.toml`, in its home folder: read afresh for every release, written whole or not at all."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pipelines.store import atomic
from schemas.catalogue import catalogue
from schemas.catalogue.agreements import FILE, Agreements, parsed, written
from schemas.hand_written import SlipError, text_of
from schemas.problems import UserError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FILE", "digest", "read", "write"]


def read(home: Path) -> Agreements:
    """What the file says; nothing agreed where there is none. UserError names every fault: half a file is not gone by."""
    try:
        text = text_of((home / FILE).read_bytes())
    except FileNotFoundError:
        return Agreements()
    except SlipError as why:
        raise UserError(f"{FILE} cannot be read: {why}. Until then nothing is released.") from None
    return parsed(text, list(catalogue().agencies))


def write(home: Path, agreements: Agreements) -> None:
    """Put the file in its place, after reading it back: what is written is what will be gone by."""
    text = written(agreements)
    if parsed(text, list(catalogue().agencies)) != agreements:
        raise UserError(f"{FILE} would not say the same when it is read again, so nothing was written.")
    atomic.write(home / FILE, text.encode())


def digest(home: Path) -> str:
    """The sha256 of the file, empty where there is none: whether anything in it has changed since."""
    path = home / FILE
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""
