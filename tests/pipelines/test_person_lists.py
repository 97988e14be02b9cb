"""Lists of single children are refused whatever their headings and wherever they stand; side sheets of totals never are."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

import pytest

from pipelines.checking import check, check_workbook
from pipelines.checking.person_level import findings
from pipelines.reading import Sheet, Workbook
from tests.pipelines.good_return import TODAY, good_book
from tests.pipelines.listed_children import CHILDREN, HARMLESS, Rows, children, harmless

pytestmark = pytest.mark.slow

SEEDS = range(8)
# Known by half of their names, as real lists are: of sixteen children hardly ever three are in a list of names by chance.
MISSED = 0.02


def alone(rows: Rows, *, visible: bool = True) -> Workbook:
    width = max(map(len, rows))
    sheet = Sheet("Back up", visible, [[*row, *[None] * (width - len(row))] for row in rows])
    return Workbook(Path("r.xlsx"), "r.xlsx", "0" * 64, "xlsx", (sheet,), (), ())


def turned(rows: Rows) -> Rows:
    return [list(column) for column in zip_longest(*rows)]


def refused(book):
    report = check_workbook(book.workbook(), today=TODAY)
    return ({problem.rule for problem in report.problems}, report.exit_code) == ({"person_level_data"}, 2)


@pytest.mark.parametrize("shape", [list, turned], ids=["a child a row", "a child a column"])
def test_lists_of_children_are_found_whatever_their_headings(shape):
    tried = [(name, seed) for name in CHILDREN for seed in SEEDS[: 8 if shape is list else 3]]
    missed = [(name, seed) for name, seed in tried if not findings(alone(shape(children(name, seed))), TODAY)]
    assert len(missed) <= MISSED * len(tried), missed


@pytest.mark.parametrize("shape", [list, turned], ids=["upright", "turned"])
def test_no_harmless_side_sheet_is_taken_for_a_list_of_children(shape):
    taken = [
        (kind.__name__, seed, found)
        for kind in HARMLESS
        for seed in SEEDS[: 8 if shape is list else 2]
        if (found := findings(alone(shape(harmless(kind, seed))), TODAY))
    ]
    assert len(HARMLESS) * len(SEEDS) >= 200
    assert taken == []


LISTS = [
    "names in two cells",
    "only surnames",
    "births",
    "births as day numbers",
    "case numbers as text",
    "looked after, renamed",
]


@pytest.mark.parametrize("name", LISTS)
def test_a_hidden_sheet_in_a_good_return_refuses_it_whole(name):
    book = good_book()
    book.sheets["Back up"] = children(name, 1)
    book.hidden.add("Back up")
    report = check_workbook(book.workbook(), today=TODAY)
    assert ({problem.rule for problem in report.problems}, report.exit_code) == ({"person_level_data"}, 2)
    assert (report.rows_accepted, len(report.figures)) == (0, 0)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_below_the_figures_refuses_the_return(name):
    book = good_book()
    blank: Rows = [[] for _ in range(len(name) % 2)]  # close to the figures, or a row apart
    book.figures.extend([*blank, *children(name, 2)])
    assert refused(book)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_beside_the_figures_refuses_the_return(name):
    book = good_book()
    for row, cells in zip(book.figures[6:], children(name, 3), strict=False):
        row.extend([None] * (16 - len(row)) + cells)
    assert refused(book)


def test_the_halves_of_a_list_on_two_sheets_are_told_one_by_one():
    book = good_book()
    whole = children("surname first", 4)
    book.sheets["One"], book.sheets["Two"] = [row[:1] for row in whole], [row[1:] for row in whole]
    report = check_workbook(book.workbook(), today=TODAY)
    assert len({problem.sheet for problem in report.problems}) == 2


def test_a_list_as_text_is_refused_and_none_of_its_values_said(tmp_path):
    rows = children("births in short text", 5)
    path = tmp_path / "list.csv"
    path.write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="utf-8")
    report = check(path, today=TODAY)
    said = " ".join(f"{problem.message} {problem.value} {problem.fix}" for problem in report.problems)
    assert report.exit_code == 2
    assert {problem.rule for problem in report.problems} == {"person_level_data"}
    assert not any(str(cell) in said for row in rows[1:] for cell in row)


def test_choices_that_are_names_are_a_list_of_names():
    texts = tuple((f"choices of Figures!C{n}", "Kayden,Maisie,Zofia,Tyler") for n in range(2))
    assert findings(Workbook(Path("r.xlsx"), "r.xlsx", "0" * 64, "xlsx", (), (), texts))
    wards = (("choices of Figures!C4", "Armley,Morley,Wetherby,Robin Hood"),)
    assert not findings(Workbook(Path("r.xlsx"), "r.xlsx", "0" * 64, "xlsx", (), (), wards))


def test_staff_beside_their_role_are_no_list_of_children():
    rows = [["Name", "Job title"], *([first, "Social worker"] for first, *_ in children("only first names", 6)[1:])]
    assert not findings(alone(rows), TODAY)
    assert findings(alone([["Name", "Note"], *([first, "NFA"] for first, _ in rows[1:])]), TODAY)
