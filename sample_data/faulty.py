"""Returns with one mistake each, made by spoiling one good return; each names the rule that must catch it."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sample_data.book import Book, write
from sample_data.files import HEADINGS, IN_WORKBOOK, cover, rows
from sample_data.generator import LATEST
from sample_data.refused import CHILDREN
from sample_data.returns import World
from schemas.catalogue import Catalogue, catalogue
from schemas.periods import parse
from schemas.returns.figures import COMMENTARY, KIND, NOT_HELD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

AGENCY = "lcc_cf"
PREFIX = "SYNTHETIC_FAULTY_"


@dataclass(frozen=True)
class Fault:
    """One mistake: the file's name, the rule that must name it, and what to do to a good return."""

    name: str
    rule: str
    spoil: Callable[[Book], None]


@dataclass(frozen=True)
class Faulty:
    """One written file and the rule expected of it."""

    path: Path
    rule: str


def cell(name: str, rule: str, place: str, wrong: str | float | None) -> Fault:
    """A mistake in one cell, its place written as indicator, heading and, for a part, breakdown."""
    indicator_id, heading, *split = place.split("/")
    return Fault(name, rule, lambda book: book.put(indicator_id, heading, wrong, *split))


def _only_value(book: Book) -> None:
    book.put("CP07", "Number", None)
    book.put("CP07", "Out of", None)


def _only_out_of(book: Book) -> None:
    book.put("CP07", "Number", None)
    book.put("CP07", "Value", None)


def _twice(book: Book) -> None:
    again = list(book.row("CP07"))
    again[IN_WORKBOOK.index("numerator")] = 60
    again[IN_WORKBOOK.index("value")] = None
    book.figures.append(again)


def _anothers_row(book: Book) -> None:
    row = list(book.row("FD01"))
    row[0], row[1] = "HE12", "Children waiting too long for mental health help"
    book.figures.append(row)


def _not_collected(book: Book) -> None:
    row = list(book.row("FD01"))
    row[IN_WORKBOOK.index("breakdown")], row[IN_WORKBOOK.index("category")] = "Phase", "Primary"
    book.figures.append(row)


def _ahead(book: Book) -> None:
    book.answer("Period", "2027-28-Q1")
    book.column("Period", None)


def _two_quarters(book: Book) -> None:
    book.answer("Period", None)
    for row in book.figures[1::2]:
        row[IN_WORKBOOK.index("period_id")] = "2026-27-Q1"


def _no_ids(book: Book) -> None:
    book.rename("Indicator ID", "Line")
    book.rename("Indicator", "Words")


def _doubled(book: Book) -> None:
    book.rename("Last quarter", "Number")


def _emptied(book: Book) -> None:
    for heading in ("Number", "Out of", "Value", "Marker", "Nil", "Reason"):
        book.column(heading, None)
    book.sheets[NOT_HELD.name] = book.sheets[NOT_HELD.name][:1]


def _child_list(book: Book) -> None:
    book.figures[0].append("NHS number")
    for row, child in zip(book.figures[1:], CHILDREN, strict=False):
        row.append(child[0])


def _birth_date(book: Book) -> None:
    book.put(
        "CP07", "Reason", f"Mostly one family: {CHILDREN[0][1]}, date of birth {CHILDREN[0][2]}, NHS {CHILDREN[0][0]}."
    )


def _hidden(book: Book) -> None:
    book.sheets["Working"] = [list(row) for row in book.figures[:20]]
    book.hidden = ("Working",)


FAULTS = (
    cell("part_larger_than_whole", "part_is_larger_than_the_whole", "CP07/Number", 300),
    cell("unknown_indicator", "indicator_is_not_known", "CP07/Indicator ID", "XX99"),
    cell("unreadable_period", "period_cannot_be_read", "CP07/Period", "Q7 2026-27"),
    cell("force_wide_area", "area_is_wider_than_the_city", "CP07/Area", "Force-wide"),
    cell("misspelt_ward", "area_is_not_known", "CP07/Area", "Armely Wrad"),
    cell("unknown_breakdown", "breakdown_is_not_known", "CP07/Breakdown", "Star sign"),
    cell("misspelt_category", "category_is_not_known", "CP07/Category/Sex", "Grils"),
    cell("unknown_marker", "marker_is_not_known", "CP07/Marker", "q"),
    cell("dash_for_a_number", "word_could_mean_zero_or_missing", "CP07/Number", "-"),
    cell("words_for_a_number", "number_has_words_beside_it", "CP07/Number", "about 12"),
    cell("percentage_for_a_count", "count_is_a_percentage", "CP07/Number", "27.4%"),
    cell("negative_adjustment", "number_is_negative", "CP07/Number", -3),
    cell("half_a_child", "count_is_not_whole", "CP07/Number", 62.5),
    cell("reference_number_for_a_count", "number_is_impossibly_large", "FD01/Number", 12345678901),
    cell("value_disagrees_with_counts", "value_is_not_number_over_out_of", "CP07/Value", 37.4),
    cell("fraction_for_a_percentage", "percentage_is_given_as_a_fraction", "CP07/Value", 0.27),
    Fault("value_without_counts", "value_has_no_numbers_behind_it", _only_value),
    Fault("number_missing", "number_is_missing", _only_out_of),
    cell("out_of_missing", "out_of_is_missing", "EH06/Out of", None),
    cell("count_given_twice", "count_is_given_twice", "EX04/Value", 210),
    cell("marker_beside_a_number", "marker_stands_beside_a_number", "CP07/Marker", "c"),
    cell("nil_beside_a_number", "nil_is_ticked_beside_an_answer", "CP07/Nil", "x"),
    cell("three_for_nil", "nil_is_not_a_tick", "CP07/Nil", 3),
    Fault("figure_given_twice", "figure_is_given_twice", _twice),
    cell("parts_do_not_add_up", "parts_do_not_add_up", "CP07/Number/Sex", 61),
    cell("one_count_two_numbers", "one_quantity_has_two_values", "FD05/Out of", 2999),
    Fault("another_agencys_indicator", "indicator_belongs_to_another_agency", _anothers_row),
    cell("label_of_another_indicator", "label_is_another_indicators", "FD04/Indicator", "Contacts to the Front Door"),
    Fault("split_not_asked_for", "split_was_not_asked_for", _not_collected),
    cell("last_quarters_row", "period_is_not_the_returns", "CP07/Period", "2026-27-Q1"),
    cell("month_for_a_quarter", "period_is_of_another_length", "CP07/Period", "2026-09"),
    cell("quarter_not_over", "period_is_not_over", "CP07/Period", "2027-28-Q4"),
    Fault("unknown_agency", "agency_of_the_return_is_not_known", lambda book: book.answer("Agency", "Acme Ltd")),
    Fault("return_ahead_of_its_time", "return_is_ahead_of_its_time", _ahead),
    Fault("two_quarters_in_one_file", "periods_are_mixed", _two_quarters),
    Fault("no_indicator_column", "column_is_missing", _no_ids),
    Fault("two_number_columns", "column_is_doubled", _doubled),
    Fault("nothing_filled_in", "nothing_is_filled_in", _emptied),
    Fault("nil_return_with_numbers", "nil_return_holds_numbers", lambda book: book.answer("Nil return", "Yes")),
    Fault("hidden_sheet", "hidden_sheet_is_not_read", _hidden),
    Fault("unknown_template", "template_is_not_known", lambda book: book.answer("Template version", "figures-99")),
    Fault("nhs_numbers", "person_level_data", _child_list),
    Fault("child_in_the_reason", "person_level_data", _birth_date),
)


def faulty(out: Path) -> list[Faulty]:
    """Write every faulty return to a folder, with the rule that must catch it."""
    out.mkdir(parents=True, exist_ok=True)
    unspoilt = good(World(catalogue()))
    written: list[Faulty] = []
    for fault in FAULTS:
        book = deepcopy(unspoilt)
        fault.spoil(book)
        written.append(Faulty(write(book, out / f"{PREFIX}{fault.name}.xlsx"), fault.rule))
    return written


def good(world: World) -> Book:
    """The return that is spoilt, as it should be."""
    sent = next(world.returns(AGENCY, parse(LATEST)))
    known: Catalogue = world.catalogue
    headings = [HEADINGS[name] for name in IN_WORKBOOK]
    return Book(
        {
            "Cover": [list(line) for line in cover(sent)],
            KIND.data.name: [list(headings), *rows(sent, known)],
            COMMENTARY.name: [[column.heading for column in COMMENTARY.columns]],
            NOT_HELD.name: [[column.heading for column in NOT_HELD.columns]],
        }
    )
