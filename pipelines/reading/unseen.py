"""The rows and columns that an .ods or .xls workbook hides, sheet by sheet, in the child process: calamine does not tell them."""

from __future__ import annotations

import re
import struct

from pipelines.reading.compound import stream
from pipelines.reading.layout import attributes
from pipelines.reading.parts import WHOLE_LIMIT, Parts

TYPE_CHECKING = False  # importing typing would cost the child 7 ms a file
if TYPE_CHECKING:
    from collections.abc import Iterator

# More hidden rows than this are the empty ones beneath a table.
MOST = 100_000
ODS_CONTENT = "content.xml"
ODS_TAG = re.compile(rb"<table:(table|table-row|table-column)(?=[\s/>])([^>]*)>")
SHOWN = (b"", b"visible")
BOUND_SHEET, BEGIN, END, ROW, COLUMNS = 0x0085, 0x0809, 0x000A, 0x0208, 0x007D
ROW_HIDDEN, COLUMN_HIDDEN = 0x20, 0x01


class Unseen:
    """What one sheet hides: `rows`, and spans of `columns`, counted from 0."""

    def __init__(self) -> None:
        """Nothing yet; no dataclass, because importing those would cost the child 10 ms a file."""
        self.rows: list[int] = []
        self.columns: list[tuple[int, int]] = []


def unseen(parts: Parts, form: str) -> list[Unseen] | None:
    """What each sheet hides, in their order; None where it cannot be told of this file."""
    if form == "ods":
        return _of_ods(parts)
    if form != "xls":
        return None
    try:
        return _of_xls(stream(parts.content, ("Workbook", "Book")))
    except (struct.error, IndexError, ValueError):
        return None  # calamine reads files that are made more oddly than this


def _of_ods(parts: Parts) -> list[Unseen] | None:
    if parts.entries.get(ODS_CONTENT, (0, 0, WHOLE_LIMIT + 1, 0))[2] > WHOLE_LIMIT:
        return None
    found: list[Unseen] = []
    row = column = 0
    for tag in ODS_TAG.finditer(parts.whole(ODS_CONTENT)):
        kind, facts = tag.group(1), attributes(tag.group(2))
        if kind == b"table":
            found.append(Unseen())
            row = column = 0
        elif not found:
            continue
        elif kind == b"table-row":
            many = _many(facts.get("number-rows-repeated", b""))
            if facts.get("visibility", b"") not in SHOWN and row + many <= MOST:
                found[-1].rows += range(row, row + many)
            row += many
        else:
            many = _many(facts.get("number-columns-repeated", b""))
            if facts.get("visibility", b"") not in SHOWN:
                found[-1].columns.append((column, column + many - 1))
            column += many
    return found


def _many(repeated: bytes) -> int:
    return int(repeated[:7]) if repeated.isdigit() else 1


def _of_xls(content: bytes) -> list[Unseen]:
    """Of each sheet in the order of the workbook's own list, by the records of its rows and columns."""
    starts = [struct.unpack_from("<I", content, at)[0] for kind, at in _records(content, 0) if kind == BOUND_SHEET]
    return [_of_sheet(content, start) for start in starts]


def _of_sheet(content: bytes, start: int) -> Unseen:
    found = Unseen()
    for kind, at in _records(content, start):
        if kind == ROW and struct.unpack_from("<H", content, at + 12)[0] & ROW_HIDDEN and len(found.rows) < MOST:
            found.rows.append(struct.unpack_from("<H", content, at)[0])
        elif kind == COLUMNS and struct.unpack_from("<H", content, at + 8)[0] & COLUMN_HIDDEN:
            first, last = struct.unpack_from("<HH", content, at)
            found.columns.append((first, last))
    return found


def _records(content: bytes, at: int) -> Iterator[tuple[int, int]]:
    """The kind of each record of one part of the workbook and where its content begins, but not those of charts within."""
    depth = 0
    while at + 4 <= len(content):
        kind, length = struct.unpack_from("<HH", content, at)
        depth += (kind == BEGIN) - (kind == END)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, at + 4
        at += 4 + length
