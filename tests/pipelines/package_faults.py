"""What is wrong with a workbook's package, by the rules Excel holds it to before it opens it without a word."""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
# The order in which a worksheet's parts must stand.
ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
    "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
    "extLst",
)  # fmt: skip


def faults(path: Path) -> list[str]:
    """Every fault, in words; none where all is well."""
    with zipfile.ZipFile(path) as zipped:
        if broken := zipped.testzip():
            return [f"{broken} does not unpack"]
        parts = {name: zipped.read(name) for name in zipped.namelist()}
        doubled = [name for name in zipped.namelist() if [n.lower() for n in zipped.namelist()].count(name.lower()) > 1]
    return [
        *(f"{name} is there twice" for name in doubled),
        *_xml(parts),
        *_relations(parts),
        *_types(parts),
        *_book(parts),
    ]


def _xml(parts: dict[str, bytes]) -> Iterator[str]:
    for name, content in parts.items():
        if name.endswith((".xml", ".rels", ".vml")):
            try:
                ET.fromstring(content)  # noqa: S314 - our own files
            except ET.ParseError as why:
                yield f"{name}: {why}"


def _relations(parts: dict[str, bytes]) -> Iterator[str]:
    lower = {name.lower() for name in parts}
    for name in (name for name in parts if name.endswith(".rels")):
        folder = posixpath.dirname(posixpath.dirname(name))
        owner = posixpath.join(folder, posixpath.basename(name).removesuffix(".rels"))
        if owner and name != "_rels/.rels" and owner not in parts:
            yield f"{name} belongs to no part"
        nodes = list(ET.fromstring(parts[name]))  # noqa: S314
        ids = [node.get("Id") for node in nodes]
        yield from (f"{name}: {number} twice" for number in {each for each in ids if ids.count(each) > 1})
        for node in nodes:
            target = node.get("Target", "")
            full = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            if node.get("TargetMode") != "External" and full.lower() not in lower:
                yield f"{name} leads to {full}, which is not there"
        used = set(re.findall(r'r:(?:id|embed)="(\w+)"', parts.get(owner, b"").decode("utf-8", "replace")))
        yield from (f"{owner} uses {number}, which leads nowhere" for number in used - set(ids))


def _types(parts: dict[str, bytes]) -> Iterator[str]:
    nodes = list(ET.fromstring(parts["[Content_Types].xml"]))  # noqa: S314
    named = [node.get("PartName", "").lower() for node in nodes if node.tag == f"{TYPES}Override"]
    endings = [node.get("Extension", "").lower() for node in nodes if node.tag == f"{TYPES}Default"]
    yield from (f"{each} has two kinds" for each in {n for n in named if named.count(n) > 1})
    yield from (f".{each} has two kinds" for each in {n for n in endings if endings.count(n) > 1})
    lower = {f"/{name.lower()}" for name in parts}
    yield from (f"{each} has a kind and is not there" for each in named if each not in lower)
    for name in parts:
        is_named = name == "[Content_Types].xml" or f"/{name.lower()}" in named
        if not is_named and name.rpartition(".")[2].lower() not in endings:
            yield f"{name} has no kind"


def _book(parts: dict[str, bytes]) -> Iterator[str]:
    root = ET.fromstring(parts["xl/workbook.xml"])  # noqa: S314
    sheets = root.findall(f"{MAIN}sheets/{MAIN}sheet")
    for fact in ("name", "sheetId", LINK):
        values = [(sheet.get(fact) or "").lower() for sheet in sheets]
        yield from (f"two sheets have the {fact} {each}" for each in {v for v in values if values.count(v) > 1})
    for name in root.iter(f"{MAIN}definedName"):
        if int(name.get("localSheetId", 0)) >= len(sheets):
            yield f"{name.get('name')} belongs to a sheet that is not there"
    listed = ET.fromstring(parts["xl/_rels/workbook.xml.rels"])  # noqa: S314
    paths = {posixpath.normpath(posixpath.join("/xl", node.get("Target", ""))).lstrip("/") for node in listed}
    in_front = [name for name in paths if "sheets/" in name and b'tabSelected="1"' in parts.get(name, b"")]
    if len(in_front) > 1:
        yield f"{in_front} are in front at once"
    known = yield from _styles(parts)
    for name, content in parts.items():
        if re.match(r"xl/worksheets/[^/]*\.xml$", name):
            yield from (f"{name}: {fault}" for fault in _sheet(ET.fromstring(content), known))  # noqa: S314


def _styles(parts: dict[str, bytes]) -> Generator[str, None, int]:
    """What is wrong with the lists of styles, and then how many cell styles there are."""
    styles = ET.fromstring(parts["xl/styles.xml"])  # noqa: S314
    for name in ("fonts", "fills", "borders", "cellXfs"):
        node = styles.find(f"{MAIN}{name}")
        if node is not None and node.get("count") not in {None, str(len(node))}:
            yield f"styles: {name} says {node.get('count')} and holds {len(node)}"
    known = len(styles.find(f"{MAIN}cellXfs") or [])
    fills = len(styles.find(f"{MAIN}fills") or [])
    fonts = len(styles.find(f"{MAIN}fonts") or [])
    for xf in styles.iterfind(f"{MAIN}cellXfs/{MAIN}xf"):
        if int(xf.get("fillId", 0)) >= fills or int(xf.get("fontId", 0)) >= fonts:
            yield "a cell style has a fill or font that is not there"
    return known


def _sheet(root: ET.Element, styles: int) -> Iterator[str]:
    names = [child.tag.removeprefix(MAIN) for child in root if child.tag.removeprefix(MAIN) in ORDER]
    if names != sorted(names, key=ORDER.index):
        yield f"its elements stand as {names}"
    for each in set(names):
        if names.count(each) > 1 and each != "conditionalFormatting":
            yield f"{each} is there twice"
    far = yield from _cells(root, styles)
    dimension = root.find(f"{MAIN}dimension")
    if dimension is not None:
        corner = re.fullmatch(r"([A-Z]+)(\d+)", dimension.get("ref", "").rpartition(":")[2])
        if not corner or int(corner.group(2)) < far[0] or _number(corner.group(1)) < far[1]:
            yield f"it says it reaches to {dimension.get('ref')}, and reaches to {far}"


def _cells(root: ET.Element, styles: int) -> Generator[str, None, tuple[int, int]]:
    """What is wrong with the order and the styles of the cells, and then how far they reach."""
    last, far = 0, (0, 0)
    for row in root.iterfind(f"{MAIN}sheetData/{MAIN}row"):
        number = int(row.get("r", last + 1))
        if number <= last:
            yield f"row {number} comes after row {last}"
        last, column = number, 0
        for cell in row.iterfind(f"{MAIN}c"):
            found = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r") or "")
            here = _number(found.group(1)) if found else column + 1
            if here <= column or (found and int(found.group(2)) != number):
                yield f"cell {cell.get('r')} stands in row {number} after column {column}"
            if int(cell.get("s", 0)) >= styles:
                yield f"cell {cell.get('r')} has a style that is not there"
            column, far = here, (max(far[0], number), max(far[1], here))
    return far


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
