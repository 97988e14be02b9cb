"""What goes wrong in returns: one good workbook spoilt in one way each, with the rule that must name it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tests.pipelines.good_return import HEAD, Book

if TYPE_CHECKING:
    from collections.abc import Callable

NHS, OTHER_NHS = "943 476 5919", 4857773457
UPN = "H801200001001"


@dataclass(frozen=True)
class Fault:
    """One mistake: its number in the list of what goes wrong, the rule that names it, how the file fares.

    `spoil` changes the book and may give the address of the cell the problem must name.
    """

    name: str
    number: int
    rule: str
    exit_code: int
    spoil: Callable[[Book], Any]


FAULTS: list[Fault] = []


def fault(number: int, rule: str, exit_code: int = 0) -> Callable[[Callable[[Book], Any]], Callable[[Book], Any]]:
    """Register the function below as a mistake."""

    def registered(spoil: Callable[[Book], Any]) -> Callable[[Book], Any]:
        FAULTS.append(Fault(spoil.__name__, number, rule, exit_code, spoil))
        return spoil

    return registered


@fault(2, "kind_is_not_known", 2)
def a_budget_is_sent(book: Book) -> None:
    book.sheets = {"Budget": [["partner", "agreed", "received"], ["Council", 120000, 120000]]}


@fault(2, "several_returns_in_one_file", 2)
def two_agencies_stand_in_one_file(book: Book) -> None:
    book.cover("Agency", None)
    for place, row in enumerate(book.figures):
        row.append("Agency" if place == HEAD else ("lch" if place % 2 else "lcc_cf"))


@fault(3, "template_is_old", 0)
def last_years_template_is_used(book: Book) -> None:
    book.cover("Template version", "figures-1")
    book.figures[HEAD][book.column("Number")] = "Numerator"
    book.figures[HEAD][book.column("Out of")] = "Denominator"


@fault(3, "template_is_not_known", 0)
def nobody_issued_the_template(book: Book) -> None:
    book.cover("Template version", "draft 7 FINAL")


@fault(4, "period_cannot_be_read", 1)
def a_period_is_impossible(book: Book) -> str:
    return book.put("CP07", "Period", "2026-28 Q2")


@fault(4, "periods_are_mixed", 2)
def two_quarters_stand_in_one_file(book: Book) -> None:
    book.cover("Period", None)
    for row in book.figures[HEAD + 1 :: 2]:
        row[book.column("Period")] = "Q1 2026/27"


@fault(4, "period_of_the_return_cannot_be_read", 2)
def the_cover_names_no_quarter(book: Book) -> None:
    book.cover("Period", "the summer")


@fault(4, "period_is_not_the_returns", 1)
def one_row_is_of_another_quarter(book: Book) -> str:
    return book.put("CP07", "Period", "2026-27-Q1")


@fault(5, "return_is_ahead_of_its_time", 1)
def the_quarter_is_not_over(book: Book) -> None:
    book.cover("Period", "2026-27-Q4")
    for row in book.figures[HEAD + 1 :]:
        row[book.column("Period")] = None


@fault(5, "return_is_outside_its_window", 1)
def the_quarter_closed_long_ago(book: Book) -> None:
    book.cover("Period", "2024-25-Q2")


@fault(10, "column_is_missing", 2)
def no_column_holds_a_number(book: Book) -> None:
    for heading in ("Number", "Value", "Marker"):
        book.figures[HEAD][book.column(heading)] = f"{heading} (old)"


@fault(10, "column_is_doubled", 2)
def two_columns_are_headed_number(book: Book) -> None:
    book.figures[HEAD][book.column("Reason")] = "NUMBER"
    book.put("CP07", "NUMBER", 3)


@fault(10, "column_is_not_read", 0)
def a_column_has_a_heading_of_its_own(book: Book) -> None:
    for place, row in enumerate(book.figures[HEAD:]):
        row.append("Our own workings" if place == 0 else place)


@fault(12, "sheet_is_missing", 2)
def the_figures_are_lost(book: Book) -> None:
    book.sheets = {"Cover": book.sheets["Cover"], "Tabelle1": [], "Commentary": book.sheets["Commentary"]}


@fault(12, "sheet_is_renamed", 0)
def the_sheet_has_another_name(book: Book) -> None:
    book.sheets = {"Cover": book.sheets["Cover"], "Sheet1": [], "Q2 data": book.sheets["Figures"]}


@fault(12, "hidden_sheet_is_not_read", 0)
def a_hidden_sheet_holds_data(book: Book) -> None:
    book.sheets["Workings"] = [["Referrals", 12], ["Plans", 4]]
    book.hidden = {"Workings"}


@fault(14, "totals_row_is_left_out", 0)
def a_row_of_totals_is_added(book: Book) -> None:
    rows = [row for row in book.figures if row[0] == "CP07" and row[4] == "Sex"]
    total = list(rows[0])
    total[book.column("Category")] = "Total"
    for heading in ("Number", "Out of"):
        total[book.column(heading)] = sum(row[book.column(heading)] for row in rows)
    book.figures.append(total)


@fault(14, "totals_row_disagrees", 0)
def a_row_of_totals_is_wrong(book: Book) -> str:
    a_row_of_totals_is_added(book)
    book.figures[-1][book.column("Number")] += 7
    return f"H{len(book.figures)}"


@fault(15, "numbers_typed_as_text", 0)
def numbers_are_stored_as_text(book: Book) -> None:
    book.put("FD01", "Number", f"{book.figures[book.row('FD01')][book.column('Number')]:,}\u00a0")


@fault(15, "number_cannot_be_read", 1)
def a_number_has_become_a_date(book: Book) -> str:
    return book.put("CP07", "Number", datetime(2026, 3, 1))  # noqa: DTZ001 - a cell of a spreadsheet has no zone


@fault(16, "percentage_is_given_as_a_fraction", 0)
def a_percentage_is_typed_as_a_fraction(book: Book) -> str:
    return book.put("CP07", "Value", 0.5)


@fault(16, "count_is_a_percentage", 1)
def a_percentage_stands_for_a_count(book: Book) -> str:
    return book.put("CP07", "Number", "24.2%")


@fault(17, "word_could_mean_zero_or_missing", 1)
def a_dash_stands_for_something(book: Book) -> str:
    return book.put("CP07", "Number", "-")


@fault(17, "figures_owed_are_absent", 0)
def a_figure_is_left_blank(book: Book) -> None:
    book.put("FD05", "Number", None)
    book.put("FD05", "Out of", None)


@fault(17, "nil_is_ticked_beside_an_answer", 1)
def nil_stands_beside_a_number(book: Book) -> str:
    return book.put("CP07", "Nil", "x")


@fault(17, "nil_return_holds_numbers", 1)
def a_nil_return_holds_numbers(book: Book) -> None:
    book.cover("Nil return", "Yes")


@fault(18, "marker_is_not_known", 1)
def a_marker_nobody_knows_is_used(book: Book) -> str:
    return book.put("CP07", "Marker", "q")


@fault(18, "marker_stands_beside_a_number", 1)
def a_marker_stands_beside_a_number(book: Book) -> str:
    return book.put("CP07", "Marker", "c")


@fault(18, "older_signs_read_as_markers", 0)
def a_star_is_typed_for_a_number(book: Book) -> None:
    book.put("FD05", "Number", "*")
    book.put("FD05", "Out of", None)


@fault(19, "older_signs_read_as_markers", 0)
def under_five_is_typed_for_a_number(book: Book) -> None:
    book.put("FD05", "Number", "<5")
    book.put("FD05", "Out of", None)


@fault(20, "part_is_larger_than_the_whole", 1)
def a_part_is_larger_than_its_whole(book: Book) -> str:
    book.put("EH06", "Out of", 100)
    return book.put("EH06", "Number", 120)


@fault(20, "parts_do_not_add_up", 1)
def categories_do_not_add_up(book: Book) -> str:
    book.put("CP07", "Number", 70, "Sex", "Girls")
    return f"H{book.row('CP07') + 1}"


@fault(20, "value_is_not_number_over_out_of", 1)
def the_percentage_is_not_that_of_the_numbers(book: Book) -> str:
    return book.put("CP07", "Value", 37.4)


@fault(20, "one_quantity_has_two_values", 1)
def referrals_are_counted_twice_over(book: Book) -> str:
    return book.put("FD05", "Out of", 99_999)


@fault(22, "text_begins_like_a_formula", 0)
def a_reason_begins_like_a_formula(book: Book) -> None:
    book.put("CP07", "Reason", '=HYPERLINK("http://example.org","see here")')


@fault(25, "figure_is_given_twice", 1)
def one_figure_stands_on_two_rows(book: Book) -> None:
    book.add("CP07", Number=61)


@fault(25, "row_is_repeated", 0)
def one_row_is_pasted_twice(book: Book) -> None:
    book.add("CP07")


@fault(26, "category_is_not_known", 1)
def a_category_is_misspelt(book: Book) -> str:
    return book.put("CP07", "Category", "Grils", "Sex", "Girls")


@fault(26, "indicator_is_not_known", 1)
def an_indicator_is_misspelt(book: Book) -> str:
    return book.put("CP07", "Indicator ID", "CP77")


@fault(26, "label_is_another_indicators", 1)
def one_column_was_sorted_alone(book: Book) -> str:
    return book.put("CP07", "Indicator", "Contacts to the Front Door")


@fault(27, "agency_of_the_return_is_not_known", 2)
def the_agency_is_not_known(book: Book) -> None:
    book.cover("Agency", "Leeds City Counsel Childrens Famlies")


@fault(27, "area_code_is_old", 0)
def the_old_authority_code_is_used(book: Book) -> str:
    return book.put("CP07", "Area", 383)


@fault(27, "area_is_wider_than_the_city", 1)
def a_force_wide_figure_is_sent(book: Book) -> str:
    return book.put("CP07", "Area", "West Yorkshire Police")


@fault(27, "area_is_not_known", 1)
def a_ward_is_not_known(book: Book) -> str:
    return book.put("CP07", "Area", "Armely")


@fault(27, "indicator_belongs_to_another_agency", 1)
def another_agencys_indicator_is_sent(book: Book) -> None:
    book.add("FD01", Indicator_ID="DA01", Indicator=None)


@fault(27, "split_was_not_asked_for", 1)
def a_split_nobody_asked_for_is_sent(book: Book) -> None:
    book.add("CP07", Breakdown="Phase", Category="Primary")


@fault(29, "nothing_is_filled_in", 1)
def the_template_comes_back_empty(book: Book) -> None:
    for row in book.figures[HEAD + 1 :]:
        row[book.column("Number")] = row[book.column("Out of")] = None


@fault(30, "person_level_data", 2)
def an_nhs_number_stands_in_a_reason(book: Book) -> None:
    book.put("CP07", "Reason", f"One child, {NHS}, came back twice")


@fault(30, "person_level_data", 2)
def a_column_of_nhs_numbers_is_added(book: Book) -> None:
    for row in book.figures[HEAD + 1 : HEAD + 4]:
        row.append(OTHER_NHS)


@fault(30, "person_level_data", 2)
def pupil_numbers_stand_on_a_hidden_sheet(book: Book) -> None:
    book.sheets["Source"] = [["x"], [UPN]]
    book.hidden = {"Source"}


@fault(30, "person_level_data", 2)
def dates_of_birth_stand_in_a_column(book: Book) -> None:
    for place, row in enumerate(book.figures[HEAD:]):
        row.append("D.O.B." if place == 0 else date(2014, 3, 2))


@fault(30, "person_level_data", 2)
def names_stand_in_a_column(book: Book) -> None:
    for place, row in enumerate(book.figures[HEAD:]):
        row.append("Surname" if place == 0 else "Example")


@fault(30, "person_level_data", 2)
def a_postcode_stands_in_a_comment(book: Book) -> None:
    book.texts = [("a comment on Figures!H9", "lives at LS8 4AP")]


@fault(30, "person_level_data", 2)
def a_looked_after_children_file_is_sent(book: Book) -> None:
    book.sheets = {"header": [["CHILD", "SEX", "DOB", "ETHNIC", "UPN"], ["1", "2", "01/02/2013", "WBRI", "UN1"]]}


@fault(30, "person_level_data", 2)
def a_list_of_episodes_is_sent(book: Book) -> None:
    book.sheets = {
        "episodes": [["CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE"], ["1", "2026-04-01", "S", "C2", "N1", "U1"]]
    }


@fault(30, "text_may_name_somebody", 1)
def the_commentary_names_a_worker(book: Book) -> None:
    sheet = book.sheets["Commentary"]
    sheet[HEAD + 1][2] = "Reviews were late because Mrs Example was away"


@fault(27, "row_is_for_another_agency", 1)
def one_row_is_of_another_agency(book: Book) -> None:
    for place, row in enumerate(book.figures[HEAD:]):
        row.append("Agency" if place == 0 else ("lch" if place == 1 else "lcc_cf"))
