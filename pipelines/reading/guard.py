"""Look at a file from outside: refuse what is not a workbook before anything parses it."""

from __future__ import annotations

import errno
import stat
from typing import TYPE_CHECKING

from schemas.problems import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.reading.workbook import Format

BYTES_LIMIT = 50_000_000  # a workbook of 200,000 rows is about 10 MB, one whose every text is different perhaps 40 MB
TEXT_BYTES_LIMIT = 150_000_000  # 1,000,000 rows of plain text are about 100 MB
NAME_LENGTH = 120
FORMATS: dict[str, Format] = {
    ".xlsx": "xlsx",
    ".xls": "xls",
    ".xlsb": "xlsb",
    ".ods": "ods",
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
}
MACRO_ENDINGS = (".xlsm", ".xltm", ".xlam")
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_KINDS = {
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a compressed file",
    b"Rar!": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a text document",
    b"ID;PWXL": "a SYLK file",
    b"ID;PCALC": "a SYLK file",
    b"\x09\x08": "a workbook of a very old Excel",
    b"\x09\x04": "a workbook of a very old Excel",
    b"\x09\x02": "a workbook of a very old Excel",
    b"<?xml": "an XML file or web page",
    b"<html": "a web page",
    b"<!doc": "a web page",
    b"<tabl": "a web page",
    b"mime-": "a web page",
}
SAVE_AS = "Open it in Excel, save it as an Excel Workbook (.xlsx), and send that."


def shown_name(path: Path) -> str:
    r"""A file's own name, fit to print: no folders, no control or direction characters, not too long.

    >>> from pathlib import Path
    >>> shown_name(Path("/home/someone/returns\x1b[31m.csv"))
    'returns[31m.csv'
    """
    name = printable(path.name)
    return name if len(name) <= NAME_LENGTH else f"{name[:NAME_LENGTH]}…"


def printable(text: str) -> str:
    """A text without control and direction characters, so that it cannot play tricks on a terminal or a page."""
    return "".join(character for character in text if character.isprintable())


def limit_of(path: Path) -> int:
    """How many bytes a file of that name may have: text is not packed as a workbook is, and unpacks to nothing more."""
    return TEXT_BYTES_LIMIT if FORMATS.get(path.suffix.lower()) == "csv" else BYTES_LIMIT


def contents(path: Path, *, bytes_limit: int | None = None) -> bytes:
    """The bytes of an ordinary, filled file of bearable size, read once so that what is hashed is what is parsed.

    `bytes_limit` is that of its format where none is given.
    """
    name, bytes_limit = shown_name(path), limit_of(path) if bytes_limit is None else bytes_limit
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise UserError(f"{name} is not a file. Choose the workbook or CSV file itself.")
        with path.open("rb") as file:
            content = file.read(bytes_limit + 1)
    except FileNotFoundError:
        raise UserError(f"{name} is not there. Check the folder and the name.") from None
    except (OSError, ValueError) as why:  # ValueError: a NUL in the name
        if isinstance(why, OSError) and why.errno == errno.ENAMETOOLONG:
            raise UserError(f"{name} has a longer name than a file can have. Give it a shorter one.") from None
        raise UserError(f"{name} cannot be opened. Close it elsewhere and check that you may read it.") from None
    if not content:
        raise UserError(f"{name} is empty (0 bytes). Save it again and check that the copy is complete.")
    if len(content) > bytes_limit:
        limit = f"{bytes_limit / 1_000_000:,.0f} MB"
        raise UserError(f"{name} is larger than {limit}. Delete what is not part of the return, and send it again.")
    return content


def format_of(path: Path, content: bytes) -> Format:
    """The format a file's name promises, where its first bytes keep the promise."""
    name = shown_name(path)
    ending = path.suffix.lower()
    if ending in MACRO_ENDINGS:
        raise UserError(f"{name} contains macros; save it as .xlsx and send that.")
    promised = FORMATS.get(ending)
    if promised is None:
        raise UserError(f"{name} is not a kind of file we read. Send an Excel Workbook (.xlsx) or a CSV file.")
    if content.startswith(ZIP):
        if promised in {"csv", "xls"}:
            raise UserError(f"{name} is not what its name says: it looks like .xlsx. Rename it to .xlsx and send that.")
        return promised
    if content.startswith(OLE):
        return _old_or_locked(name, promised, content)
    _refuse_other_kinds(name, promised, content)
    return promised


def _old_or_locked(name: str, promised: Format, content: bytes) -> Format:
    """Tell an old .xls from the wrapper that Excel puts around a workbook with a password."""
    if any(word.encode("utf-16-le") in content for word in ("EncryptedPackage", "EncryptionInfo")):
        raise UserError(f"{name} is password-protected. Save a copy without a password and send that.")
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise UserError(f"{name} contains macros; save it as .xlsx and send that.")
    if promised != "xls":
        raise UserError(f"{name} is an old Excel or Office file under another name. {SAVE_AS}")
    return promised


def _refuse_other_kinds(name: str, promised: Format, content: bytes) -> None:
    """Say what a file is where it is neither a workbook nor text."""
    start = content[:512].lower()
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    for first, kind in OTHER_KINDS.items():
        if first.lower() in {start[: len(first)], text[: len(first)]}:
            raise UserError(f"{name} is {kind}, not a workbook. {SAVE_AS}")
    if promised != "csv":
        raise UserError(
            f"{name} is not an Excel workbook, or is damaged. If it is a CSV file, rename it to end in .csv."
        )
