"""Workbooks made as no Excel makes them: marked rightly, or copied afresh with the loss named."""

from __future__ import annotations

import random
import re
from datetime import date, datetime
from time import process_time
from xml.etree import ElementTree as ET

import pytest
from python_calamine import CalamineWorkbook

from pipelines.checking import annotate
from pipelines.checking.marking.comments import with_comments
from pipelines.checking.marking.fresh import fresh
from pipelines.checking.marking.rows import Rows
from pipelines.checking.marking.shapes import next_block, with_shapes
from pipelines.checking.marking.sheets import Worksheet
from pipelines.checking.marking.spans import Unmarkable, tree
from pipelines.checking.marking.styles import Styles
from pipelines.checking.marking.zipped import archive, packed
from pipelines.reading import Sheet, Workbook, read
from schemas.problems import UserError
from tests.pipelines.package_faults import faults
from tests.pipelines.rich_book import parts_of, problem, remade, report_of, rich, with_a_conversation
from tests.pipelines.test_annotated_in_place import ERROR, QUERY, fill, marked, opened

pytestmark = pytest.mark.slow

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
AT_NINE = datetime(2026, 9, 30, 9, 30)  # noqa: DTZ001 - a cell knows no time zone
NEW_WORKBOOK = "stand here in a new workbook"


def bare_book(path, sheet, *, styles="", declared='encoding="UTF-8"'):
    """The smallest workbook there is around one sheet's XML."""
    head = f'<?xml version="1.0" {declared}?>'
    kinds = [("/xl/workbook.xml", "sheet.main"), ("/xl/worksheets/sheet1.xml", "worksheet")]
    related = [("worksheet", "worksheets/sheet1.xml")]
    parts = {}
    if styles:
        kinds.append(("/xl/styles.xml", "styles"))
        related.append(("styles", "styles.xml"))
        parts["xl/styles.xml"] = head + styles
    types = "".join(f'<Override PartName="{name}" ContentType="{KIND}.{kind}+xml"/>' for name, kind in kinds)
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/{kind}" Target="{to}"/>' for at, (kind, to) in enumerate(related, 1)
    )
    space = 'xmlns="http://schemas.openxmlformats.org/package/2006'
    parts |= {
        "[Content_Types].xml": f'<Types {space}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships {space}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Figures" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships {space}/relationships">{links}</Relationships>',
        "xl/worksheets/sheet1.xml": head + sheet,
    }
    path.write_bytes(archive([packed(name, text.encode("latin-1")) for name, text in parts.items()]))
    return path


def sheet_of(rows, prefix=""):
    name = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    return f'<{prefix}worksheet {name}="{MAIN}"><{prefix}sheetData>{rows}</{prefix}sheetData></{prefix}worksheet>'


def number(place, value):
    return f'<c r="{place}"><v>{value}</v></c>'


def lost(path):
    return opened(path)["Problems"]["A3"].value or ""


ODD = {
    "prefixes": sheet_of('<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row><x:row r="3"><x:c r="B3"><x:v>2</x:v></x:c></x:row>', "x:"),
    "no references": sheet_of("<row><c><v>1</v></c></row><row/><row><c/><c><v>2</v></c></row>"),
    "single quotes": sheet_of("<row r='1'><c r='A1'><v>1</v></c></row><row r='3'><c r='B3'><v>2</v></c></row>"),
    "line breaks in tags": sheet_of('<row\n r="1"\n><c\n r="A1"\n><v>1</v></c ></row ><row r="3"><c r="B3"><v>2</v></c></row>'),
    "small letters": sheet_of('<row r="1"><c r="a1"><v>1</v></c></row><row r="3"><c r="b3"><v>2</v></c></row>'),
    "tags in comments": sheet_of(
        f'<!-- <row r="3"><c r="B3"/></row> --><row r="1">{number("A1", 1)}</row><row r="3">{number("B3", 2)}<!-- <c r="C3"/> --></row>'
    ),
    "tags in quoted text": sheet_of(
        f'<row r="1">{number("A1", 1)}<c r="B1" t="inlineStr"><is><t><![CDATA[</c><c r="C7"></sheetData>]]></t></is></c></row>'
        f'<row r="3">{number("B3", 2)}</row>'
    ),
    "empty rows that close themselves": sheet_of(f'<row r="1">{number("A1", 1)}</row><row r="2"/><row r="3">{number("B3", 2)}</row><row r="7"/>'),
    "a formula with a result": sheet_of(f'<row r="1">{number("A1", 1)}</row><row r="3"><c r="B3"><f>A1&gt;0</f><v>2</v></c></row>'),
}  # fmt: skip


@pytest.mark.parametrize("sheet", ODD.values(), ids=ODD)
def test_a_sheet_oddly_written_is_marked_in_place(tmp_path, sheet):
    path = bare_book(tmp_path / "odd.xlsx", sheet)
    out = marked(path, problem("B3"), problem("C7", "query"), problem("A2"), problem("A3", "query"))
    assert lost(out) == ""
    page = opened(out)["Figures"]
    assert {at: fill(page[at]) for at in ("B3", "C7", "A2", "A3")} == {
        "B3": ERROR,
        "C7": QUERY,
        "A2": ERROR,
        "A3": QUERY,
    }
    assert (page["A1"].value, fill(page["A1"])) == (1, "00000000")
    assert page["C7"].comment.text.startswith("Throughline check:")
    assert [s.rows[0][0] for s in read(out).sheets] == ["What this check found", 1]
    assert read(out).sheets[1].rows[2][1] == 2
    assert faults(out) == []


def test_prefixes_of_another_writer_in_every_part_do_not_matter(tmp_path):
    path = with_a_conversation(rich(tmp_path / "rich.xlsx"))
    rewritten = {
        name: ET.tostring(ET.fromstring(part)) if name.endswith((".xml", ".rels", ".vml")) else part  # noqa: S314
        for name, part in parts_of(path).items()
    }
    assert all(re.search(rb"<\w+:(worksheet|comments|shape) ", rewritten[name]) for name in (
        "xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"))  # fmt: skip
    path.write_bytes(archive([packed(name, part) for name, part in rewritten.items()]))
    problems = [problem(cell) for cell in ("D3", "B2", "A8", "C40")]
    out = marked(path, *problems, problem("B4", sheet="Year's end"))
    again = marked(out, *problems, problem("B4", sheet="Year's end"), name="again.xlsx")
    assert lost(out) == ""
    for each in (out, again):
        page = opened(each)["Figures"]
        assert {at: fill(page[at]) for at in ("D3", "B2", "A8", "C40")} == dict.fromkeys(
            ("D3", "B2", "A8", "C40"), ERROR
        )
        assert page["B2"].comment.text == "Ask Finance\n\nThroughline check:\nB2: this is wrong.\nMend it."
        assert page.print_area == "'Figures'!$A$1:$D$8"
        assert faults(each) == []


def test_an_empty_sheet_takes_marks(tmp_path):
    path = bare_book(tmp_path / "odd.xlsx", f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>')
    out = marked(path, problem("C7"))
    assert (fill(opened(out)["Figures"]["C7"]), lost(out), faults(out)) == (ERROR, "", [])


def test_letters_of_another_encoding_stay_as_they_are(tmp_path):
    text = '<row r="1"><c r="A1" t="inlineStr"><is><t>café</t></is></c></row>'
    path = bare_book(tmp_path / "odd.xlsx", sheet_of(text), declared='encoding="ISO-8859-1"')
    out = marked(path, problem("A1", message="Café “twice”."))
    page = opened(out)["Figures"]
    assert (page["A1"].value, "Café “twice”." in page["A1"].comment.text) == ("café", True)


@pytest.mark.parametrize(
    "styles",
    [
        f'<styleSheet xmlns="{MAIN}"/>',
        f'<x:styleSheet xmlns:x="{MAIN}"><x:fonts><x:font/></x:fonts><x:fills><x:fill><x:patternFill patternType="none"/></x:fill></x:fills><x:cellXfs><x:xf/></x:cellXfs></x:styleSheet>',
        f'<styleSheet xmlns="{MAIN}"><cellXfs count="1"><xf numFmtId="9" fontId="0" fillId="0"><alignment wrapText="1"/></xf></cellXfs></styleSheet>',
    ],
)  # fmt: skip
def test_lists_of_styles_that_lack_something_are_filled_up(tmp_path, styles):
    path = bare_book(tmp_path / "odd.xlsx", ODD["single quotes"], styles=styles)
    out = marked(path, problem("B3"))
    page = opened(out)["Figures"]
    assert (fill(page["B3"]), lost(out), faults(out)) == (ERROR, "", [])
    assert page["B3"].number_format == ("0%" if "numFmtId" in styles else "General")
    fills = tree(parts_of(out)["xl/styles.xml"]).first("fills").children
    patterns = [fill.first("patternFill").facts["patternType"] for fill in fills[:2]]
    assert patterns == ["none", "gray125"]  # Excel paints the first two so whatever they say


@pytest.mark.parametrize(
    ("sheet", "why"),
    [
        (sheet_of(f'<row r="3">{number("B3", 2)}</row><row r="1">{number("A1", 1)}</row>'), "rows of one of its sheets are out of order"),
        (sheet_of(f'<row r="1">{number("A1", 1)}</row><row r="3">{number("B3", 2)}{number("A3", 3)}</row>'), "cells of one of its rows are out of order"),
        (sheet_of(f'<row r="1">{number("A1", 1)}</row><row r="3"><c r="B3" s="99"><v>2</v></c></row>'), "a style that is not in the list"),
        (ODD["single quotes"].replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"), "of another kind"),
    ],
)  # fmt: skip
def test_a_sheet_that_cannot_be_marked_in_place_is_copied_afresh_and_says_why(tmp_path, sheet, why):
    out = marked(bare_book(tmp_path / "odd.xlsx", sheet), problem("B3"))
    assert why in lost(out) and NEW_WORKBOOK in lost(out)
    page = opened(out)["Figures"]
    assert (page["A1"].value, page["B3"].value, fill(page["B3"])) == (1, 2, ERROR)
    assert page["B3"].comment.text.startswith("Throughline check:")
    assert faults(out) == []


def test_broken_xml_writes_nothing_half():
    with pytest.raises(Unmarkable, match="not well-formed"):
        tree(b"<a><b></a>")
    with pytest.raises(Unmarkable, match="document type"):
        tree(b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>')


def test_names_and_shapes_of_every_other_sheet_are_untouched(tmp_path):
    path = rich(tmp_path / "rich.xlsx")
    out = marked(path, problem("A2", sheet="Year's end"))
    before, after = parts_of(path), parts_of(out)
    for name in (
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet3.xml",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
    ):
        assert before[name] == after[name]


def test_shapes_never_share_a_number():
    there = b'<xml xmlns:v="urn:schemas-microsoft-com:vml"><o:idmap v:ext="edit" data="1,3"/><v:shape id="_x0000_s5121"></v:shape></xml>'
    assert next_block([there, b""]) == 6
    comments = {(row, 0): "x" for row in range(2_500)}
    drawn = with_shapes(b"", comments, set(), lambda _: 64, 6)
    numbers = [int(each) for each in re.findall(rb'id="_x0000_s(\d+)"', drawn)]
    assert len(set(numbers)) == 2_500
    assert b'data="6,7,8"' in drawn and {each // 1_024 for each in numbers} == {6, 7, 8}
    tree(drawn)


def test_a_hostile_drawing_or_sheet_does_not_hold_up_the_copy(tmp_path):
    began = process_time()
    with pytest.raises(Unmarkable):
        with_shapes(b"<xml>" + b"<v:shape " * 400_000, {(0, 0): "x"}, set(), lambda _: 64, 1)
    for endless in (b"<!-- ", b'<c r="', b"<row <c ' "):
        with pytest.raises(Unmarkable):
            Worksheet(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode() + endless * 400_000)
    assert process_time() - began < 5


def test_a_box_stays_on_the_sheet():
    drawn = with_shapes(b"", {(1_048_575, 16_383): "long\n" * 60, (0, 0): "x"}, set(), lambda _: 0, 1)
    for anchor in re.findall(rb"<x:Anchor>([^<]+)<", drawn):
        left, _, top, _, right, _, bottom, _ = map(int, anchor.split(b","))
        assert 0 <= left <= right <= 16_383 and 0 <= top <= bottom <= 1_048_575


def test_a_note_in_several_runs_keeps_what_the_person_wrote():
    xml = (
        f'<comments xmlns="{MAIN}"><authors><author>A</author></authors><commentList><comment ref="B2" authorId="0"><text>'
        "<r><rPr><b/></rPr><t>A:</t></r><r><t>\nmine\n\nThroughline check:\nold</t></r><r><t>older</t></r></text></comment>"
        "</commentList></comments>"
    ).encode()
    first = with_comments(xml, {(1, 1): "new"})
    assert "".join(node.text for node in _texts(first.xml)) == "A:\nmine\n\nThroughline check:\nnew"
    gone = with_comments(first.xml, {})
    assert "".join(node.text for node in _texts(gone.xml)) == "A:\nmine"
    assert (first.gone, gone.gone) == (set(), set())
    assert b"<rPr><b/></rPr>" in gone.xml


def _texts(xml):
    waiting, found = [tree(xml)], []
    while waiting:
        node = waiting.pop(0)
        found += [node] if node.name == "t" else []
        waiting = [*node.children, *waiting]
    return found


def test_new_cells_take_the_look_of_their_row_before_that_of_their_column():
    rows = Rows(b'<row r="2" s="7" customFormat="1"><c r="A2"/></row><row r="3" s="7"/>', b"")
    seen = []

    def change(style):
        seen.append(style)
        return style + 10

    new = rows.restyled({(1, 4): change, (2, 4): change, (3, 4): change}, lambda column: column)
    assert seen == [7, 4, 4]
    assert new == (
        b'<row r="2" s="7" customFormat="1"><c r="A2"/><c r="E2" s="17"/></row>'
        b'<row r="3" s="7"><c r="E3" s="14"/></row><row r="4"><c r="E4" s="14"/></row>'
    )


def test_a_style_marked_and_unmarked_is_the_one_it_was():
    xml = (
        f'<styleSheet xmlns="{MAIN}"><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill '
        'patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor theme="4" tint="0.5"/><bgColor indexed="64"/>'
        '</patternFill></fill></fills><cellXfs count="2"><xf fillId="0"/><xf fillId="2" applyFill="1"/></cellXfs></styleSheet>'
    ).encode()
    styles = Styles(xml)
    plain, filled = styles.marked(0, "error"), styles.marked(1, "query")
    assert len({0, 1, plain, filled}) == 4
    again = Styles(styles.result(), marked_before=True)
    assert (again.base(plain), again.base(filled)) == (0, 1)
    assert (again.marked(plain, "error"), again.marked(filled, "query")) == (plain, filled)
    assert Styles(again.result(), marked_before=True).result() == styles.result()


def test_another_format_comes_back_with_every_digit_and_says_what_it_lost(tmp_path):
    rows = [["Share", "When", "At", "Word", "Yes", "Never"],
            [12.618328719999999, date(2026, 9, 30), AT_NINE, "@cmd", True, float("inf")],
            [0.1 + 0.2, date(1899, 1, 1), None, "\tx", False, 10**20]]  # fmt: skip
    sheets = (
        Sheet(
            "Quarter [1]: a/b?",
            visible=True,
            rows=rows,
            percent=frozenset({(1, 0)}),
            merged=((0, 0, 0, 1), (0, 1, 0, 2)),
        ),
        Sheet("quarter  1   a b ", visible=True, rows=[]),
        Sheet("History", visible=True, rows=[["x" * 40_000]]),
        Sheet("Names", visible=False, rows=[["hidden"]]),
    )
    content, names, told = fresh(Workbook(tmp_path, "a.xls", "", "xls", sheets))
    path = tmp_path / "fresh.xlsx"
    path.write_bytes(content)
    assert faults(path) == []
    assert names == {
        "Quarter [1]: a/b?": "Quarter  1   a b",
        "quarter  1   a b ": "quarter  1   a b 2",
        "History": "History sheet",
    }
    again = read(path).sheets
    assert again[0].rows[1] == [
        12.618328719999999,
        date(2026, 9, 30),
        AT_NINE,
        "@cmd",
        True,
        "inf",
    ]
    assert again[0].rows[2] == [0.1 + 0.2, "1899-01-01", None, "\tx", False, 10**20]
    assert (again[0].percent, again[0].merged) == (frozenset({(1, 0)}), ((0, 0, 0, 1),))
    assert told == ["1 hidden sheet"]
    assert "hidden" not in str(
        [CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python() for name in names.values()]
    )


def test_two_sheets_of_one_name_are_both_copied(tmp_path):
    sheets = tuple(Sheet("Figures", visible=True, rows=[[number]]) for number in (1, 2))
    content, names, _ = fresh(Workbook(tmp_path, "a.xls", "", "xls", sheets))
    (tmp_path / "fresh.xlsx").write_bytes(content)
    again = read(tmp_path / "fresh.xlsx").sheets
    assert [(sheet.name, sheet.rows) for sheet in again] == [("Figures", [[1]]), ("Figures 2", [[2]])]
    assert names == {"Figures": "Figures"}


def test_a_csv_whose_name_is_too_long_for_a_sheet_is_marked_all_the_same(tmp_path):
    path = tmp_path / f"{'figures of the quarter ' * 3}.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    name = read(path).sheets[0].name
    out = tmp_path / "out.xlsx"
    annotate(path, report_of(path, problem("B2", sheet=name)), out)
    book = opened(out)
    assert fill(book.worksheets[1]["B2"]) == ERROR
    assert book["Problems"]["B5"].hyperlink.location == f"'{book.sheetnames[1]}'!B2"
    assert (lost(out), faults(out)) == ("", [])


def test_two_thousand_marks_on_five_thousand_rows_take_a_moment(tmp_path):
    letters = "ABCDEFGHIJKL"
    rows = "".join(
        f'<row r="{row}">{"".join(number(f"{at}{row}", row) for at in letters)}</row>' for row in range(1, 5_001)
    )
    path = bare_book(tmp_path / "large.xlsx", sheet_of(rows))
    report = report_of(path, *(problem(f"{letters[row % 12]}{row}", "query") for row in range(2, 5_001, 2)[:2_000]))
    began = process_time()
    annotate(path, report, tmp_path / "out.xlsx")
    assert process_time() - began < 2
    assert parts_of(tmp_path / "out.xlsx")["xl/comments1.xml"].count(b"Throughline check:") == 2_000


def test_a_cell_beyond_an_excel_sheets_end_is_listed_without_a_link(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    name = read(path).sheets[0].name
    out = marked(path, problem("A1048577", sheet=name), problem("XFE1", sheet=name), problem("B2", sheet=name))
    book = opened(out)
    assert faults(out) == []
    assert [row[1].hyperlink is not None for row in book["Problems"].iter_rows(min_row=5)] == [False, False, True]
    assert (book.worksheets[1].max_row, book.worksheets[1].max_column) == (2, 2)


def spoilt(parts, rng):
    """A workbook's parts, one of which has lost, gained or doubled a few bytes in up to three places."""
    name = rng.choice([name for name in parts if re.search(r"workbook|sheet\d|styles|comments|vml|Types", name)])
    content = bytearray(parts[name])
    for _ in range(rng.randint(1, 3)):
        start = rng.randrange(len(content))
        end = start + rng.randrange(60)
        tags = [found.span() for found in re.finditer(rb"<[^<>]*>", bytes(content))]
        start, end = rng.choice([(start, end), (start, start), *(rng.sample(tags, 2) if len(tags) > 1 else [])])
        content[start:end] = rng.choice(
            [b"", b"<c/>", b'"', b"<!--", b"\xff", b' r="A1"', bytes(content[start:end]) * 2]
        )
    return {**parts, name: bytes(content)}


def is_sound(path):
    try:
        return faults(path) == []
    except (SyntaxError, KeyError, ValueError):  # the spoilt part is no XML, or not there
        return False


def test_a_spoilt_workbook_is_marked_soundly_or_refused_in_a_sentence(tmp_path):
    rng = random.Random(6)  # noqa: S311 - chance, no secret
    parts = parts_of(with_a_conversation(rich(tmp_path / "rich.xlsx")))
    told, said = {"marked": 0, "copied afresh": 0}, []
    for number in range(40):
        path, out = tmp_path / f"{number}.xlsx", tmp_path / "out" / f"{number}.xlsx"
        out.parent.mkdir(exist_ok=True)
        path.write_bytes(archive([packed(name, part) for name, part in spoilt(parts, rng).items()]))
        try:
            annotate(path, report_of(path, problem("D3"), problem("C40", "query")), out)
        except UserError as why:
            said.append(str(why))
            continue
        told["copied afresh" if b"stand here in a new workbook" in b"".join(parts_of(out).values()) else "marked"] += 1
        assert is_sound(out) or not is_sound(path)
    assert min(told.values()) > 0 and said
    assert all(re.match(r"\d+\.xlsx .*\.$", each) for each in said)
    assert sorted(each.suffix for each in out.parent.iterdir()) == [".xlsx"] * (told["marked"] + told["copied afresh"])


def test_a_workbook_with_a_history_of_changes_gives_it_up_and_says_so(tmp_path):
    kind = f"{KIND}.revisionHeaders+xml"
    path = remade(
        rich(tmp_path / "shared.xlsx"),
        {
            "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(
                "</Relationships>", f'<Relationship Id="rId50" Type="{OFFICE}/revisionHeaders" Target="revisions/revisionHeaders.xml"/></Relationships>'
            ),
            "[Content_Types].xml": lambda xml: xml.replace(
                "</Types>", f'<Override PartName="/xl/revisions/revisionHeaders.xml" ContentType="{kind}"/></Types>'
            ),
        },
        {"xl/revisions/revisionHeaders.xml": f'<headers xmlns="{MAIN}"/>'},
    )  # fmt: skip
    out = marked(path, problem("D3"))
    assert "several people had open at once" in lost(out)
    assert (faults(out), "xl/revisions/revisionHeaders.xml" in parts_of(out)) == ([], False)
