"""Unusual lists of children are refused, doubtful ones asked about and not kept, and sheets that share a sign with them pass."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pytest

from pipelines.checking import check_workbook
from pipelines.checking.person_level import looked_through
from pipelines.reading import Sheet, Workbook
from pipelines.store.received import may_keep_original, usable
from schemas.returns import kinds
from schemas.rules import file
from tests.pipelines.doubtful_lists import ASKED, REFUSED, TODAY, Rows, harmless, listed
from tests.pipelines.good_return import good_book
from tests.pipelines.listed_children import children

pytestmark = pytest.mark.slow

SEEDS = range(3)
ABOUT = "rows_may_be_about_single_people"


def answer(rows: Rows) -> str:
    width = max(map(len, rows))
    sheet = Sheet("Back up", visible=True, rows=[[*row, *[None] * (width - len(row))] for row in rows])
    refused, asked = looked_through(Workbook(Path("r.xlsx"), "r.xlsx", "0" * 64, "xlsx", (sheet,), (), ()), TODAY)
    return "refused" if refused else "asked" if asked else "passed"


checked = partial(check_workbook, today=TODAY)


@pytest.mark.parametrize("name", REFUSED)
def test_a_list_known_by_an_unusual_sign_is_refused(name):
    assert {answer(listed(REFUSED[name], seed)) for seed in SEEDS} == {"refused"}


@pytest.mark.parametrize("name", ASKED)
def test_rows_with_weak_signs_of_children_are_at_least_asked_about(name):
    assert "passed" not in {answer(listed(ASKED[name], seed)) for seed in SEEDS}


@pytest.mark.parametrize("name", harmless(0))
def test_a_harmless_sheet_with_one_of_those_signs_passes(name):
    assert {answer(harmless(seed)[name]) for seed in SEEDS} == {"passed"}


@pytest.mark.parametrize("where", ["a sheet of its own", "below the figures", "beside the figures"])
@pytest.mark.parametrize("name", ["days and stories", "births said to be registered", "age, sex, school, concern"])
def test_what_is_asked_about_is_not_kept_wherever_it_stands_and_the_figures_are_taken(name, where):
    book, rows = good_book(), listed(ASKED[name], 1)
    plain = checked(book.workbook())
    if where == "below the figures":
        book.figures.extend([[], [], *rows])
    elif where == "beside the figures":
        for row, cells in zip(book.figures[4:], rows, strict=False):
            row.extend([None] * (15 - len(row)) + cells)
    else:
        book.sheets["Back up"] = rows
    report = checked(book.workbook())
    assert ABOUT in {problem.rule for problem in report.problems}
    assert not report.original_may_be_kept
    assert report.rows_accepted == plain.rows_accepted
    said = " ".join(f"{problem.message} {problem.fix}" for problem in report.problems if problem.rule == ABOUT)
    assert not any(str(cell) in said for row in rows[1:] for cell in row if isinstance(cell, str) and len(cell) > 9)


@pytest.mark.parametrize("name", ["age, sex, school, concern", "young people by number", "exact ages"])
def test_a_child_a_column_is_asked_about_too(name):
    for count in (9, 30):
        assert answer([list(cells) for cells in zip(*listed(ASKED[name], 1, count), strict=True)]) != "passed"


def test_totals_above_a_list_hide_nothing():
    rows = listed(ASKED["age, sex, school, concern"], 2)
    above = [["Total", 25], ["Of these on a plan", 6], []]
    assert answer([*above, *rows]) == "asked"


@pytest.mark.parametrize(
    "name", sorted({sheet.name for kind in kinds().values() for sheet in (*kind.sheets, *kind.notes)} - {"Figures"})
)
def test_no_name_of_a_sheet_keeps_a_list_from_being_asked_about(name):
    book = good_book()
    book.sheets[name] = listed(ASKED["age, sex, school, concern"], 1)
    report = checked(book.workbook())
    assert ABOUT in {problem.rule for problem in report.problems}
    assert not report.original_may_be_kept


def test_stories_below_the_commentary_are_read_as_reasons_are_and_said_to_be_not_taken():
    book = good_book()
    book.sheets["Commentary"] += [
        [],
        ["She came to school with bruises and would not say why", date(2026, 9, 3)],
        ["See the plan"],
    ]
    problems = checked(book.workbook()).problems
    told = [problem for problem in problems if problem.rule == "text_may_name_somebody"]
    assert len(told) == 1
    (stray,) = (problem for problem in problems if problem.rule == "account_without_an_indicator")
    assert stray.message.startswith("2 rows of sheet Commentary")
    assert not any("bruises" in f"{problem.message}{problem.value}" for problem in problems)
    assert not may_keep_original(checked(book.workbook()))


@pytest.mark.parametrize(
    ("place", "text", "asks"),
    [
        ("comment at Figures!H5", "The boy was arrested with a knife on the bus", True),
        ("comment at Figures!H5", "Child 1 J Holt", True),
        (
            "text box",
            "KT 12 Cockburn CIN\nBL 9 Roundhay CP\nMD 15 Carr Manor CIN\nJG 4 Otley EH\nAR 7 Morley CIN",
            True,
        ),
        ("comment at Figures!H5", "From Mosaic, run on 4 October; two wards were late", False),
    ],
)
def test_what_hangs_on_a_cell_or_floats_above_it_is_asked_about(place, text, asks):
    book = good_book()
    book.texts.append((place, text))
    report = checked(book.workbook())
    assert (ABOUT in {problem.rule for problem in report.problems}) is asks
    assert report.original_may_be_kept is not asks


def test_a_refused_list_says_that_a_heading_would_let_a_harmless_sheet_pass():
    book = good_book()
    book.sheets["Back up"] = [[4_100_000 + 37 * n] for n in range(20)]
    (problem,) = checked(book.workbook()).problems
    assert problem.rule == file.PERSON_LEVEL.name
    assert "a heading that says what it holds" in problem.fix
    book.sheets["Back up"] = [["Cost code"], *book.sheets["Back up"]]
    report = checked(book.workbook())
    assert usable(report)
    assert report.original_may_be_kept


def test_what_is_surely_about_a_child_is_not_offered_a_heading():
    book = good_book()
    book.sheets["Back up"] = [["NHS number"], ["943 476 5919"]]
    assert all("a heading that says" not in problem.fix for problem in checked(book.workbook()).problems)


def test_an_nhs_number_a_digit_to_a_cell_is_put_together():
    numbers = ["".join(str(cell).split()) for (cell,) in children("NHS numbers as four three three", 1, 6)]
    assert answer([list(map(int, number)) for number in numbers]) == "refused"
