"""Read a large CSV file with Arrow, in the child process: the same cells that Python's own reader finds, five times as fast.

Only where both read alike: every row below the first few is equally long and the last quotation is closed. Anything
else is left to Python's reader, which is also quicker for a small file, as Arrow takes a tenth of a second to load.
"""

from __future__ import annotations

import csv
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

# Arrow would open a pipe to hear of Ctrl+C, and this process may open nothing.
pa.enable_signal_handlers(False)  # noqa: FBT003 - takes no name
# Title blocks and answers above a table have rows of other lengths.
HEAD = 60
# A row must fit into one; Python's reader refuses cells of an eighth of a megabyte.
BLOCK = 8_000_000
SIZE = array(CODE).itemsize
LABEL = pa.dictionary(pa.int32(), pa.utf8())


def columns(content: bytes, encoding: str, mark: str) -> Columns | None:
    """The cells of a CSV file, or None where Arrow would not read them as Python does."""
    head, start = _head(content, encoding, mark)
    if not 0 < start < len(content) or not head[-1]:
        return None
    found = Columns()
    found.add(head)
    if (table := _table(_body(content, start, encoding), len(head[-1]), mark)) is None:
        return None
    bounded(found.rows + table.num_rows, len(found.known))
    for place, name in enumerate(table.column_names):
        for chunk in table[name].chunks:
            labels = chunk.dictionary.to_pylist()
            if any(len(label) > FIELD_LIMIT for label in labels):
                raise Refusal(BADLY_QUOTED)
            known = array(CODE, map(found.known[place].__getitem__, labels))
            # From its bytes: to look at a list, Arrow would load pandas.
            numbers = pa.Array.from_buffers(pa.uint32(), len(known), [None, pa.py_buffer(known)])
            numbers = compute.take(numbers, chunk.indices)
            found.codes[place].frombytes(memoryview(numbers.buffers()[1])[: len(numbers) * SIZE])
    found.rows += table.num_rows
    found.fill()
    return found


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


def _body(content: bytes, start: int, encoding: str) -> bytes | memoryview:
    """What follows from a place on without the blank lines at the end, as UTF-8; not copied where it is that already."""
    stop = len(content.rstrip(b"\r\n"))
    if encoding == "cp1252":
        return content[start:stop].decode(encoding, ERRORS).encode()
    return memoryview(content)[start:stop]


def _table(body: bytes | memoryview, width: int, mark: str) -> pa.Table | None:  # pyright: ignore[reportUnknownParameterType] - Arrow has no types
    """The rest of the rows, each cell a label, or None where a row is longer or shorter or a quotation stays open.

    A row of empty cells is put behind the last: an open quotation swallows it.
    """
    names = list(map(str, range(width)))
    ending = b"\n" + mark.encode() * (width - 1) + b"\n"
    whole = b"".join([body, ending])
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(whole),
            read_options=arrow_csv.ReadOptions(use_threads=False, block_size=BLOCK, column_names=names),
            parse_options=arrow_csv.ParseOptions(
                delimiter=mark, newlines_in_values=b'"' in whole, ignore_empty_lines=False
            ),
            # All of it was found to be text before.
            convert_options=arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, LABEL), check_utf8=False),
        )
    except pa.ArrowInvalid:
        return None
    last = [column[-1].as_py() for column in table.columns]
    return None if any(last) else table.slice(0, table.num_rows - 1)
