"""The partnership's `agreements.toml`, in its home folder: read afresh for every release, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from pipelines.store import atomic
from schemas.catalogue import catalogue
from schemas.catalogue.agreements import FILE, Agreements, parsed, written
from schemas.hand_written import SlipError, text_of
from schemas.problems import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

__all__ = ["COMING", "FILE", "LOGGED_AS", "digest", "prepare", "read", "settle", "write"]
# What a change is called until it is in the log, and the entries by which it is there.
COMING = "agreements.coming.toml"
LOGGED_AS = ("agreement.recorded", "agreement.ended")
_LAST = "select detail from event where list_contains(?, action) order by position desc limit 1"


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
    atomic.write(home / FILE, _content(agreements))


def _content(agreements: Agreements) -> bytes:
    text = written(agreements)
    if parsed(text, list(catalogue().agencies)) != agreements:
        raise UserError(f"{FILE} would not say the same when it is read again, so nothing was written.")
    return text.encode()


def prepare(home: Path, agreements: Agreements) -> str:
    """Lay the file by under another name, to be logged before it counts; gives its sha256. UserError as `write` raises it."""
    content = _content(agreements)
    atomic.write(home / COMING, content)
    return hashlib.sha256(content).hexdigest()


def settle(connection: DuckDBPyConnection, home: Path) -> None:
    """Put what was laid by in its place if the log's last entry on agreements is of it, else clear it away.

    Whoever was cut off before the entry was kept has changed nothing; after it, this finishes it.
    """
    coming = home / COMING
    if not coming.exists():
        return
    last = connection.execute(_LAST, [list(LOGGED_AS)]).fetchone()
    logged = json.loads(last[0]).get("file_sha256") if last else None
    if hashlib.sha256(coming.read_bytes()).hexdigest() == logged:
        atomic.settle(coming, home / FILE)
    else:
        coming.unlink()


def digest(home: Path) -> str:
    """The sha256 of the file, empty where there is none: whether anything in it has changed since."""
    path = home / FILE
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""
