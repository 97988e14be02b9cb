"""Cut stray formatting out of a large sheet before calamine reads it: a million blank bordered rows are not a return.

The cut sheet takes the old one's room inside the same zip, so nothing else of the workbook moves.
"""

from __future__ import annotations

import re
import struct
import zlib

from pipelines.reading.parts import DEFLATED, LOCAL_HEADER, Parts
from pipelines.reading.scanning import is_filled, whole_rows

LARGE = 20_000_000  # smaller sheets are read as fast as they are cut
CENTRAL_SIGN = b"PK\x01\x02"
HAS_DESCRIPTOR = 0x8
BLANK = re.compile(rb'<c r="[A-Z]{1,3}\d{1,7}"(?: s="\d+")?\s?/>')


def trimmed(parts: Parts, path: str) -> Parts:
    """The workbook with one sheet's blank cells cut out, or as it was where the sheet is small or mostly filled."""
    size = parts.entries[path][2] if path else 0
    if size < LARGE:
        return parts
    kept: list[bytes] = []
    length, rows = 0, b""
    for rows in whole_rows(parts.blocks(path)):
        if filled := _filled(rows):
            kept.append(filled)
            length += len(filled)
        if length * 2 > size:
            return parts
    if not kept or b"</sheetData" not in kept[-1]:
        kept.append(rows)
    return _replaced(parts, path, b"".join(kept))


def _filled(rows: bytes) -> bytes:
    """What must stay of some rows: all of them where blank ones are needed to count by."""
    plain = rows.count(b'<c r="')
    if b"<sheetData" in rows or b"<row>" in rows or plain != rows.count(b"<c "):
        return rows
    if not is_filled(rows):
        return b""
    return BLANK.sub(b"", rows) if rows.count(b"/>") * 2 > plain else rows


def _replaced(parts: Parts, path: str, data: bytes) -> Parts:
    """The workbook with other data in one part; as it was if the data does not fit or the zip is of the large kind."""
    offset, room, _, _ = parts.entries[path]
    engine = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = engine.compress(data) + engine.flush()
    content = bytearray(parts.content)
    central = content.find(CENTRAL_SIGN)
    while central >= 0 and struct.unpack_from("<L", content, central + 42)[0] != offset:
        central = content.find(CENTRAL_SIGN, central + 1)
    if central < 0 or len(packed) > room or struct.unpack_from("<L", content, central + 20)[0] != room:
        return parts
    facts = struct.pack("<LLL", zlib.crc32(data), len(packed), len(data))
    for flags, place in ((offset + 6, offset + 14), (central + 8, central + 16)):
        struct.pack_into("<HH", content, flags, struct.unpack_from("<H", content, flags)[0] & ~HAS_DESCRIPTOR, DEFLATED)
        content[place : place + 12] = facts
    name_length, extra_length = struct.unpack_from("<HH", content, offset + 26)
    start = offset + LOCAL_HEADER + name_length + extra_length
    content[start : start + len(packed)] = packed
    return Parts(bytes(content), {**parts.entries, path: (offset, len(packed), len(data), DEFLATED)})
