"""Returns as large as any that is owed: read and checked within their limits, and told no differently than small ones."""

from __future__ import annotations

import tomllib
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipelines.checking import check, judging
from pipelines.reading import guard, process, read, reader
from sample_data.spoiled import SPOILED, WAYS, spoiled_csv, spoiled_workbook

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 5)
ROWS = 2_400
WRONG = {
    "indicator_is_not_known",
    "area_is_not_known",
    "period_cannot_be_read",
    "breakdown_is_not_known",
    "number_has_words_beside_it",
    "marker_is_not_known",
    "part_is_larger_than_the_whole",
    "number_is_negative",
}


def errors(report):
    return [problem for problem in report.problems if problem.severity == "error"]


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    return spoiled_workbook(tmp_path_factory.mktemp("large") / "SYNTHETIC_large.xlsx", ROWS)


@pytest.fixture(scope="module")
def told(workbook):
    return check(workbook, today=TODAY)


def test_a_row_that_stands_many_times_is_counted_once(told, workbook):
    with closing(load_workbook(workbook, read_only=True)) as book:
        lines = set(book["Figures"].iter_rows(min_row=2, values_only=True))
    assert told.rows == len(lines) < ROWS


def test_each_wrong_row_is_named_once_in_the_way_it_is_wrong(told):
    counts = Counter(problem.rule for problem in errors(told))
    assert set(counts) == WRONG and len(WRONG) == WAYS
    assert set(counts.values()) == {ROWS // SPOILED // WAYS}
    assert sorted(problem.row for problem in errors(told)) == [1 + n * SPOILED for n in range(1, ROWS // SPOILED + 1)]


@pytest.mark.parametrize("quick_from", [0, 10**9])
def test_the_same_rows_as_text_are_told_the_same_whichever_way_they_are_read(told, quick_from, tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "LARGE_TEXT", quick_from)
    as_text = check(spoiled_csv(tmp_path / "SYNTHETIC_large.csv", ROWS), today=TODAY)
    assert as_text.rows_accepted == told.rows_accepted
    assert (
        as_text.figures.reset_index(drop=True)
        .drop(columns="sheet")
        .equals(told.figures.reset_index(drop=True).drop(columns="sheet"))
    )
    assert [(p.rule, p.value, p.column) for p in errors(as_text)] == [(p.rule, p.value, p.column) for p in errors(told)]


def test_of_very_many_problems_the_last_speaks_for_the_rest_and_all_rows_are_kept_out(workbook, told, monkeypatch):
    monkeypatch.setattr(judging, "MOST_TOLD", 2)
    fewer = check(workbook, today=TODAY)
    assert Counter(problem.rule for problem in errors(fewer)) == dict.fromkeys(WRONG, 2)
    every = {problem.row: problem.message for problem in errors(told)}
    for name in WRONG:
        first, last = (problem for problem in errors(fewer) if problem.rule == name)
        assert first.message == every[first.row]
        assert last.message == f"{every[last.row]} The same holds for 1 more rows."
    assert fewer.figures.equals(told.figures)


def test_a_workbook_of_two_hundred_thousand_rows_is_read(tmp_path):
    sheet = read(spoiled_workbook(tmp_path / "SYNTHETIC_large.xlsx", 200_000)).sheets[1]
    assert len(sheet.rows) == 200_001
    assert sheet.rows[200_000][0] == sheet.rows[-1][0] != sheet.rows[0][0]


def test_text_of_a_million_rows_is_read_and_keeps_every_row_in_its_place(tmp_path):
    path = tmp_path / "SYNTHETIC_large.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("Agency,lcc_cf\r\n\r\nIndicator,Number\r\n")
        file.writelines(f'"FD04, ""late""",{number}\r\n' for number in range(1_000_000))
    rows = read(path).sheets[0].rows
    assert len(rows) == 1_000_003
    assert [rows[at] for at in (3, 70, 500_003, -1)] == [
        ['FD04, "late"', str(number)] for number in (0, 67, 500_000, 999_999)
    ]


def test_the_page_takes_as_large_a_file_as_the_reader():
    settings = tomllib.loads((Path(__file__).parents[2] / "app" / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["server"]["maxUploadSize"] * 1_000_000 == guard.TEXT_BYTES_LIMIT > guard.BYTES_LIMIT
    assert guard.limit_of(Path("a.CSV")) == guard.TEXT_BYTES_LIMIT
    assert guard.limit_of(Path("a.xlsx")) == guard.BYTES_LIMIT
    assert process.ANSWER_LIMIT > guard.TEXT_BYTES_LIMIT


def test_a_file_above_the_limit_of_its_format_is_refused_by_its_size(tmp_path, monkeypatch):
    monkeypatch.setattr(guard, "BYTES_LIMIT", 10)
    monkeypatch.setattr(guard, "TEXT_BYTES_LIMIT", 20)
    for name, size, said in (("a.xlsx", 11, "0 MB"), ("a.csv", 21, "0 MB")):
        path = tmp_path / name
        path.write_bytes(b"a" * size)
        with pytest.raises(guard.UserError, match=f"larger than {said}"):
            read(path)
    (tmp_path / "b.csv").write_bytes(b"a,b\n" * 4)
    assert len(read(tmp_path / "b.csv").sheets[0].rows) == 4


def test_a_file_of_nothing_but_words_is_refused_at_once(tmp_path):
    path = tmp_path / "words.csv"
    lines = [f"CP07,{n},{'J. Aa ' * 5_000}{n}" for n in range(200)]
    path.write_text("Indicator ID,Number,Category\n" + "\n".join(lines), encoding="utf-8")
    report = check(path, today=TODAY)
    assert (report.verdict, report.exit_code) == ("refused", 2)
    assert "more text than any return" in report.problems[0].message
