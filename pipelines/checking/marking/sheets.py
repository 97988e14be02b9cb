"""One worksheet's part: its cells restyled, its comments tied to it, everything else left as it stands."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from pipelines.checking.marking.rows import Rows, masked
from pipelines.checking.marking.spans import LINK, MAIN, Part, Unmarkable, check_well_formed, prefix_of, whole_number
from pipelines.reading import address
from pipelines.reading.places import REFERENCE, column_number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipelines.checking.marking.rows import Place
    from pipelines.checking.marking.spans import Node

_OPEN = re.compile(rb"""<(?:[\w.-]+:)?sheetData(?=[\s/>])[^<>]*>""")
_CLOSE = re.compile(rb"</(?:[\w.-]+:)?sheetData\s*>")
# What follows the place of `legacyDrawing` in a worksheet; everything else stands before it.
_LATER = {
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"),
    "AlternateContent",
}
_PIXELS = 64


class Worksheet:
    """A worksheet's part cut in two: its rows, which may be many, and what stands around them."""

    def __init__(self, xml: bytes) -> None:
        """Find the rows. Raises Unmarkable where the part is no worksheet of the usual kind."""
        check_well_formed(xml)  # so that no search below runs on from a quote or a comment that never ends
        seen = masked(xml)
        opened = _OPEN.search(seen)
        if not opened:
            raise Unmarkable("one of its sheets has no room for rows")
        closes = [] if opened.group().endswith(b"/>") else [found.start() for found in _CLOSE.finditer(seen)]
        start, end = opened.end(), closes[-1] if closes else opened.end()
        self._around = Part(xml[:start] + xml[end:])
        root = self._around.root
        data = root.first("sheetData")
        if root.space != MAIN or root.name != "worksheet" or data is None or data.start != opened.start():
            raise Unmarkable("one of its sheets is of another kind")
        self._data = data
        self._rows = xml[start:end]
        self._prefix = prefix_of(opened.group())
        self._columns = [node.facts for node in _children(root, "cols")]

    def unmark(self, styles: Mapping[int, int]) -> None:
        """Give the cells of some styles the styles they had before they were marked."""
        self._rows = Rows(self._rows, self._prefix).replaced(styles)

    def mark(self, wanted: Mapping[Place, Callable[[int], int]]) -> None:
        """Give cells another style, made from the one each has; a cell that is not there yet is put in its place."""
        if wanted:
            self._rows = Rows(self._rows, self._prefix).restyled(wanted, self._column_style)
            self._reach(wanted)

    def first_of_merged(self, place: Place) -> Place:
        """The cell itself, or the first of those it is merged with: only that one is seen."""
        row, column = place
        for top, left, bottom, right in self._merged:
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return place

    @property
    def shapes(self) -> str:
        """The id of the relation that leads to the shapes of the sheet's comments; empty where there are none."""
        node = self._around.root.first("legacyDrawing")
        if node and f"{LINK} id" not in node.facts:
            raise Unmarkable("the boxes of its comments are missing")
        return node.facts[f"{LINK} id"] if node else ""

    def tie_shapes(self, relation_id: str) -> None:
        """Name the relation that leads to the shapes of the comments."""
        root = self._around.root
        before = [node for node in root.children if node.space == MAIN and node.name not in _LATER]
        tag = b'<%slegacyDrawing xmlns:r="%s" r:id="%s"/>'
        at = before[-1].end
        self._around.replace(at, at, tag % (self._around.prefix(root), LINK.encode(), relation_id.encode()))

    def width(self, column: int) -> int:
        """About how many pixels wide a column is."""
        facts = self._column(column)
        if facts.get("hidden") in {"1", "true"}:
            return 0
        settings = self._around.root.first("sheetFormatPr")
        usual = settings.facts.get("defaultColWidth", "") if settings else ""
        try:
            return int(float(facts.get("width", usual)) * 7 + 5)
        except (ValueError, OverflowError):
            return _PIXELS

    def result(self) -> bytes:
        """The part with its changes."""
        self._around.append(self._data, self._rows)
        return self._around.result()

    @cached_property
    def _merged(self) -> list[tuple[int, int, int, int]]:
        return [
            area for node in _children(self._around.root, "mergeCells") if (area := _area(node.facts.get("ref", "")))
        ]

    def _column(self, column: int) -> dict[str, str]:
        ranges = ((_number(each, "min") - 1, _number(each, "max"), each) for each in self._columns)
        return next((each for first, after, each in ranges if first <= column < after), {})

    def _column_style(self, column: int) -> int:
        return _number(self._column(column), "style")

    def _reach(self, places: Mapping[Place, object]) -> None:
        """Let what the sheet says of how far it reaches take in the marked cells."""
        node = self._around.root.first("dimension")
        area = _area(node.facts.get("ref", "")) if node else None
        if node is None or area is None:
            return
        rows, columns = [row for row, _ in places], [column for _, column in places]
        top, left, bottom, right = (
            min(area[0], *rows),
            min(area[1], *columns),
            max(area[2], *rows),
            max(area[3], *columns),
        )
        if (top, left, bottom, right) != area:
            self._around.give(node, "ref", f"{address(top, left)}:{address(bottom, right)}")


def _children(root: Node, name: str) -> list[Node]:
    return [child for node in root.every(name) for child in node.children if child.space == MAIN]


def _area(reference: str) -> tuple[int, int, int, int] | None:
    """The corners of `B2:D4`, counted from 0."""
    found = [REFERENCE.fullmatch(corner.encode()) for corner in reference.split(":")]
    corners = [(int(each.group(2)) - 1, column_number(each.group(1))) for each in found if each]
    return (*corners[0], *corners[-1]) if len(corners) == len(found) else None


def _number(facts: dict[str, str], name: str) -> int:
    return whole_number(facts.get(name)) or 0
