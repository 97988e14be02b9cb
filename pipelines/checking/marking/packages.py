"""A workbook's package: its parts, what they point to, and which kind each is. Only what is changed is written anew."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from pipelines.checking.marking.spans import Part, Unmarkable, check_well_formed, escaped
from pipelines.checking.marking.zipped import Packed, archive, packed
from pipelines.reading.layout import resolved
from pipelines.reading.package import entries
from pipelines.reading.parts import LOCAL_HEADER, Parts, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

TYPES = "[content_types].xml"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
# A legitimate 200,000-row sheet is 84 MB of XML.
_PART_LIMIT = 300_000_000
_RELATIONS_KIND = "application/vnd.openxmlformats-package.relationships+xml"
_NO_RELATIONS = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>"""


class Relation(NamedTuple):
    """What one part points to: the last word of the kind, and the other part's path in small letters."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of a workbook by path, in which capital letters do not count."""

    def __init__(self, name: str, content: bytes) -> None:
        """Look at the directory. Raises UserError where the zip file is not sound, Unmarkable where its XML is not."""
        self._parts = Parts(content, entries(name, content))
        with zipfile.ZipFile(io.BytesIO(content)) as zipped:
            self._listed = {_key(info.filename): info for info in zipped.infolist() if not info.is_dir()}
        self._changed: dict[str, bytes] = {}
        self._new: dict[str, str] = {}
        self._dropped: set[str] = set()
        try:
            self._parts.check_xml()
        except Refusal:
            raise Unmarkable("one of its parts is not the XML that spreadsheet programs write") from None

    def __contains__(self, path: str) -> bool:
        """Whether there is such a part."""
        key = _key(path)
        return key in self._new or (key in self._listed and key not in self._dropped)

    def paths(self) -> list[str]:
        """The paths of all parts, in small letters."""
        return [*(key for key in self._listed if key not in self._dropped), *self._new]

    def read(self, path: str) -> bytes:
        """A part's bytes as they now are. Raises Unmarkable where it is missing or too large."""
        key = _key(path)
        if key in self._changed:
            return self._changed[key]
        if key not in self:
            raise Unmarkable("one of its parts is missing")
        try:
            return self._parts.whole(key, _PART_LIMIT)
        except Refusal:
            raise Unmarkable("one of its parts is damaged or too large") from None

    def write(self, path: str, content: bytes) -> None:
        """Put other bytes in a part, or make a new one."""
        key = _key(path)
        if key in self and self.read(key) == content:
            return
        if key in self._listed:
            self._dropped.discard(key)
        else:
            self._new[key] = path
        self._changed[key] = content

    def drop(self, path: str) -> None:
        """Take a part away, what it points to with it where nothing else does, and what is said of its kind."""
        key = _key(path)
        if key not in self:
            return
        targets = [relation.target for relation in self.relations(key)]
        for gone in (key, relations_path(key)):
            self._new.pop(gone, None)
            self._changed.pop(gone, None)
            self._dropped.add(gone)
        self._say_no_kind(key)
        if targets:
            wanted = {relation.target for path in ("", *self.paths()) for relation in self.relations(path)}
            for target in set(targets) - wanted:
                self.drop(target)

    def free(self, beside: str, pattern: str) -> str:
        """The first unused path of a pattern with a number in it, such as `comments{}.xml`, from a part's folder on."""
        folder = posixpath.dirname(self._name(beside))
        number = 1
        while posixpath.join(folder, pattern.format(number)) in self:
            number += 1
        return posixpath.join(folder, pattern.format(number))

    def relations(self, path: str) -> list[Relation]:
        """What a part points to inside the package; "" is the package itself."""
        where = relations_path(path)
        return list(_relations(Part(self.read(where)), path)) if where in self else []

    def related(self, path: str, kind: str) -> Relation | None:
        """The first of a part's relations of a kind."""
        return next((relation for relation in self.relations(path) if relation.kind == kind), None)

    def relate(self, path: str, kind: str, target: str) -> str:
        """Let a part point to another; the new relation's id."""
        where = relations_path(path)
        if where not in self:
            self.say_ending("rels", _RELATIONS_KIND)
        part = Part(self.read(where) if where in self else _NO_RELATIONS)
        used = {node.facts.get("Id", "") for node in part.root.children}
        number = 1
        while f"rId{number}" in used:
            number += 1
        to = posixpath.relpath("/" + self._name(target), "/" + posixpath.dirname(self._name(path)))
        words = (part.prefix(part.root), number, escaped(KINDS + kind), escaped(to))
        part.append(part.root, b'<%sRelationship Id="rId%d" Type="%s" Target="%s"/>' % words)
        self.write(where, part.result())
        return f"rId{number}"

    def unrelate(self, path: str, relation_id: str) -> None:
        """Take a relation away; the part it led to stays until it is dropped."""
        part = Part(self.read(relations_path(path)))
        for node in part.root.children:
            if node.facts.get("Id") == relation_id:
                part.replace(node.start, node.end, b"")
        self.write(relations_path(path), part.result())

    def say_kind(self, path: str, kind: str) -> None:
        """Name a part's content type."""
        self._add_type("Override", "PartName", f"/{path}", kind)

    def say_ending(self, ending: str, kind: str) -> None:
        """Name the content type of all parts with an ending that have none of their own, unless it has been said."""
        self._add_type("Default", "Extension", ending, kind)

    def save(self) -> bytes:
        """The package as a file: untouched parts as they lie in the old one, in its order, new ones at the end."""
        for key, content in self._changed.items():
            # Excel itself writes drawings of comments that are not quite XML.
            if not (key.endswith(".vml") and key in self._listed):
                check_well_formed(content)
        kept = [
            packed(info.filename, self._changed[key]) if key in self._changed else self._as_it_was(info)
            for key, info in self._listed.items()
            if key not in self._dropped
        ]
        return archive([*kept, *(packed(path, self._changed[key]) for key, path in self._new.items())])

    def _name(self, path: str) -> str:
        """A part's path as it is written in the package, in capital or small letters."""
        key = _key(path)
        return self._listed[key].filename.lstrip("/") if key in self._listed else self._new.get(key, path)

    def _add_type(self, element: str, attribute: str, value: str, kind: str) -> None:
        part = Part(self.read(TYPES))
        if any(node.facts.get(attribute, "").lower() == value.lower() for node in part.root.every(element)):
            return
        words = (part.prefix(part.root), element.encode(), attribute.encode(), escaped(value), escaped(kind))
        part.append(part.root, b'<%s%s %s="%s" ContentType="%s"/>' % words)
        self.write(TYPES, part.result())

    def _say_no_kind(self, key: str) -> None:
        part = Part(self.read(TYPES))
        for node in part.root.every("Override"):
            if _key(node.facts.get("PartName", "")) == key:
                part.replace(node.start, node.end, b"")
        self.write(TYPES, part.result())

    def _as_it_was(self, info: zipfile.ZipInfo) -> Packed:
        content, offset = self._parts.content, info.header_offset
        name_length, extra_length = struct.unpack_from("<HH", content, offset + 26)
        start = offset + LOCAL_HEADER + name_length + extra_length
        year, month, day, hour, minute, second = info.date_time
        return Packed(
            info.filename,
            content[start : start + info.compress_size],
            info.compress_type,
            info.CRC,
            info.file_size,
            (max(year, 1980) - 1980) << 9 | month << 5 | day,
            hour << 11 | minute << 5 | second // 2,
        )


def relations_path(path: str) -> str:
    """Where it is written what a part points to.

    >>> relations_path("xl/workbook.xml"), relations_path("")
    ('xl/_rels/workbook.xml.rels', '_rels/.rels')
    """
    folder, _, file = path.rpartition("/")
    return f"{folder}/_rels/{file}.rels".lstrip("/")


def _relations(part: Part, path: str) -> Iterator[Relation]:
    for node in part.root.every("Relationship"):
        if node.facts.get("TargetMode") != "External":
            kind = node.facts.get("Type", "").rpartition("/")[2]
            folder = path.rpartition("/")[0]
            yield Relation(node.facts.get("Id", ""), kind, resolved(folder, node.facts.get("Target", "")))


def _key(path: str) -> str:
    return path.lower().lstrip("/")
