"""Unpack one part of a workbook's zip piece by piece, in the child process, never more than was promised."""

from __future__ import annotations

import re
import struct
import zlib

TYPE_CHECKING = False  # importing typing would cost the child 7 ms a file
if TYPE_CHECKING:
    from collections.abc import Iterator

STEP = 65_536
BLOCK = 1_048_576
WHOLE_LIMIT = 32_000_000
# The largest return is 200,000 rows of 15 columns; calamine makes room for every cell between a sheet's corners, 32 bytes each.
CELLS_LIMIT = 5_000_000
# A case system's extract of 1,000,000 rows may have 20 columns, of which only the different values are kept.
TEXT_CELLS_LIMIT = 20_000_000
DEFLATED = 8
LOCAL_HEADER = 30
LOCAL_SIGN = b"PK\x03\x04"
UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"\0", b"<\0")
FIRST_ELEMENT = re.compile(rb"<[A-Za-z_]")
DAMAGED = "is damaged or incomplete. Open it in Excel, save a new copy, and send that."
RESAVE = "Open it in Excel, save it as an Excel Workbook (.xlsx), and send that."
TOO_MANY = (
    "has more different texts than a return can have. Leave out columns that are no part of it, and send it again."
)
TOO_LARGE = "unpacks to far more than it should. Copy the sheets you need into a new workbook."


class Refusal(Exception):  # noqa: N818 - not an error of ours: what the child says instead of an answer
    """Why a file is not read: the rest of a sentence that begins with the file's name."""


class Parts:
    """A workbook's bytes and where its parts lie in them: (offset, packed bytes, bytes, method) by path."""

    def __init__(self, content: bytes, entries: dict[str, tuple[int, int, int, int]]) -> None:
        """Unpack nothing yet."""
        self.content = content
        self.entries = entries

    def blocks(self, path: str) -> Iterator[bytes]:
        """A part's bytes in pieces of at most one MB."""
        offset, packed, size, method = self.entries[path]
        header = self.content[offset : offset + LOCAL_HEADER]
        if len(header) < LOCAL_HEADER or not header.startswith(LOCAL_SIGN):
            raise Refusal(DAMAGED)
        name_length, extra_length = struct.unpack_from("<HH", header, 26)
        start = offset + LOCAL_HEADER + name_length + extra_length
        seen = 0
        for block in _unpacked(self.content, start, start + packed, method):
            seen += len(block)
            if seen > size:
                raise Refusal(DAMAGED)
            yield block
        if seen != size:
            raise Refusal(DAMAGED)

    def whole(self, path: str, most: int = WHOLE_LIMIT) -> bytes:
        """A small part in one piece; empty where the workbook has no such part."""
        if path not in self.entries:
            return b""
        if self.entries[path][2] > most:
            raise Refusal(TOO_LARGE)
        return b"".join(self.blocks(path))

    def check_xml(self) -> None:
        """Refuse document types, entities and encodings nobody's spreadsheet program writes.

        A document type may only stand before the first element, so each part's beginning is enough.
        """
        for path in self.entries:
            if path.endswith((".xml", ".rels", ".vml")):
                start = next(self.blocks(path), b"")
                found = FIRST_ELEMENT.search(start)
                prolog = start[: found.start()] if found else start
                if b"<!DOCTYPE" in prolog or b"<!ENTITY" in prolog:
                    raise Refusal("holds an XML document type, which spreadsheet programs never write. " + RESAVE)
                if start.startswith(UTF_16):
                    raise Refusal("is not stored as UTF-8, as spreadsheet programs do. " + RESAVE)
                if start and not found:
                    raise Refusal(DAMAGED)


def _unpacked(content: bytes, start: int, end: int, method: int) -> Iterator[bytes]:
    """The bytes between two places of a zip, inflated in small steps so that a bomb stops early."""
    if method != DEFLATED:
        yield from (content[at : min(at + BLOCK, end)] for at in range(start, end, BLOCK))
        return
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for at in range(start, end, STEP):
            waiting = content[at : min(at + STEP, end)]
            while waiting:
                if block := engine.decompress(waiting, BLOCK):
                    yield block
                waiting = engine.unconsumed_tail
        if block := engine.flush():
            yield block
    except zlib.error:
        raise Refusal(DAMAGED) from None
