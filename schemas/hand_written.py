"""Files that people write by hand, in TOML: read as editors save them, and what is wrong with one said in plain words."""

from __future__ import annotations

import re
import tomllib
from typing import Any

_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_DECLARED = re.compile(r"Cannot declare \((.*)\) twice")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# How Python begins what it says of a slip, and what that means to somebody who writes the file.
_WORDS = (
    (r"Illegal character '\n'", "a quotation mark is missing at the end of the line"),
    (r"Illegal character '\r'", "a quotation mark is missing at the end of the line"),
    ("Illegal character", "there is a sign that no text may hold"),
    ("Cannot overwrite a value", "the name before the “=” is there twice"),
    ("Cannot mutate", "what stands there was given before, in another way"),
    ("Expected '=' after a key", "after the name there is no “=”"),
    (
        "Expected newline or end of document",
        "something stands there that does not belong: words need quotation marks, and a day is written as 2026-04-01",
    ),
    (
        "Invalid value",
        'words need straight quotation marks, as "these"; a day is written as 2026-04-01, yes and no as true and false',
    ),
    ("Invalid initial character for a key", "there is neither a name with “=” and a value, nor a heading in square brackets"),
    ("Invalid statement", "there is neither a name with “=” and a value, nor a heading in square brackets"),
    ("Expected ']", "a square bracket is not closed"),
    ("Unclosed", "a bracket is not closed"),
    ("Unterminated string", "a quotation mark is missing"),
    ('Expected "', "a quotation mark is missing"),
    ("Expected '", "a quotation mark is missing"),
    ("Unescaped", "a backslash in quotation marks is written twice"),
    ("Invalid date", "there is a day that is in no calendar"),
)  # fmt: skip


class SlipError(ValueError):
    """What is wrong with a file, as part of a sentence: it begins in small letters and has no full stop."""


def text_of(content: bytes) -> str:
    """The text of a file. The mark that some editors put at its beginning is left out; SlipError for any other coding."""
    if content.startswith(_UTF_16):
        raise SlipError("it is saved as UTF-16, which some editors call Unicode; save it as UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SlipError("it is not UTF-8 text; save it as UTF-8") from None


def toml(text: str) -> dict[str, Any]:
    """What a text in TOML says. SlipError names the line and what is wrong with it, and repeats nothing but a heading.

    >>> toml('contact = "me')
    Traceback (most recent call last):
    ...
    schemas.hand_written.SlipError: at the end of the file a quotation mark is missing
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as why:
        said = _in_words(str(why))
    raise SlipError(said)


def _in_words(said: str) -> str:
    """Python's words for a slip in our own.

    >>> _in_words("Cannot declare ('agency', 'ltht') twice (at line 9, column 13)")
    'in line 9 the heading [agency.ltht] is there twice'
    """
    place = _PLACE.search(said)
    line = place[1] if place else None
    where = f"in line {line}" if line else "at the end of the file"
    declared = _DECLARED.match(said)
    if declared:
        name = ".".join(part.strip(" '\"") for part in declared[1].split(",") if part.strip())
        return f"{where} the heading [{name[:80]}] is there twice"
    words = next((plain for begins, plain in _WORDS if said.startswith(begins)), "there is what cannot be read as TOML")
    return f"{where} {words}"
