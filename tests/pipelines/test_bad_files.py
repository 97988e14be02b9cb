"""About a hundred files that break other readers, where they lie beside the project."""

from __future__ import annotations

import io
import warnings
from datetime import date
from pathlib import Path
from time import monotonic

import pytest

from pipelines.checking import check
from pipelines.reading import Workbook, delimited, lines, package, parsing, process, read
from pipelines.reading.gathering import gathered
from schemas.problems import UserError

FOLDER = Path(__file__).parents[2].parent / "shared" / "badfiles"
FILES = sorted(path for path in FOLDER.glob("*/*") if path.is_file() and path.name != "README.md")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not FILES, reason="the bad files lie beside the project, not in it")]

LOCKED = {
    *("bad_calamine/pass_protected.xlsb", "bad_msoffcrypto/rc4cryptoapi_password.xls", "bad_poi/protected_sha512.xlsx"),
    *("bad_msoffcrypto/xor_password_123456789012345.xls", "bad_python_calamine/password.xls"),
    *("bad_python_calamine/password.xlsx", "bad_poi/protected_passtika.xlsb"),
}


def outcome(path):
    try:
        return read(path)
    except UserError as error:
        return error


def cells_of(path, sheet=0):
    return read(FOLDER / path).sheets[sheet].rows


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_each_bad_file_is_read_or_refused_in_one_sentence_within_ten_seconds(path):
    began = monotonic()
    result = outcome(path)
    assert monotonic() - began < 10
    if isinstance(result, Workbook):
        assert all(len(row) == len(sheet.rows[0]) for sheet in result.sheets for row in sheet.rows)
        assert all(note.endswith(".") for note in result.notes)
    else:
        sentence = str(result)
        assert sentence.startswith(path.name) and sentence.endswith(".") and sentence.isprintable()
        assert result.exit_code == 2


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_check_refuses_each_bad_file_with_a_sentence_and_takes_nothing_of_it(path):
    report = check(path, today=date(2026, 10, 20))
    assert (report.verdict, report.rows_accepted) == ("refused", 0)
    assert report.exit_code in (1, 2)
    errors = [problem for problem in report.problems if problem.severity == "error"]
    assert errors and all(problem.message.endswith((".", "?")) for problem in errors)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_child_says_nothing_but_what_its_parser_says(path):
    result = outcome(path)
    if not isinstance(result, Workbook):
        pytest.skip("a file that may kill its reader is never parsed in this process")
    content = path.read_bytes()
    entries = package.checked(path.name, result.format, content)
    is_csv = result.format == "csv"
    records = (
        delimited.records(content)
        if is_csv
        else parsing.records(content, result.format, entries, is_careful=path.name < "m")
    )
    whole = gathered(lines.records(io.BytesIO(b"".join(map(lines.line, records))), process.ANSWER_LIMIT))
    assert (whole.sheets, whole.texts) == (result.sheets, result.texts)


@pytest.mark.parametrize("name", sorted(LOCKED))
def test_each_locked_file_is_told_to_be_locked(name):
    assert "password-protected" in str(outcome(FOLDER / name))


def test_macros_are_named():
    assert "contains macros; save it as .xlsx" in str(outcome(FOLDER / "bad_poi/SimpleMacro.xlsm"))


def test_a_file_that_kills_its_reader_kills_only_the_child():
    assert "damaged" in str(outcome(FOLDER / "bad_phpspreadsheet/oleloop.xls"))


def test_every_error_cell_keeps_its_text():
    errors = [row[0] for row in cells_of("bad_calamine/errors.xlsx")]
    assert errors == ["#DIV/0!", "#NAME?", "#VALUE!", "#NULL!", "#REF!", "#NUM!", "#N/A"]


def test_hidden_sheets_are_told_apart():
    for name in ("sheet_visibility.ods", "sheet_visibility.xlsx"):
        sheets = read(FOLDER / "bad_sheetjs" / name).sheets
        assert [(sheet.name, sheet.visible) for sheet in sheets] == [
            ("Visible", True),
            ("Hidden", False),
            ("VeryHidden", False),
        ]


def test_merged_headers_over_several_lines_are_told():
    assert len(read(FOLDER / "bad_frictionless/multiline-headers.xlsx").sheets[0].merged) == 5


def test_percent_cells_are_the_same_that_openpyxl_finds():
    openpyxl = pytest.importorskip("openpyxl")
    path = FOLDER / "bad_frictionless/issue-1024.xlsx"
    with warnings.catch_warnings(action="ignore"):  # openpyxl warns of the file's styles
        sheet = openpyxl.load_workbook(path).worksheets[0]
    expected = {
        (cell.row - 1, cell.column - 1)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and "%" in cell.number_format
    }
    assert read(path).sheets[0].percent == expected


def test_sheets_without_row_numbers_are_counted():
    rows = cells_of("bad_poi/59746_NoRowNums.xlsx")
    assert (len(rows), len(rows[0])) == (71, 11)


def test_the_strict_format_is_read_too():
    assert [len(sheet.rows) for sheet in read(FOLDER / "bad_poi/SimpleStrict.xlsx").sheets] == [6, 7]


def test_comments_of_open_document_files_are_kept():
    texts = read(FOLDER / "bad_calamine/with-annotation.ods").texts
    assert any(where == "comment" and "This is annotation" in text for where, text in texts)


def test_old_windows_text_is_read_with_a_note():
    workbook = read(FOLDER / "bad_phpspreadsheet/premiere.win1252.csv")
    assert workbook.sheets[0].rows[0] == ["première", "second", "troisième"]
    assert "Windows-1252" in workbook.notes[0]
