"""Words outside the cells are looked at wherever a package can hold them, and what no program shows is not kept."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from dataclasses import dataclass

import pytest
import xlsxwriter

from pipelines.checking import check
from pipelines.checking.named_beside import named_beside
from pipelines.checking.person_level import findings
from pipelines.reading import read
from pipelines.reading.swept import printable
from pipelines.reading.words import LENGTH_LIMIT, UNSHOWN, _pieces
from pipelines.store.received import may_keep_original
from schemas.returns import kinds
from tests.pipelines.good_return import TODAY, good_book

pytestmark = pytest.mark.slow
SOFFICE = shutil.which("soffice")
NUMBER, NAME = "943 476 5919", "Kayden Smith came back to his mother"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@dataclass(frozen=True)
class Place:
    """Where a text can stand in a package: a part, what of it is replaced, and by what; nothing is a part of its own."""

    part: str
    before: str
    after: str


SHEET = "xl/worksheets/sheet1.xml"
STYLES, BOOK = "xl/styles.xml", "xl/workbook.xml"
PLACES = {
    "alternative text": Place("xl/drawings/drawing1.xml", "<xdr:cNvPr ", '<xdr:cNvPr descr="{}" '),
    "a text box over two runs": Place(
        "xl/drawings/drawing1.xml", "<a:t>in a box</a:t></a:r>", "<a:t>{0}</a:t></a:r><a:r><a:t>{1}</a:t></a:r>"
    ),
    "a filter's value": Place(
        SHEET, "</sheetData>",
        '</sheetData><autoFilter ref="A1:B2"><filterColumn colId="0"><filters><filter val="{}"/></filters></filterColumn></autoFilter>',
    ),
    "a scenario": Place(SHEET, "</sheetData>", '</sheetData><scenarios><scenario name="a" comment="{}"/></scenarios>'),
    "a conditional format": Place(
        SHEET, "</sheetData>",
        '</sheetData><conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>A1="{}"</formula>'
        "</cfRule></conditionalFormatting>",
    ),
    "a note between the rows": Place(SHEET, "<row ", "<!-- {} --><row "),
    "a formula": Place(SHEET, "<v>1</v>", '<f>IF(1,1,"{}")</f><v>1</v>'),
    "a name's constant": Place(
        BOOK, "</sheets>", '</sheets><definedNames><definedName name="a">"{}"</definedName></definedNames>'
    ),
    "a note in the workbook": Place(BOOK, "</sheets>", "</sheets><!-- {} -->"),
    "a number format": Place(STYLES, "<fonts", '<numFmts count="1"><numFmt numFmtId="164" formatCode="0 &quot;{}&quot;"/></numFmts><fonts'),
    "a table's column": Place(
        "xl/tables/table1.xml", "", f'<table xmlns="{MAIN}"><tableColumns><tableColumn id="1" name="{{}}"/></tableColumns></table>'
    ),
    "a query of a database": Place(
        "xl/connections.xml", "", '<connections><connection id="1"><dbPr command="select 1 where a = \'{}\'"/></connection></connections>'
    ),
    "a sheet of another workbook": Place(
        "xl/externalLinks/externalLink1.xml", "", '<externalLink><sheetNames><sheetName val="{}"/></sheetNames></externalLink>'
    ),
    "a lost sheet": Place(
        "xl/worksheets/sheet9.xml", "", "<worksheet><sheetData><row><c><is><t>{}</t></is></c></row></sheetData></worksheet>"
    ),
    "another file": Place("notes.txt", "", "We know that {} of all"),
}  # fmt: skip


def packed(path, place=None, text=""):
    """A workbook with a text box, and a text put where the place says."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Figures")
        sheet.write("A1", 1)
        sheet.write("A2", "two")
        sheet.insert_textbox("D4", "in a box")
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    if place:
        half = len(text) // 2
        said = place.after.format(*((text[:half], text[half:]) if "{1}" in place.after else (text,)))
        if place.before:
            assert place.before in parts[place.part]
            said = parts[place.part].replace(place.before, said, 1)
        parts[place.part] = said
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return read(path)


def named(workbook):
    return named_beside(workbook, kinds()["figures"])


def test_of_an_innocent_workbook_nothing_is_said(tmp_path):
    workbook = packed(tmp_path / "a.xlsx")
    assert (findings(workbook), named(workbook), UNSHOWN in workbook.notes) == ((), [], False)


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("text", [NUMBER, "lives at LS8 4AP", "UPN H801200001001", "DOB 02/03/2014"])
def test_a_childs_details_are_found_in_every_part(tmp_path, place, text):
    found = findings(packed(tmp_path / "a.xlsx", place, text))
    assert found
    assert not any(text in f"{each.what} {each.place}" for each in found)


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_a_name_is_found_in_every_part(tmp_path, place):
    told = named(packed(tmp_path / "a.xlsx", place, NAME))
    assert told
    assert not any("Kayden" in each.message for each in told)


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_what_is_no_person_is_let_through_in_every_part(tmp_path, place):
    workbook = packed(tmp_path / "a.xlsx", place, "Referrals of Armley since July 2026")
    assert (findings(workbook), named(workbook)) == ((), [])


@pytest.mark.parametrize("name", ["a lost sheet", "another file"])
def test_a_file_with_parts_that_no_program_shows_is_not_kept(tmp_path, name):
    path = good_book().write(tmp_path / "figures.xlsx")
    assert may_keep_original(check(path, today=TODAY))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(PLACES[name].part, PLACES[name].after.format("nothing"))
    report = check(path, today=TODAY)
    assert UNSHOWN in report.as_text()
    assert report.exit_code < 2
    assert not may_keep_original(report)


@pytest.mark.parametrize("before", [*range(LENGTH_LIMIT - 14, LENGTH_LIMIT + 2), 2 * LENGTH_LIMIT])
def test_a_long_text_is_looked_at_to_its_end(before):
    pieces = list(_pieces([("comment", "x" * before + f" {NUMBER} " + "y" * 300)]))
    assert all(len(text) <= LENGTH_LIMIT for _, text in pieces)
    assert any(f" {NUMBER} " in text for _, text in pieces)


def test_runs_of_one_and_two_bytes_are_read_and_cells_passed_over():
    content = b"\x01\x02" + b"cell read" + b"\0\0\x05" + NAME.encode() + b"\0\x01" + NUMBER.encode("utf-16-le")
    assert set(printable(content, {"cell read"})) == {NAME, NUMBER}


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """Words beside the cells, saved by LibreOffice in its own format and in the old one of Excel."""
    folder = tmp_path_factory.mktemp("elsewhere")
    for name, number, words in (("told", NUMBER, NAME), ("plain", "in July 2026", "Referrals of Armley")):
        with xlsxwriter.Workbook(folder / f"{name}.xlsx") as book:
            sheet = book.add_worksheet("Figures")
            sheet.write("A1", "Number")
            sheet.write("A2", 5)
            sheet.set_header(f"&L{words}")
            sheet.insert_textbox("D4", f"Seen {number} twice")
            sheet.data_validation("A2", {"validate": "any", "input_message": f"{words}, {number}"})
            sheet.write_comment("A1", f"See {number} again")
    for ending in ("ods", "xls"):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [str(SOFFICE), "--headless", profile, "--convert-to", ending, "--outdir", str(folder)]
        subprocess.run(
            [*command, folder / "told.xlsx", folder / "plain.xlsx"], check=True, capture_output=True, timeout=120
        )
    return folder


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed here")
@pytest.mark.parametrize("ending", ["ods", "xls"])
def test_words_beside_the_cells_of_other_formats_are_looked_at(elsewhere, ending):
    told, plain = read(elsewhere / f"told.{ending}"), read(elsewhere / f"plain.{ending}")
    assert (findings(plain), named(plain), UNSHOWN in plain.notes) == ((), [], False)
    assert findings(told)
    assert named(told)
    assert not any("Kayden" in each.message for each in named(told))


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed here")
@pytest.mark.parametrize("ending", ["ods", "xls"])
def test_a_number_in_one_place_of_another_format_is_enough(tmp_path, ending):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Figures").set_header(f"&LSeen {NUMBER}")
        book.worksheets()[0].write("A1", "Number")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SOFFICE), "--headless", profile, "--convert-to", ending, "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert findings(read(tmp_path / f"a.{ending}"))


def test_a_text_in_many_formulas_is_said_once_and_not_the_formulas(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Figures")
        for row in range(3_000):
            sheet.write_formula(row, 1, f'=IF(A{row + 1}="","not yet",A{row + 1}&"{NAME}")', None, "")
    messages = [text for where, text in read(path).texts if where == "message or link of Figures"]
    assert messages == [NAME, "not yet"]
