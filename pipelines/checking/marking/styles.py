"""Cell styles for marks: a copy of the cell's own style with our fill, and the way back from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipelines.checking.marking.spans import (
    MAIN,
    TAG,
    Part,
    Unmarkable,
    attribute,
    escaped,
    whole_number,
    with_attribute,
)

if TYPE_CHECKING:
    from pipelines.checking.marking.spans import Node
    from schemas.problems import Severity

FILLS: dict[Severity, str] = {"error": "FFFBD9C4", "query": "FFE6DDF3"}
# The second colour of a plain fill is never seen. In a mark's fill it keeps the colour the cell had before, and this
# one where it had none, so that a later check can take the mark off again.
_UNFILLED = "FFFEFEFE"
_EMPTY = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="%s"/>""" % MAIN.encode()
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")
_FIRST = {
    "fonts": b'<%sfont><%ssz val="11"/><%sname val="Calibri"/></%sfont>',
    "fills": b'<%sfill><%spatternFill patternType="none"/></%sfill><%sfill><%spatternFill patternType="gray125"/></%sfill>',
    "borders": b"<%sborder><%sleft/><%sright/><%stop/><%sbottom/></%sborder>",
    "cellStyleXfs": b'<%sxf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
    "cellXfs": b'<%sxf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
}


class _Fill(NamedTuple):
    """A fill's pattern and its two colours, as attributes."""

    pattern: str
    front: dict[str, str]
    back: dict[str, str]


class Styles:
    """The workbook's list of cell styles, to which marked ones are added at the end: no style's number changes."""

    def __init__(self, xml: bytes | None, *, marked_before: bool = False, keeps_back: bool = True) -> None:
        """Read the lists. `marked_before`: some styles may be those of an earlier check's marks.

        `keeps_back`: the program that last saved the workbook leaves a plain fill's second colour as it was.
        """
        self._keeps_back = keeps_back
        part = Part(xml or _EMPTY)
        if part.root.space != MAIN or part.root.name != "styleSheet":
            raise Unmarkable("its list of cell styles is of another kind")
        self._part = Part(_with_every_list(part))
        self._prefix = self._part.prefix(self._part.root)
        self._lists = {name: list(map(self._part.raw, self._nodes(name))) for name in _FIRST}
        self._lengths = {name: len(each) for name, each in self._lists.items()}
        self._fills = [_fill(node) for node in self._nodes("fills")]
        # Excel paints the first two fills as these whatever they say, so ours may never stand there.
        for pattern in ("none", "gray125")[len(self._fills) :]:
            words = (self._prefix, self._prefix, pattern.encode(), self._prefix)
            self._lists["fills"].append(b'<%sfill><%spatternFill patternType="%s"/></%sfill>' % words)
            self._fills.append(_Fill(pattern, {}, {}))
        self._known: dict[tuple[int, Severity], int] = {}
        fills = {at for at, fill in enumerate(self._fills) if _is_mark(fill)}
        xfs = self._lists["cellXfs"] if marked_before else []
        self.marks = {at for at, raw in enumerate(xfs) if _fill_id(raw) in fills}

    def marked(self, style: int, severity: Severity) -> int:
        """The number of a style like this one, with the fill of a severity."""
        if (style, severity) not in self._known:
            base = self.base(style)
            before = self._fill_of(base)
            back = before.front if before.pattern == "solid" and before.front else {"rgb": _UNFILLED}
            fill = self._new_fill({"rgb": FILLS[severity]}, back)
            self._known[style, severity] = self._refilled(base, fill)
        return self._known[style, severity]

    def base(self, style: int) -> int:
        """The style a marked one was made from; any other style is its own."""
        if style not in self.marks:
            return style
        back = self._fill_of(style).back
        if not self._keeps_back or back.get("rgb") == _UNFILLED:
            return self._refilled(style, 0, [at for at, fill in enumerate(self._fills) if fill.pattern == "none"])
        alike = [at for at, fill in enumerate(self._fills) if fill.pattern == "solid" and fill.front == back]
        return self._refilled(style, alike[0] if alike else self._new_fill(back, {"indexed": "64"}), alike)

    def is_covered(self, style: int) -> bool:
        """Whether the cell has a hatched or graded fill, of which a mark would keep nothing."""
        return self._fill_of(self.base(style)).pattern not in {"none", "solid"}

    def add(self, font: str, fill: str = "", alignment: str = "") -> int:
        """A style of our own from the words inside `<font>`, a plain fill's colour, and an alignment's attributes."""
        font_id = self._index("fonts", self._own(font, "font")) if font else 0
        fill_id = self._new_fill({"rgb": fill}, {"indexed": "64"}) if fill else 0
        words = (font_id, fill_id, font_id > 0, fill_id > 0, bool(alignment))
        xf = (
            b'<%sxf numFmtId="0" fontId="%d" fillId="%d" borderId="0" xfId="0" applyFont="%d" applyFill="%d" applyAlignment="%d"'
            % (self._prefix, *words)
        )
        inside = b"><%salignment %s/></%sxf>" % (self._prefix, alignment.encode(), self._prefix) if alignment else b"/>"
        return self._index("cellXfs", xf + inside)

    def result(self) -> bytes:
        """The part with the new styles at the end of each list and the counts set right."""
        for name, each in self._lists.items():
            node = self._part.root.first(name)
            if node and len(each) > self._lengths[name]:
                self._part.append(node, b"".join(each[self._lengths[name] :]))
                self._part.give(node, "count", str(len(each)))
                self._lengths[name] = len(each)
        return self._part.result()

    def _nodes(self, name: str) -> list[Node]:
        node = self._part.root.first(name)
        if node is None or any(child.space != MAIN for child in node.children):
            raise Unmarkable("its list of cell styles is of another kind")
        return node.children

    def _fill_of(self, style: int) -> _Fill:
        if not 0 <= style < len(self._lists["cellXfs"]):
            raise Unmarkable("a cell has a style that is not in the list")
        fill = _fill_id(self._lists["cellXfs"][style])
        return self._fills[fill] if 0 <= fill < len(self._fills) else _Fill("none", {}, {})

    def _new_fill(self, front: dict[str, str], back: dict[str, str]) -> int:
        body = b'<%spatternFill patternType="solid"><%sfgColor%s/><%sbgColor%s/></%spatternFill>'
        p = self._prefix
        raw = b"<%sfill>%s</%sfill>" % (p, body % (p, p, _attributes(front), p, _attributes(back), p), p)
        at = self._index("fills", raw)
        if at == len(self._fills):
            self._fills.append(_Fill("solid", front, back))
        return at

    def _refilled(self, style: int, fill: int, alike: list[int] | None = None) -> int:
        """The number of a style like another in all but its fill, which may be any of those `alike`; a new one at need."""
        raw = self._lists["cellXfs"][style]
        if alike is not None:
            others = self._lists["cellXfs"]
            bare = _bare(raw)
            for at, other in enumerate(others):
                if at != style and _fill_id(other) in alike and _bare(other) == bare:
                    return at
        tag = _tag(raw)
        new = with_attribute(with_attribute(tag, "fillId", str(fill)), "applyFill", "1")
        return self._index("cellXfs", new + raw[len(tag) :])

    def _index(self, name: str, raw: bytes) -> int:
        if raw not in self._lists[name]:
            self._lists[name].append(raw)
        return self._lists[name].index(raw)

    def _own(self, inside: str, name: str) -> bytes:
        return b"<%s%s>%s</%s%s>" % (
            self._prefix, name.encode(), inside.replace("<", f"<{self._prefix.decode()}").encode(), self._prefix, name.encode(),
        )  # fmt: skip


def _with_every_list(part: Part) -> bytes:
    """The part with the lists it lacks, each with the first entries every workbook has, in their order."""
    root, prefix = part.root, part.prefix(part.root)
    missing = [name for name in _FIRST if root.first(name) is None]
    if not missing:
        return part.xml
    for name in missing:
        first = _FIRST[name].replace(b"%s", prefix)
        whole = b'<%s%s count="%d">%s</%s%s>' % (
            prefix, name.encode(), 1 + (name == "fills"), first, prefix, name.encode(),
        )  # fmt: skip
        before = [node for node in root.children if node.name in _ORDER[: _ORDER.index(name)] and node.space == MAIN]
        if root.is_empty:
            part.append(root, whole)
        else:
            at = before[-1].end if before else root.inside
            part.replace(at, at, whole)
    return part.result()


def _fill(node: Node) -> _Fill:
    pattern = node.first("patternFill")
    if pattern is None:
        return _Fill("gradient" if node.children else "none", {}, {})
    front, back = pattern.first("fgColor"), pattern.first("bgColor")
    return _Fill(pattern.facts.get("patternType", "none"), front.facts if front else {}, back.facts if back else {})


def _is_mark(fill: _Fill) -> bool:
    """A plain fill in a mark's colour that keeps another behind it, which no program does by itself."""
    return fill.front.get("rgb") in FILLS.values() and bool(fill.back) and fill.back != {"indexed": "64"}


def _tag(raw: bytes) -> bytes:
    found = TAG.match(raw)
    return found.group() if found else raw


def _fill_id(raw: bytes) -> int:
    return whole_number(attribute(_tag(raw), b"fillId")) or 0


def _bare(raw: bytes) -> bytes:
    """A style without what says how it is filled."""
    tag = _tag(raw)
    return with_attribute(with_attribute(tag, "fillId", None), "applyFill", None) + raw[len(tag) :]


def _attributes(facts: dict[str, str]) -> bytes:
    return b"".join(b' %s="%s"' % (name.encode(), escaped(value)) for name, value in facts.items())
