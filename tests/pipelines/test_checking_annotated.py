from __future__ import annotations

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart, Reference

from pipelines.checking import annotate, check
from tests.pipelines.good_return import TODAY, good_book

MESSAGE = "EH06: number 120 is larger than out of 100"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("annotated")
    book = good_book()
    book.put("EH06", "Number", 120)
    book.put("EH06", "Out of", 100)
    book.put("CP07", "Reason", '=HYPERLINK("http://example.org","see")')
    book.put("CP06", "Marker", "=1+1")
    path = book.write(folder / "figures.xlsx")
    out = folder / "annotated.xlsx"
    annotate(path, check(path, today=TODAY), out)
    return path, out, book


def test_the_analysts_own_workbook_comes_back(files):
    path, out, _ = files
    before, after = load_workbook(path), load_workbook(out)
    assert after.sheetnames == ["Problems", *before.sheetnames]
    for name in before.sheetnames:
        ours = [[cell.value for cell in row] for row in after[name].iter_rows()]
        theirs = [[cell.value for cell in row] for row in before[name].iter_rows()]
        assert ours == theirs


def test_the_cell_is_marked_and_says_what_is_wrong(files):
    _, out, book = files
    cell = load_workbook(out)["Figures"][f"H{book.row('EH06') + 1}"]
    assert cell.comment.text.startswith(MESSAGE)
    assert "Check both, or swap them." in cell.comment.text
    assert cell.fill.fgColor.rgb == "FFFBD9C4"


def test_the_list_leads_to_every_cell(files):
    _, out, book = files
    sheet = load_workbook(out)["Problems"]
    rows = [row for row in sheet.iter_rows(min_row=5) if MESSAGE in str(row[3].value)]
    assert rows[0][1].hyperlink.location == f"'Figures'!H{book.row('EH06') + 1}"
    assert "always a slip" in rows[0][5].value


def test_nothing_in_the_copy_is_run_as_a_formula(files):
    _, out, _ = files
    for sheet in load_workbook(out):
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_copy_checks_like_the_original_and_is_marked_once(files, tmp_path):
    path, out, book = files
    again = check(out, today=TODAY)
    assert [p.rule for p in again.problems] == [p.rule for p in check(path, today=TODAY).problems]
    annotate(out, again, tmp_path / "twice.xlsx")
    twice = load_workbook(tmp_path / "twice.xlsx")
    assert twice.sheetnames.count("Problems") == 1
    assert twice["Figures"][f"H{book.row('EH06') + 1}"].comment.text.count(MESSAGE) == 1


def test_a_csv_comes_back_as_a_workbook_of_its_rows(tmp_path):
    path = tmp_path / "figures.csv"
    path.write_text(
        "Agency,Period,Indicator ID,Number,Out of,Reason\nlcc_cf,2026-27-Q2,FD04,300,226,=1+1\n", encoding="utf-8"
    )
    out = tmp_path / "out.xlsx"
    annotate(path, check(path, today=TODAY), out)
    book = load_workbook(out)
    sheet = book[book.sheetnames[1]]
    assert sheet["D2"].comment is not None
    assert sheet["F2"].value == "'=1+1"


def test_a_workbook_with_a_chart_is_not_spoilt_but_its_rows_copied(files, tmp_path):
    path, _, _ = files
    book = load_workbook(path)
    chart = BarChart()
    chart.add_data(Reference(book["Figures"], min_col=8, min_row=5, max_row=9))
    book["Figures"].add_chart(chart, "R2")
    book.save(tmp_path / "chart.xlsx")
    report = check(tmp_path / "chart.xlsx", today=TODAY)
    annotate(tmp_path / "chart.xlsx", report, tmp_path / "out.xlsx")
    copied = load_workbook(tmp_path / "out.xlsx")
    assert copied["Figures"]["A4"].value == "Indicator ID"
    assert copied["Problems"]["A1"].value
