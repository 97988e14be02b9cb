"""Read a large CSV file with Arrow, in the child process: the same cells that Python's own reader finds, five times as fast.

Only where both read alike: every row below the first few is equally long and the last quotation is closed. Anything
else is left to Python's reader, which is also quicker for a small file, as Arrow takes a tenth of a second to load.
"""

from __future__ import annotations

import csv
import io
from array import array

import pyarrow as pa
from pyarrow import compute
from pyarrow import csv as arrow_csv

from pipelines.reading.columns import CODE, Columns
from pipelines.reading.delimited import BADLY_QUOTED, ERRORS, FIELD_LIMIT, bounded, lines
from pipelines.reading.parts import Refusal

TYPE_CHECKING = False  # importing typing would cost the child 7 ms a file
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

# Arrow's own allocator and its threads lay claim to far more room than they use, and this process has little.
pa.set_memory_pool(pa.system_memory_pool())
pa.set_io_thread_count(1)
pa.set_cpu_count(1)
# Arrow would open a pipe to hear of Ctrl+C, and this process may open nothing.
pa.enable_signal_handlers(False)  # noqa: FBT003 - takes no name
# Title blocks and answers above a table have rows of other lengths.
HEAD = 60
# A row must fit into one; Python's reader refuses cells of an eighth of a megabyte.
BLOCK = 8_000_000
# Bytes that a letter of Windows-1252 takes at most as UTF-8.
LETTER = 3
SIZE = array(CODE).itemsize
LABEL = pa.dictionary(pa.int32(), pa.utf8())


def columns(content: bytes, encoding: str, mark: str) -> Columns | None:
    """The cells of a CSV file, or None where Arrow would not read them as Python does."""
    head, start = _head(content, encoding, mark)
    if not 0 < start < len(content) or not head[-1]:
        return None
    found = Columns()
    bounded(len(head), max(map(len, head)))
    found.add(head)
    body = Body(content, start, encoding, mark.encode() * (len(head[-1]) - 1))
    try:
        for batch in _batches(body, len(head[-1]), mark, has_quotations=b'"' in content):
            _add(found, batch)
    except pa.ArrowInvalid:  # a row is longer or shorter than the others
        return None
    if any(codes[-1] for codes in found.codes):  # an open quotation has swallowed the ending
        return None
    found.fill()
    return found


class Body(io.RawIOBase):
    """The text from a place on, as UTF-8, without the blank lines at its end; then one row of empty cells.

    A piece at a time, as there is no room for a copy. An open quotation swallows the empty row, and is known by it.
    """

    def __init__(self, content: bytes, start: int, encoding: str, empty: bytes) -> None:
        """Read nothing yet."""
        super().__init__()
        self._left = len(content.rstrip(b"\r\n")) - start
        self._text = io.BytesIO(content)
        self._text.seek(start)
        self._encoding = encoding
        self._ending = io.BytesIO(b"\n" + empty + b"\n")

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1) -> bytes:
        """At most so many bytes of the text, a few more where its letters take more room as UTF-8."""
        wanted = size if self._encoding != "cp1252" else max(size // LETTER, 1)
        piece = self._text.read(min(wanted, self._left))
        self._left -= len(piece)
        if not piece:
            return self._ending.read(size)
        return piece.decode(self._encoding, ERRORS).encode() if self._encoding == "cp1252" else piece


def _head(content: bytes, encoding: str, mark: str) -> tuple[list[list[str]], int]:
    """The first rows, and where in the bytes the next begins; nothing where that cannot be told."""
    if encoding not in {"utf-8", "utf-8-sig", "cp1252"}:
        return [], 0
    taken: list[str] = []

    def counted() -> Iterator[str]:
        for line in lines(content, encoding):
            taken.append(line)
            yield line

    reader = csv.reader(counted(), delimiter=mark, strict=True)
    try:
        head = [row for _, row in zip(range(HEAD), reader, strict=False)]
    except csv.Error:
        return [], 0
    plain = "utf-8" if encoding == "utf-8-sig" else encoding
    begins = 3 if encoding == "utf-8-sig" else 0
    return head, begins + sum(len(line.encode(plain, "replace")) for line in taken)


def _batches(body: Body, width: int, mark: str, *, has_quotations: bool) -> Iterator[Any]:
    """The rows a block at a time, each cell a label."""
    names = list(map(str, range(width)))
    return arrow_csv.open_csv(
        pa.PythonFile(body, "r"),
        read_options=arrow_csv.ReadOptions(use_threads=False, block_size=BLOCK, column_names=names),
        parse_options=arrow_csv.ParseOptions(
            delimiter=mark, newlines_in_values=has_quotations, ignore_empty_lines=False
        ),
        # All of it was found to be text before.
        convert_options=arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, LABEL), check_utf8=False),
    )


def _add(found: Columns, batch: Any) -> None:  # noqa: ANN401 - Arrow has no types
    """Take in the rows of a block."""
    bounded(found.rows + batch.num_rows, len(found.known))
    for place, column in enumerate(batch.columns):
        labels = column.dictionary.to_pylist()
        if any(len(label) > FIELD_LIMIT for label in labels):
            raise Refusal(BADLY_QUOTED)
        known = array(CODE, map(found.known[place].__getitem__, labels))
        # From its bytes: to look at a list, Arrow would load pandas.
        numbers = pa.Array.from_buffers(pa.uint32(), len(known), [None, pa.py_buffer(known)])
        numbers = compute.take(numbers, column.indices)
        found.codes[place].frombytes(memoryview(numbers.buffers()[1])[: len(numbers) * SIZE])
    found.rows += batch.num_rows
    found.fill()
