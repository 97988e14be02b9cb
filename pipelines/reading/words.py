"""Words a workbook carries outside its cells: comments, properties, text boxes, hidden copies of data.

The check for person-level data needs them; a name in a comment leaks as surely as a name in a cell.
"""

from __future__ import annotations

import re

from pipelines.reading.layout import attributes
from pipelines.reading.parts import Refusal
from pipelines.reading.scanning import unescaped
from pipelines.reading.swept import UNSEARCHED, holds_unshown, swept

TYPE_CHECKING = False  # importing typing would cost the child 7 ms a file
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.reading.parts import Parts

TEXTS_LIMIT = 5_000
LENGTH_LIMIT = 2_000
OVERLAP = 100  # no sign of a person is longer
UNSHOWN = "The workbook holds parts that no spreadsheet program shows, so the file itself is not kept."
PART_LIMIT = 32_000_000
ELEMENT = re.compile(rb"<(?:\w+:)?([\w-]+)[^<>]*>([^<>]+)</")
COMMENT = re.compile(
    rb"<(?:\w+:)?(?:threadedComment|comment)\b([^>]*)>(.*?)</(?:\w+:)?(?:threadedComment|comment)>", re.DOTALL
)
ANNOTATION = re.compile(rb"<office:annotation\b.*?</office:annotation>", re.DOTALL)
CACHED = re.compile(rb'<(?:\w+:)?s\s[^>]*?v="([^"]+)"')
NAMED = re.compile(rb"<(?:\w+:)?(?:definedName|named-range)\b([^>]*)>")
PERSON = re.compile(rb"<(?:\w+:)?(?:person|property|user-defined)\s([^>]*)>")
OUTWARD = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*External[^>]*)>")
HEX = re.compile(rb"%([2-7][0-9A-Fa-f])")
READ_ELSEWHERE = re.compile(
    r"(^|/)(_rels|theme|tables|worksheets|chartsheets|dialogsheets|printersettings|thumbnails|configurations2)/"
    r"|\[content_types\]|(^|/)(sharedstrings|styles|calcchain|workbook|metadata|settings|content)\.xml$|^meta-inf/"
)
NAMES = {
    "docprops/": "document property",
    "meta.xml": "document property",
    "comments": "comment",
    "persons/": "person who commented",
    "drawings/": "text box",
    "pivotcache/": "a pivot table's hidden copy of its data",
    "externallinks/": "a copy of another workbook's values",
    "charts/": "chart",
    "customxml/": "hidden data",
}
WORDED = {  # the elements in which people's words stand, where the rest is settings and numbers
    "text box": {b"t", b"font", b"div"},
    "chart": {b"t", b"v"},
    "document property": {
        *(b"creator", b"lastModifiedBy", b"title", b"subject", b"description", b"keywords", b"category"),
        *(b"contentStatus", b"Company", b"Manager", b"lpwstr", b"keyword", b"user-defined", b"initial-creator"),
    },
}
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bmp", ".tif", ".tiff")


def texts(parts: Parts, sheets: set[str], sheet_of: dict[str, str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Each (where, text) found once, and notes on what could not be looked through.

    `sheets` are the parts read as sheets, `sheet_of` names the sheet that a part hangs on.
    """
    found: dict[tuple[str, str], None] = {}
    notes: list[str] = []
    for path in parts.entries:
        if path.endswith((".rels", "xl/workbook.xml", "content.xml")) and parts.entries[path][2] <= PART_LIMIT:
            found |= dict.fromkeys(_names_and_links(parts.whole(path, PART_LIMIT)))
        if path == "content.xml" and parts.entries[path][2] <= PART_LIMIT:
            found |= dict.fromkeys(_sheet_comments(parts.whole(path, PART_LIMIT)))
        elif path.endswith((".xml", ".vml")) and path not in sheets and not READ_ELSEWHERE.search(path):
            if parts.entries[path][2] > PART_LIMIT:
                raise Refusal(UNSEARCHED)
            found |= dict.fromkeys(_of_part(parts, path, sheet_of.get(path, "")))
        if len(found) > TEXTS_LIMIT:
            notes.append(f"Only the first {TEXTS_LIMIT:,} texts outside the cells were looked at.")
            break
    known = {text for _, text in found}
    more = [each for each in dict.fromkeys(swept(parts, sheets)) if each[1] not in known]
    if len(more) > TEXTS_LIMIT:
        notes.append(f"Only the first {TEXTS_LIMIT:,} texts of the workbook's parts were looked at.")
    if parts.entries and holds_unshown(parts, sheets):
        notes.append(UNSHOWN)
    return [*_pieces([*list(found)[:TEXTS_LIMIT], *more[:TEXTS_LIMIT]])], [*notes, *_notes(parts)]


def _pieces(found: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Long texts in pieces that lie over one another, so that nothing is cut in two."""
    for where, text in found:
        for start in range(0, max(len(text) - OVERLAP, 1), LENGTH_LIMIT - OVERLAP):
            yield where, text[start : start + LENGTH_LIMIT]


def _notes(parts: Parts) -> Iterator[str]:
    paths = list(parts.entries)
    if any("externallinks/" in path for path in paths):
        yield "The workbook links to other workbooks; their values were read as last saved."
    if any("pivotcache/" in path for path in paths):
        yield "The workbook holds a pivot table, which keeps a hidden copy of the data behind it."
    if any("/embeddings/" in path or path.startswith("object ") for path in paths):
        yield "The workbook holds other files inside it, which were not read."
    if any(path.endswith(PICTURES) and not path.startswith("thumbnails/") for path in paths):
        yield "The workbook holds pictures, which were not read."


def _of_part(parts: Parts, path: str, sheet: str) -> Iterator[tuple[str, str]]:
    """The texts of one part, each with where a person would find it."""
    kind = next((name for word, name in NAMES.items() if word in path), "text outside the cells")
    content = parts.whole(path, PART_LIMIT)
    if kind == "comment":
        yield from _comments(content, sheet)
        return
    for facts in map(attributes, PERSON.findall(content)):
        yield from ((kind, unescaped(facts[word])) for word in ("displayName", "name") if facts.get(word))
    worded = WORDED.get(kind)
    for tag, text in ELEMENT.findall(content):
        if (not worded or tag in worded) and (plain := unescaped(text).strip()):
            yield f"{kind} {tag.decode('ascii', 'replace')}" if kind == "document property" else kind, plain
    if "pivotcache/" in path:
        yield from ((kind, unescaped(text)) for text in CACHED.findall(content))


def _comments(content: bytes, sheet: str) -> Iterator[tuple[str, str]]:
    """Each comment with the cell it hangs on, and the names of those who commented."""
    for tag, inside in COMMENT.findall(content):
        place = attributes(tag).get("ref", b"").decode("ascii", "replace")
        where = f"comment at {sheet}!{place}" if sheet else f"comment at {place}"
        if text := "".join(unescaped(part) for _, part in ELEMENT.findall(inside)).strip():
            yield where, text
    for tag, text in ELEMENT.findall(COMMENT.sub(b"", content)):
        if tag == b"author" and text.strip():
            yield "author of a comment", unescaped(text).strip()


def _names_and_links(content: bytes) -> Iterator[tuple[str, str]]:
    """The names given to ranges, what is said of them, and the addresses that links lead to."""
    for facts in map(attributes, NAMED.findall(content)):
        yield from (("defined name", unescaped(facts[word])) for word in ("name", "comment") if facts.get(word))
    for facts in map(attributes, OUTWARD.findall(content)):
        address = HEX.sub(lambda code: bytes([int(code.group(1), 16)]), facts.get("Target", b""))
        yield "hyperlink", unescaped(address)


def _sheet_comments(content: bytes) -> Iterator[tuple[str, str]]:
    """The comments of an OpenDocument sheet."""
    for inside in ANNOTATION.findall(content):
        if text := " ".join(unescaped(part) for _, part in ELEMENT.findall(inside)).strip():
            yield "comment", text
