"""The boxes in which a sheet's comments are shown: a drawing in an old language (VML) that Excel still asks for."""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING

from pipelines.checking.marking.rows import COLUMNS, ROWS
from pipelines.checking.marking.spans import Unmarkable, spliced, whole_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pipelines.checking.marking.rows import Place

_EMPTY = b"""<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" \
xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=""/>\
</o:shapelayout></xml>"""
_SPACES = b' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"'
_TYPE = b"""<v:shapetype%s id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">\
<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>"""
_SHAPE = b"""<v:shape%s id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;margin-left:59.25pt;\
margin-top:1.5pt;width:%dpt;height:%dpt;z-index:%d;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">\
<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>\
<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>\
<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%s</x:Anchor>\
<x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>"""
_SHAPE_BEGINS, _SHAPE_ENDS = re.compile(rb"<(?:[\w.-]+:)?shape\b"), re.compile(rb"</(?:[\w.-]+:)?shape\s*>")
_ROW, _COLUMN = (re.compile(rb"<(?:[\w.-]+:)?%s>\s*(\d{1,7})\s*<" % word) for word in (b"Row", b"Column"))
_IS_NOTE = re.compile(rb"""ObjectType\s*=\s*["']Note["']""")
_HAS_TYPE = re.compile(rb"""<(?:[\w.-]+:)?shapetype\b[^<>]*\sid\s*=\s*["']_x0000_t202["']""")
_ROOT_END = re.compile(rb"</(?:[\w.-]+:)?xml\s*>\s*$")
_BLOCKS = re.compile(rb"""(<(?:[\w.-]+:)?idmap\b[^<>]*\sdata\s*=\s*["'])([\d,\s]*)(["'])""")
_NUMBER = re.compile(rb"_x0000_s(\d{1,9})")
_IN_BLOCK = 1_024
_WIDTH, _ROW_HEIGHT, _LINE_HEIGHT, _LETTERS = 360, 20, 16, 58
_TALLEST = 420


def next_block(drawings: Iterable[bytes]) -> int:
    """The first block of 1,024 shape numbers that no drawing of the workbook uses: two shapes may not share a number."""
    used = {0}
    for xml in drawings:
        used |= {int(number) // _IN_BLOCK for number in _NUMBER.findall(xml)}
        used |= {whole_number(block.strip()) or 0 for _, said, _ in _BLOCKS.findall(xml) for block in said.split(b",")}
    return max(used) + 1


def with_shapes(
    xml: bytes, comments: Mapping[Place, str], gone: set[Place], width: Callable[[int], int], block: int
) -> bytes:
    """A drawing with a box for each comment that has none, and without those of comments that are gone.

    `width` tells how many pixels wide a column is, `block` the first block of shape numbers that is free.
    """
    xml = xml or _EMPTY
    there: set[Place] = set()
    cuts: list[tuple[int, int, bytes]] = []
    for start, end in _shapes(xml):
        place = _place(xml[start:end])
        if place in gone:
            cuts.append((start, end, b""))
        elif place is not None:
            there.add(place)
    xml = spliced(xml, cuts)
    new = [place for place in sorted(comments) if place not in there]
    end = _ROOT_END.search(xml)
    if not new:
        return xml
    if not end:
        raise Unmarkable("the boxes of its comments are drawn in a way we do not know")
    spaces = b"" if b'xmlns:v="' in xml and b'xmlns:o="' in xml and b'xmlns:x="' in xml else _SPACES
    pieces = [] if _HAS_TYPE.search(xml) else [_TYPE % spaces]
    for at, place in enumerate(new):
        number = (block + at // (_IN_BLOCK - 1)) * _IN_BLOCK + 1 + at % (_IN_BLOCK - 1)
        pieces.append(_shape(place, comments[place], (number, len(there) + at + 1), width, spaces))
    blocks = range(block, block + ceil(len(new) / (_IN_BLOCK - 1)))
    return _claimed(xml[: end.start()], blocks) + b"".join(pieces) + xml[end.start() :]


def _shapes(xml: bytes) -> Iterator[tuple[int, int]]:
    """Where each shape begins and ends; the drawing is searched, as Excel itself does not always write it as XML."""
    end = 0
    while (begins := _SHAPE_BEGINS.search(xml, end)) and (ends := _SHAPE_ENDS.search(xml, begins.end())):
        end = ends.end()
        yield begins.start(), end


def _place(shape: bytes) -> Place | None:
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    return (int(row.group(1)), int(column.group(1))) if row and column and _IS_NOTE.search(shape) else None


def _claimed(xml: bytes, blocks: range) -> bytes:
    """The drawing's own list of the blocks it uses, with ours added where it keeps one."""
    ours = ",".join(map(str, blocks)).encode()

    def added(found: re.Match[bytes]) -> bytes:
        before = found.group(2).strip()
        return found.group(1) + (before + b"," if before else b"") + ours + found.group(3)

    return _BLOCKS.sub(added, xml, count=1)


def _shape(place: Place, text: str, numbers: tuple[int, int], width: Callable[[int], int], spaces: bytes) -> bytes:
    """The box of one comment. `numbers`: the shape's own, and its place among those that lie on one another."""
    row, column = place
    lines = sum(max(ceil(len(line) / _LETTERS), 1) for line in text.split("\n"))
    height = min(lines * _LINE_HEIGHT + 12, _TALLEST)
    anchor = _anchor(row, column, height, width)
    number, order = numbers
    return _SHAPE % (spaces, number, _WIDTH * 3 // 4, height * 3 // 4, order, anchor.encode(), row, column)


def _anchor(row: int, column: int, height: int, width: Callable[[int], int]) -> str:
    """Where the box stands, in columns, rows and pixels within them: to the right of its cell, not past the sheet's edge."""
    left = min(column + 1, COLUMNS - 7)
    right, rest = left, 15 + _WIDTH
    while right < COLUMNS - 1 and rest > width(right):
        rest -= width(right)
        right += 1
    rows = ceil(height / _ROW_HEIGHT)
    top = max(min(row - 1, ROWS - 1 - rows), 0)
    return f"{left}, 15, {top}, 10, {right}, {rest}, {top + rows}, {10}"
