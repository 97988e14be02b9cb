"""Tell an .xls with a password, in the child process, where calamine stumbles over it instead of saying so."""

from __future__ import annotations

import struct

BOF = b"\x09\x08\x10\x00\x00\x06\x05\x00"
FILE_PASS = 0x002F
RECORDS_LOOKED_AT = 20


def is_locked(content: bytes) -> bool:
    """Whether the workbook's first records, right after its beginning mark, ask for a password."""
    at = content.find(BOF)
    for _ in range(RECORDS_LOOKED_AT):
        if at < 0 or at + 4 > len(content):
            break
        kind, length = struct.unpack_from("<HH", content, at)
        if kind == FILE_PASS:
            return True
        at += 4 + length
    return False
