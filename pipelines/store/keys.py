"""The key of a home: where it is read from, what makes one fit, and the two keys that are derived from it."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from schemas.problems import HomeError

VARIABLE = "THROUGHLINE_KEY"
FILE_VARIABLE = "THROUGHLINE_KEY_FILE"
BYTES = 32
WHERE = f"Set {VARIABLE} to its key, or {FILE_VARIABLE} to the file that holds it."
_LONGEST = 1000  # bytes of a key file that are looked at: a key has 44 letters
# Of 32 bytes drawn by chance some 30 differ; fewer than this comes of a pattern that somebody typed.
_FEWEST_DIFFERENT = 16
_MAKE = "Make one with `throughline key new`: a word or sentence that somebody thought of can be guessed."


@dataclass(frozen=True, slots=True)
class Keys:
    """What one key opens: the vault (32 bytes in base64, as DuckDB takes it) and the originals (32 bytes).

    Neither is ever shown: the representation leaves both out, so that no message or log can carry them.
    """

    vault: str = field(repr=False)
    files: bytes = field(repr=False)


def new() -> str:
    """A new key: 32 random bytes in base64, 44 letters."""
    return base64.b64encode(secrets.token_bytes(BYTES)).decode()


def configured(home: Path) -> Keys | None:
    """The keys the environment gives for a home; None where it names none, and then nothing is encrypted.

    UserError where what it gives is no key, cannot be read, or is given twice; nothing of it is repeated.
    """
    said, file = os.environ.get(VARIABLE, ""), os.environ.get(FILE_VARIABLE, "")
    if not said and not file:
        return None
    if said and file:
        raise HomeError(f"Both {VARIABLE} and {FILE_VARIABLE} are set. Keep one of them.")
    return of(said, VARIABLE) if said else in_file(Path(file), home)


def in_file(path: Path, home: Path) -> Keys:
    """The keys of a key file. UserError where it cannot be read, holds no key, or lies in the home it locks."""
    if path.resolve().is_relative_to(home.resolve()):
        raise HomeError(
            f"The key file {path} lies in the home folder it locks, so whoever took one would have both. "
            "Move it somewhere else."
        )
    try:
        with path.open("rb") as file:
            content = file.read(_LONGEST)
    except OSError as why:
        raise HomeError(f"The key file {path} cannot be read: {why.strerror or 'it is no file'}.") from why
    return of(content.decode("ascii", "replace"), f"The key file {path}")


def of(text: str, where: str) -> Keys:
    """The keys derived from a key's text; `where` it was found begins the sentence that refuses it.

    UserError where it is not 32 random bytes in base64, as a passphrase is not.
    """
    made = _derived(text.strip())
    if made is None:
        raise HomeError(f"{where} holds no key of {BYTES} random bytes in base64. {_MAKE}")
    return made


@lru_cache(maxsize=8)
def _derived(text: str) -> Keys | None:
    """Two keys that tell nothing of each other or of the first, by HKDF with a label each; None where it is no key."""
    try:
        raw = base64.b64decode(text.encode("ascii"), altchars=b"-_" if {"-", "_"} & set(text) else None, validate=True)
    except (binascii.Error, UnicodeEncodeError, ValueError):
        return None
    if len(raw) != BYTES or len(set(raw)) < _FEWEST_DIFFERENT:
        return None
    return Keys(base64.b64encode(_one(raw, b"vault")).decode(), _one(raw, b"files"))


def _one(raw: bytes, label: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=BYTES, salt=None, info=b"throughline/1/" + label).derive(raw)
