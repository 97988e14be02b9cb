from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipelines.reading import read
from schemas.problems import UserError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def read_csv(tmp_path: Path):
    def write(content, name="return.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        return read(path)

    return write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_an_encoding_that_says_which_it_is_is_read_without_a_note(read_csv, encoding):
    workbook = read_csv("agency,näme\nlcc,12\n".encode(encoding))
    assert workbook.sheets[0].rows == [["agency", "näme"], ["lcc", "12"]]
    assert (workbook.format, workbook.notes) == ("csv", ())


def test_windows_text_is_read_and_noted(read_csv):
    workbook = read_csv("agency,Zoë’s\n".encode("cp1252"))
    assert workbook.sheets[0].rows == [["agency", "Zoë’s"]]
    assert "Windows-1252" in workbook.notes[0]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(read_csv, mark):
    text = mark.join(["indicator", "number", "note"]) + "\n" + mark.join(["a", "1", '"x, y; z"']) + "\n"
    assert read_csv(text.encode()).sheets[0].rows == [["indicator", "number", "note"], ["a", "1", "x, y; z"]]


def test_nothing_is_taken_for_a_number_and_an_empty_cell_is_none(read_csv):
    workbook = read_csv(b'007,1.50,"1,234",,TRUE\n')
    assert workbook.sheets[0].rows == [["007", "1.50", "1,234", None, "TRUE"]]


def test_rows_are_filled_up_and_blank_last_rows_dropped(read_csv):
    assert read_csv(b"a\nb,c\n\n,\n").sheets[0].rows == [["a", None], ["b", "c"]]


def test_line_breaks_inside_quotes_stay_in_their_cell(read_csv):
    rows = read_csv('a,"one\r\ntwo\u2028three"\r\nb,c\r\n'.encode()).sheets[0].rows
    assert rows == [["a", "one\r\ntwo\u2028three"], ["b", "c"]]


def test_a_quotation_mark_inside_a_cell_is_read_as_excel_reads_it(read_csv):
    assert read_csv(b'a,"b"c,d\n').sheets[0].rows == [["a", "bc", "d"]]


def test_a_quotation_mark_that_never_closes_is_named_and_not_swallowed(read_csv):
    with pytest.raises(UserError, match="quotation mark is missing"):
        read_csv(b'a,"b\n1,2\n3,4\n')


@pytest.mark.parametrize("content", [b"a,b\0c\n", bytes(range(1, 32)) * 9, b"\xff\xfea"])
def test_what_is_not_text_is_refused(read_csv, content):
    with pytest.raises(UserError, match="not plain text") as refusal:
        read_csv(content)
    assert refusal.value.exit_code == 2


@pytest.mark.parametrize("content", [b"," * 3_000 + b"\n" * 8_000, b"," * 20_000, b"," * 12_000_000, b"\n" * 1_100_000])
def test_a_table_too_large_for_a_return_is_refused(read_csv, content):
    with pytest.raises(UserError, match="more rows or columns"):
        read_csv(content)


def test_text_and_tab_separated_files_are_read_as_csv(read_csv):
    assert read_csv(b"a\tb\n", "return.tsv").sheets[0].rows == [["a", "b"]]
    assert read_csv(b"a\tb\n", "return.TXT").sheets[0].name == "CSV"
