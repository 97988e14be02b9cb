"""Give cells of a sheet another style, in the bytes of its rows; cells and rows that are not there yet are put in order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pipelines.checking.marking.spans import Unmarkable, attribute, filled, spliced, whole_number, with_attribute
from pipelines.reading import address
from pipelines.reading.places import REFERENCE, column_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROWS, COLUMNS = 1_048_576, 16_384  # as far as an Excel sheet reaches
Place = tuple[int, int]  # row and column, counted from 0
_TAGS = rb"""(?=[\s/>])(?:[^<>"']*(?:"[^"]*"|'[^']*'))*[^<>"']*>"""
_HIDDEN = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_SPANS = re.compile(rb"(\d{1,5}):(\d{1,5})")
_DECLARED = 5  # the XML declaration may stand at the beginning, after a byte-order mark
Edits = list[tuple[int, int, bytes]]


def masked(xml: bytes) -> bytes:
    """The same number of bytes with comments and quoted text blanked out, so that no tag is found where none is.

    >>> masked(b"<a><!-- <c> --><c/></a>")
    b'<a>            <c/></a>'
    """
    if b"<!" not in xml and xml.find(b"<?", _DECLARED) < 0:
        return xml
    return _HIDDEN.sub(lambda found: b" " * len(found.group()), xml)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row's number from 0, its tag, and where its content ends."""

    number: int
    start: int
    inside: int
    is_empty: bool


class Rows:
    """The rows of one sheet, as they stand between `<sheetData>` and its end."""

    def __init__(self, xml: bytes, prefix: bytes) -> None:
        """Look for nothing yet. `prefix`: what stands before the names of elements."""
        self._xml = xml
        self._seen = masked(xml)
        self._prefix = prefix
        self._cell = re.compile(b"<" + prefix + b"c" + _TAGS)
        self._row = re.compile(b"<" + prefix + b"row" + _TAGS)
        self._cell_end = re.compile(b"</" + prefix + rb"c\s*>")
        self._row_end = re.compile(b"</" + prefix + rb"row\s*>")

    def restyled(self, wanted: Mapping[Place, Callable[[int], int]], inherited: Callable[[int], int]) -> bytes:
        """The rows with the wanted cells' styles changed. `inherited`: the style of an empty cell, by its column."""
        by_row: dict[int, dict[int, Callable[[int], int]]] = defaultdict(dict)
        for (row, column), change in wanted.items():
            by_row[row][column] = change
        edits: Edits = []
        here = {row.number: row for row in self._rows}
        for number in sorted(by_row):
            if number in here:
                edits += self._in_row(here[number], by_row[number], inherited)
            else:
                new = [(column, change(inherited(column))) for column, change in sorted(by_row[number].items())]
                edits.append(self._new_row(number, new))
        return spliced(self._xml, edits)

    def replaced(self, styles: Mapping[int, int]) -> bytes:
        """The rows with every cell of some styles given another one."""
        if not styles:
            return self._xml
        numbers = b"|".join(b"%d" % style for style in styles)
        pattern = re.compile(
            b"<" + self._prefix + rb"""c(?=\s)[^<>]*?\ss\s*=\s*["'](""" + numbers + rb""")["'][^<>]*>"""
        )
        edits: Edits = []
        for found in pattern.finditer(self._seen):
            new = with_attribute(found.group(), "s", str(styles[int(found.group(1))]))
            edits.append((found.start(), found.end(), new))
        return spliced(self._xml, edits)

    @cached_property
    def _rows(self) -> list[_Row]:
        """Every row, counted on where a writer left its number out."""
        found: list[_Row] = []
        number = -1
        for tag in self._row.finditer(self._seen):
            said = whole_number(attribute(tag.group(), b"r"))
            before, number = number, number + 1 if said is None else said - 1
            if number <= before:
                raise Unmarkable("the rows of one of its sheets are out of order")
            found.append(_Row(number, tag.start(), tag.end(), tag.group().endswith(b"/>")))
        return found

    def _in_row(
        self, row: _Row, wanted: Mapping[int, Callable[[int], int]], inherited: Callable[[int], int]
    ) -> Iterator[tuple[int, int, bytes]]:
        tag = self._seen[row.start : row.inside]
        own = whole_number(attribute(tag, b"s")) if attribute(tag, b"customFormat") in (b"1", b"true") else None
        cells = list(self._cells(row))
        columns = [column for column, _, _ in cells]
        created: list[int] = []
        content = b""
        for column, change in sorted(wanted.items()):
            at = bisect_left(columns, column)
            if at < len(cells) and columns[at] == column:
                _, start, end = cells[at]
                style = whole_number(attribute(self._seen[start:end], b"s")) or 0
                yield start, end, with_attribute(self._xml[start:end], "s", str(change(style)))
                continue
            new = self._new_cell(row.number, column, change(inherited(column) if own is None else own))
            created.append(column)
            if row.is_empty:
                content += new
            else:
                place = cells[at][1] if at < len(cells) else self._after(cells[-1]) if cells else row.inside
                yield place, place, new
        tag = _widened(self._xml[row.start : row.inside], created)
        yield row.start, row.inside, filled(tag, content) if content else tag

    def _cells(self, row: _Row) -> Iterator[tuple[int, int, int]]:
        """Each cell's column and where its tag stands."""
        close = None if row.is_empty else self._row_end.search(self._seen, row.inside)
        column = -1
        for tag in self._cell.finditer(self._seen, row.inside, close.start() if close else row.inside):
            named = REFERENCE.fullmatch(attribute(tag.group(), b"r") or b"")
            before, column = column, column_number(named.group(1)) if named else column + 1
            if column <= before:
                raise Unmarkable("the cells of one of its rows are out of order")
            yield column, tag.start(), tag.end()

    def _after(self, cell: tuple[int, int, int]) -> int:
        """Where a cell ends."""
        _, start, inside = cell
        if self._seen[start:inside].endswith(b"/>"):
            return inside
        close = self._cell_end.search(self._seen, inside)
        return close.end() if close else inside

    def _new_cell(self, row: int, column: int, style: int) -> bytes:
        return b'<%sc r="%s" s="%d"/>' % (self._prefix, address(row, column).encode(), style)

    def _new_row(self, number: int, cells: list[tuple[int, int]]) -> tuple[int, int, bytes]:
        content = b"".join(self._new_cell(number, column, style) for column, style in cells)
        new = b'<%srow r="%d">%s</%srow>' % (self._prefix, number + 1, content, self._prefix)
        at = bisect_left(self._rows, number, key=lambda row: row.number)
        place = self._rows[at].start if at < len(self._rows) else len(self._xml)
        return place, place, new


def _widened(tag: bytes, columns: list[int]) -> bytes:
    """A row's tag whose hint of where its cells stand takes in new ones.

    >>> _widened(b'<row r="5" spans="2:4">', [7])
    b'<row r="5" spans="2:8">'
    """
    spans = _SPANS.fullmatch(attribute(tag, b"spans") or b"")
    if not spans or not columns:
        return tag
    first = min(int(spans.group(1)), columns[0] + 1)
    return with_attribute(tag, "spans", f"{first}:{max(int(spans.group(2)), columns[-1] + 1)}")
