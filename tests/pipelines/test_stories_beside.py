"""A story of one child where no rule reads: asked about, never repeated, and the file is not kept."""

from __future__ import annotations

import pytest

from pipelines.checking import check_workbook
from pipelines.checking.stories_beside import stories_beside
from pipelines.store.received import may_keep_original
from schemas.returns import kinds
from schemas.rules import file_layout
from tests.pipelines.good_return import HEAD, TODAY, good_book

STORY = "The lad from Gipton was held 31 hours after mum refused to collect him"
HARMLESS = "Duplicate records were removed before the extract, as the audit asked"


def put(book, place, text):
    """Where the text stands then, as a finding says it."""
    number = {name: at for at, name in enumerate(book.sheets, 1)}
    if place == "a sheet":
        book.sheets["Our notes"] = [[None], [text]]
        return f"sheet {len(book.sheets)}, cell A2"
    if place == "a column":
        book.figures[HEAD].append("Workings")
        book.figures[HEAD + 1].append(text)
        column = chr(ord("A") + len(book.figures[HEAD]) - 1)
        return f"sheet {number['Figures']}, cell {column}{HEAD + 2}"
    if place == "below":
        book.figures.extend([[], [text]])
        return f"sheet {number['Figures']}, cell A{len(book.figures)}"
    book.sheets["Instructions"].append([text])
    return f"sheet {number['Instructions']}, cell A{len(book.sheets['Instructions'])}"


@pytest.mark.parametrize("place", ["a sheet", "a column", "below", "the template's own sheet"])
def test_a_story_is_found_where_no_rule_reads_and_a_note_on_practice_is_not(place):
    told, plain = good_book(), good_book()
    where = put(told, place, STORY)
    put(plain, place, HARMLESS)
    kind = kinds()["figures"]
    assert [found.place for found in stories_beside(told.workbook(), kind, ())] == [where]
    assert stories_beside(plain.workbook(), kind, ()) == ()


def test_of_a_return_with_one_the_figures_are_taken_and_neither_file_nor_story_is_kept():
    book = good_book()
    put(book, "a sheet", STORY)
    book.cover("Period", "see the boy of Gipton")
    row = book.sheets["Commentary"][HEAD + 1]
    row[2:5] = [HARMLESS, STORY, ""]
    report = check_workbook(book.workbook(), today=TODAY)
    assert report.rows_accepted == report.rows > 0
    assert not report.original_may_be_kept
    assert not may_keep_original(report)
    assert "a story of one person in sheet" in report.as_text()
    assert "Gipton" not in f"{report.as_text()}{report.cover}{report.commentary.to_dict('list')}"
    # The harmless words beside the withheld ones stand.
    (said,) = report.commentary.query("indicator_id == @row[0]").to_dict("records")
    assert (said["what_happened"], said["why"]) == (HARMLESS, "")


def test_what_else_is_wrong_with_its_cell_hides_no_story():
    book = good_book()
    put(book, "a sheet", STORY)
    told = {"sheet": "Our notes", "words": "", "where": "", "read_as": ""}
    other = file_layout.LINE_SAYS_OTHERWISE.problem(told, sheet="Our notes", cell="A2", row=2)
    assert len(stories_beside(book.workbook(), kinds()["figures"], [other])) == 1


def test_a_cell_that_has_been_withheld_already_is_not_named_twice():
    book = good_book()
    book.sheets["Commentary"].append([None, None, None, None, None, STORY])
    found = check_workbook(book.workbook(), today=TODAY).problems
    assert [p.rule for p in found if p.rule in {"text_may_name_somebody", "rows_may_be_about_single_people"}] == [
        "text_may_name_somebody"
    ]
