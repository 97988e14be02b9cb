"""Whatever leads to one child, in every spelling and every corner of a file; and nothing of it anywhere afterwards."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from itertools import pairwise
from pathlib import Path

import duckdb
import numpy as np
import pytest
import xlsxwriter
from click.testing import CliRunner

from pipelines.checking import check, check_workbook
from pipelines.checking.person_level import findings
from pipelines.cli import main
from pipelines.reading import Sheet, Workbook, read
from pipelines.reading.scanning import unescaped
from schemas.returns.person_headings import heading_kind
from schemas.returns.telling import calls_somebody_by_name
from tests.pipelines.good_return import HEAD, TODAY, good_book

NUMBERS = """
9434765919 seen|NHS: 943 4765919|NHS No 943 476 5919.|NHS no. 94 3476 5919|943_476_5919|943|943,476,5919|943 476 5919, and more
NHSNumber=9434765919;|NHS\uff19\uff14\uff13\uff14\uff17\uff16\uff15\uff19\uff11\uff19|nhsno9434765919|id:9434765919|(943) 476-5919
943--476--5919|943 - 476 - 5919|943 \u2022 476 \u2022 5919|943\u00b7476\u00b75919|9 4 3 4 7 6 5 9 1 9|943:476:5919|943*476*5919
UPN: H801200001001|h801200001001|H 80120 0001 001|H80120-0001001|UPN H8012 0000 1001|upn=H801200001001;|pupil H801200001001 absent
H801200001001/2|Upn(H801200001001)|LS8 4AP|LS84AP|ls84ap|LS8-4AP|LS8.4AP|LS8_4AP|LS8   4AP|family at LS84AP moved|LS8 4AP;LS9 7TE
home: ls9 7te|Postcode=LS97TE|lives in ls14 6jb with grandparents|\uff2c\uff33\uff18 \uff14\uff21\uff30|DOB 02/03/14|dob 02.03.2014
DOB=02/03/2014|D.O.B 02-03-2014|date of birth: 2 Mar 2014|Date Of Birth - 2nd March 2014|born 02/03/2014|b. 02/03/2014|birth date 02/03/2014
born on Sunday 2 March 2014|born in Leeds on 2 March 2014|d o b 02 03 2014|DoB 02 March '14|DOB 41700|dob. 20140302|bday 02/03/2014
birthday 2 March 2014|DOB (02/03/2014)|Date of birth 2014-03-02T00:00:00|NI number QQ123456C|QQ 12 34 56 C
"""
TEXTS = [text for text in NUMBERS.replace("\n", "|").split("|") if text and text != "943"]
HEADINGS = """
Child's Name|Name of young person|YP name|Full Name|Child Name (first)|Child Initials|DOB (dd/mm/yyyy)|Date_of_Birth|D.o.B|NHSNo|NHS_Number
Unique Pupil No|Surname/Forename|First name and surname|Name of child/young person|Student name|CYP ID|CYP Name|Mosaic No|Liquid Logic ID
Date of birth / EDD|YP DOB|Perpetrator name|Parent/carer name|Sibling names|Baby's DOB|Postcode of residence|Placement address|Person Reference
""".replace("\n", "|").split("|")
NAMES = (
    """
Kayden Smith was missed|kayden smith was missed|KAYDEN SMITH was missed|Smith, Kayden|Kayden S. was seen|K. Smith|Mrs Okafor was away
Mr O'Brien|Miss Patel|Dr Khan saw the child|PC 4721 Jones|Baby Smith|a boy named Kayden|the girl, Amelia, was seen|mum Chantelle said
her brother Tyler|Kayden, 9, said so|Kayden (9)|Kayden's mother|Kayden and Jayden were moved|Kayden's school was told|Fatima Begum's review
Oluwaseun Adeyemi came back|Ngozi Okafor came back|Mohammed Khan|social worker Jane Smith|The Smith family|Child K came back|YP AB
J a y d e n  S m i t h|Kay\u200bden Smith|\uff2b\uff41\uff59\uff44\uff45\uff4e Smith|14 Acacia Avenue|Ella-Mae in foster care
""".strip()
    .replace("\n", "|")
    .split("|")
)
BESIDE = (
    "comment at Figures!A1",
    "document property title",
    "text box",
    "page footer of Figures",
    "input message of Figures",
)


def workbook(
    *rows: list[object], visible: bool = True, name: str = "A", texts: tuple[tuple[str, str], ...] = ()
) -> Workbook:
    sheets = (
        Sheet("First", visible=True, rows=[["a"]]),
        Sheet(name, visible=visible, rows=[list(row) for row in rows]),
    )
    return Workbook(Path("r.xlsx"), "r.xlsx", "0" * 64, "xlsx", sheets, (), texts)


def test_there_are_more_than_sixty_spellings():
    assert len(set(TEXTS)) > 60


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("visible", [True, False], ids=["seen", "hidden"])
def test_it_is_found_in_a_cell_whatever_its_spelling(text, visible):
    assert findings(workbook(["Reason"], [text], visible=visible))


@pytest.mark.parametrize("text", TEXTS)
def test_it_is_found_beside_the_cells_and_in_names(text):
    assert {finding.place for finding in findings(workbook(["a"], texts=tuple((place, text) for place in BESIDE)))} >= {
        "document property title",
        "text box",
        "comment",
    }
    assert findings(workbook(["a"], name=text))
    # A file's name has no line to end a reading of digits: it is read as any other text.
    assert findings(Workbook(Path("r.xlsx"), f"{text}.xlsx", "0" * 64, "xlsx", (), (), ()))


@pytest.mark.parametrize("heading", [heading for heading in HEADINGS if heading])
def test_a_list_of_people_is_known_by_its_heading_wherever_it_begins(heading):
    far_down = [["figures", 1] for _ in range(200)]
    (found,) = {finding.what for finding in findings(workbook(*far_down, [heading, "Team"], ["a", "b"]))}
    assert found.startswith("a column headed “")
    assert heading_kind(heading)


NUMBERS = ("7112233445", "4857773457", "6012345674", "9434765919", "9876543210")


@pytest.mark.parametrize("cuts", [(3, 6), (3,), (6,)], ids=["3-3-4", "3-7", "6-4"])
@pytest.mark.parametrize("how", [int, str])
def test_a_number_in_parts_is_put_together(cuts, how):
    ends = (0, *cuts, 10)
    rows = [["Ward", *(how(n[a:b]) for a, b in pairwise(ends)), 12.5] for n in NUMBERS]
    found = [f for f in findings(workbook(["Area", "No", "", ""], *rows)) if "part in each" in f.what]
    assert [f.place for f in found] == [f"sheet 2, cells B2:{'D' if len(cuts) == 2 else 'C'}6"]
    assert not any(digits in str(found) for number in NUMBERS for digits in (number[:3], number[6:]))


def test_counts_of_as_many_digits_are_no_numbers_in_parts():
    chance = np.random.default_rng(3)
    for _ in range(300):
        low, high = [100, 100, 1000], [1000, 1000, 10000]
        rows = chance.integers(low, high, size=(chance.integers(4, 20), 3)).tolist()
        assert not [f for f in findings(workbook(["Asked", "Seen", "All"], *rows)) if "part in each" in f.what]


@pytest.mark.parametrize("text", NAMES)
def test_somebodys_name_is_known_in_prose(text):
    assert calls_somebody_by_name(text)


@pytest.mark.parametrize(
    "place", ["comment at Figures!C4", "document property title", "hidden", "unread", "title", "file", "unread sheet"]
)
def test_a_name_where_no_rule_reads_is_said_and_the_file_is_not_to_be_kept(place):
    book = good_book()
    if place in ("hidden", "unread sheet"):
        book.sheets["Workings"], book.hidden = [["x"], ["Kayden Smith was missed"]], {"Workings"} & {place.title()}
    elif place == "unread":
        for number, row in enumerate(book.figures[HEAD : HEAD + 5]):
            row.append("Our notes" if number == 0 else "Kayden Smith was missed")
    elif place == "title":
        book.figures[0][1] = "Kayden Smith was missed"
    elif place == "file":
        book.file_name = "Kayden_Smith was missed.xlsx"
    else:
        book.texts = [(place, "Kayden Smith was missed")]
    report = check_workbook(book.workbook(), today=TODAY)
    named = [p for p in report.problems if p.rule == "words_beside_the_figures_may_name_somebody"]
    assert len(named) == 1
    assert report.exit_code == 1
    assert report.rows_accepted == report.rows
    assert "Kayden" not in str(report.as_dict()) + report.as_text()


def test_a_first_name_in_a_reason_or_an_account_keeps_it_out():
    book = good_book()
    cell = book.put("CP07", "Reason", "Up since Kayden's school was told")
    book.sheets["Commentary"][HEAD + 1][2] = "It rose after Kayden left"
    report = check_workbook(book.workbook(), today=TODAY)
    told = {(p.rule, p.cell) for p in report.problems}
    assert told == {("reason_may_name_somebody", cell), ("text_may_name_somebody", "C5")}
    assert report.commentary.empty


def _chart(book, text):
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='First'!$B$2:$B$2"})
    chart.set_title({"name": text})
    book.worksheets()[0].insert_chart("G1", chart)


def _filtered(sheet, text):
    sheet.write("D9", text)
    sheet.autofilter("A1:D9")
    sheet.set_row(8, options={"hidden": True})


def _hidden(book, text, hide):
    sheet = book.add_worksheet("Source")
    sheet.write("C9", text)
    getattr(sheet, hide)()


LINK = "https://example.org/"
OF_A_BOOK = {
    "chart title": _chart,
    "sheet name": lambda b, t: b.add_worksheet(t),
    "property": lambda b, t: b.set_properties({"comments": t}),
    "custom property": lambda b, t: b.set_custom_property("case", t),
    "defined name": lambda b, t: b.define_name("case_" + t.replace(" ", "_"), "='First'!$A$1"),
    "hidden sheet": lambda b, t: _hidden(b, t, "hide"),
    "very hidden sheet": lambda b, t: _hidden(b, t, "very_hidden"),
}
OF_A_SHEET = {
    "comment": lambda s, t: s.write_comment("A1", t),
    "header": lambda s, t: s.set_header(f"&L{t}"),
    "footer": lambda s, t: s.set_footer(f"&C&12 {t}"),
    "hyperlink": lambda s, t: s.write_url("E1", f"{LINK}{t.replace(' ', '')}", string="see"),
    "tip of a hyperlink": lambda s, t: s.write_url("E1", LINK, string="see", tip=t),
    "list": lambda s, t: s.data_validation("E1", {"validate": "list", "source": ["one", t]}),
    "input message": lambda s, t: s.data_validation("E1", {"validate": "any", "input_message": t}),
    "text box": lambda s, t: s.insert_textbox("G1", t),
    "hidden column": lambda s, t: (s.write("H9", t), s.set_column("H:H", None, None, {"hidden": True})),
    "filtered row": _filtered,
}
CORNERS = (*OF_A_BOOK, *OF_A_SHEET)


def in_a_corner(path: Path, text: str, corner: str) -> Path:
    """A workbook of one figure, with a text in one corner of it."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("First")
        sheet.write_row(0, 0, ["Indicator ID", "Number", "Out of"])
        sheet.write_row(1, 0, ["CP07", 3, 9])
        if corner in OF_A_BOOK:
            OF_A_BOOK[corner](book, text)
        else:
            OF_A_SHEET[corner](sheet, text)
    return path


@pytest.mark.slow
@pytest.mark.parametrize("corner", CORNERS)
@pytest.mark.parametrize("text", ["943 476 5919", "H801200001001"])
def test_a_childs_number_is_found_in_a_corner_of_a_real_workbook(corner, text, tmp_path):
    report = check(in_a_corner(tmp_path / "r.xlsx", text, corner), today=TODAY)
    assert {problem.rule for problem in report.problems} == {"person_level_data"}
    assert text not in json.dumps(report.as_dict())


@pytest.mark.slow
@pytest.mark.parametrize(
    "corner", ["comment", "header", "property", "chart title", "text box", "list", "hidden sheet", "hidden column"]
)
def test_a_name_is_found_in_a_corner_too(corner, tmp_path):
    report = check(in_a_corner(tmp_path / "r.xlsx", "Kayden Smith was missed", corner), today=TODAY)
    assert "words_beside_the_figures_may_name_somebody" in {problem.rule for problem in report.problems}


SECRETS = {"number": "9434765919", "name": "Zyxwena", "postcode": "LS84AP", "born": "02031999"}


@pytest.mark.slow
def test_of_a_file_about_people_nothing_is_left_anywhere(tmp_path, monkeypatch):
    sent, temporary, home = tmp_path / "sent", tmp_path / "temporary", tmp_path / "home"
    sent.mkdir()
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setenv("THROUGHLINE_HOME", str(home))
    book = good_book()
    rows = [
        ["Forename", "NHS Number", "Postcode", "DOB"],
        [SECRETS["name"], int(SECRETS["number"]), SECRETS["postcode"], SECRETS["born"]],
    ]
    book.sheets["Sheet9"] = rows
    path = book.write(sent / f"{SECRETS['number']} {SECRETS['name']}.xlsx")
    digest = read(path).sha256
    done = [
        CliRunner().invoke(main, ["check", str(path)]),
        CliRunner().invoke(main, ["check", str(path), "--format", "json"]),
        CliRunner().invoke(main, ["check", str(path), "--annotate", str(temporary / "marked.xlsx")]),
        CliRunner().invoke(main, ["load", str(path)]),
    ]
    assert [each.exit_code for each in done] == [2, 2, 2, 2]
    said = "".join(each.output + each.stderr for each in done)
    with duckdb.connect(str(home / "vault.duckdb"), read_only=True) as vault:
        tables = [name for (name,) in vault.execute("select table_name from information_schema.tables").fetchall()]
        kept = {name: vault.table(name).fetchall() for name in tables}
    for secret in SECRETS.values():
        assert secret not in said
        assert secret not in str(kept)
        for place in (home, temporary):
            for file in (file for file in place.rglob("*") if file.is_file()):
                content = file.read_bytes()
                assert secret.encode() not in content
                assert secret.encode("utf-16-le") not in content
    (submission,) = kept["submission"]
    assert digest in submission
    assert "refused" in submission
    assert any("NHS numbers" in str(cell) or "headed" in str(cell) for cell in submission)
    assert kept["problem"] == kept["observation"] == kept["record"] == []
    assert not list((home / "files").rglob("*")) if (home / "files").exists() else True
    assert list(temporary.iterdir()) == []


def test_digits_written_by_their_numbers_hide_nobody():
    assert unescaped(b"NHS &#57;43 &#x34;76 5919 &amp; more") == "NHS 943 476 5919 & more"


def test_a_real_list_of_children_is_refused_by_its_dates_alone():
    rows = [["No", "Start", "Date of birth"], *([n, date(2026, 7, n), date(2014, 3, n)] for n in range(1, 9))]
    assert {finding.what for finding in findings(workbook(*rows))} == {"a column headed “date of birth”"}
