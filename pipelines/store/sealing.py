"""Encrypts an original file and opens it again: AES-GCM, so that whoever changes a byte of it is found out."""

from __future__ import annotations

import os

from schemas.problems import UserError

# Begins every encrypted original. A workbook, a CSV file or a PDF begins otherwise; see `opened` for one that does not.
MARK = b"\x00throughline-sealed-1\x00"
_NONCE = (
    12  # bytes, as AES-GCM wants; by chance: one key seals thousands of files, and billions would be needed to meet
)

MORE = len(MARK) + _NONCE + 16  # bytes by which an encrypted original is longer: AES-GCM adds sixteen


def sealed(content: bytes, key: bytes, name: str) -> bytes:
    """The content encrypted under a key of 32 bytes; it opens only under the name it was sealed for."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE)
    return MARK + nonce + AESGCM(key).encrypt(nonce, content, MARK + name.encode())


def is_sealed(stored: bytes) -> bool:
    """Whether it begins as an encrypted original does."""
    return stored.startswith(MARK)


def opened(stored: bytes, key: bytes, name: str) -> bytes:
    """The content of an encrypted original. UserError where the key is another one, or a byte was changed."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce, rest = stored[len(MARK) : len(MARK) + _NONCE], stored[len(MARK) + _NONCE :]
    try:
        return AESGCM(key).decrypt(nonce, rest, MARK + name.encode())
    except (InvalidTag, ValueError) as why:
        raise UserError(
            f"The original {name[:12]}… cannot be decrypted: it is damaged, or was encrypted with another key. "
            "Bring it back from a backup."
        ) from why
