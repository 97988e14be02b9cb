"""Words looked for in texts and in whole files, however they are spelled, spaced, or spread over neighbouring cells."""

from __future__ import annotations

import html
import io
import re
import unicodedata
import zipfile
import zlib
from itertools import permutations
from typing import TYPE_CHECKING

from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORTEST = 3  # letters and digits
# Words of so many letters are found at the beginning of others too: “Quillfeathers” as well as “Quillfeather”.
_MAY_GO_ON = 5
_ENDS_THERE = r"(?![^\W\d_])"  # a number may follow, as in “Zoe2”
# Words of so many letters in all are found when they are written as one, too.
_JOINED_FROM = 5
_ANY_ORDER_OF = 3  # words
# Letters that are no other letter with an accent to the computer, and are to those who type.
_LIKE = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h"}
)
_NO_WORD = re.compile(r"[\W_]+")
_TAG = re.compile(r"<[^<>]*>")
# Where a cell, a text or a remark of a workbook ends: what stands in it may be in several pieces, each in letters of its own.
_END = re.compile(r"</(?:\w+:)?(?:si|is|c|row|comment|p|table-cell)>")
_LARGEST = 256 * 1024 * 1024  # bytes of one part of a workbook, unpacked


class LookedFor:
    """Words that somebody looks for; they are never shown, logged or kept."""

    def __init__(self, words: str) -> None:
        """Make the words ready. UserError where they are too short to be told from others."""
        plain = folded(words)
        if len(plain.replace(" ", "")) < SHORTEST:
            raise UserError(f"Give at least {SHORTEST} letters to look for. Nothing was looked for.")
        ends = "" if len(plain) >= _MAY_GO_ON else _ENDS_THERE
        each = plain.split()
        orders = permutations(each) if len(each) <= _ANY_ORDER_OF else [each]
        every = "|".join(re.escape(" ".join(order)) for order in orders)
        self._pattern = re.compile(rf"(?<!\S)(?:{every}){ends}")
        joined = plain.replace(" ", "")
        self._joined = joined if len(joined) >= _JOINED_FROM else ""

    def __repr__(self) -> str:
        """Nothing of the words: what is printed by mistake tells of nobody."""
        return "LookedFor(…)"

    def stands_in(self, text: str) -> bool:
        """Whether the words stand in a text.

        >>> LookedFor("Zoë O’Neil").stands_in("seen with ZOE  o'neil's aunt"), LookedFor("Ann").stands_in("annual")
        (True, False)
        >>> [LookedFor("Mary Ann").stands_in(text) for text in ("Maryann", "Mary-Ann", "Ann, Mary", "Mary\u00adAnn")]
        [True, True, True, True]
        """
        plain = folded(text)
        if self._pattern.search(plain) is not None:
            return True
        return bool(self._joined) and self._joined in plain.replace(" ", "")

    def stands_in_file(self, content: bytes) -> bool:
        """Whether the words stand in a file: a workbook, a text in any usual spelling, or an old .xls.

        UserError where a part of it cannot be looked through.
        """
        return any(self.stands_in(text) for text in _texts(content))


def folded(text: str) -> str:
    """A text without accents, capitals and signs, its words parted by single spaces.

    >>> folded("  Zoë\u00a0O’Neil,Smith")
    'zoe o neil smith'
    """
    text = text.casefold()
    if not text.isascii():
        # What nobody sees, such as a soft hyphen, parts no word.
        text = "".join(
            sign
            for sign in unicodedata.normalize("NFKD", text)
            if not unicodedata.combining(sign) and unicodedata.category(sign) != "Cf"
        ).translate(_LIKE)
    return _NO_WORD.sub(" ", text).strip()


def _texts(content: bytes) -> Iterator[str]:
    if content[:4] == b"PK\x03\x04":
        yield from _of_package(content)
        return
    yield from _decoded(content)


def _of_package(content: bytes) -> Iterator[str]:
    """Every part of a workbook, with its name; a part that is itself packed is looked into as well."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for part in package.infolist():
                if part.file_size > _LARGEST:
                    raise UserError("A part of the file is too large to be looked through.")
                yield part.filename
                said = package.read(part)
                if said[:4] == b"PK\x03\x04":
                    yield from _of_package(said)
                    continue
                for text in _decoded(said):
                    yield from _of_xml(text)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as why:
        raise UserError("The file cannot be unpacked.") from why


def _of_xml(text: str) -> Iterator[str]:
    """A text with its marks taken for gaps, and once more with the pieces of each cell put together."""
    yield html.unescape(_TAG.sub(" ", text))
    yield html.unescape(_TAG.sub("", _END.sub(" ", text)))
    yield html.unescape(text)  # what stands in the marks themselves, as the name of a sheet or of an author does


def _decoded(content: bytes) -> Iterator[str]:
    """A file's text in each spelling it may be in; of one that is no text, what of it reads as such."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield content.decode("utf-16", errors="replace")
        return
    try:
        yield content.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield content.decode("cp1252", errors="replace")
    if b"\0" in content:
        yield content.decode("utf-16-le", errors="replace")
        yield content[1:].decode("utf-16-le", errors="replace")
