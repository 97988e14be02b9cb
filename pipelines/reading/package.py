"""Look at a workbook's zip directory: how many parts, how large, what kind, and whether they are what they should be."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

from schemas.problems import UserError

if TYPE_CHECKING:
    from pipelines.reading.workbook import Format

ENTRIES_LIMIT = 5_000
TOTAL_LIMIT = 600_000_000  # a million blank formatted rows of twelve cells are 300 MB of XML
BOMB_SIZE = 10_000_000
BOMB_RATIO = 400  # a million blank formatted rows pack about 60 to 1; deflate itself ends at 1,032 to 1
DAMAGED = "is damaged or incomplete. Open it in Excel, save a new copy, and send that."
ENCRYPTED_FLAG = 0x1
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
Entry = tuple[int, int, int, int]


def checked(name: str, promised: Format, content: bytes) -> dict[str, Entry]:
    """The parts of a sound workbook; none where the format is not a zip."""
    if promised in {"csv", "xls"}:
        return {}
    parts = entries(name, content)
    agree(name, promised, parts)
    return parts


def entries(name: str, content: bytes) -> dict[str, Entry]:
    """Each part's (offset, packed bytes, bytes, method) by its path in small letters, once the directory is sound.

    Raises UserError for a zip bomb, two parts of one name, a path that climbs out, a password, macros.
    """
    parts = _directory(name, content)
    if sum(part.file_size for part in parts) > TOTAL_LIMIT or any(map(_is_bomb, parts)):
        raise UserError(f"{name} unpacks to far more than it should. Copy the sheets you need into a new workbook.")
    found: dict[str, Entry] = {}
    for part in parts:
        key = part.filename.lower().lstrip("/")
        if key in found or ".." in key.split("/") or ":" in key.split("/")[0]:
            raise UserError(f"{name} {DAMAGED}")
        if part.flag_bits & ENCRYPTED_FLAG:
            raise UserError(f"{name} is password-protected. Save a copy without a password and send that.")
        if part.compress_type not in METHODS:
            raise UserError(f"{name} {DAMAGED}")
        found[key] = (part.header_offset, part.compress_size, part.file_size, part.compress_type)
    if any(map(_is_macro, found)):
        raise UserError(f"{name} contains macros; save it as .xlsx and send that.")
    return found


def agree(name: str, promised: Format, parts: dict[str, Entry]) -> None:
    """Refuse a zip that is something else than its name says."""
    if any(part.startswith("word/") for part in parts) or any(part.startswith("ppt/") for part in parts):
        raise UserError(f"{name} is a Word or PowerPoint file. Send an Excel Workbook (.xlsx) or a CSV file.")
    is_ods = "content.xml" in parts and "_rels/.rels" not in parts
    is_binary = any(part.endswith("workbook.bin") for part in parts)
    actual: Format | None = "ods" if is_ods else "xlsb" if is_binary else "xlsx" if "_rels/.rels" in parts else None
    if actual is None:
        raise UserError(f"{name} is a zip file or a damaged workbook. Take the workbook out of it and send that.")
    if actual != promised:
        raise UserError(f"{name} is really .{actual}. Rename it to end in .{actual} and send that.")


def _directory(name: str, content: bytes) -> list[zipfile.ZipInfo]:
    """The zip's own list of parts, counted by their marks first so that reading it cannot fill memory."""
    if content.count(b"PK\x01\x02") > ENTRIES_LIMIT:
        raise UserError(f"{name} holds too many parts for a workbook. Copy the sheets you need into a new workbook.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return [part for part in package.infolist() if not part.is_dir()]
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, OverflowError, EOFError, OSError):
        raise UserError(f"{name} {DAMAGED}") from None


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > BOMB_SIZE and part.file_size > BOMB_RATIO * max(part.compress_size, 1)


def _is_macro(part: str) -> bool:
    return part.endswith("vbaproject.bin") or part.startswith(("xl/macrosheets/", "basic/", "scripts/"))
