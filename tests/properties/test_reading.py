from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.reading import (
    address,
    column_letters,
    delimited,
    delimited_fast,
    grid,
    lines,
    package,
    parsing,
    parts,
    read,
    trimming,
)
from pipelines.reading.columns import Columns
from pipelines.reading.gathering import gathered
from pipelines.reading.layout import percent_styles
from pipelines.reading.parts import Refusal
from pipelines.reading.places import column_number
from pipelines.reading.scanning import marks
from pipelines.reading.workbook import Sheet
from schemas.problems import UserError

pytestmark = pytest.mark.slow

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CELLS = st.one_of(
    st.none(),
    st.text(min_size=1, max_size=8),
    st.booleans(),
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.floats(allow_nan=False),
    st.dates(),
    st.datetimes(),
)
DETERMINISTIC = settings(derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def sound():
    book = openpyxl.Workbook()
    for row in range(5):
        book.active.append([f"indicator {row}", row, row / 7])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def replaced(workbook, sheet):
    """A workbook's bytes with other XML for its sheet."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    return buffer.getvalue()


def exactly(rows):
    return [[(type(value), value) for value in row] for row in rows]


def through_the_wire(*batches):
    """Some rows as the parent sees them, having come from the child batch by batch."""
    columns = Columns()
    for rows in batches:
        columns.add(rows)
    said = [{"sheet": "a", "visible": True}, *columns.records(), {"marks": {"percent": [], "merged": []}}]
    (sheet,) = gathered(lines.records(io.BytesIO(b"".join(map(lines.line, said))), 10**9)).sheets
    return sheet


def text_rows(content):
    """The rows of a CSV text, read line by line."""
    encoding, notes = delimited.decoded(content)
    mark = delimited.delimiter(content.decode(encoding, "replace"))
    return through_the_wire_of(delimited.columns(content, encoding, mark)), mark, notes


def through_the_wire_of(columns):
    return list(grid.sheet_of([grid.column(said) for said in columns.records()]))


def whole(value):
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else value


def without_blank_ends(rows):
    while rows and not any(value is not None for value in rows[-1]):
        rows = rows[:-1]
    return rows


@DETERMINISTIC
@given(
    st.integers(1, 6).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=30)),
    st.integers(0, 30),
)
def test_rows_come_back_from_the_child_as_they_went_in_however_many_batches(rows, cut):
    sheet = through_the_wire(rows[:cut], rows[cut:])
    expected = without_blank_ends([[whole(value) for value in row] for row in rows])
    assert exactly(sheet.rows) == exactly(expected)
    assert exactly(sheet.rows[1:4]) == exactly(expected[1:4])
    assert [exactly([sheet.rows[at]]) for at in range(len(expected))] == [exactly([row]) for row in expected]
    assert sheet.rows == expected


@DETERMINISTIC
@given(st.lists(st.sampled_from([True, 1, 1.0, 0, False, "1", date(2026, 1, 1), datetime(2026, 1, 1)]), min_size=9))  # noqa: DTZ001
def test_values_that_are_equal_but_not_alike_stay_apart(column):
    assert exactly(through_the_wire([[value] for value in column]).rows) == exactly(
        [[whole(value)] for value in column]
    )


@DETERMINISTIC
@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=20))
def test_columns_say_the_same_of_rows_that_were_read_and_of_rows_that_were_made(rows):
    read_ones = through_the_wire(rows)
    made = Sheet("a", visible=True, rows=list(read_ones.rows))
    for one, other in zip(read_ones.columns, made.columns, strict=len(made.rows) > 0):
        assert exactly([[one.values[code] for code in one.codes]]) == exactly([[other.values[c] for c in other.codes]])
        assert one.filled().tolist() == other.filled().tolist()


@DETERMINISTIC
@given(st.integers(0, 16_383))
def test_column_letters_and_numbers_are_one_anothers_inverse(column):
    assert column_number(column_letters(column).encode()) == column
    assert address(0, column) == f"{column_letters(column)}1"


@DETERMINISTIC
@given(st.binary(max_size=300))
def test_any_bytes_are_csv_or_refused(content):
    try:
        rows, _, _ = text_rows(content)
        assert all(cell is None or isinstance(cell, str) for row in rows for cell in row)
    except Refusal as refused:
        sentence = str(refused)
    else:
        return
    assert sentence.endswith(".")


@DETERMINISTIC
@given(
    st.lists(st.lists(st.text(st.characters(blacklist_categories=["Cs", "Cc"])), min_size=2, max_size=2), min_size=1)
)
def test_what_was_written_as_csv_is_read_back(rows):
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows(rows)
    found, mark, notes = text_rows(buffer.getvalue().encode("utf-8-sig"))
    assert notes == []
    if mark == ",":
        assert found == without_blank_ends([[cell or None for cell in row] for row in rows])


PIECES = st.sampled_from(
    ["a", "é", "NA", "null", "#N/A", "nan", " ", ",", ",", ",", '"', '"', '""', "\n", "\r", "\r\n"]
)


@settings(DETERMINISTIC, max_examples=400)
@given(st.lists(PIECES, min_size=2, max_size=40), st.integers(1, 4), st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]))
def test_the_quick_reader_of_large_text_finds_what_the_careful_one_finds(pieces, head, encoding):
    content = "".join(pieces).encode(encoding)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited_fast, "HEAD", head)
        quick = delimited_fast.columns(content, encoding, ",")
    if quick is not None:
        assert through_the_wire_of(quick) == through_the_wire_of(delimited.columns(content, encoding, ","))


@DETERMINISTIC
@given(st.binary(max_size=400), st.integers(1, 50))
def test_any_xml_is_searched_without_a_stumble_however_it_is_cut(content, size):
    xml = b'<worksheet><sheetData><row r="1"><c r="A1" s="1"><f>' + content + b"</f></c></row></sheetData></worksheet>"
    blocks = [xml[start : start + size] for start in range(0, len(xml), size)]
    try:
        assert marks(blocks, {1}).last_row >= -1
    except Refusal as refused:
        sentence = str(refused)
    else:
        return
    assert sentence.endswith(".")


@DETERMINISTIC
@given(st.integers(1, 400))
def test_marks_do_not_depend_on_where_the_xml_is_cut(size):
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" s="1"><v>0.5</v></c><c r="B{n}" t="e"><v>#N/A</v></c><c r="C{n}"><f>A{n}</f></c></row>'
        for n in range(1, 12)
    )
    xml = f'<worksheet><sheetData>{rows}</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>'.encode()
    whole_marks = marks([xml], {1})
    assert vars(marks([xml[at : at + size] for at in range(0, len(xml), size)], {1})) == vars(whole_marks)
    assert (len(whole_marks.percent), len(whole_marks.errors), len(whole_marks.uncalculated)) == (11, 11, 11)


BLANK_ROWS = st.sampled_from(['<row r="{n}" s="1"/>', '<row r="{n}"><c r="A{n}" s="1"/><c r="C{n}" s="1"/></row>'])
FILLED_ROWS = st.just('<row r="{n}"><c r="A{n}" s="1"/><c r="B{n}"><v>{n}</v></c><c r="C{n}" s="1"/></row>')


@DETERMINISTIC
@given(st.lists(st.one_of(BLANK_ROWS, FILLED_ROWS), min_size=1, max_size=60), st.integers(64, 4_000))
def test_cutting_out_blank_cells_changes_no_value(sound, rows, size):
    xml = "".join(row.format(n=number) for number, row in enumerate(rows, start=1))
    ending = '</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>'
    content = replaced(sound, f'<worksheet xmlns="{MAIN}"><sheetData>{xml}{ending}')
    entries = package.entries("name", content)
    whole_file = gathered(parsing.records(content, "xlsx", entries, is_careful=False))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trimming, "LARGE", 0)
        patch.setattr(parts, "BLOCK", size)
        assert gathered(parsing.records(content, "xlsx", entries, is_careful=True)) == whole_file
    assert [row[1] for row in whole_file.sheets[0].rows if row[1]] == [
        n for n, row in enumerate(rows, 1) if "<v>" in row
    ]


@DETERMINISTIC
@given(st.binary(max_size=200))
def test_any_styles_are_looked_through(content):
    assert all(style >= 0 for style in percent_styles(b"<cellXfs>" + content + b"</cellXfs>"))


@settings(DETERMINISTIC, max_examples=25)
@given(st.data())
def test_a_spoilt_workbook_is_read_or_refused_and_nothing_else(sound, tmp_path, data):
    content = bytearray(sound)
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "spoilt.xlsx"
    path.write_bytes(content)
    read_or_refused(path)


@settings(DETERMINISTIC, max_examples=25)
@given(st.data())
def test_a_workbook_with_spoilt_xml_is_read_or_refused_and_nothing_else(sound, tmp_path, data):
    path = tmp_path / "spoilt.xlsx"
    with zipfile.ZipFile(io.BytesIO(sound)) as package, zipfile.ZipFile(path, "w") as spoilt:
        part = data.draw(st.sampled_from(package.namelist()))
        for name in package.namelist():
            content = bytearray(package.read(name))
            if name == part:
                at = data.draw(st.integers(0, len(content) - 1))
                content[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=30))
            spoilt.writestr(name, bytes(content))
    read_or_refused(path)


def read_or_refused(path):
    try:
        workbook = read(path, seconds=60)
    except UserError as error:
        sentence = str(error)
    else:
        assert workbook.format == "xlsx"
        return
    assert sentence.startswith("spoilt.xlsx") and sentence.endswith(".")
