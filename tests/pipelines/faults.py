"""What goes wrong in returns: one good workbook spoilt in one way each, with the rule that must name it.

A new mistake is one function: its number in the list, the rule that must name it (or "" and what is said instead), how the
file fares, and where it is not the check of a workbook, the way it is met.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from openpyxl import load_workbook

from pipelines.publishing.assessments.eyes import AUDIT, SELF, SURVEY
from tests.pipelines.good_return import HEAD, QUARTER, Book
from tests.pipelines.log_book import write
from tests.pipelines.ways import as_a_file, checked, of_a_log, rated, seen_together, sent, with_history

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.pipelines.ways import Answer

NHS, OTHER_NHS = "943 476 5919", 4857773457
UPN = "H801200001001"


@dataclass(frozen=True)
class Fault:
    """One mistake: its number in the list of what goes wrong, the rule that names it, how the file fares.

    `spoil` changes the book and may give the address of the cell the problem must name. Where no rule speaks, `said` is
    what must be in the words of the answer; where neither is given, the file must be read as if nothing were wrong.
    """

    name: str
    number: int
    rule: str
    exit_code: int
    spoil: Callable[..., Any]
    way: Callable[[Fault, Path], Answer] = checked
    said: str = ""


FAULTS: list[Fault] = []
Spoil = TypeVar("Spoil", bound="Callable[..., Any]")


def fault(
    number: int,
    rule: str = "",
    exit_code: int = 0,
    *,
    way: Callable[[Fault, Path], Answer] = checked,
    said: str = "",
) -> Callable[[Spoil], Spoil]:
    """Register the function below as a mistake."""

    def registered(spoil: Spoil) -> Spoil:
        FAULTS.append(Fault(spoil.__name__, number, rule, exit_code, spoil, way, said))
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


@fault(4, "period_is_taken_from_the_rows", 0)
def the_cover_names_no_quarter(book: Book) -> str:
    book.cover("Period", "the summer")
    return "B8"


@fault(4, "period_of_the_return_cannot_be_read", 2)
def neither_cover_nor_rows_name_a_quarter(book: Book) -> str:
    book.cover("Period", "the summer")
    for row in book.figures[HEAD + 1 :]:
        row[book.column("Period")] = None
    return "B8"


@fault(4, "period_of_the_cover_is_not_the_rows", 2)
def the_cover_is_last_quarters(book: Book) -> str:
    book.cover("Period", "Quarter 1 2026/27")
    return "B8"


@fault(4, "period_cannot_be_read", 1)
def a_quarter_lacks_its_year(book: Book) -> str:
    return book.put("CP07", "Period", "Q2")


@fault(4, "period_is_of_another_length", 1)
def a_month_stands_for_the_quarter(book: Book) -> str:
    return book.put("CP07", "Period", "Sep-26")


@fault(4)
def every_row_spells_the_period_its_own_way(book: Book) -> None:
    ways = (
        "Jul-Sep 2026",
        "2026/27 Quarter 2",
        "Q2 26/27",
        date(2026, 9, 30),
        date(2026, 7, 1),
        46295,
        "01/07/2026 - 30/09/2026",
    )
    for place, row in enumerate(book.figures[HEAD + 1 :]):
        if row[book.column("Period")] == QUARTER.id:
            row[book.column("Period")] = ways[place % len(ways)]


@fault(4, "period_is_not_the_returns", 1)
def one_row_is_of_another_quarter(book: Book) -> str:
    return book.put("CP07", "Period", "2026-27-Q1")


@fault(5, "return_is_ahead_of_its_time", 1)
def the_quarter_is_not_over(book: Book) -> None:
    book.cover("Period", "2026-27-Q4")
    for row in book.figures[HEAD + 1 :]:
        row[book.column("Period")] = None


@fault(5, "return_is_outside_its_window", 0)
def the_quarter_closed_long_ago(book: Book) -> None:
    book.cover("Period", "2024-25-Q2")
    for row in book.figures[HEAD + 1 :]:
        row[book.column("Period")] = None


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


@fault(15, "number_has_become_a_day", 1)
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


@fault(33, "text_begins_like_a_formula", 0)
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
    book.cover("Agency", "Sheffield City Council")


@fault(27, "agency_is_read_as_the_nearest", 0)
def the_agency_is_misspelt(book: Book) -> None:
    book.cover("Agency", "Leeds City Counsel Childrens Famlies")


@fault(27, "agency_of_the_cover_is_not_the_indicators", 2)
def the_cover_is_a_colleagues(book: Book) -> None:
    book.cover("Agency", "Leeds Teaching Hospitals NHS Trust")


@fault(27, "area_is_of_an_earlier_year", 1)
def a_ward_of_before_2018_is_sent(book: Book) -> str:
    return book.put("CP07", "Area", "City & Hunslet")


@fault(27)
def the_citys_name_has_its_code_in_brackets(book: Book) -> None:
    book.put("CP07", "Area", "Leeds (E08000035)")


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


@fault(30, "account_without_an_indicator", 0)
def a_note_stands_below_the_commentary(book: Book) -> None:
    book.sheets["Commentary"] += [[], ["Figures are from Mosaic"]]


@fault(27, "row_is_for_another_agency", 1)
def one_row_is_of_another_agency(book: Book) -> None:
    for place, row in enumerate(book.figures[HEAD:]):
        row.append("Agency" if place == 0 else ("lch" if place == 1 else "lcc_cf"))


# 1: files that are no workbook, or are not what they say


@fault(1, "file_cannot_be_read", 2, way=as_a_file)
def a_pdf_is_sent(book: Book, folder: Path) -> Path:
    return _bytes(folder / "return.pdf", b"%PDF-1.7 figures")


@fault(1, "file_cannot_be_read", 2, way=as_a_file)
def a_pdf_is_called_a_workbook(book: Book, folder: Path) -> Path:
    return _bytes(folder / "return.xlsx", b"%PDF-1.7 figures")


@fault(1, "file_cannot_be_read", 2, way=as_a_file)
def a_web_page_is_called_an_old_workbook(book: Book, folder: Path) -> Path:
    return _bytes(folder / "return.xls", b"<html><table><tr><td>Indicator ID</td></tr></table></html>")


@fault(1, "file_cannot_be_read", 2, way=as_a_file)
def an_empty_file_is_sent(book: Book, folder: Path) -> Path:
    return _bytes(folder / "return.xlsx", b"")


@fault(1, "file_cannot_be_read", 2, way=as_a_file)
def half_a_workbook_is_sent(book: Book, folder: Path) -> Path:
    content = book.write(folder / "whole.xlsx").read_bytes()
    return _bytes(folder / "return.xlsx", content[: len(content) // 2])


@fault(1, "file_cannot_be_read", 2, way=as_a_file)
def a_workbook_with_macros_is_sent(book: Book, folder: Path) -> Path:
    return _bytes(folder / "return.xlsm", book.write(folder / "whole.xlsx").read_bytes())


# 6, 7, 8: the same again, with what is different, and with what only looks it


@fault(6, way=sent, said="already received, nothing changed")
def the_very_same_file_is_sent_again(book: Book) -> bool:
    return True


@fault(7, way=sent, said="1 figure differs")
def one_figure_is_corrected(book: Book) -> None:
    book.put("PF01", "Number", 250)


@fault(8, way=sent, said="0 figures differ")
def only_order_and_spaces_are_different(book: Book) -> None:
    book.figures[HEAD + 1 :] = book.figures[:HEAD:-1]
    for row in book.figures[HEAD + 1 :]:
        row[0] = f" {row[0]} "
        row[book.column("Number")] = float(row[book.column("Number")]) + 1e-12


@fault(9, "number_is_negative", 1)
def an_earlier_quarter_is_corrected_by_a_minus(book: Book) -> str:
    return book.put("FD01", "Number", -7)


# 11: where the table begins, and what stands in it that is no figure


@fault(11)
def a_title_block_and_a_line_of_its_own_stand_above(book: Book) -> None:
    for line in (["Leeds data return"], ["Quarter 2"], [], ["Please complete the white cells"]):
        book.figures.insert(0, line)


@fault(11)
def headings_stand_on_two_lines(book: Book) -> None:
    head = book.figures[HEAD]
    upper = [None] * len(head)
    upper[0], head[0] = "Indicator", "ID"
    upper[book.column("Out of")], head[book.column("Out of")] = "Out", "of"
    book.figures.insert(HEAD, upper)


@fault(11, "row_is_no_figure", 0)
def a_line_of_units_stands_under_the_headings(book: Book) -> None:
    book.figures.insert(HEAD + 1, [None] * 7 + ["count", "count", "%"])


@fault(11, "row_is_no_figure", 0)
def the_headings_are_repeated_on_every_page(book: Book) -> None:
    book.figures.insert(HEAD + 100, list(book.figures[HEAD]))


@fault(11, "row_is_no_figure", 0)
def notes_stand_under_the_table(book: Book) -> None:
    book.figures.append(["Notes"] + [None] * 6 + ["see the cover"])


@fault(14, "row_names_no_indicator", 1)
def a_sum_stands_alone_under_the_table(book: Book) -> str:
    book.figures.append([None] * 7 + [99_999])
    return f"H{len(book.figures)}"


@fault(14)
def blank_rows_and_section_titles_stand_between(book: Book) -> None:
    book.figures.insert(HEAD + 50, [])
    book.figures.insert(HEAD + 51, ["Child protection"])


@fault(13)
def a_thousand_blank_rows_follow(book: Book) -> None:
    book.figures.extend([None, " ", ""] for _ in range(1_000))


@fault(10, "column_is_known_by_likeness", 0)
def a_heading_is_misspelt_and_another_has_a_note(book: Book) -> None:
    book.figures[HEAD][book.column("Number")] = "Numbr"
    book.figures[HEAD][book.column("Out of")] = "Out of (base)"


@fault(10, "out_of_is_missing", 1)
def a_heading_was_deleted(book: Book) -> None:
    book.figures[HEAD][book.column("Out of")] = None


@fault(10, "column_is_missing", 2)
def the_number_is_headed_by_the_quarter(book: Book) -> None:
    book.figures[HEAD][book.column("Number")] = "2026-27 Q2"


@fault(12, way=as_a_file)
def a_filter_hides_half_of_the_rows(book: Book, folder: Path) -> Path:
    path = book.write(folder / "filtered.xlsx")
    made = load_workbook(path)
    sheet = made["Figures"]
    sheet.auto_filter.ref = f"A{HEAD + 1}:M{sheet.max_row}"
    for row in range(HEAD + 2, sheet.max_row + 1, 2):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["H"].hidden = True
    made.save(path)
    return path


# 15 and 17: numbers that are none


@fault(15, "number_has_words_beside_it", 1)
def a_number_has_a_word_behind_it(book: Book) -> str:
    return book.put("CP07", "Number", "12 children")


@fault(15, "number_has_words_beside_it", 1)
def a_number_is_an_estimate(book: Book) -> str:
    return book.put("CP07", "Number", "approx. 40")


@fault(15, "comma_could_be_a_decimal_point", 1)
def a_number_is_written_as_abroad(book: Book) -> str:
    return book.put("CP07", "Number", "1.234,5")


@fault(15, "two_numbers_stand_in_one_cell", 1)
def a_number_has_its_base_beside_it(book: Book) -> str:
    return book.put("CP07", "Number", "12 of 40")


@fault(15, "number_is_a_yes_or_a_no", 1)
def a_number_is_true(book: Book) -> str:
    return book.put("CP07", "Number", value=True)


@fault(15, "formula_was_never_calculated", 1)
def a_formula_has_no_result(book: Book) -> str:
    return book.put("CP07", "Number", "=SUM(H5:H9)")


@fault(15, "cell_is_an_error_of_the_spreadsheet", 1)
def a_formula_is_broken(book: Book) -> str:
    return book.put("CP07", "Number", "#REF!")


@fault(15)
def a_number_has_a_sign_that_is_not_seen(book: Book) -> None:
    book.put("PF01", "Number", "\u200e240\u200b")


@fault(18, "code_may_stand_for_not_known", 0)
def nines_stand_for_not_known(book: Book) -> str:
    return book.put("PF01", "Number", 9999)


@fault(18, "older_signs_read_as_markers", 0)
def fewer_than_five_is_written_out(book: Book) -> None:
    book.put("FD05", "Number", "fewer than 5")
    book.put("FD05", "Out of", None)


@fault(19, "marker_stands_beside_a_number", 1)
def a_small_number_is_hidden_and_left_beside_its_marker(book: Book) -> str:
    return book.put("CP07", "Marker", "<5")


# 21, 22, 23: beside the agency's own history


@fault(21, "number_is_of_another_size", 0, way=with_history)
def a_number_is_a_thousand_times_too_large(book: Book) -> str:
    return book.put("EH02", "Number", 240_000)


@fault(22, "swing_has_no_reason", 0, way=with_history)
def a_figure_doubles_without_a_word(book: Book) -> str:
    return book.put("EH02", "Number", 480)


@fault(22, "swing_has_no_reason", 0, way=with_history)
def a_figure_doubles_and_the_reason_is_ok(book: Book) -> str:
    book.put("EH02", "Reason", "OK, it's changed")
    return book.put("EH02", "Number", 480)


@fault(23, "month_is_given_as_the_quarter", 0, way=with_history)
def a_month_is_given_as_the_quarter(book: Book) -> str:
    return book.put("EH02", "Number", 80)


@fault(23, "snapshot_is_summed_over_the_year", 0, way=with_history)
def what_stands_open_is_added_up_over_the_year(book: Book) -> str:
    return book.put("PF01", "Number", 963)


# 24: definitions, lists and templates of other years


@fault(24, "definition_is_not_that_of_its_period", 1)
def a_figure_is_counted_by_last_years_definition(book: Book) -> str:
    for place, row in enumerate(book.figures[HEAD:]):
        row.append("Definition version" if place == 0 else None)
    return book.put("CP07", "Definition version", 1)


# 28: rates


@fault(28, way=rated, said="divided by the population of CY2024")
def the_population_of_the_year_is_not_out_yet(book: Book) -> dict[str, float]:
    return {"CY2023": 171_000.0, "CY2024": 172_500.0}


@fault(28, way=rated, said="has no rate")
def no_population_has_been_loaded(book: Book) -> dict[str, float]:
    return {}


# 31, 32: self-assessments


@fault(31, "in_place_without_evidence", 0, way=of_a_log)
def a_statement_is_met_without_evidence(book: Book, folder: Path) -> Path:
    return _assessed(folder, {"self_score": "2", "evidence_ref": ""})


@fault(31, "nothing_of_the_self_assessment_applies", 0, way=of_a_log)
def nothing_applies(book: Book, folder: Path) -> Path:
    return _assessed(folder, {"self_score": "Does not apply", "na_reason": "We do not work with children at all"})


@fault(32, way=seen_together, said="Full marks, which audits and practitioners contradict")
def full_marks_stand_beside_contrary_audits(book: Book) -> dict[str, float | None]:
    return {SELF: 100.0, AUDIT: 30.0, SURVEY: 42.0}


@fault(33, "category_is_not_known", 1)
def a_category_is_a_command(book: Book) -> str:
    return book.put("CP07", "Category", "=cmd|' /C calc'!A0", "Sex", "Girls")


@fault(34, "kind_is_not_known", 2)
def a_scorecard_has_the_quarters_across(book: Book) -> None:
    book.sheets = {"Scorecard": [["Measure", "Q1", "Q2", "Q3", "Q4", "Total"], ["Referrals", 240, 250, 245, 260, 995]]}


def _bytes(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _assessed(folder: Path, answer: dict[str, Any]) -> Path:
    statements = [{"statement_id": f"OS1.{number}", **answer} for number in range(1, 5)]
    return write(
        folder / "assessed.xlsx", {"Statements": statements}, kind="self_assessment", agency="lcc_cf", period="2026-27"
    )
