from __future__ import annotations

import io
import os
import re
import struct
import subprocess
import sys
import threading
import zipfile
from array import array
from pathlib import Path

import openpyxl
import pytest

from pipelines.reading import gathering, grid, lines, process, read
from schemas.problems import UserError

pytestmark = pytest.mark.slow

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def good():
    """The parts of a sound small workbook, to be spoilt."""
    book = openpyxl.Workbook()
    book.active["A1"] = "secret of a child"
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        return {part: package.read(part) for part in package.namelist()}


@pytest.fixture
def file(tmp_path):
    """Write bytes, or parts as a zip, under a name."""

    def write(content, name="return.xlsx"):
        path = tmp_path / name
        if isinstance(content, dict):
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
                for part, data in content.items():
                    package.writestr(part, data)
        else:
            path.write_bytes(content)
        return path

    return write


def refusal(path, **limits):
    """The sentence that `read` refuses a file with, held to what every refusal promises."""
    with pytest.raises(UserError) as refused:
        read(path, **limits)
    sentence = str(refused.value)
    assert refused.value.exit_code == 2
    assert sentence.endswith(".") and sentence.isprintable() and len(sentence) < 400
    assert "secret" not in sentence and str(path.parent) not in sentence and "Traceback" not in sentence
    return sentence


def sheet_of(rows, ending=""):
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{ending}</worksheet>'


def test_an_empty_file_a_folder_a_pipe_and_a_missing_file_are_named(file, tmp_path):
    assert "0 bytes" in refusal(file(b""))
    assert "not a file" in refusal(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.xlsx")
        assert "not a file" in refusal(tmp_path / "pipe.xlsx")
    assert "not there" in refusal(tmp_path / "gone.xlsx")


def test_a_file_larger_than_the_limit_is_not_read(file):
    assert "larger than" in refusal(file(b"a,b\n" * 300_000, "return.csv"), bytes_limit=1_000_000)


def test_a_file_name_cannot_play_tricks(file):
    sentence = refusal(file(b"", "re\x1b[31m\u202eturn\n.xlsx"))
    assert sentence.startswith("re[31mturn.xlsx is empty")


def test_a_password_is_named_as_such(file):
    wrapper = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le")
    assert "password-protected. Save a copy without a password" in refusal(file(wrapper))


@pytest.mark.parametrize("name", ["return.xlsx", "return.xlsb"])
def test_macros_are_refused_whatever_the_name(file, good, name):
    assert "contains macros; save it as .xlsx" in refusal(file({**good, "xl/vbaProject.bin": b"x"}, name))
    assert "contains macros; save it as .xlsx" in refusal(file(good, "return.xlsm"))


@pytest.mark.parametrize(
    ("content", "name", "what"),
    [
        (b"%PDF-1.7 secret", "return.xlsx", "a PDF"),
        (b"<html><table>secret", "return.xls", "a web page"),
        (b"\x1f\x8b\x08secret", "return.xlsx", "a compressed file"),
        (b"a,b\nsecret,1\n", "return.xlsx", "not an Excel workbook"),
        (b"anything", "return.docx", "not a kind of file"),
        (b"ID;PWXL;N;E\nC;secret", "return.csv", "a SYLK file"),
        (b"\x09\x08\x10\x00secret", "return.xls", "very old Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1secret", "return.csv", "under another name"),
    ],
)
def test_what_a_file_really_is_is_said(file, content, name, what):
    assert what in refusal(file(content, name))


def test_a_workbook_named_csv_is_told_its_right_name(file, good):
    assert "Rename it to .xlsx" in refusal(file(good, "return.csv"))
    assert "really .xlsx" in refusal(file(good, "return.ods"))


def test_a_word_file_and_a_plain_zip_are_not_workbooks(file):
    assert "Word" in refusal(file({"_rels/.rels": b"<a/>", "word/document.xml": b"<a/>"}))
    assert "zip file" in refusal(file({"return/secret.txt": b"x"}))


def test_half_a_zip_is_damaged(file, good):
    whole = file(good).read_bytes()
    assert "damaged" in refusal(file(whole[: len(whole) // 2]))
    assert "damaged" in refusal(file(whole[:-10]))


def test_a_zip_bomb_is_not_unpacked(file, good):
    bomb = {**good, SHEET: sheet_of(" " * 60_000_000)}
    assert "unpacks to far more" in refusal(file(bomb))


def test_a_part_that_is_larger_than_it_says_is_refused(file, good):
    data = file({**good, SHEET: sheet_of("<row/>" * 100_000)}).read_bytes()
    at = data.rindex(SHEET.encode()) - 46
    lying = data[: at + 24] + struct.pack("<L", 100) + data[at + 28 :]
    assert "damaged" in refusal(file(lying))


def test_a_zip_with_a_password_or_an_unusual_packing_is_refused(file, good):
    data = file(good).read_bytes()
    central = data.index(b"PK\x01\x02")
    assert "password-protected" in refusal(file(data[: central + 8] + b"\x01" + data[central + 9 :]))
    with zipfile.ZipFile(file(b"x"), "w", zipfile.ZIP_LZMA) as package:
        for part, content in good.items():
            package.writestr(part, content)
    assert "damaged" in refusal(Path(package.filename))


def test_entities_are_refused_before_anything_expands_them(file, good):
    laughs = (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "secret"><!ENTITY c "&b;&b;&b;&b;">]><worksheet>&c;</worksheet>'
    )
    assert "XML document type" in refusal(file({**good, SHEET: laughs}))
    assert "XML document type" in refusal(file({**good, "docProps/custom.xml": laughs}))


def test_two_parts_of_one_name_are_refused(file, good):
    assert "damaged" in refusal(file({**good, SHEET.upper(): b"<a/>"}))


def test_a_path_that_climbs_out_is_refused(file, good):
    assert "damaged" in refusal(file({**good, "../../etc/secret.xml": b"<a/>"}))


def test_a_zip_of_many_thousand_parts_is_refused(file):
    assert "too many parts" in refusal(file({f"part{number}": b"" for number in range(5_001)}))


def test_a_far_cell_is_named_and_never_fills_memory(file, good):
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    assert "reaches out to Sheet!XFD1048576" in refusal(file({**good, SHEET: sheet_of(far)}))


def test_a_far_format_without_a_value_is_dropped(file, good):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert read(file({**good, SHEET: sheet_of(rows)})).sheets[0].rows == [[1]]


def test_a_million_blank_formatted_rows_are_ignored(file, good):
    blanks = "".join(f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="0"/></row>' for n in range(3, 1_048_577))
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>'
    ending = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    sheet = read(file({**good, SHEET: sheet_of(rows + blanks, ending)}), seconds=60).sheets[0]
    assert sheet.rows == [[1, None], [None, 2]]
    assert sheet.merged == ((0, 0, 1, 1),)


def test_many_formulas_nobody_calculated_do_not_hold_the_reader_up(file, good):
    rows = "".join(f'<row r="{n}"><c r="A{n}"><f>B{n}</f><v></v></c></row>' for n in range(1, 50_001))
    workbook = read(file({**good, SHEET: sheet_of(rows)}), seconds=30)
    assert workbook.sheets[0].rows[-1] == ["=B50000"]
    assert "50,000" in workbook.notes[0]


def test_rows_out_of_order_keep_their_numbers(file, good):
    rows = '<row r="9"><c r="A9"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>'
    path = file({**good, SHEET: sheet_of(rows)})
    assert read(path).sheets[0].rows[8][0] == 1


def test_links_and_files_inside_are_noted(file, good):
    extra = {"xl/externalLinks/externalLink1.xml": b"<a><v>kept value</v></a>", "xl/embeddings/a.bin": b"x"}
    workbook = read(file({**good, **extra}))
    assert any("links to other workbooks" in note for note in workbook.notes)
    assert any("other files inside" in note for note in workbook.notes)
    assert ("a copy of another workbook's values", "kept value") in workbook.texts


def test_a_pivot_tables_hidden_copy_of_people_is_seen(file, good):
    cache = b'<pivotCacheDefinition><sharedItems><s v="Name &amp; Co"/></sharedItems></pivotCacheDefinition>'
    workbook = read(file({**good, "xl/pivotCache/pivotCacheDefinition1.xml": cache}))
    assert ("a pivot table's hidden copy of its data", "Name & Co") in workbook.texts
    assert any("pivot table" in note for note in workbook.notes)


def test_a_file_that_takes_too_long_is_given_up(file):
    assert "takes too long" in refusal(file(b"a,b\n" * 1_000_000, "return.csv"), seconds=0.05)


def test_nothing_is_left_behind(file, good, tmp_path, monkeypatch):
    left = tmp_path / "temporary"
    left.mkdir()
    monkeypatch.setenv("TMPDIR", str(left))
    monkeypatch.chdir(left)
    threads = threading.active_count()
    read(file(good))
    refusal(file({**good, SHEET: sheet_of("<row")[:-20]}))
    refusal(file(b"a,b\n" * 1_000_000, "return.csv"), seconds=0.05)
    assert list(left.iterdir()) == []
    assert threading.active_count() == threads


def child_that(says):
    return subprocess.Popen([sys.executable, "-c", says], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


@pytest.mark.parametrize(
    "says",
    [
        "print('not json')",
        "print('[' * 100000)",
        "print('{\"column\": 3}')",
        "print('{\"done\": 1}')",
        'print(\'{"sheet": "a"}\')',
        'print(\'{"rows": 1, "column": [null], "codes": 99999999999999}\')',
        "import os; os.abort()",
        "while True: print('x' * 1000000)",
    ],
)
def test_a_child_that_says_nonsense_is_not_believed(says):
    child = child_that(says)
    with pytest.raises(process.Unanswered, match="damaged"):
        gathering.gathered(process.answers(child, {}, b"", until=process.monotonic() + 60))
    assert child.returncode is not None


COLUMN_SENT = {"rows": 2, "column": [None, "a"], "codes": array("I", [1, 0]).tobytes()}


@pytest.mark.parametrize(
    "nonsense",
    [
        {"rows": -1},
        {"rows": True},
        {"rows": 10**9},
        {"rows": 3},
        {"column": []},
        {"column": {"a": 1}},
        {"column": ["a", "b"]},
        {"column": [None, {"a": 1}]},
        {"column": [None, ["a"]]},
        {"column": [None]},
        {"codes": b"12345"},
        {"codes": array("I", [1, 2]).tobytes()},
    ],
)
def test_a_column_that_makes_no_sense_is_not_believed(nonsense):
    assert grid.sheet_of([grid.column(COLUMN_SENT)] * 2) == [["a", "a"]]
    with pytest.raises(ValueError, match=r"column|value|buffer"):
        grid.column({**COLUMN_SENT, **nonsense})


def test_columns_of_different_lengths_are_not_believed():
    shorter = {"rows": 1, "column": [None, "a"], "codes": array("I", [1]).tobytes()}
    with pytest.raises(ValueError, match="equally long"):
        grid.sheet_of([grid.column(COLUMN_SENT), grid.column(shorter)])


def test_more_cells_than_any_return_has_are_not_believed(monkeypatch):
    said = [{"sheet": "a", "visible": True}, COLUMN_SENT, COLUMN_SENT, {"marks": {"percent": [], "merged": []}}]
    assert gathering.gathered(said).sheets[0].rows == [["a", "a"]]
    monkeypatch.setattr(gathering, "TEXT_CELLS_LIMIT", 3)
    with pytest.raises(process.Unanswered, match="damaged"):
        gathering.gathered(said)


@pytest.mark.parametrize(
    "said",
    [
        b'{"column": [], "codes": 4}\n123',
        b'{"column": [], "codes": -4}\n1234',
        b'{"column": [], "codes": true}\n1',
        b'{"column": [], "codes": 99999999999}\n1234',
        b'{"column": []}',
    ],
)
def test_an_answer_that_breaks_off_or_promises_too_much_is_not_believed(said):
    (sound,) = lines.records(io.BytesIO(b'{"column":[],"codes":4}\n1234'), 100)
    assert sound["codes"] == b"1234"
    with pytest.raises(ValueError, match=r"breaks off|no size"):
        list(lines.records(io.BytesIO(said), 100))


def test_a_child_gives_up_files_and_memory_before_it_reads():
    resource = pytest.importorskip("resource", reason="this system has no limits to give up")
    script = Path(process.CHILD).read_text(encoding="utf-8")
    names = re.findall(r'limit\("(RLIMIT_\w+)"', script)
    assert set(names) == {"RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_CORE", "RLIMIT_NOFILE", "RLIMIT_FSIZE"}
    assert all(hasattr(resource, name) for name in names)


def test_a_childs_memory_stays_under_its_limit(file, good):
    long_text = f'<sst xmlns="{MAIN}"><si><t>{"secret " * 4_000}</t></si></sst>'
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 100_001))
    path = file({**good, "xl/sharedStrings.xml": long_text, SHEET: sheet_of(rows)})
    script = (
        "import resource, sys; from pathlib import Path; from pipelines.reading import read\n"
        "from schemas.problems import UserError\n"
        "try: read(Path(sys.argv[1]), seconds=60)\n"
        "except UserError: print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    peak = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True).stdout
    assert 0 < int(peak) * 1024 < process.MEMORY_LIMIT
