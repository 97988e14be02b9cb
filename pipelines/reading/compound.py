"""One stream out of the small file system that an .xls is, in the child process."""

from __future__ import annotations

import struct

TYPE_CHECKING = False  # importing typing would cost the child 7 ms a file
if TYPE_CHECKING:
    from collections.abc import Sequence

SIGN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER, ENTRY, IN_HEADER = 512, 128, 109
LAST_REAL = 0xFFFFFFFA  # numbers above it mark the end of a chain, or a sector that is free
SIZES = {9: 512, 12: 4_096}
SMALLEST = 4_096  # what is shorter lies elsewhere, and no sheet with figures is


def stream(content: bytes, names: Sequence[str]) -> bytes:
    """The bytes of the first stream with one of some names.

    ValueError where there is none; struct.error or IndexError where the file does not hold what it promises.
    """
    if not content.startswith(SIGN):
        raise ValueError("not a compound file")
    size = SIZES.get(struct.unpack_from("<H", content, 30)[0], 0)
    if not size:
        raise ValueError("sectors of no known size")
    table = _table(content, size)
    (first,) = struct.unpack_from("<I", content, 48)
    directory = _chain(content, size, table, first)
    # Two bytes a letter, put together by hand: where this runs no file can be opened any more, nor a codec loaded.
    known = {bytes(byte for letter in name for byte in (ord(letter), 0)) for name in names}
    for at in range(0, len(directory) - ENTRY + 1, ENTRY):
        (length,) = struct.unpack_from("<H", directory, at + 64)
        name = directory[at : at + max(length - 2, 0)]
        start, many = struct.unpack_from("<II", directory, at + 116)
        if name in known and many >= SMALLEST:
            return _chain(content, size, table, start)[:many]
    raise ValueError("no such stream")


def _table(content: bytes, size: int) -> list[int]:
    """Which sector follows which."""
    many, further = struct.unpack_from("<I", content, 44)[0], struct.unpack_from("<I", content, 68)[0]
    many = min(many, len(content) // size)  # whatever it promises, no file has more sectors than fit into it
    sectors = list(struct.unpack_from(f"<{IN_HEADER}I", content, 76))
    while further < LAST_REAL and len(sectors) < many:
        *more, further = struct.unpack_from(f"<{size // 4}I", content, HEADER + further * size)
        sectors += more
    found: list[int] = []
    for sector in sectors[:many]:
        if sector < LAST_REAL:
            found += struct.unpack_from(f"<{size // 4}I", content, HEADER + sector * size)
    return found


def _chain(content: bytes, size: int, table: list[int], sector: int) -> bytes:
    """The bytes of a chain of sectors; one that runs in a circle is cut off when it is longer than the file."""
    pieces: list[bytes] = []
    while sector < LAST_REAL and len(pieces) <= len(table):
        pieces.append(content[HEADER + sector * size : HEADER + (sector + 1) * size])
        sector = table[sector]
    return b"".join(pieces)
