from __future__ import annotations

from datetime import date

import pytest

from pipelines.checking import annotate, check, check_workbook
from schemas.problems import UserError
from tests.pipelines.good_return import HEAD, TODAY, good_book

pytestmark = pytest.mark.slow

WIDE = {digit: digit - ord("0") + 0xFF10 for digit in range(ord("0"), ord("9") + 1)}
ARABIC = {digit: digit - ord("0") + 0x0660 for digit in range(ord("0"), ord("9") + 1)}
NHS = ["943 476 5919", "9434765919", 9434765919, "943-476-5919"]


def checked(book):
    return check_workbook(book.workbook(), today=TODAY)


def refused(book):
    report = checked(book)
    return {problem.rule for problem in report.problems} == {"person_level_data"} and report.exit_code == 2


def place_of(book):
    names = [sheet.name for sheet in book.workbook().sheets]
    return f"sheet {names.index('Figures') + 1}"


@pytest.mark.parametrize("number", NHS)
def test_an_nhs_number_anywhere_refuses_the_file(number):
    book = good_book()
    book.put("CP07", "Reason", number)
    assert refused(book)


@pytest.mark.parametrize(
    "number",
    [
        "943\u200b476\u200b5919",
        "943\u00ad4765919\ufeff",
        "9434765919\u00a0",
        "943_x0007_4765919",
        "9434765919".translate(WIDE),
        "\u2060" + "943 476 5919".translate(WIDE),
        "943" + "4765919".translate(WIDE),
        "9434765919".translate(ARABIC),
    ],
)
@pytest.mark.parametrize("column", ["Reason", "Number", "Last quarter"])
def test_signs_that_are_not_seen_and_wide_digits_hide_no_nhs_number(number, column):
    book = good_book()
    book.put("CP07", column, number)
    assert refused(book)


@pytest.mark.parametrize("column", ["Number", "Out of", "Value", "Last quarter"])
def test_an_nhs_number_among_the_figures_refuses_the_file(column):
    book = good_book()
    book.put("CP07", column, 9434765919)
    assert refused(book)


@pytest.mark.parametrize(
    "text",
    ["UPN H801200001001", "lives at LS8 4AP", "ls8 4ap", "DOB 02/03/2014", "born on 2 March 2014", "d.o.b: 2014-03-02",
     "Patient 943 476 5919 seen twice"],
)  # fmt: skip
def test_a_childs_details_in_free_text_refuse_the_file(text):
    book = good_book()
    book.sheets["Commentary"][HEAD + 1][2] = text
    assert refused(book)


@pytest.mark.parametrize(
    "text",
    ["943\u00a0476\u00a05919", "NHS/9434765919", "943.476.5919", "943  476  5919 came late", "NHS 9434765919",
     "943\n476\n5919", "943\u2011476\u20115919", "NHS no. 94 34 76 59 19", "(9434765919)",
     "date of birth is 12/03/2014", "DOB 12th March 2014", "d.o.b. 2014/03/12", "dob 12032014", "DOB:\u00a012/03/2014",
     "date of birth given as 12.3.14", "born on the 2nd of March 2014", "Postcode ls1 4ap", "Ls1 4ap",
     "The family of ls1 4ap, child in care", "LS1\u00a04AP", "LS1  4AP", "UPN A 123456789012", "UPN A1234 5678 9012"],
)  # fmt: skip
@pytest.mark.parametrize("sheet", ["Figures", "Commentary"])
def test_spaces_dots_and_small_letters_hide_nobody(sheet, text):
    book = good_book()
    if sheet == "Figures":
        book.put("CP07", "Reason", text)
    else:
        book.sheets["Commentary"][HEAD + 1][2] = text
    assert refused(book)


@pytest.mark.parametrize(
    "where",
    [
        "comment at Figures!A1",
        "document property keywords",
        "defined name",
        "input message of Figures",
        "hyperlink of Figures",
    ],
)
@pytest.mark.parametrize("text", ["9434765919", "case_9434765919", "943\u00a0476 5919"])
def test_a_bare_number_beside_the_cells_is_never_a_total(where, text):
    book = good_book()
    book.texts = [(where, text)]
    assert refused(book)


@pytest.mark.parametrize(
    "text", ["943\u200b476\u200b5919", "case 9434765919".translate(WIDE), "9434765919".translate(ARABIC)]
)
def test_no_spelling_of_a_number_hides_it_beside_the_cells(text):
    book = good_book()
    book.texts = [("document property keywords", text)]
    assert refused(book)


def test_a_bare_number_as_a_sheets_name_refuses_the_file():
    book = good_book()
    book.sheets["9434765919"] = [["a"]]
    assert refused(book)


@pytest.mark.parametrize("what", ["number", "heading", "comment", "page heading"])
def test_a_refusal_never_repeats_a_sheets_name(what):
    book = good_book()
    book.sheets["Casey Example"] = [
        ["Surname" if what == "heading" else "a"],
        ["943 476 5919" if what == "number" else "b"],
    ]
    if what == "comment":
        book.texts = [("comment at Casey Example!A1", "9434765919")]
    elif what == "page heading":
        book.texts = [("page heading of Casey Example", "9434765919")]
    report = checked(book)
    assert report.exit_code == 2
    assert "Casey" not in str(report.as_dict()) + report.as_text()
    assert all(problem.sheet == f"sheet {len(book.workbook().sheets)}" for problem in report.problems)


@pytest.mark.parametrize(
    "heading",
    ["Forename", "SURNAME", "Child's name", "First Name", "DOB", "Date of Birth", "NHS No.", "NHS Number", "UPN", "Home address",
     "Postcode", "Child ID", "LAchildID", "Person ID", "Mobile number"],
)  # fmt: skip
def test_a_column_only_a_list_of_people_has_refuses_the_file(heading):
    book = good_book()
    for place, row in enumerate(book.figures[HEAD:]):
        row.append(heading if place == 0 else "a")
    report = checked(book)
    assert report.exit_code == 2
    assert f"{place_of(book)}, column N" in report.problems[0].message


def test_such_a_heading_with_nothing_beneath_says_nothing_of_anybody():
    book = good_book()
    book.figures[HEAD].append("Date of birth")
    assert checked(book).exit_code == 0


@pytest.mark.parametrize("where", ["hidden sheet", "sheet name", "comment", "property", "file name"])
def test_a_childs_number_is_found_outside_the_cells_too(where):
    book = good_book()
    if where == "hidden sheet":
        book.sheets["Lists 2"], book.hidden = [[None], [9434765919]], {"Lists 2"}
    elif where == "sheet name":
        book.sheets["943 476 5919"] = [["a"]]
    elif where == "file name":
        book.file_name = "case 943 476 5919.xlsx"
    else:
        book.texts = [(f"a {where}", "see 943 476 5919")]
    report = checked(book)
    assert report.exit_code == 2
    assert "943" not in str(report.as_dict()).replace(report.file, "")


def test_the_message_says_which_cells_and_what_kind_but_not_the_value():
    book = good_book()
    for place in range(3):
        book.figures[HEAD + 1 + place][book.column("Reason")] = "943 476 5919"
    message = checked(book).problems[0].message
    assert f"NHS numbers in {place_of(book)}, cells M5:M7" in message


def test_a_file_name_that_holds_a_number_is_not_repeated():
    book = good_book()
    book.file_name = "case 943 476 5919.xlsx"
    report = checked(book)
    assert "943" not in report.as_text()


def test_no_annotated_copy_is_made_of_a_file_about_people(tmp_path):
    book = good_book()
    book.put("CP07", "Reason", "943 476 5919")
    path = book.write(tmp_path / "figures.xlsx")
    report = check(path, today=TODAY)
    with pytest.raises(UserError):
        annotate(path, report, tmp_path / "out.xlsx")
    assert not (tmp_path / "out.xlsx").exists()


@pytest.mark.parametrize(
    "text",
    [
        "Calverley & Farsley", "E08000035", "E05001411", "383", "2026-27-Q2", "FY2025-26", "FD04", "Q2 2025/26",
        "Section 47 enquiries rose; s47 2nd quarter", "N1 abuse or neglect", "Ring 0113 378 2500 to discuss",
        "1234567890", "2025262728", "See ref 1234567890123", "DECOM 12", "A1 roundabout", "Ward name",
        "The E1 1st return was late", "UPN checks were done in May", "NHS numbers are never sent", "Cohort born in 2014",
        "Year 7 pupils", "01/04/2026 to 30/06/2026", "Miss rate fell", "Dr visits to schools", "10 000 000 000",
        "Open since 12/03/2026", "Babies born between 01/04/2026 and 30/06/2026", "e1 1st return", "s20 2yr olds",
        "Date of birth field corrected 12/03/2026", "Table A 2024 2025 2026", "£4000000000",
        "SW1 team", "LS27 cluster", "Policy 2024/1234567890/2",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_person_is_let_through(text):
    book = good_book()
    book.put("CP07", "Reason", text)
    book.sheets["Commentary"][HEAD + 1][2] = text
    report = checked(book)
    assert "person_level_data" not in {problem.rule for problem in report.problems}, report.as_text()
    if text not in {
        "Ring 0113 378 2500 to discuss",
        "1234567890",
        "2025262728",
        "See ref 1234567890123",
    }:  # published with the figure, they lead on
        assert not any("name_somebody" in problem.rule for problem in report.problems), report.as_text()


def test_ten_digit_totals_are_not_taken_for_nhs_numbers():
    book = good_book()
    for place in range(40):
        book.figures[HEAD + 1 + place][book.column("Last quarter")] = 4_000_000_000 + 7 * place
    assert "person_level_data" not in {problem.rule for problem in checked(book).problems}


def test_a_reference_number_in_a_figures_cell_is_not_repeated_back():
    book = good_book()
    book.put("FD01", "Number", 1234567890)
    report = checked(book)
    assert "number_is_impossibly_large" in {problem.rule for problem in report.problems}
    assert "1234567890" not in str(report.as_dict())
    assert "1,234,567,890" not in str(report.as_dict())


@pytest.mark.parametrize(
    "words", ["Mrs Example was away", "the child called Example", "PC Example attended", "mother (Example)"]
)
def test_commentary_that_may_name_somebody_is_left_out_and_the_rest_kept(words):
    book = good_book()
    book.sheets["Commentary"][HEAD + 1][2] = words
    book.sheets["Commentary"][HEAD + 2][2] = "More schools refer since the training in May"
    report = checked(book)
    assert report.commentary["what_happened"].tolist() == ["More schools refer since the training in May"]
    assert "Example" not in str(report.as_dict())


def test_a_reason_that_may_name_somebody_keeps_its_row_out():
    book = good_book()
    cell = book.put("CP07", "Reason", "Late because Mrs Example was away")
    report = checked(book)
    assert [(problem.rule, problem.cell) for problem in report.problems] == [("reason_may_name_somebody", cell)]
    assert "Example" not in str(report.as_dict())
    assert "Example" not in report.figures["reason"].str.cat()


def test_a_ward_list_with_dates_is_no_list_of_children():
    book = good_book()
    for place, row in enumerate(book.figures[HEAD:]):
        row.append("Updated on" if place == 0 else date(2026, 10, 1))
    assert checked(book).exit_code == 0
