from __future__ import annotations

import re
import warnings

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from pipelines.checking import annotate
from schemas.problems import Problem, UserError
from tests.pipelines.package_faults import faults
from tests.pipelines.rich_book import (
    parts_of,
    problem,
    remade,
    report_of,
    rich,
    same_but_for_marks,
    with_a_conversation,
)

ERROR, QUERY = "FFFBD9C4", "FFE6DDF3"
# On a filled cell, one with a person's comment, one that is merged, one that is not there, one in a row that is not there.
CELLS = ("D3", "B2", "A8", "G4", "C40")
PROBLEMS = (
    *(problem(cell) for cell in CELLS),
    problem("D5", "query"),
    problem("D6", "note"),
    problem(None, sheet=None, message="The whole file is late."),
    problem("B4", sheet="Year's end"),
)


def opened(path):
    with warnings.catch_warnings(action="ignore"):  # openpyxl warns of what it cannot read
        return load_workbook(path)


def fill(cell):
    return cell.fill.fgColor.rgb


def marked(path, *problems, name="marked.xlsx"):
    out = path.with_name(name)
    annotate(path, report_of(path, *problems), out)
    return out


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    path = rich(tmp_path_factory.mktemp("rich") / "rich.xlsx")
    return path, marked(path, *PROBLEMS)


def test_the_package_is_sound(both):
    path, out = both
    assert faults(path) == []
    assert faults(out) == []


def test_every_part_that_bears_no_mark_is_the_same_to_the_byte(both):
    before, after = map(parts_of, both)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "[Content_Types].xml", "docProps/app.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/_rels/sheet2.xml.rels",
        "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml",
    }  # fmt: skip
    assert any("chart" in name for name in before) and any("media" in name for name in before)


def test_of_a_marked_sheet_nothing_changes_but_the_marked_cells(both):
    before, after = (
        {name: xml.decode() for name, xml in parts_of(path).items() if "worksheets/sheet" in name} for path in both
    )
    assert same_but_for_marks(before["xl/worksheets/sheet1.xml"], after["xl/worksheets/sheet1.xml"], {*CELLS, "D5"})
    assert same_but_for_marks(before["xl/worksheets/sheet2.xml"], after["xl/worksheets/sheet2.xml"], {"B4"})
    assert "<v>0.25</v>" in after["xl/worksheets/sheet1.xml"] and "sparkline" in after["xl/worksheets/sheet1.xml"]


def test_every_value_reads_as_before(both):
    before, after = (CalamineWorkbook.from_path(path) for path in both)
    for name in before.sheet_names[:3]:
        was, now = ([row for row in book.get_sheet_by_name(name).to_python() if any(row)] for book in (before, after))
        assert [[cell for cell in row if cell != ""] for row in now] == [
            [cell for cell in row if cell != ""] for row in was
        ]


def test_the_cells_are_coloured_and_keep_the_rest_of_their_look(both):
    was, now = (opened(path)["Figures"] for path in both)
    assert {cell: fill(now[cell]) for cell in (*CELLS, "D5")} == dict.fromkeys(CELLS, ERROR) | {"D5": QUERY}
    assert (now["D3"].number_format, now["D3"].font.b) == ("0.0%", True)
    assert now["G4"].number_format == "0.0%"  # the look of its column
    assert [fill(now[cell]) for cell in ("D2", "D6", "B4")] == [fill(was[cell]) for cell in ("D2", "D6", "B4")]


def test_every_mark_has_its_note_and_people_keep_theirs(both):
    _, out = both
    sheet = opened(out)["Figures"]
    assert sheet["D3"].comment.text == "Throughline check:\nD3: this is wrong.\nMend it."
    assert sheet["B2"].comment.text == "Ask Finance\n\nThroughline check:\nB2: this is wrong.\nMend it."
    assert sheet["B2"].comment.author == "Analyst"
    assert sheet["D6"].comment is None


def test_the_list_comes_first_filters_and_leads_to_every_cell(both):
    _, out = both
    book = opened(out)
    assert book.sheetnames == ["Problems", "Figures", "Year's end", "Lists", "Chart"]
    assert book["Lists"].sheet_state == "hidden" and book.active.title == "Problems"
    sheet = book["Problems"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A5", "A4:F13")
    assert sheet.print_title_rows == "$4:$4"
    links = {row[1].value: row[1].hyperlink.location for row in sheet.iter_rows(min_row=5) if row[1].hyperlink}
    assert links == {
        "Figures!D3": "'Figures'!D3", "Figures!B2": "'Figures'!B2", "Figures!A8": "'Figures'!A8",
        "Figures!G4": "'Figures'!G4", "Figures!C40": "'Figures'!C40", "Figures!D5": "'Figures'!D5",
        "Figures!D6": "'Figures'!D6", "Year's end!B4": "'Year''s end'!B4",
    }  # fmt: skip
    assert [row[0].value for row in sheet.iter_rows(min_row=5)].count("Put right") == 7
    assert "always a slip" in sheet["F5"].value


def test_names_that_belong_to_a_sheet_still_do(both):
    book = opened(both[1])
    assert book["Figures"].print_area == "'Figures'!$A$1:$D$8"
    assert book["Figures"].print_title_rows == "$1:$1"
    assert book.defined_names["Whole"].attr_text == "Figures!$C$2:$C$7"


def test_the_documents_properties_list_the_sheets_there_are(both, tmp_path):
    path, out = both
    annotate(out, report_of(out), tmp_path / "again.xlsx")
    before = parts_of(path)["docProps/app.xml"].decode()
    listed = before.replace("<vt:lpstr>Figures<", "<vt:lpstr>Problems</vt:lpstr><vt:lpstr>Figures<")
    listed = listed.replace("<vt:i4>3<", "<vt:i4>4<", 1).replace('<vt:vector size="7"', '<vt:vector size="8"')
    assert listed != before
    for each in (out, tmp_path / "again.xlsx"):
        assert parts_of(each)["docProps/app.xml"].decode() == listed


def test_a_copy_checked_again_is_marked_once_and_stays_the_same(both, tmp_path):
    path, out = both
    twice = tmp_path / "twice.xlsx"
    annotate(out, report_of(out, *PROBLEMS), twice)
    again = parts_of(twice)
    again["xl/worksheets/sheet4.xml"] = again["xl/worksheets/sheet4.xml"].replace(out.name.encode(), path.name.encode())
    assert again == parts_of(out)


def test_marks_go_when_the_problems_have(both, tmp_path):
    path, out = both
    mended = tmp_path / "mended.xlsx"
    annotate(out, report_of(out, problem("D4", "query")), mended)
    assert faults(mended) == []
    was, now = opened(path)["Figures"], opened(mended)["Figures"]
    for cell in (*CELLS[:4], "D5"):
        assert fill(now[cell]) == (fill(was[cell]) if cell != "G4" else "FFFFFF00")
        assert (now[cell].comment and now[cell].comment.text) == (was[cell].comment and was[cell].comment.text)
    assert fill(now["D4"]) == QUERY
    shapes = parts_of(mended)["xl/drawings/vmlDrawing1.vml"].count(b"<x:Row>")
    assert shapes == 2  # the analyst's comment on B2, ours on D4
    assert opened(mended).sheetnames.count("Problems") == 1


def test_a_second_mark_of_another_colour_replaces_the_first(both, tmp_path):
    _, out = both
    annotate(out, report_of(out, problem("D3", "query")), tmp_path / "other.xlsx")
    annotate(tmp_path / "other.xlsx", report_of(tmp_path / "other.xlsx"), tmp_path / "none.xlsx")
    assert fill(opened(tmp_path / "other.xlsx")["Figures"]["D3"]) == QUERY
    assert fill(opened(tmp_path / "none.xlsx")["Figures"]["D3"]) == "FFFFFF00"


def by_another_program(path):
    return remade(path, {"docProps/app.xml": lambda xml: xml.replace("Microsoft Excel", "LibreOffice/7.4")})


def test_a_fill_comes_back_where_nobody_saved_the_copy_in_between_whatever_program_made_it(tmp_path):
    out = marked(by_another_program(rich(tmp_path / "rich.xlsx")), problem("D3"))
    assert fill(opened(marked(out, name="again.xlsx"))["Figures"]["D3"]) == "FFFFFF00"


def test_no_fill_comes_back_from_a_program_that_does_not_keep_its_second_colour(tmp_path):
    out = by_another_program(marked(rich(tmp_path / "rich.xlsx"), problem("D3")))
    saved = remade(out, {"xl/worksheets/sheet4.xml": lambda xml: xml.replace("<sheetPr>", "<sheetPr >")})
    page = opened(marked(saved, name="again.xlsx"))["Figures"]
    assert (fill(page["D3"]), page["D3"].number_format, fill(page["D2"])) == ("00000000", "0.0%", "FFFFFF00")


def test_marks_go_too_where_the_analyst_has_deleted_the_list(tmp_path):
    out = marked(rich(tmp_path / "rich.xlsx"), problem("D3"), problem("B2"))

    def without_the_list(xml):
        xml = re.sub(
            r'<sheet [^>]*name="Problems"[^>]*/>|<definedName [^>]*localSheetId="0"[^>]*>[^<]*</definedName>', "", xml
        )
        return re.sub(r'localSheetId="(\d)"', lambda found: f'localSheetId="{int(found.group(1)) - 1}"', xml)

    page = opened(marked(remade(out, {"xl/workbook.xml": without_the_list}), name="again.xlsx"))["Figures"]
    assert (fill(page["D3"]), page["D3"].comment, page["B2"].comment.text) == ("FFFFFF00", None, "Ask Finance")


def test_a_hatched_fill_that_the_mark_covers_is_named(tmp_path):
    out = marked(rich(tmp_path / "rich.xlsx"), problem("B5"))
    assert "the hatched or graded fill of Figures!B5, which the mark covers" in opened(out)["Problems"]["A3"].value


def test_merged_cells_are_marked_at_their_first(tmp_path):
    sheet = opened(marked(rich(tmp_path / "rich.xlsx"), problem("B8"), problem("A8", "query")))["Figures"]
    assert fill(sheet["A8"]) == ERROR
    assert sheet["A8"].comment.text.count("this is wrong") == 2


def test_a_conversation_stays_and_our_notes_go_beside_it(tmp_path):
    path = with_a_conversation(rich(tmp_path / "rich.xlsx"))
    out = marked(path, problem("C5"), problem("D3"))
    assert faults(out) == []
    name = "xl/threadedComments/threadedComment1.xml"
    assert parts_of(out)[name] == parts_of(path)[name]
    book = opened(out)
    assert book["Figures"]["C5"].comment.text == "[Threaded comment] Is this right?"
    assert fill(book["Figures"]["C5"]) == ERROR
    assert book["Figures"]["D3"].comment.text.startswith("Throughline check:")
    assert "our comment on Figures!C5, where people have a conversation" in book["Problems"]["A3"].value


def test_a_digital_signature_is_taken_out_and_named(tmp_path):
    link = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/"
    kind = "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml"
    path = remade(
        rich(tmp_path / "signed.xlsx"),
        {
            "_rels/.rels": lambda xml: xml.replace(
                "</Relationships>", f'<Relationship Id="rId9" Type="{link}origin" Target="_xmlsignatures/origin.sigs"/></Relationships>'
            ),
            "[Content_Types].xml": lambda xml: xml.replace(
                "</Types>",
                '<Default Extension="sigs" ContentType="application/vnd.openxmlformats-package.digital-signature-origin"/>'
                f'<Override PartName="/_xmlsignatures/sig1.xml" ContentType="{kind}"/></Types>',
            ),
        },
        {
            "_xmlsignatures/origin.sigs": "",
            "_xmlsignatures/sig1.xml": "<Signature/>",
            "_xmlsignatures/_rels/origin.sigs.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{link}signature" Target="sig1.xml"/></Relationships>',
        },
    )  # fmt: skip
    out = marked(path, problem("D3"))
    assert faults(out) == []
    assert not any("_xmlsignatures" in name for name in parts_of(out))
    assert "digital signature" in opened(out)["Problems"]["A3"].value


def test_a_sheet_the_analyst_called_problems_stays(tmp_path):
    path = remade(
        rich(tmp_path / "rich.xlsx"),
        {"xl/workbook.xml": lambda xml: xml.replace('name="Year\'s end"', 'name="problems"')},
    )
    out = marked(path, problem("B4", sheet="problems"))
    again = marked(out, problem("B4", sheet="problems"), name="again.xlsx")
    for each in (out, again):
        assert opened(each).sheetnames == ["Problems found", "Figures", "problems", "Lists", "Chart"]
        assert faults(each) == []


def test_what_looks_like_a_formula_is_text(tmp_path):
    hostile = Problem("made_up", "error", '=HYPERLINK("http://example.org")', "@SUM(1)", "Figures", "D3", value="\t-3")
    out = marked(rich(tmp_path / "rich.xlsx"), hostile)
    xml = parts_of(out)["xl/worksheets/sheet5.xml"].decode() if "xl/worksheets/sheet5.xml" in parts_of(out) else ""
    sheet = opened(out)["Problems"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert "<f>" not in xml
    assert [sheet.cell(5, column).value for column in (3, 4, 5)] == [
        "'\t-3",
        '\'=HYPERLINK("http://example.org")',
        "'@SUM(1)",
    ]


def test_odd_characters_come_back_as_they_were(tmp_path):
    text = "Café “quoted” <b> & _x0041_ \U0001f600"
    out = marked(rich(tmp_path / "rich.xlsx"), problem("D3", message=f"{text}\x00\x1b\ufffe"))
    assert faults(out) == []
    rows = CalamineWorkbook.from_path(out).get_sheet_by_name("Problems").to_python()
    assert rows[4][3].replace("_x005F_x0041_", "_x0041_") == text


def test_beyond_the_most_notes_cells_are_coloured_listed_and_counted(tmp_path, monkeypatch):
    monkeypatch.setattr("pipelines.checking.annotated.COMMENTS", 3)
    path = rich(tmp_path / "rich.xlsx")
    queries = [problem(f"B{row}", "query") for row in range(100, 104)]
    out = marked(path, *queries, problem("C60000"), problem("B103", "query", message="And this."))
    book = opened(out)
    sheet = book["Figures"]
    assert (fill(sheet["C60000"]), sheet["C60000"].comment is not None) == (ERROR, True)
    assert [(fill(sheet[f"B{row}"]), sheet[f"B{row}"].comment is not None) for row in range(100, 104)] == [
        (QUERY, True), (QUERY, True), (QUERY, False), (QUERY, False),
    ]  # fmt: skip
    assert "comments on more than 3 cells: all 5 are coloured and listed" in book["Problems"]["A3"].value
    assert book["Problems"].max_row == 10
    assert faults(out) == []


def test_a_file_changed_since_its_check_is_not_copied(tmp_path):
    path = rich(tmp_path / "rich.xlsx")
    report = report_of(path)
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(UserError, match="changed since it was checked"):
        annotate(path, report, tmp_path / "out.xlsx")
    assert not (tmp_path / "out.xlsx").exists()


def test_nothing_is_left_where_writing_fails(tmp_path):
    from tests.pipelines.full_disk import full_disk

    path, folder = rich(tmp_path / "rich.xlsx"), tmp_path / "out"
    folder.mkdir()
    (folder / "marked.xlsx").write_bytes(b"before")
    with full_disk(), pytest.raises(UserError, match="cannot be written"):
        annotate(path, report_of(path, problem("D3")), folder / "marked.xlsx")
    assert [(each.name, each.read_bytes()) for each in folder.iterdir()] == [("marked.xlsx", b"before")]


def test_a_copy_is_an_xlsx_file_and_nothing_else(tmp_path):
    path = rich(tmp_path / "rich.xlsx")
    (tmp_path / "folder.xlsx").mkdir()
    for name, why in (
        ("folder.xlsx", "is not a file"),
        ("marked.csv", "ends in .xlsx"),
        ("no/marked.xlsx", "cannot be written"),
    ):
        with pytest.raises(UserError, match=why):
            annotate(path, report_of(path), tmp_path / name)
    assert {each.name for each in tmp_path.iterdir()} == {"rich.xlsx", "folder.xlsx"}
