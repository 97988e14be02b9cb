"""A new workbook of a file's rows, for files that are not marked in place: other formats, and workbooks oddly made."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from pipelines.checking.marking.rows import COLUMNS, ROWS
from pipelines.checking.marking.spans import MAIN, escaped
from pipelines.checking.marking.zipped import archive, packed
from pipelines.reading import address, column_letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipelines.reading import Sheet, Value, Workbook

_LETTERS = 32_000
_NAME_LETTERS = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
# Headings are read across merged cells; nobody merges further down, or a whole sheet, to say something.
_HEADINGS, _ACROSS = 60, 300
_DAY_ONE = datetime(1899, 12, 30)  # noqa: DTZ001 - what a spreadsheet counts its days from knows no time zone
_FIRST_DAY = date(1900, 3, 1)  # before it Excel counts a 29 February that never was
_PLAIN, _PERCENT, _DAY, _TIME, _TEXT = range(5)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# In the order of the numbers above. The last one keeps a text a text though it looks like a formula, even if typed in.
_STYLES = f"""<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>\
<numFmt numFmtId="165" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts>\
<fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5">\
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
<xf numFmtId="10" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


def fresh(workbook: Workbook) -> tuple[bytes, dict[str, str], list[str]]:
    """The workbook, the name of each sheet in it by that in the file, and what it does not hold, in words.

    Only visible sheets are copied. Every number keeps all its digits, every text stays text, a percent a percent.
    """
    names: dict[str, str] = {}
    titles: list[str] = []
    lost: list[str] = []
    shown = [sheet for sheet in workbook.sheets if sheet.visible]
    for sheet in shown:
        titles.append(title := _name(sheet.name, set(titles)))
        # Of two sheets of one name, which only a broken file has, the first is meant.
        names.setdefault(sheet.name, title)
        if len(sheet.rows) > ROWS:
            lost.append(f"the rows of {title} below {ROWS:,}, where an Excel sheet ends")
        if sheet.rows and len(sheet.rows[0]) > COLUMNS:
            lost.append(f"the columns of {title} beyond {COLUMNS:,}, where an Excel sheet ends")
    pages = [_page(sheet) for sheet in shown]
    _text.cache_clear()  # one agency's words do not linger while another's file is copied
    hidden = sum(not sheet.visible for sheet in workbook.sheets)
    if hidden:
        lost.append(f"{hidden} hidden {'sheet' if hidden == 1 else 'sheets'}")
    return _package(titles, pages), names, lost


def _package(names: list[str], pages: list[bytes]) -> bytes:
    """The parts every workbook has, around its sheets."""
    numbers = range(1, len(pages) + 1)
    kinds = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    kinds += [(f"/xl/worksheets/sheet{number}.xml", "worksheet") for number in numbers]
    said = "".join(f'<Override PartName="{path}" ContentType="{_KIND.format(kind)}"/>' for path, kind in kinds)
    listed = "".join(
        f'<sheet name="{escaped(name).decode()}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in zip(numbers, names, strict=True)
    )
    inside = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" ContentType="{rels}"/>{said}</Types>',
        "_rels/.rels": _related([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _related([*inside, ("styles", "styles.xml")]),
        "xl/styles.xml": _STYLES,
    }
    made = [packed(path, (_HEAD + text).encode()) for path, text in parts.items()]
    return archive([*made, *(packed(f"xl/{path}", page) for (_, path), page in zip(inside, pages, strict=True))])


def _related(targets: Iterable[tuple[str, str]]) -> str:
    each = (
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(each)}</Relationships>'


def _page(sheet: Sheet) -> bytes:
    letters = [
        column_letters(column).encode() for column in range(min(len(sheet.rows[0]), COLUMNS) if sheet.rows else 0)
    ]
    rows = b"".join(_row(number, values, letters, sheet.percent) for number, values in enumerate(sheet.rows[:ROWS]))
    areas = [b'<mergeCell ref="%s:%s"/>' % (_at(*area[:2]), _at(*area[2:])) for area in _merged(sheet)]
    merged = b'<mergeCells count="%d">%s</mergeCells>' % (len(areas), b"".join(areas)) if areas else b""
    words = (_HEAD.encode(), MAIN.encode(), rows, merged)
    return b'%s<worksheet xmlns="%s"><sheetData>%s</sheetData>%s</worksheet>' % words


def _row(number: int, values: list[Value], letters: list[bytes], percent: frozenset[tuple[int, int]]) -> bytes:
    # A row of a CSV file may be longer than an Excel sheet is wide.
    cells = [
        b'<c r="%s%d"%s'
        % (letters[column], number + 1, _cell(value, is_percent=bool(percent) and (number, column) in percent))
        for column, value in enumerate(values[: len(letters)])
        if value is not None
    ]
    return b'<row r="%d">%s</row>' % (number + 1, b"".join(cells)) if cells else b""


def _cell(value: Value, *, is_percent: bool) -> bytes:
    """What follows a cell's address: its style, what kind of value it is, and the value."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return b' t="b"><v>%d</v></c>' % value
    if isinstance(value, int | float) and math.isfinite(value):
        return b' s="%d"><v>%s</v></c>' % (_PERCENT if is_percent else _PLAIN, repr(value).encode())
    if isinstance(value, datetime) and value.tzinfo is None and value.date() >= _FIRST_DAY:
        days = (value - _DAY_ONE).total_seconds() / 86_400
        return b' s="%d"><v>%s</v></c>' % (_TIME, repr(days).encode())
    if isinstance(value, date) and not isinstance(value, datetime) and value >= _FIRST_DAY:
        return b' s="%d"><v>%d</v></c>' % (_DAY, (value - _DAY_ONE.date()).days)
    return _text(str(value))


@lru_cache(maxsize=4_096)
def _text(text: str) -> bytes:
    """A text; the same few are said thousands of times in a return."""
    style = _TEXT if text.lstrip()[:1] in {"=", "+", "-", "@"} else _PLAIN
    return b' s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>' % (style, escaped(text[:_LETTERS]))


def _merged(sheet: Sheet) -> Iterator[tuple[int, int, int, int]]:
    """Merged headings, of which no two may overlap."""
    taken: set[tuple[int, int]] = set()
    for top, left, bottom, right in sheet.merged:
        if not (top <= bottom < _HEADINGS and left <= right < _ACROSS):
            continue
        cells = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        if len(cells) > 1 and not cells & taken:
            taken |= cells
            yield top, left, bottom, right


def _at(row: int, column: int) -> bytes:
    return address(row, column).encode()


def _name(wanted: str, taken: set[str]) -> str:
    """A name Excel allows for a sheet, and that no other sheet has; capital letters do not count."""
    name = _NOT_IN_NAMES.sub(" ", wanted)[:_NAME_LETTERS].strip().strip("'").strip() or "Sheet"
    if name.lower() == "history":  # Excel keeps this name for itself
        name = "History sheet"
    number, new = 2, name
    while new.lower() in {other.lower() for other in taken}:
        tail = f" {number}"
        number, new = number + 1, name[: _NAME_LETTERS - len(tail)] + tail
    return new
