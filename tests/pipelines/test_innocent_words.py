from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.checking import check_workbook
from pipelines.checking.named_beside import is_named_after_somebody
from pipelines.checking.person_level import findings
from pipelines.reading import Sheet, Workbook
from schemas.catalogue import catalogue
from schemas.returns import kinds
from schemas.returns.person_headings import heading_kind
from schemas.returns.telling import calls_somebody_by_name
from tests.pipelines.good_return import HEAD, TODAY, good_book
from tests.pipelines.innocent_words import REACHED, SENTENCES, WORDS

ABOUT_PEOPLE = {
    "person_level_data",
    "reason_may_name_somebody",
    "text_may_name_somebody",
    "words_beside_the_figures_may_name_somebody",
}
PLACES = ("comment at Figures!C4", "document property title", "defined name", "text box", "page heading of Figures")


def agreed() -> list[str]:
    """Every word of the catalogue that stands in returns: wards, titles, agencies, categories."""
    known = catalogue()
    indicators = known.indicators.values()
    return [
        *(text for area in known.areas.values() for text in (area.name, area.code, *area.aliases)),
        *(text for i in indicators for text in (i.id, i.title, i.definition, i.challenge_question, *i.aliases)),
        *(text for agency in known.agencies.values() for text in (agency.title, agency.short, *agency.aliases)),
        *(text for each in known.breakdowns.values() for c in each.categories for text in (c.label, *c.aliases)),
        *(quantity.title for quantity in known.quantities.values()),
    ]


def workbook(*rows: list[str], name: str = "Figures", texts: tuple[tuple[str, str], ...] = ()) -> Workbook:
    sheet = Sheet(name, visible=True, rows=[list(row) for row in rows])
    return Workbook(Path("r.xlsx"), "r.xlsx", "0" * 64, "xlsx", (sheet,), (), texts)


def test_there_are_at_least_three_hundred_of_them():
    assert len({*WORDS, *SENTENCES}) >= 300


@pytest.mark.parametrize("text", [*WORDS, *SENTENCES])
def test_an_innocent_text_is_no_person_in_any_place(text):
    in_cells = workbook(["a", text], ["b", text])
    beside = workbook(["a"], texts=tuple((place, text) for place in PLACES))
    named = replace(in_cells, file_name=f"{text}.xlsx")
    sheet = workbook(["a"], name=text if len(text) <= 31 else "Figures")
    assert [findings(each) for each in (in_cells, named, sheet)] == [(), (), ()]
    assert [found for found in findings(beside) if not text.strip("£").isdigit()] == []
    assert not calls_somebody_by_name(text)


@pytest.mark.parametrize("text", WORDS)
def test_a_file_may_be_called_after_a_place_or_a_team(text):
    assert not is_named_after_somebody(f"Return Q2 {text} v2.xlsx")


def test_nothing_the_catalogue_holds_is_a_person():
    assert [text for text in agreed() if calls_somebody_by_name(text)] == []
    assert findings(workbook(*([text] for text in agreed()))) == ()


def test_no_heading_of_a_return_is_that_of_a_list_of_people():
    layouts = [layout for kind in kinds().values() for layout in (*kind.sheets, *kind.notes)]
    headings = {text for each in layouts for c in each.columns for text in (c.heading, c.name, *c.aliases)}
    assert {text for text in {*headings, *agreed()} if heading_kind(text)} == set()


@pytest.mark.slow
def test_a_whole_return_of_innocent_words_is_taken_whole():
    book = good_book()
    told = [*WORDS, *SENTENCES]
    said, sentences = ([text for text in those if text not in REACHED] for those in (told, SENTENCES))
    reasons, rows = book.column("Reason"), book.figures[HEAD + 1 :]
    for number, row in enumerate(rows):
        row[reasons] = said[number % len(said)]
        row.append(told[-1 - number % len(told)])
    book.figures[HEAD].append("Our notes")
    book.figures[0] = [
        None,
        "Civic Hall, Leeds LS1 1UR",
        "Return of the Mary Seacole team",
        "safeguarding@leeds.gov.uk",
    ]
    commentary = book.sheets["Commentary"][HEAD + 1 :]
    for number, row in enumerate(commentary):
        row[2:5] = (sentences * 3)[3 * number : 3 * number + 3]
    book.sheets["Teams"] = [[text] for text in told]
    book.sheets["Contacts"] = [
        ["Role", "E-mail address", "Phone number"],
        ["Data manager", "x@leeds.gov.uk", "0113 2224403"],
    ]
    book.hidden = {"Teams"}
    book.texts = [(place, text) for place in PLACES for text in SENTENCES]
    report = check_workbook(book.workbook(), today=TODAY)
    assert {problem.rule for problem in report.problems} & ABOUT_PEOPLE == set(), report.as_text()
    assert report.rows_accepted == report.rows == len(rows)
    assert len(report.commentary) == len(commentary)
