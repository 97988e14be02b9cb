"""Where the elements of an XML part begin and end, byte by byte, so that it is changed by splicing, never written anew."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Iterator

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TAG = re.compile(rb"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")
_NAME = re.compile(rb"<([^\s/>]+)")
_ATTRIBUTE = re.compile(rb"""\s+([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')""")
_DIGITS = re.compile(r"[0-9]{1,9}")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOOKS_CODED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")


class Unmarkable(Exception):  # noqa: N818 - not an error: the caller makes a fresh copy instead, and says why
    """A workbook made in a way that is not marked in place: the end of a sentence that begins “because”."""


@dataclass(slots=True)
class Node:
    """An element: its tag from `start` to `inside`, its content to `inside_end`, its end tag to `end`."""

    space: str
    name: str
    facts: dict[str, str]
    start: int
    inside: int
    inside_end: int = 0
    end: int = 0
    text: str = ""
    children: list[Node] = field(default_factory=list["Node"])

    @property
    def is_empty(self) -> bool:
        """Whether it is one tag that closes itself."""
        return self.inside == self.end

    def every(self, name: str) -> Iterator[Node]:
        """The children of that name in the element's own namespace."""
        return (child for child in self.children if child.name == name and child.space == self.space)

    def first(self, name: str) -> Node | None:
        """The first of them."""
        return next(self.every(name), None)


class Part:
    """One XML part and what is to change in it. Raises Unmarkable where it is not well-formed."""

    def __init__(self, xml: bytes) -> None:
        """Find every element; change nothing yet."""
        self.xml = xml
        self.root = tree(xml)
        self._edits: list[tuple[int, int, bytes]] = []
        self._tags: dict[int, tuple[Node, bytes]] = {}
        self._appended: dict[int, list[bytes]] = defaultdict(list)

    def raw(self, node: Node) -> bytes:
        """An element as it stands, from its tag to its end tag."""
        return self.xml[node.start : node.end]

    def prefix(self, node: Node) -> bytes:
        """What stands before an element's name, its colon included."""
        return prefix_of(self.xml[node.start : node.inside])

    def replace(self, start: int, end: int, new: bytes) -> None:
        """Put other bytes in a place."""
        self._edits.append((start, end, new))

    def give(self, node: Node, name: str, value: str | None) -> None:
        """Set an element's attribute, or take it away with None."""
        _, tag = self._tags.get(node.start, (node, self.xml[node.start : node.inside]))
        self._tags[node.start] = (node, with_attribute(tag, name, value))

    def append(self, node: Node, child: bytes) -> None:
        """Put a child at the end of an element."""
        if node.is_empty:
            self._tags.setdefault(node.start, (node, self.xml[node.start : node.inside]))
            self._appended[node.start].append(child)
        else:
            self._edits.append((node.inside_end, node.inside_end, child))

    def result(self) -> bytes:
        """The part with its changes; the very same bytes where there are none."""
        edits = list(self._edits)
        for node, tag in self._tags.values():
            children = b"".join(self._appended[node.start])
            edits.append((node.start, node.inside, filled(tag, children) if children else tag))
        return spliced(self.xml, edits)


def tree(xml: bytes) -> Node:
    """The elements of a part, by the system's own XML parser. Document types and broken XML raise Unmarkable."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    stack: list[Node] = [Node("", "", {}, 0, 0)]

    def opened(name: str, facts: dict[str, str]) -> None:
        start = parser.CurrentByteIndex
        space, _, local = name.rpartition(" ")
        node = Node(space, local, facts, start, _after_tag(xml, start))
        stack[-1].children.append(node)
        stack.append(node)

    def closed(_: str) -> None:
        node = stack.pop()
        if xml[node.inside - 2 : node.inside] == b"/>":
            node.inside_end = node.end = node.inside
        else:
            node.inside_end = parser.CurrentByteIndex
            node.end = _after_tag(xml, node.inside_end)

    def said(text: str) -> None:
        stack[-1].text += text

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = opened, closed, said
    _parse(parser, xml)
    return stack[0].children[0]


def check_well_formed(xml: bytes) -> None:
    """Raise Unmarkable where a part that is about to be written is no XML."""
    _parse(expat.ParserCreate(namespace_separator=" "), xml)


def _parse(parser: expat.XMLParserType, xml: bytes) -> None:
    def refuse(*_: object) -> None:
        raise Unmarkable("it holds an XML document type")

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(xml, True)  # noqa: FBT003 - the parser's own signature: this is all there is
    except (expat.ExpatError, LookupError, ValueError):
        raise Unmarkable("one of its parts is not well-formed XML") from None


def _after_tag(xml: bytes, start: int) -> int:
    found = TAG.match(xml, start)
    if not found:
        raise Unmarkable("one of its parts is not well-formed XML")
    return found.end()


def spliced(xml: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    """Bytes with some places replaced; of insertions at one place the first one given stands first.

    >>> spliced(b"abcd", [(3, 4, b"D"), (1, 1, b"-"), (1, 1, b"+")])
    b'a-+bcD'
    """
    pieces, at = list[bytes](), 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        if start < at:
            raise Unmarkable("two marks would stand in one place")
        pieces += (xml[at:start], new)
        at = end
    return b"".join([*pieces, xml[at:]])


def with_attribute(tag: bytes, name: str, value: str | None) -> bytes:
    r"""A tag with one attribute set, or taken away with None; the others stay as they are written.

    >>> with_attribute(b'<c r="A1" s="3"/>', "s", "7"), with_attribute(b"<c r='A1'/>", "s", "7")
    (b'<c r="A1" s="7"/>', b'<c r=\'A1\' s="7"/>')
    >>> with_attribute(b'<v tabSelected="1" id="0">', "tabSelected", None)
    b'<v id="0">'
    """
    new = b"" if value is None else b' %s="%s"' % (name.encode(), escaped(value))
    at = _raw_name(tag).end()
    while found := _ATTRIBUTE.match(tag, at):
        if found.group(1) == name.encode():
            return tag[: found.start()] + new + tag[found.end() :]
        at = found.end()
    return tag[:at] + new + tag[at:]


def attribute(tag: bytes, name: bytes) -> bytes | None:
    """One attribute's value as it is written.

    >>> attribute(b'<c r="A1" s="3"/>', b"s"), attribute(b'<c r="A1"/>', b"s")
    (b'3', None)
    """
    at = _raw_name(tag).end()
    while found := _ATTRIBUTE.match(tag, at):
        if found.group(1) == name:
            return found.group(2)[1:-1]
        at = found.end()
    return None


def filled(tag: bytes, content: bytes) -> bytes:
    """A tag that closes itself, opened for some content.

    >>> filled(b'<row r="5"/>', b"<c/>")
    b'<row r="5"><c/></row>'
    """
    return b"%s>%s</%s>" % (tag[:-2].rstrip(), content, _raw_name(tag).group(1))


def prefix_of(tag: bytes) -> bytes:
    """What stands before a tag's name, its colon included.

    >>> prefix_of(b"<x:c>"), prefix_of(b"<c>")
    (b'x:', b'')
    """
    before, colon, _ = _raw_name(tag).group(1).rpartition(b":")
    return before + colon


def _raw_name(tag: bytes) -> re.Match[bytes]:
    found = _NAME.match(tag)
    if not found:
        raise Unmarkable("one of its parts is not well-formed XML")
    return found


def whole_number(said: str | bytes | None) -> int | None:
    """A number as XML writes it; None where there is none, or one that no workbook has.

    >>> whole_number("12"), whole_number(b"7"), whole_number("\u00b2"), whole_number("9" * 5_000), whole_number(None)
    (12, 7, None, None, None)
    """
    text = said.decode("ascii", "replace") if isinstance(said, bytes) else said or ""
    return int(text) if _DIGITS.fullmatch(text) else None


def escaped(text: str) -> bytes:
    """Text as it may stand in any XML of ours: plain ASCII, no control characters, nothing Excel takes for a code.

    >>> escaped("a < b & “c” _x0041_")
    b'a &lt; b &amp; &#8220;c&#8221; _x005F_x0041_'
    """
    plain = _LOOKS_CODED.sub(r"_x005F_\1", _NOT_XML.sub("", text))
    for character, mark in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        plain = plain.replace(character, mark)
    return plain.replace("\r", "&#13;").encode("ascii", "xmlcharrefreplace")
