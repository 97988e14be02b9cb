"""A workbook as analysts keep them: charts, sparklines, a picture, formulas with results, rules, comments, a conversation."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import xlsxwriter

from pipelines.checking.report import Report
from schemas.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
TALK = (
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<threadedComment ref="C5" dT="2026-10-01T10:00:00.00" personId="{A}" id="{B}"><text>Is this right?</text>'
    "</threadedComment></ThreadedComments>"
)


def rich(path: Path) -> Path:
    """Three visible sheets, one hidden; on Figures a comment on B2 (a person's), formulas in D, two fills, merged A8:B8."""
    with xlsxwriter.Workbook(path) as book:
        sheet, other, hidden = (book.add_worksheet(name) for name in ("Figures", "Year's end", "Lists"))
        hidden.hide()
        yellow = book.add_format({"bg_color": "#FFFF00", "num_format": "0.0%", "bold": True})
        hatched = book.add_format({"pattern": 4, "fg_color": "#FF0000"})
        sheet.write_row(0, 0, ["Indicator", "Number", "Out of", "Share"], book.add_format({"bold": True}))
        for row in range(1, 7):
            sheet.write_row(row, 0, [f"CP{row:02}", row * 10, row * 40])
            sheet.write_formula(row, 3, f"=B{row + 1}/C{row + 1}", yellow, 0.25)
        sheet.write(4, 1, 7, hatched)
        sheet.merge_range("A8:B8", "Checked with the team")
        sheet.write_rich_string("A10", "A ", book.add_format({"bold": True}), "bold", " word")
        sheet.write_string("A11", "=1+1")
        sheet.write_comment("B2", "Ask Finance", {"author": "Analyst"})
        sheet.add_sparkline("E2", {"range": "Figures!B2:C2"})
        sheet.conditional_format("B2:B7", {"type": "data_bar"})
        sheet.data_validation("C2:C7", {"validate": "integer", "criteria": ">", "value": 0})
        sheet.set_column("G:G", 30, yellow)
        sheet.protect("secret")
        sheet.print_area("A1:D8")
        sheet.repeat_rows(0)
        sheet.autofilter("A1:D7")
        sheet.freeze_panes(1, 1)
        book.define_name("Whole", "=Figures!$C$2:$C$7")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Figures!$B$2:$B$7"})
        sheet.insert_chart("G2", chart)
        sheet.insert_image("G20", "dot.png", {"image_data": io.BytesIO(PICTURE)})
        other.write_row(0, 0, ["Quarter", "Total"])
        other.add_table("A3:B5", {"data": [["Q1", 4], ["Q2", 5]]})
        other.activate()
        front = book.add_chartsheet("Chart")
        whole = book.add_chart({"type": "column"})
        whole.add_series({"values": "=Figures!$C$2:$C$7"})
        front.set_chart(whole)
    return path


def remade(path: Path, changes: dict[str, Callable[[str], str]], added: dict[str, str] | None = None) -> Path:
    """The same workbook with some of its parts rewritten by hand, and others added."""
    with zipfile.ZipFile(path) as zipped:
        parts = {name: zipped.read(name) for name in zipped.namelist()}
    for name, change in changes.items():
        old = parts[name].decode()
        parts[name] = change(old).encode()
        assert parts[name] != old.encode(), f"nothing of {name} was changed"
    parts |= {name: text.encode() for name, text in (added or {}).items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return path


def with_a_conversation(path: Path) -> Path:
    """The rich workbook with people talking on C5 of Figures, in threaded comments and the comment that stands for them."""
    comment = '<comment ref="C5" authorId="1"><text><t>[Threaded comment] Is this right?</t></text></comment>'
    kind = "application/vnd.ms-excel.threadedcomments+xml"
    link = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    return remade(
        path,
        {
            "xl/comments1.xml": lambda xml: xml.replace("</author>", "</author><author>tc={B}</author>").replace(
                "</commentList>", f"{comment}</commentList>"
            ),
            "[Content_Types].xml": lambda xml: xml.replace(
                "</Types>",
                f'<Override PartName="/xl/threadedComments/threadedComment1.xml" ContentType="{kind}"/></Types>',
            ),
            "xl/worksheets/_rels/sheet1.xml.rels": lambda xml: xml.replace(
                "</Relationships>",
                f'<Relationship Id="rId77" Type="{link}" Target="../threadedComments/threadedComment1.xml"/></Relationships>',
            ),
        },
        {"xl/threadedComments/threadedComment1.xml": TALK},
    )


def report_of(path: Path, *problems: Problem, **facts: Any) -> Report:
    """A report as a check would give it, of the file as it now is."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return Report(
        path.name, sha256, "figures", "lcc_cf", "2026-27-Q2", "accepted_with_queries", 1, 6, 5, problems, **facts
    )


def problem(cell: str | None, severity: Any = "error", sheet: str | None = "Figures", message: str = "") -> Problem:
    """A problem at a cell."""
    words = message or f"{cell}: this is wrong."
    return Problem("part_is_larger_than_the_whole", severity, words, "Mend it.", sheet, cell, value="7")


def parts_of(path: Path) -> dict[str, bytes]:
    """A workbook's parts by name."""
    with zipfile.ZipFile(path) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def same_but_for_marks(before: str, after: str, cells: set[str]) -> bool:
    """Whether a sheet's XML differs in nothing but the styles of some cells, cells put in, and what ties the comments."""

    def bare(xml: str) -> str:
        for cell in cells:
            xml = re.sub(rf'<c r="{cell}" s="\d+"/>', "", xml)
            xml = re.sub(rf'(<c r="{cell}"[^<>]*?) s="\d+"', r"\1", xml)
        xml = re.sub(r' tabSelected="1"| spans="\d+:\d+"|<dimension ref="[A-Z0-9:]+"/>', "", xml)
        xml = re.sub(r'<legacyDrawing xmlns:r="[^"]+" r:id="\w+"/>', "", xml)
        return re.sub(r'<row r="\d+"></row>', "", xml)

    return bare(before) == bare(after)
