from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pipelines.checking import check, check_workbook
from schemas.problems import Problem
from schemas.returns.models import FIGURE_COLUMNS
from tests.pipelines.good_return import HEAD, TODAY, good_book
from tests.rules.rows import history

pytestmark = pytest.mark.slow


def checked(book, **more):
    return check_workbook(book.workbook(), today=TODAY, **more)


def spoilt():
    book = good_book()
    book.put("EH06", "Number", 120)
    book.put("EH06", "Out of", 100)
    book.put("CP07", "Value", 0.5)
    return book


def test_the_report_is_the_object_the_command_line_prints():
    found = json.loads(json.dumps(checked(spoilt()).as_dict()))
    assert list(found) == ["file", "kind", "agency", "period", "verdict", "rows", "rows_accepted", "problems"]
    assert (found["kind"], found["agency"], found["period"]) == ("figures", "lcc_cf", "2026-27-Q2")
    assert (found["verdict"], found["rows"], found["rows_accepted"]) == ("accepted_with_queries", 356, 355)
    keys = ["rule", "severity", "sheet", "cell", "row", "column", "value", "message", "fix"]
    assert all(list(problem) == keys for problem in found["problems"])


def test_a_problem_says_what_where_which_value_and_what_to_do():
    problem = next(p for p in checked(spoilt()).problems if p.rule == "part_is_larger_than_the_whole")
    row = good_book().row("EH06") + 1
    assert (problem.sheet, problem.cell, problem.row, problem.column) == ("Figures", f"H{row}", row, "numerator")
    assert problem.value == "120"
    assert problem.message == f"EH06: number 120 is larger than out of 100 (Figures!H{row})."
    assert problem.fix == "Check both, or swap them."


def test_the_terminal_reads_a_summary_then_what_to_put_right_then_what_to_explain():
    text = checked(spoilt()).as_text()
    first, *_ = text.splitlines()
    assert first == (
        "figures.xlsx (figures, lcc_cf, 2026-27-Q2): accepted with queries. 355 of 356 figures taken; 1 error, 1 query."
    )
    assert text.index("Put right (1)") < text.index("Explain or check (1)")


def test_a_thousand_problems_of_one_kind_are_counted_and_five_shown():
    book = good_book()
    for row in book.figures[HEAD + 1 :]:
        row[book.column("Marker")] = "q"
    report = checked(book)
    assert len([p for p in report.problems if p.rule == "marker_is_not_known"]) == 356
    assert report.as_text().count("is not a marker") == 5
    assert "351 more like these" in report.as_text()


def problem(rule, fix, cell, sheet="Actions"):
    return Problem(rule, "error", f"Wrong in {cell}.", sheet=sheet, cell=cell, fix=fix)


def reported(*problems):
    return replace(checked(spoilt()), problems=problems).as_text()


def test_each_remedy_stands_under_the_cells_it_is_for():
    said = reported(
        problem("choice_is_not_known", "Choose one of: Higher, Lower.", "E5"),
        problem("other", "Mend it.", "A1"),
        problem("choice_is_not_known", "Choose one of: Council, Police.", "C7"),
    )
    places = [said.index(each) for each in ("Wrong in E5.", "→ Choose one of: Higher, Lower.", "Wrong in C7.",
                                            "→ Choose one of: Council, Police.", "Wrong in A1.", "→ Mend it.")]  # fmt: skip
    assert places == sorted(places)


def test_the_cells_beyond_five_are_named():
    many = [problem("a", "Mend it.", f"C{n}") for n in range(1, 8)]
    assert "and 3 more like these: Actions!C6, C7; Evidence!D4" in reported(
        *many, problem("a", "Mend it.", "D4", "Evidence")
    )
    assert "and 45 more like these: Actions!C6," in (
        said := reported(*[problem("a", "Mend it.", f"C{n}") for n in range(1, 51)])
    )
    assert "C45 and 5 others; --annotate marks every one in a copy" in said


def test_what_is_of_no_known_kind_is_not_said_to_hold_figures():
    report = replace(checked(spoilt()), kind=None, verdict="refused", rows=0, rows_accepted=0)
    assert report.summary().endswith("refused. No rows taken; 1 error, 1 query.")
    log = replace(report, kind="learning")
    assert "No records taken" in log.summary()


def test_the_accepted_figures_have_the_columns_everybody_reads():
    figures = checked(good_book()).figures
    assert list(figures.columns) == [*FIGURE_COLUMNS, "sheet"]
    assert figures.index.name == "row"
    row = good_book().row("CP07") + 1
    assert figures.loc[row, "indicator_id"] == "CP07"
    assert figures.loc[row, "value"] == 50.0
    assert figures["definition_version"].ge(1).all()


def test_errors_keep_their_rows_out_and_queries_do_not():
    figures = checked(spoilt()).figures
    assert "EH06" not in set(figures["indicator_id"])
    assert "CP07" in set(figures["indicator_id"])


def test_a_return_with_no_good_row_is_refused_with_exit_code_1():
    book = good_book()
    for row in book.figures[HEAD + 1 :]:
        row[book.column("Number")] = -1
    report = checked(book)
    assert (report.verdict, report.exit_code, report.rows_accepted) == ("refused", 1, 0)


def test_a_swing_far_from_the_agencys_own_history_is_queried_until_a_reason_is_given():
    book = good_book()
    cell = book.put("FD01", "Number", 12_000)
    book.put("FD02", "Out of", 12_000)
    report = checked(book, history=history())
    assert [p.cell for p in report.problems if p.rule == "swing_has_no_reason"][:1] == [cell]
    book.put("FD01", "Reason", "New online form since July: schools report concerns they used to phone in")
    again = checked(book, history=history())
    assert cell not in {p.cell for p in again.problems if p.rule == "swing_has_no_reason"}


def test_the_history_may_be_asked_for_once_the_sender_is_known():
    asked = []

    def earlier(agency_id, period_id):
        asked.append((agency_id, period_id))
        return history()

    checked(good_book(), history=earlier)
    assert asked == [("lcc_cf", "2026-27-Q2")]


def test_the_same_return_as_csv_gives_the_same_figures(tmp_path):
    book = good_book()
    lines = [",".join("" if cell is None else f'"{cell}"' for cell in row) for row in book.figures[HEAD:]]
    path = tmp_path / "lcc_cf.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    report = check(path, today=TODAY, expected=("lcc_cf", "2026-27-Q2"))
    ours, theirs = (found.figures.reset_index(drop=True).drop(columns="sheet") for found in (report, checked(book)))
    assert ours.equals(theirs)


def test_order_and_spaces_and_case_change_nothing():
    book = good_book()
    changed = good_book()
    body = changed.figures[HEAD + 1 :]
    changed.sheets["Figures"] = [*changed.figures[: HEAD + 1], *reversed(body)]
    for row in changed.figures[HEAD + 1 :]:
        row[:] = [f"  {cell.upper()} " if isinstance(cell, str) else cell for cell in row]
    key = ["indicator_id", "period_id", "area_id", "breakdown", "category"]
    ours, theirs = (checked(each).figures.sort_values(key).reset_index(drop=True) for each in (book, changed))
    assert ours.drop(columns="reason").equals(theirs.drop(columns="reason"))
