from __future__ import annotations

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart, Reference

from pipelines.checking import annotate, check
from tests.pipelines import test_laid_out
from tests.pipelines.good_return import TODAY, good_book
from tests.pipelines.log_book import RECOMMENDATION, write
from tests.pipelines.package_faults import faults
from tests.pipelines.rich_book import parts_of

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
    assert cell.comment.text.startswith(f"Throughline check:\n{MESSAGE}")
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
    assert (sheet["F2"].value, sheet["F2"].data_type, sheet["F2"].quotePrefix) == ("=1+1", "s", True)
    assert faults(out) == []


def test_a_chart_and_a_formulas_result_outlast_the_marks(files, tmp_path):
    path, _, _ = files
    book = load_workbook(path)
    chart = BarChart()
    chart.add_data(Reference(book["Figures"], min_col=8, min_row=5, max_row=9))
    book["Figures"].add_chart(chart, "R2")
    book.save(tmp_path / "chart.xlsx")
    annotate(tmp_path / "chart.xlsx", check(tmp_path / "chart.xlsx", today=TODAY), tmp_path / "out.xlsx")
    before, after = parts_of(tmp_path / "chart.xlsx"), parts_of(tmp_path / "out.xlsx")
    charts = {name for name in before if "chart" in name or "drawing" in name}
    assert charts and all(before[name] == after[name] for name in charts)
    assert load_workbook(tmp_path / "out.xlsx")["Problems"]["A3"].value is None


def test_a_logs_list_gives_the_reasons_of_its_own_rules(tmp_path):
    path = write(
        tmp_path / "log.xlsx", {"Recommendations": [RECOMMENDATION | {"agreed_on": "next week"}]}, kind="learning"
    )
    report = check(path, today=TODAY)
    assert "log_day_cannot_be_read" in {problem.rule for problem in report.problems}
    annotate(path, report, tmp_path / "out.xlsx")
    reasons = [row[5].value for row in load_workbook(tmp_path / "out.xlsx")["Problems"].iter_rows(min_row=5)]
    assert all(reasons) and any("start or stop a clock on the wrong date" in reason for reason in reasons)


def test_a_marked_copy_of_an_agencys_own_spreadsheet_checks_like_the_original(tmp_path):
    path = test_laid_out.book(test_laid_out.HEAD, ["Incidents", 10, "abc", 12, 13, 47]).write(tmp_path / "own.xlsx")
    asked = {"today": TODAY, "layouts": (test_laid_out.layout(),), "stated": test_laid_out.Q2}
    report = check(path, **asked)
    annotate(path, report, tmp_path / "out.xlsx")
    again = check(tmp_path / "out.xlsx", **asked)
    assert "number_cannot_be_read" in {problem.rule for problem in report.problems}
    assert [(p.rule, p.cell, p.message) for p in again.problems] == [
        (p.rule, p.cell, p.message) for p in report.problems
    ]
    assert load_workbook(tmp_path / "out.xlsx")["Scorecard"]["C2"].comment.text.startswith("Throughline check:")
