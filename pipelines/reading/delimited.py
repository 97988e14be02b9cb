"""Read a CSV file, in the child process: its encoding, its delimiter, its rows of text."""

from __future__ import annotations

import codecs
import csv
import io
from itertools import islice

from pipelines.reading.columns import packed
from pipelines.reading.parts import Refusal

TYPE_CHECKING = False  # importing typing would cost the child 7 ms a file
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DELIMITERS = ",;\t|"
SAMPLE_LINES = 50
SAMPLE_LENGTH = 65_536
CELLS_LIMIT = 5_000_000
ROWS_LIMIT = 1_048_576
FIELD_LIMIT = 131_072
MARKED = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
BATCH = 1_000
NOT_TEXT = "is not plain text, or not complete. Save it again as CSV UTF-8 and send that."
BADLY_QUOTED = "has a cell that never ends: a quotation mark is missing. Save it again as CSV UTF-8 and send that."
TOO_LONG = "has more rows or columns than a return can have. Delete the empty ones and send it again."


def records(content: bytes) -> Iterator[object]:
    """Everything in a CSV file, as the lines of a workbook of one sheet."""
    text, notes = decoded(content)
    all_rows = rows(text)
    yield {"sheet": "CSV", "visible": True}
    yield from (packed(all_rows[start : start + BATCH]) for start in range(0, len(all_rows), BATCH))
    yield {"marks": {"percent": [], "merged": []}}
    yield {"done": {"notes": notes, "texts": []}}


def load_encodings() -> None:
    """Import every encoding while the process may still open files."""
    for _, encoding in (*MARKED, (b"", "cp1252")):
        codecs.lookup(encoding)
    for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        codecs.lookup(encoding)


def decoded(content: bytes) -> tuple[str, list[str]]:
    """The text of a file and a note where its encoding had to be guessed.

    >>> decoded("Café".encode("cp1252"))
    ('Café', ['Read as Windows-1252 text; save as CSV UTF-8 to be sure of accents.'])
    """
    marked = next((encoding for mark, encoding in MARKED if content.startswith(mark)), "")
    try:
        text = content.decode(marked or "utf-8")
        notes: list[str] = []
    except UnicodeDecodeError:
        if marked:
            raise Refusal(NOT_TEXT) from None
        text = content.decode("cp1252", "replace")
        notes = ["Read as Windows-1252 text; save as CSV UTF-8 to be sure of accents."]
    if "\0" in text or _is_binary(text):
        raise Refusal(NOT_TEXT)
    return text, notes


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


def rows(text: str) -> list[list[str]]:
    """The rows of a CSV text as it stands: nothing is taken for a number."""
    csv.field_size_limit(FIELD_LIMIT)
    mark = delimiter(text)
    try:
        return list(_bounded(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)))
    except csv.Error as error:
        if "unexpected end" in str(error) or "field larger" in str(error):
            raise Refusal(BADLY_QUOTED) from None
    try:  # a quotation mark inside a cell: the lenient reading is what Excel shows
        return list(_bounded(csv.reader(io.StringIO(text, newline=""), delimiter=mark)))
    except csv.Error:
        raise Refusal(BADLY_QUOTED) from None


def _bounded(lines: Iterable[list[str]]) -> Iterator[list[str]]:
    """Rows until they would fill too large a table."""
    width = 1
    for number, row in enumerate(lines, start=1):
        width = max(width, len(row))
        if number * width > CELLS_LIMIT or number > ROWS_LIMIT:
            raise Refusal(TOO_LONG)
        yield row


def _is_binary(text: str) -> bool:
    """Whether control characters show that the bytes were never meant as text."""
    start = text[:SAMPLE_LENGTH]
    strange = sum(1 for character in start if ord(character) < 32 and character not in "\t\r\n\f\v\x1a")
    return strange * 100 > len(start)
