"""Words in a workbook's parts that nothing else reads: settings, drawings, styles, lost sheets, notes, other files inside it.

A program shows few of them, and whoever is given the file finds all of them.
"""

from __future__ import annotations

import re

from pipelines.reading.layout import relations
from pipelines.reading.parts import Refusal
from pipelines.reading.scanning import unescaped, written

TYPE_CHECKING = False  # importing typing would cost the child 7 ms a file
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipelines.reading.parts import Parts

# What people write, though few ever see it; what programs write, among which a number may still be somebody's.
WRITTEN = "words in the workbook's parts"
HIDDEN = "hidden in the workbook's parts"
INSIDE = "another file inside the workbook"
BYTES = "hidden among the cells of an old workbook"
LIMIT = 32_000_000
UNSEARCHED = (
    "holds a part beside its sheets that is too large to be searched for people's details. Copy the sheets you need into a "
    "new workbook, and send that."
)
SHORTEST = 6
VALUE = re.compile(rb"""=\s*(?:"([^"<>]{6,})"|'([^'<>]{6,})')|>([^<>]{6,})<""")
# Numbers, colours, ids, places of cells and names of formats: of these a workbook's parts are full.
PLAIN = re.compile(
    rb"[\s\d.,:;+-]*|[#{]?[0-9A-Fa-f-]*\}?|(?:\$?[A-Z]{1,3}\$?\d+[: ]?)+|(?:https?://|urn:)\S*|[\w./-]*\.(?:xml|bin|rels|vml)"
)
SPELLED = re.compile(rb"\d{3}[ -]\d{3}[ -]\d{4}")
TELLING = re.compile(rb"\d{3}|\d ?[A-Za-z]{2}\b|[A-Za-z]\d|[A-Za-z]{2}[ ,:]+[A-Za-z]{2}")
PATHS = re.compile(
    rb"""\s(?:[\w-]+:)?(?:d|path|points|viewBox|enhanced-path|coords|coordsize|typeface)=(?:"[^"]*"|'[^']*')"""
)
ROW = re.compile(rb"<table:table-row\b.*?</table:table-row>", re.DOTALL)
SHAPE = re.compile(rb"<draw:(frame|custom-shape|caption|rect|line|g)\b.*?</draw:\1>", re.DOTALL)
RUNS = (re.compile(rb"[\t\x20-\x7e\xa0-\xff]{6,}"), re.compile(rb"(?:[\t\x20-\x7e\xa0-\xff]\x00){6,}"))
PACKED = re.compile(r"\.(?:png|jpe?g|gif|emf|wmf|bmp|tiff?)$|(^|/)(thumbnails|printersettings)/|^mimetype$")
SHEETS = re.compile(r"(^|/)(worksheets/[^/]+|sharedstrings)\.(xml|bin)$")


def swept(parts: Parts, sheets: set[str]) -> Iterator[tuple[str, str]]:
    """(where, text) of every part that is neither a sheet that was read nor its shared texts."""
    for path, (_, _, size, _) in parts.entries.items():
        is_read = path in sheets or (SHEETS.search(path) and not path.endswith(".xml")) or "sharedstrings." in path
        if is_read or PACKED.search(path) or (size > LIMIT and path == "content.xml"):
            continue
        if size > LIMIT:
            raise Refusal(UNSEARCHED)
        content = parts.whole(path, LIMIT)
        if path == "content.xml":
            yield from ((WRITTEN, text) for text in written(_beside_rows(content)))
        elif path.endswith((".xml", ".vml", ".rels")):
            yield from ((WRITTEN, text) for text in written(content) if not path.startswith(("docprops/", "meta.xml")))
            yield from ((HIDDEN, text) for text in values(content))
        else:
            where = HIDDEN if path.endswith(".bin") else INSIDE
            yield from ((where, text) for text in printable(content))


def values(content: bytes) -> Iterator[str]:
    """The attributes and texts of a part that could hold anything about a person."""
    for groups in VALUE.findall(PATHS.sub(b"", content)):
        text = (groups[0] or groups[1] or groups[2]).strip()
        if SPELLED.fullmatch(text) or (TELLING.search(text) and not PLAIN.fullmatch(text)):
            yield unescaped(text)


def printable(content: bytes, read: Iterable[str] = ()) -> Iterator[str]:
    """The runs of letters among bytes, one or two bytes each, without those that were `read` as cells."""
    known = frozenset(read)
    for step, runs in enumerate(RUNS, 1):
        for run in runs.findall(content):
            text = run[::step].decode("latin-1").strip()  # another encoding would be a file to open
            if TELLING.search(run[::step]) and known.isdisjoint((text, text[1:], text[:-1])):
                yield text


def holds_unshown(parts: Parts, sheets: set[str]) -> bool:
    """Whether a workbook has parts that no program shows, because nothing in it refers to them."""
    if "content.xml" in parts.entries:
        manifest = unescaped(parts.whole("meta-inf/manifest.xml")).lower()
        return any(
            f'"{path}"' not in manifest and not path.startswith("meta-inf/") and path != "mimetype"
            for path in parts.entries
        )
    seen, waiting = set[str](), [""]
    while waiting:
        found = {path for _, path in relations(parts, waiting.pop()).values()} - seen
        seen |= found
        waiting += found
    unseen = {
        path for path in parts.entries if path not in seen and not path.endswith((".rels", "[content_types].xml"))
    }
    return bool(unseen) or any(
        SHEETS.match(path.removeprefix("xl/")) and "sharedstrings" not in path for path in _lost(seen, sheets)
    )


def _lost(seen: set[str], sheets: set[str]) -> set[str]:
    """Sheets that are referred to and that the workbook does not name; of .xlsb none is known by its path."""
    return {path for path in seen if path.endswith(".xml")} - sheets if sheets else set()


def _beside_rows(content: bytes) -> bytes:
    """An OpenDocument workbook without the rows of its sheets, but with the shapes that stand in them."""
    shapes = b"".join(found.group() for found in SHAPE.finditer(content))
    return ROW.sub(b"", content) + shapes
