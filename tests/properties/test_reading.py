from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.reading import address, column_letters, delimited, lines, package, parsing, parts, read, trimming
from pipelines.reading.columns import packed, unpacked
from pipelines.reading.gathering import gathered
from pipelines.reading.layout import percent_styles
from pipelines.reading.parts import Refusal
from pipelines.reading.places import column_number
from pipelines.reading.scanning import marks
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


def whole(value):
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else value


@DETERMINISTIC
@given(st.integers(1, 6).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=30)))
def test_rows_come_back_from_the_child_as_they_went(rows):
    there = lines.line(packed(rows))
    assert there.count(b"\n") == 1
    assert exactly(unpacked(lines.record(there))) == exactly([[whole(value) for value in row] for row in rows])


@DETERMINISTIC
@given(st.lists(st.sampled_from([True, 1, 1.0, 0, False, "1", date(2026, 1, 1), datetime(2026, 1, 1)]), min_size=9))  # noqa: DTZ001
def test_values_that_are_equal_but_not_alike_stay_apart(column):
    back = unpacked(lines.record(lines.line(packed([[value] for value in column]))))
    assert exactly(back) == exactly([[whole(value)] for value in column])


@DETERMINISTIC
@given(st.integers(0, 16_383))
def test_column_letters_and_numbers_are_one_anothers_inverse(column):
    assert column_number(column_letters(column).encode()) == column
    assert address(0, column) == f"{column_letters(column)}1"


@DETERMINISTIC
@given(st.binary(max_size=300))
def test_any_bytes_are_csv_or_refused(content):
    try:
        text, _ = delimited.decoded(content)
        assert all(isinstance(cell, str) for row in delimited.rows(text) for cell in row)
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
    text, notes = delimited.decoded(buffer.getvalue().encode("utf-8-sig"))
    assert notes == []
    assert list(csv.reader(io.StringIO(text, newline=""))) == rows
    if delimited.delimiter(text) == ",":
        assert delimited.rows(text) == rows


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
