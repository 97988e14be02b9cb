"""Nothing that somebody wrote is run by the spreadsheet that opens an export, whatever it begins with."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from pipelines.reports import tables
from pipelines.reports.marked import Marked

ROOT = Path(__file__).parents[2]
WIDE = "\uff1d\uff0b\uff0d\uff20"  # taken for the narrow signs by some
RUN = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\u200b=1+1",
    "\x00=1+1",
    *(f"{s}1" for s in WIDE),
)
LINK = '=HYPERLINK("https://elsewhere.example","x")'


def rows(table: pd.DataFrame) -> list[list[str]]:
    written = tables.csv_bytes(table).decode("utf-8-sig")
    assert "\r" not in written
    return list(csv.reader(io.StringIO(written, newline="")))[1:]


@pytest.mark.parametrize("text", [*RUN, LINK])
def test_no_cell_of_a_csv_begins_as_a_formula(text):
    [[said, number]] = rows(pd.DataFrame({"said": [text], "number": [-5.0]}))
    assert not re.match(rf"[\s=+\-@{WIDE}]", said)
    assert number == "-5.0"


def test_no_text_of_a_csv_begins_a_row_of_its_own():
    texts = ["quiet\r=1+1", "quiet\r\n=1+1", "quiet\n=1+1", 'quiet",\n=1+1,"', "quiet\u2028=1+1"]
    assert [number for _, number in rows(pd.DataFrame({"said": texts, "number": 1}))] == ["1"] * len(texts)


@pytest.mark.parametrize("text", [*RUN, LINK, "https://elsewhere.example", "mailto:a@b.example", "{=1+1}"])
def test_every_text_of_a_workbook_stays_a_text(tmp_path, text):
    out = tmp_path / "out.xlsx"
    tables.write(
        out, pd.DataFrame({"said": [text]}), title="Said", marked=Marked("=1+1", "=1+1", "=1+1", synthetic=True)
    )
    sheet = openpyxl.load_workbook(out)["Said"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink] == []


def test_every_csv_and_every_workbook_is_written_where_that_is_seen_to():
    texts = {
        str(path.relative_to(ROOT)): path.read_text("utf-8")
        for folder in ("app", "pipelines")
        for path in (ROOT / folder).rglob("*.py")
    }
    writing = [name for name, text in texts.items() if re.search(r"\.to_csv\(|\.to_excel\(|csv\.writer\(", text)]
    assert writing == ["pipelines/reports/tables.py"]
    books = {name: text for name, text in texts.items() if "xlsxwriter.Workbook(" in text}
    assert len(books) > 3
    told = ('"strings_to_formulas": False', '"strings_to_urls": False')
    assert [name for name, text in books.items() if not all(each in text for each in told)] == []
