"""Workbooks as other programs write them, made by hand because no library here writes them so."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from pipelines.reading import read

if TYPE_CHECKING:
    from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


@pytest.fixture
def read_xml(tmp_path: Path):
    """Put a sheet's XML, as it stands, into the smallest workbook, and read it."""

    def write(sheet, styles=""):
        parts = {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{KIND}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{KIND}"><sheets>'
            '<sheet name="Figures" sheetId="1" r:id="b"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
            f'<Relationship Id="b" Type="{KIND}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="c" Type="{KIND}/styles" Target="styles.xml"/></Relationships>',
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
            "xl/worksheets/sheet1.xml": sheet,
        }
        path = tmp_path / "return.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, text in parts.items():
                package.writestr(name, text)
        return read(path).sheets[0]

    return write


def sheet_of(rows, ending=""):
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{ending}</worksheet>'


PERCENT = '<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/></cellXfs>'


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell_and_blank_last_rows_are_dropped(read_xml):
    empty = "".join(f'<row r="{n}"><c r="A{n}" t="str"><f>IF(B1,1,"")</f><v></v></c></row>' for n in range(2, 3_000))
    sheet = read_xml(sheet_of('<row r="1"><c r="A1"><v>1</v></c></row>' + empty))
    assert sheet.rows == [[1]]


def test_cells_without_references_are_counted(read_xml):
    rows = "<row><c><v>1</v></c><c s='1'><v>0.5</v></c></row><row/><row><c/><c t='e'><v>#N/A</v></c></row>"
    sheet = read_xml(sheet_of(rows), PERCENT)
    assert sheet.rows == [[1, 0.5], [None, None], [None, "#N/A"]]
    assert sheet.percent == {(0, 1)}


def test_attributes_may_come_in_any_order_and_quotes(read_xml):
    rows = "<row r='1'><c s='1' r='B1'><v>0.5</v></c><c t='e' s='1' r='C1'><v>#REF!</v></c></row>"
    sheet = read_xml(sheet_of(rows), PERCENT)
    assert sheet.rows == [[None, 0.5, "#REF!"]]
    assert sheet.percent == {(0, 1), (0, 2)}


def test_a_namespace_prefix_changes_nothing(read_xml):
    xml = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="3"><x:c r="B3" s="1"><x:v>0.5</x:v></x:c>'
        '</x:row></x:sheetData><x:mergeCells><x:mergeCell ref="B3:C4"/></x:mergeCells></x:worksheet>'
    )
    sheet = read_xml(xml, PERCENT)
    assert sheet.rows[2] == [None, 0.5]
    assert sheet.percent == {(2, 1)}
    assert sheet.merged == ((2, 1, 3, 2),)


def test_a_shared_formula_without_a_result_is_still_seen_to_be_one(read_xml):
    rows = '<row r="1"><c r="A1"><f t="shared" si="0"/></c><c r="B1"><f>A1/2</f><v/></c></row>'
    assert read_xml(sheet_of(rows)).rows == [["=", "=A1/2"]]


def test_custom_percent_formats_count_and_quoted_percent_signs_do_not(read_xml):
    styles = (
        '<numFmts><numFmt numFmtId="164" formatCode="0.0&quot; %&quot;"/><numFmt numFmtId="165" formatCode="0.0%"/>'
        '<numFmt numFmtId="166" formatCode="0.0\\%"/></numFmts>'
        '<cellXfs><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs>'
    )
    cells = "".join(f'<c r="{letter}1" s="{style}"><v>0.5</v></c>' for style, letter in enumerate("ABC"))
    assert read_xml(sheet_of(f'<row r="1">{cells}</row>'), styles).percent == {(0, 1)}


def test_numbers_that_are_no_numbers_come_as_text_or_float_and_never_break_the_way_back(read_xml):
    rows = '<row r="1"><c r="A1"><v>1e308</v></c><c r="B1"><v>1e999</v></c><c r="C1"><v>-0</v></c></row>'
    assert read_xml(sheet_of(rows)).rows == [[1e308, float("inf"), 0]]


def test_hidden_rows_and_columns_are_told_whatever_else_their_tags_say(read_xml):
    rows = "".join(
        f'<row {more} r="{n}"><c r="A{n}"><v>{n}</v></c><c r="D{n}"><v>1</v></c></row>'
        for n, more in ((1, ""), (2, 'ht="15" hidden="1"'), (3, 'hidden="0"'), (4, 'hidden="true" collapsed="1"'))
    )
    columns = '<cols><col min="2" max="2" width="9"/><col hidden="1" min="3" max="16384" width="0"/></cols>'
    sheet = read_xml(sheet_of(rows).replace("<sheetData>", f"{columns}<sheetData>"))
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({1, 3}, {2, 3})


def test_a_sheet_that_hides_nothing_tells_of_nothing(read_xml):
    sheet = read_xml(sheet_of('<row r="1"><c r="A1" t="inlineStr"><is><t>x hidden="1"</t></is></c></row>'))
    assert (sheet.hidden_rows, sheet.hidden_columns) == (frozenset(), frozenset())
