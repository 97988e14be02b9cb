from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter

from pipelines.reading import Sheet, Workbook, address, column_letters, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., Workbook]:
    """Write a workbook with openpyxl as a person would, and read it."""

    def make(fill: Callable[[openpyxl.Workbook], object]) -> Workbook:
        book = openpyxl.Workbook()
        fill(book)
        path = tmp_path / "return.xlsx"
        book.save(path)
        return read(path)

    return make


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Workbook]:
    """Write a workbook with xlsxwriter, which saves formula results as Excel does, and read it."""

    def write(fill: Callable[[xlsxwriter.Workbook], object]) -> Workbook:
        path = tmp_path / "return.xlsx"
        with xlsxwriter.Workbook(path) as book:
            fill(book)
        return read(path)

    return write


def test_an_address_is_what_people_call_a_cell():
    assert [address(0, 0), address(13, 5), address(1_048_575, 16_383)] == ["A1", "F14", "XFD1048576"]
    assert [column_letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_values_keep_their_kind_and_their_place(made):
    def fill(book):
        sheet = book.active
        sheet.title = "Figures"
        sheet["C4"] = "cp_plans"
        sheet["D4"] = 12
        sheet["E4"] = 24.2
        sheet["F4"] = True
        sheet["G4"] = date(2026, 5, 12)
        sheet["H4"] = datetime.fromisoformat("2026-05-12T09:30")
        sheet["I4"] = time(9, 30)
        sheet["J5"] = "1,234"

    workbook = made(fill)
    sheet = workbook.sheets[0]
    assert sheet.rows[:3] == [[None] * 10] * 3
    expected = [
        "cp_plans",
        12,
        24.2,
        True,
        date(2026, 5, 12),
        datetime.fromisoformat("2026-05-12T09:30"),
        "09:30:00",
        None,
    ]
    assert sheet.rows[3] == [None, None, *expected]
    assert [type(value) for value in sheet.rows[3][3:7]] == [int, float, bool, date]
    assert sheet.rows[4][9] == "1,234"
    assert (workbook.format, workbook.file_name, len(workbook.sha256)) == ("xlsx", "return.xlsx", 64)


def test_percent_formats_are_known_cell_by_cell(written):
    def fill(book):
        sheet = book.add_worksheet()
        formats = [book.add_format({"num_format": code}) for code in ("0%", "0.0%", '0.0"%"', "0.00", "[Red]0.0 %")]
        for column, number_format in enumerate(formats):
            sheet.write(1, column, 0.242, number_format)
            sheet.write_blank(2, column, None, number_format)
        sheet.write(3, 0, "24%", formats[0])

    assert written(fill).sheets[0].percent == {(1, 0), (1, 1), (1, 4), (3, 0)}


def test_a_result_of_a_formula_is_its_value_and_an_error_its_text(written):
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("B1", "=1/0", None, "#DIV/0!")
        sheet.write_formula("C1", '="a"', None, "a")
        sheet.write_formula("D9", "=NA()", None, "#N/A")

    sheet = written(fill).sheets[0]
    assert sheet.rows[0] == [2, "#DIV/0!", "a", None]
    assert sheet.rows[8] == [None, None, None, "#N/A"]


def test_a_formula_nobody_calculated_is_shown_as_typed_and_noted(made):
    def fill(book):
        book.active["A1"] = "numerator"
        book.active["C3"] = "=A1&B2"

    workbook = made(fill)
    assert workbook.sheets[0].rows[2] == [None, None, "=A1&B2"]
    assert any("C3" in note and "Excel" in note for note in workbook.notes)


def test_text_that_looks_like_a_formula_stays_text(written):
    texts = ["=cmd()", "+1", "@sum", "\ttab", "-"]

    def fill(book):
        sheet = book.add_worksheet()
        for row, text in enumerate(texts):
            sheet.write_string(row, 0, text)

    assert [row[0] for row in written(fill).sheets[0].rows] == texts


def test_hidden_sheets_are_read_and_said_to_be_hidden(made):
    def fill(book):
        book.active["A1"] = 1
        book.create_sheet("Notes").sheet_state = "hidden"
        book["Notes"]["A1"] = "kept"
        book.create_sheet("Deep").sheet_state = "veryHidden"

    sheets = made(fill).sheets
    assert [(sheet.name, sheet.visible) for sheet in sheets] == [("Sheet", True), ("Notes", False), ("Deep", False)]
    assert sheets[1].rows == [["kept"]]


def test_merged_headers_say_which_cells_they_cover(made):
    def fill(book):
        book.active["B2"] = "April to June"
        book.active.merge_cells("B2:D3")

    sheet = made(fill).sheets[0]
    assert sheet.merged == ((1, 1, 2, 3),)
    assert sheet.rows[1][1] == "April to June"


def test_words_outside_the_cells_are_kept_for_the_person_check(written):
    def fill(book):
        book.set_properties({"title": "Quarter 2", "author": "An Analyst", "keywords": "social care"})
        sheet = book.add_worksheet("Figures")
        sheet.write("A1", 1)
        sheet.write_comment("A1", "See the case of <one> child")
        sheet.insert_textbox("D4", "Words in a box")
        sheet.set_header("&LHeading of the page")

    texts = written(fill).texts
    assert ("comment at Figures!A1", "See the case of <one> child") in texts
    assert ("document property title", "Quarter 2") in texts
    assert ("document property creator", "An Analyst") in texts
    assert ("document property keywords", "social care") in texts
    assert ("text box", "Words in a box") in texts
    assert ("page heading of Figures", "&LHeading of the page") in texts


def test_names_links_and_input_messages_are_kept_for_the_person_check(written):
    def fill(book):
        sheet = book.add_worksheet("Figures")
        sheet.write("A1", 1)
        sheet.data_validation("A1", {"validate": "list", "source": ["one", "two"], "input_message": "Ask a child"})
        sheet.write_url("B1", "https://example.org/943%20476", tip="Words on a link")
        book.define_name("case_1", "=Figures!$A$1")

    texts = written(fill).texts
    assert ("message or link of Figures", "Ask a child") in texts
    assert ("message or link of Figures", "Words on a link") in texts
    assert ("message or link of Figures", '"one,two"') in texts
    assert ("defined name", "case_1") in texts
    assert ("hyperlink", "https://example.org/943 476") in texts


def test_two_hundred_columns_come_in_order(written):
    def fill(book):
        book.add_worksheet().write_row(0, 0, range(200))

    assert written(fill).sheets[0].rows == [list(range(200))]


def test_more_rows_than_one_batch_come_in_order(written):
    def fill(book):
        sheet = book.add_worksheet()
        for row in range(2_500):
            sheet.write(row, 0, row)
            sheet.write(row, 1, f"category {row % 7}")

    rows = written(fill).sheets[0].rows
    assert rows == [[row, f"category {row % 7}"] for row in range(2_500)]


def test_an_empty_sheet_has_no_rows(made):
    assert made(lambda _: None).sheets == (Sheet("Sheet", True, []),)  # noqa: FBT003 - as the field is named
