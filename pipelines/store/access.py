"""The list of who may sign in, in the home folder: read afresh whenever it has changed, and changed as a whole."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from pipelines.store import atomic, private
from schemas.access import Access, parsed
from schemas.access.parsing import NAME, ListError, contact_in
from schemas.catalogue import catalogue
from schemas.hand_written import SlipError, text_of
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_LOCK = "access.lock"
# More than a list of people ever is: what is larger is no such list, and is not read on every run of a page.
_MOST_BYTES = 1_000_000
_PERSON = re.compile(r"^\s*\[\[\s*person\s*\]\]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Kept:
    """The list as it stands, with the hash of its file."""

    access: Access
    sha256: str


def kept(home: Path) -> Kept | None:
    """The list, or None where there is none yet. UserError where it cannot be used: then nobody gets in.

    A file that has not changed is not read again, and one that has is read at once: by its time, size and number on the
    disk, which a file put in its place changes too.
    """
    path = home / NAME
    try:
        found = path.stat()
        return _read(path, found.st_mtime_ns, found.st_size, found.st_ino)
    except FileNotFoundError:
        return None
    except SlipError as why:
        raise UserError(f"{NAME} cannot be read: {why}. Nobody can sign in until it is put right.") from why
    except OSError as why:
        raise UserError(f"{NAME} cannot be read. Nobody can sign in until it is put right.") from why


def contact(home: Path) -> str:
    """Whom to ask, from a list that cannot be used; empty where even that cannot be read."""
    try:
        with (home / NAME).open("rb") as file:
            return contact_in(text_of(file.read(_MOST_BYTES)))
    except (OSError, SlipError):
        return ""


def fingerprint(home: Path) -> str:
    """What tells a list that cannot be used from what it was before: the SHA-256 of its beginning, or that it cannot be read."""
    try:
        with (home / NAME).open("rb") as file:
            return hashlib.sha256(file.read(_MOST_BYTES)).hexdigest()
    except OSError:
        return "unreadable"


@lru_cache(maxsize=8)
def _read(path: Path, changed: int, size: int, number: int) -> Kept:
    del changed, number
    if size > _MOST_BYTES:
        raise UserError(f"{NAME} is larger than any list of people. Nobody can sign in until it is put right.")
    content = path.read_bytes()
    return Kept(parsed(text_of(content), catalogue().agencies), hashlib.sha256(content).hexdigest())


def change(home: Path, edit: Callable[[str], str]) -> Kept:
    """Change the file's text as a whole, one command at a time; gives the new list.

    What does not come out as a list without a fault is not written: UserError says what is wrong with it.
    """
    private.folder(home)
    try:
        with FileLock(home / _LOCK, timeout=10):
            path = home / NAME
            text = edit(text_of(path.read_bytes()) if path.exists() else "")
            made = parsed(text, catalogue().agencies)
            content = text.encode()
            atomic.write(path, content)
            return Kept(made, hashlib.sha256(content).hexdigest())
    except ListError as why:
        raise UserError(f"Nothing was changed: {' '.join(why.faults)}") from why
    except Timeout as why:
        raise UserError(f"{NAME} is being changed by another command. Try again.") from why


def with_person(text: str, lines: str) -> str:
    """The text with one more person at its end; comments and order stay as they are."""
    return f"{text.rstrip()}\n\n[[person]]\n{lines.strip()}\n".lstrip()


def with_line(text: str, number: int, many: int, line: str) -> str:
    """The text with one more line in the person of that number (from 0) of so many, right under its heading."""
    headings = list(_PERSON.finditer(text))
    if len(headings) != many:
        # One of them is written in another of TOML's ways, and counting would find somebody else.
        raise UserError(f"{NAME} lists its people in another way than [[person]]. Change it by hand.")
    end = text.find("\n", headings[number].end())
    at = len(text) if end < 0 else end
    return f"{text[:at]}\n{line}{text[at:]}"
