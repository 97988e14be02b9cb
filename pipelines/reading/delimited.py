"""Read a CSV file, in the child process: its encoding, its delimiter, its cells as text, column by column."""

from __future__ import annotations

import codecs
import csv
import io
from itertools import islice

from pipelines.reading.columns import Columns
from pipelines.reading.parts import TEXT_CELLS_LIMIT, Refusal

TYPE_CHECKING = False  # importing typing would cost the child 7 ms a file
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    Quick: TypeAlias = Callable[[bytes, str, str], Columns | None]

DELIMITERS = ",;\t|"
SAMPLE_LINES = 50
SAMPLE_LENGTH = 65_536
ROWS_LIMIT, COLUMNS_LIMIT = 1_048_576, 16_384  # as many as a sheet of a workbook has
FIELD_LIMIT = 131_072
MARKED = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
BATCH = 1_000
ERRORS = "replace"  # of the five bytes that mean nothing in Windows-1252
NOT_TEXT = "is not plain text, or not complete. Save it again as CSV UTF-8 and send that."
BADLY_QUOTED = "has a cell that never ends: a quotation mark is missing. Save it again as CSV UTF-8 and send that."
TOO_LONG = "has more rows or columns than a return can have. Delete the empty ones and send it again."


def records(content: bytes, quick: Quick | None = None) -> Iterator[object]:
    """Everything in a CSV file, as a workbook of one sheet; by a quick reader where one is given and reads it alike."""
    encoding, notes = decoded(content)
    mark = delimiter(_beginning(content, encoding))
    cells = (quick(content, encoding, mark) if quick else None) or columns(content, encoding, mark)
    del content  # a hundred megabytes that what is said of the cells has more use for
    yield {"sheet": "CSV", "visible": True}
    yield from cells.records()
    yield {"marks": {"percent": [], "merged": []}}
    yield {"done": {"notes": notes, "texts": []}}


def load_encodings() -> None:
    """Import every encoding while the process may still open files."""
    for _, encoding in (*MARKED, (b"", "cp1252")):
        codecs.lookup(encoding)
    for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        codecs.lookup(encoding)


def decoded(content: bytes) -> tuple[str, list[str]]:
    """The encoding of a file, once all of it was found to be text, and a note where it had to be guessed.

    >>> decoded("Café".encode("cp1252"))
    ('cp1252', ['Read as Windows-1252 text; save as CSV UTF-8 to be sure of accents.'])
    """
    encoding = next((encoding for mark, encoding in MARKED if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
        notes: list[str] = []
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise Refusal(NOT_TEXT) from None
        encoding = "cp1252"
        text = content.decode(encoding, ERRORS)
        notes = ["Read as Windows-1252 text; save as CSV UTF-8 to be sure of accents."]
    if "\0" in text or _is_binary(text):
        raise Refusal(NOT_TEXT)
    return encoding, notes


def delimiter(text: str) -> str:
    r"""The mark between cells: the one that most lines agree on, a comma where none does.

    >>> delimiter("a;b;c\n1,5;2;3\n"), delimiter("one column\nof words\n")
    (';', ',')
    """
    lines = list(islice(io.StringIO(text[:SAMPLE_LENGTH], newline=""), SAMPLE_LINES))
    best, most = ",", 0
    for mark in DELIMITERS:
        counts = [count for count in map(len, csv.reader(lines, delimiter=mark)) if count > 1]
        usual = max(set(counts), key=counts.count) if counts else 0
        score = counts.count(usual) * 100 + min(usual, 99)
        if score > most and counts:
            best, most = mark, score
    return best


def columns(content: bytes, encoding: str, mark: str) -> Columns:
    """The cells of a CSV file as they stand: nothing is taken for a number."""
    csv.field_size_limit(FIELD_LIMIT)
    try:
        return _columns(csv.reader(lines(content, encoding), delimiter=mark, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error) or "field larger" in str(error):
            raise Refusal(BADLY_QUOTED) from None
    try:  # a quotation mark inside a cell: the lenient reading is what Excel shows
        return _columns(csv.reader(lines(content, encoding), delimiter=mark))
    except csv.Error:
        raise Refusal(BADLY_QUOTED) from None


def lines(content: bytes, encoding: str) -> io.TextIOWrapper:
    """The lines of a text, one at a time: whole, a hundred megabytes would fill memory several times over."""
    return io.TextIOWrapper(io.BytesIO(content), encoding, ERRORS if encoding == "cp1252" else "strict", newline="")


def _columns(rows: Iterator[list[str]]) -> Columns:
    """The columns of a table that is not too large."""
    found = Columns()
    while batch := list(islice(rows, BATCH)):
        bounded(found.rows + len(batch), max(len(found.known), *map(len, batch)))
        found.add(batch)
    return found


def bounded(rows: int, width: int) -> None:
    """Refuse a table that is too large."""
    if rows * max(width, 1) > TEXT_CELLS_LIMIT or rows > ROWS_LIMIT or width > COLUMNS_LIMIT:
        raise Refusal(TOO_LONG)


def _beginning(content: bytes, encoding: str) -> str:
    """The first lines of a text, from which its delimiter is seen."""
    return lines(content, encoding).read(SAMPLE_LENGTH)


def _is_binary(text: str) -> bool:
    """Whether control characters show that the bytes were never meant as text."""
    start = text[:SAMPLE_LENGTH]
    strange = sum(1 for character in start if ord(character) < 32 and character not in "\t\r\n\f\v\x1a")
    return strange * 100 > len(start)
