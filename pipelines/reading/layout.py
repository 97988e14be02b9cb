"""Find a workbook's sheets, and which of its cell styles show percents, from the small parts beside the sheets."""

from __future__ import annotations

import re

TYPE_CHECKING = False  # importing typing would cost the child 7 ms a file
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.reading.parts import Parts

ATTRIBUTE = re.compile(rb"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
NUMBER_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s([^>]*)>")
CELL_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
CELL_STYLE = re.compile(rb"<(?:\w+:)?xf\b([^>]*)>")
QUOTED_IN_FORMAT = re.compile(rb'&quot;.*?&quot;|"[^"]*"|\\.|_.|\[[^\]]*\]')
BUILT_IN_PERCENTS = {b"9", b"10"}  # 0% and 0.00%


def attributes(tag: bytes) -> dict[str, bytes]:
    """An XML tag's attributes without their namespaces.

    >>> attributes(b'r:id="rId1" name="Figures"')
    {'id': b'rId1', 'name': b'Figures'}
    """
    return {
        name.decode("ascii", "replace").rpartition(":")[2]: double or single
        for name, double, single in ATTRIBUTE.findall(tag)
    }


def relations(parts: Parts, path: str) -> dict[str, tuple[str, str]]:
    """What a part points to inside the package: (last word of the kind, path) by id."""
    folder, _, file = path.rpartition("/")
    found: dict[str, tuple[str, str]] = {}
    for tag in RELATIONSHIP.findall(parts.whole(f"{folder}/_rels/{file}.rels".lstrip("/"))):
        facts = attributes(tag)
        if facts.get("TargetMode") != b"External":
            kind = facts.get("Type", b"").rpartition(b"/")[2].decode("ascii", "replace")
            found[_text(facts.get("Id", b""))] = (kind, resolved(folder, _text(facts.get("Target", b""))))
    return found


def resolved(folder: str, target: str) -> str:
    """A part's path from the folder that points to it.

    >>> resolved("xl/worksheets", "../comments1.xml"), resolved("xl", "/xl/worksheets/Sheet1.xml")
    ('xl/comments1.xml', 'xl/worksheets/sheet1.xml')
    """
    steps: list[str] = [] if target.startswith("/") else folder.split("/")
    for step in target.replace("\\", "/").split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in {"", "."}:
            steps = [*steps, step]
    return "/".join(steps).lower().lstrip("/")


def sheet_parts(parts: Parts) -> tuple[list[str], set[int]]:
    """The paths of the workbook's sheets in order ("" where one is missing) and the numbers of its percent styles."""
    top = next((path for kind, path in relations(parts, "").values() if kind == "officeDocument"), "xl/workbook.xml")
    related = relations(parts, top)
    paths = [related.get(_text(attributes(tag).get("id", b"")), ("", ""))[1] for tag in SHEET.findall(parts.whole(top))]
    styles = next((path for kind, path in related.values() if kind == "styles"), "xl/styles.xml")
    return [path if path in parts.entries else "" for path in paths], set(percent_styles(parts.whole(styles)))


def percent_styles(styles: bytes) -> Iterator[int]:
    """The places, in the list of cell styles, of those whose number format shows a percent sign.

    >>> list(percent_styles(b'<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/></cellXfs>'))
    [1]
    """
    percents = set(BUILT_IN_PERCENTS)
    for tag in NUMBER_FORMAT.findall(styles):
        facts = attributes(tag)
        if b"%" in QUOTED_IN_FORMAT.sub(b"", facts.get("formatCode", b"")):
            percents.add(facts.get("numFmtId", b""))
    block = CELL_STYLES.search(styles)
    for place, tag in enumerate(CELL_STYLE.findall(block.group()) if block else []):
        if attributes(tag).get("numFmtId") in percents:
            yield place


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")
