"""Returns far larger than any agency's, to measure how long checking takes."""

from __future__ import annotations

import re
import tempfile
import zipfile
from itertools import cycle, islice
from pathlib import Path

from sample_data.book import Book, write
from sample_data.files import HEADINGS, IN_WORKBOOK, Cell, cover, rows
from sample_data.returns import World
from schemas.catalogue import catalogue
from schemas.periods import parse

AGENCY, PERIOD = "lcc_cf", "2025-26-Q4"
SIZES = (5_000, 100_000)
FIGURES = "xl/worksheets/sheet2.xml"


def large(path: Path, size: int) -> Path:
    """Write a workbook of `size` rows of figures, by repeating a real year-end return.

    The same rows come again with the same numbers, so that nothing is wrong with them but their number. Repeated in
    the sheet's XML: writing 100,000 rows cell by cell takes ten times as long.
    """
    world = World(catalogue())
    sent = next(world.returns(AGENCY, parse(PERIOD)))
    headings: list[Cell] = [HEADINGS[name] for name in IN_WORKBOOK]
    once = Book({"Cover": [list(line) for line in cover(sent)], "Figures": [headings, *rows(sent, world.catalogue)]})
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(write(once, Path(folder) / "once.xlsx")) as small:
        parts = {name: small.read(name) for name in small.namelist()}
    parts[FIGURES] = _repeated(parts[FIGURES].decode("utf-8"), size).encode("utf-8")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return path


def _repeated(sheet: str, size: int) -> str:
    """The sheet with its rows of figures repeated, each cell's address moved down.

    >>> _repeated('<d ref="A1:A2"/><row r="1"><c r="A1"/></row><row r="2"><c r="A2"/></row>.', 2)[-57:]
    '<row r="2"><c r="A2"/></row><row r="3"><c r="A3"/></row>.'
    """
    found = list(re.finditer(r'<row r="\d+".*?</row>', sheet, re.DOTALL))
    marked = [re.sub(r'( r="[A-Z]*)\d+"', '\\1\0"', row.group()) for row in found[1:]]
    body = (row.replace("\0", str(number)) for number, row in enumerate(islice(cycle(marked), size), start=2))
    start = re.sub(r'(ref="A1:[A-Z]+)\d+"', rf'\g<1>{size + 1}"', sheet[: found[0].end()])
    return "".join([start, *body, sheet[found[-1].end() :]])
