"""Write a zip file in which the parts nobody touched keep their very bytes, packed as they were."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_VERSION, _DEFLATED, _UTF_8_NAME = 20, 8, 0x800
# 1 January 1980, the first day a zip file can say: the same workbook marked twice gives the same bytes.
_DATE, _TIME = 0x21, 0
# Of levels 1 to 9: beyond 4 a large sheet takes twice as long to pack and is hardly smaller.
_LEVEL = 4


@dataclass(frozen=True, slots=True)
class Packed:
    """One part as it lies in a zip file."""

    name: str
    data: bytes
    method: int
    crc: int
    size: int
    date: int = _DATE
    time: int = _TIME


def packed(name: str, content: bytes) -> Packed:
    """A part of our own, packed."""
    engine = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = engine.compress(content) + engine.flush()
    return Packed(name, data, _DEFLATED, zlib.crc32(content), len(content))


def archive(parts: list[Packed]) -> bytes:
    """The parts as one zip file, in their order. The reader's limits keep it far below where zip files need 64 bits."""
    pieces: list[bytes] = []
    listed: list[bytes] = []
    at = 0
    for part in parts:
        name = part.name.encode()
        flags = 0 if name.isascii() else _UTF_8_NAME
        facts = struct.pack(
            "<HHHHHLLLHH", _VERSION, flags, part.method, part.time, part.date, part.crc, len(part.data), part.size,
            len(name), 0,
        )  # fmt: skip
        listed.append(_CENTRAL + struct.pack("<H", _VERSION) + facts + struct.pack("<HHHLL", 0, 0, 0, 0, at) + name)
        pieces += (_LOCAL, facts, name, part.data)
        at += len(_LOCAL) + len(facts) + len(name) + len(part.data)
    directory = b"".join(listed)
    end = _END + struct.pack("<HHHHLLH", 0, 0, len(parts), len(parts), len(directory), at, 0)
    return b"".join([*pieces, directory, end])
