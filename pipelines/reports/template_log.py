"""The template of a log: a sheet for each thing it holds, what stands open filled in, lists to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.reading import column_letters
from schemas.catalogue import catalogue
from schemas.periods import day_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from pipelines.reports.template_look import Look
    from schemas.periods import Period
    from schemas.returns import Column, Kind, SheetLayout

_HINT_ROW, _HEAD_ROW, _FIRST_ROW = 2, 3, 4
# Room below what is filled in; a sheet with more new rows than this is better sent as a file of its own making.
_BLANK_ROWS = 60
_LISTED_FROM = 4
_STYLES = {"day": "date", "whole": "number", "number": "decimal"}
# The column that says from which year an answer was carried forward; empty where it was sent for this one.
CARRIED = "carried_from"
_A_DAY = {
    "validate": "date",
    "criteria": "between",
    "minimum": date(1990, 1, 1),
    "maximum": date(2100, 1, 1),
    "error_type": "warning",
    "error_title": "Not a day",
    "error_message": "Enter a day, as 20 October 2026.",
}


@dataclass(frozen=True)
class Part:
    """One sheet of a log as this workbook shows it: its columns in order, and those of them that can be filled in."""

    layout: SheetLayout
    columns: tuple[Column, ...]
    open: frozenset[str]


def parts_of(kind: Kind) -> tuple[Part, ...]:
    """Every sheet of a log with all its columns; open is what neither names a record nor is only printed."""
    return tuple(
        Part(
            layout,
            layout.printed,
            frozenset(c.name for c in layout.printed if not c.given and c.name not in layout.key),
        )
        for layout in kind.sheets
    )


def log_sheets(look: Look, parts: Sequence[Part], filled: Mapping[str, pd.DataFrame]) -> None:
    """Every sheet of the log, then the sheet of lists its choices come from."""
    lists = _lists(parts)
    for part in parts:
        _sheet(look, part, filled.get(part.layout.name), lists)
    _lists_sheet(look, lists)


def log_instructions(look: Look, kind: Kind, parts: Sequence[Part], period: Period) -> None:
    """How to fill the log in, on one page: in short, each sheet, each column."""
    sheet = look.sheet("Instructions", "How to fill this in", period.label, landscape=False)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 78)
    rows: list[tuple[str, str]] = [("In short", "")]
    rows += [(str(number), words) for number, words in enumerate(kind.in_short, 1)]
    for part in parts:
        rows += [(f"Sheet {part.layout.name}", ""), ("", part.layout.what_for)]
        rows += [(c.heading + (" (needed)" if c.needed else ""), c.hint) for c in part.columns if c.hint]
    rows += [("Never send", ""), *_NEVER]
    for row, (label, words) in enumerate(rows, 3):
        if words:
            sheet.write_string(row, 0, label, look["text"])
            sheet.write_string(row, 1, words, look["text"])
            sheet.set_row(row, 15 * (1 + len(words) // 88))
        else:
            sheet.set_row(row, 26)
            sheet.write_string(row, 0, label, look["section"])


_NEVER = (
    ("People", "No names, of children, families or staff: roles and teams. No dates of birth, no case numbers."),
    ("Stories", "Nothing by which somebody who knows a child could tell that it is them."),
)


def _sheet(look: Look, part: Part, filled: pd.DataFrame | None, lists: Mapping[str, list[str]]) -> None:
    layout, columns = part.layout, part.columns
    synthetic = "SYNTHETIC. " if catalogue().partnership.synthetic else ""
    sheet = look.sheet(layout.name, layout.name, f"{synthetic}{layout.what_for}")
    sheet.set_row(_HINT_ROW, 42)
    sheet.set_row(_HEAD_ROW, 32)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(_HINT_ROW, place, column.hint, look["hint"])
        sheet.write_string(_HEAD_ROW, place, column.heading, look["head"])
    sheet.freeze_panes(_FIRST_ROW, 1)
    sheet.repeat_rows(_HEAD_ROW)
    rows = [] if filled is None else filled.to_dict("records")
    for number, row in enumerate(rows, _FIRST_ROW):
        is_carried = bool(row.get(CARRIED)) and row[CARRIED] == row[CARRIED]
        for place, column in enumerate(columns):
            style = _style(column, is_open=column.name in part.open, is_carried=is_carried)
            _cell(sheet, (number, place), column, row[column.name], look[style])
    free = 0 if layout.rows_given else _BLANK_ROWS
    last = _FIRST_ROW + len(rows) + free - 1
    for number in range(_FIRST_ROW + len(rows), last + 1):
        for place, column in enumerate(columns):
            sheet.write_blank(number, place, None, look[_STYLES.get(column.holds, "answer")])
    if last < _FIRST_ROW:
        return
    for place, column in enumerate(columns):
        _help(sheet, place, last, column, lists)
    sheet.autofilter(_HEAD_ROW, 0, last, len(columns) - 1)


def _style(column: Column, *, is_open: bool, is_carried: bool) -> str:
    """What names a record is locked; what was carried forward from last year looks so until it is said again."""
    if not is_open:
        return "given_wrap"
    if is_carried:
        return "carried_date" if column.holds == "day" else "carried"
    return _STYLES.get(column.holds, "answer")


def _cell(sheet: Worksheet, at: tuple[int, int], column: Column, value: Any, style: Format) -> None:  # noqa: ANN401 - a cell of any type
    """One cell of a record that stands."""
    if value is pd.NaT or value != value or value == "":  # noqa: PLR0124 - NaN
        sheet.write_blank(*at, None, style)
    elif column.holds == "day":
        is_locked = style.locked
        sheet.write_string(*at, day_words(value), style) if is_locked else sheet.write_datetime(*at, value, style)
    elif column.holds in ("whole", "number"):
        sheet.write_number(*at, value, style)
    else:
        sheet.write_string(*at, _label(column, str(value)), style)


def _label(column: Column, value: str) -> str:
    if column.holds == "choice":
        return catalogue().label(column.choices, value)
    return catalogue().agencies[value].title if column.holds == "agency" and value in catalogue().agencies else value


def _help(sheet: Worksheet, place: int, last: int, column: Column, lists: Mapping[str, list[str]]) -> None:
    """A list to choose from, or what kind of answer is meant, shown as the cell is entered."""
    name = _list_name(column)
    if name:
        letters = column_letters(list(lists).index(name))
        span = f"=Lists!${letters}${_LISTED_FROM + 1}:${letters}${_LISTED_FROM + len(lists[name])}"
        offered = {"validate": "list", "source": span, "error_type": "warning", "error_title": "Not in the list"}
        sheet.data_validation(_FIRST_ROW, place, last, place, offered)
    elif column.holds in ("whole", "number"):
        asked = {
            "validate": "decimal",
            "criteria": ">=",
            "value": 0,
            "error_type": "warning",
            "error_title": "Not a number",
        }
        sheet.data_validation(_FIRST_ROW, place, last, place, asked)
    elif column.holds == "day":
        sheet.data_validation(_FIRST_ROW, place, last, place, _A_DAY)
    elif column.holds == "words":
        sheet.data_validation(_FIRST_ROW, place, last, place, _room(column.longest))


def _room(longest: int) -> dict[str, Any]:
    """How long words may be, said as the cell is entered and asked about where they are longer: Excel takes them still."""
    return {
        "validate": "length",
        "criteria": "<=",
        "value": longest,
        "input_message": f"At most {longest} characters.",
        "error_type": "warning",
        "error_title": "Too long",
        "error_message": f"There is room for {longest} characters. Say it shorter.",
    }


def _list_name(column: Column) -> str:
    return {"choice": column.choices, "agency": "agency", "indicator": "indicator"}.get(column.holds, "")


def _lists(parts: Sequence[Part]) -> dict[str, list[str]]:
    """The labels of every list the log chooses from, in the order of its columns."""
    known = catalogue()
    names = dict.fromkeys(_list_name(column) for part in parts for column in part.columns)
    made: dict[str, list[str]] = {}
    for name in filter(None, names):
        if name == "agency":
            made[name] = [agency.title for agency in known.reporting]
        elif name == "indicator":
            made[name] = list(known.indicators)
        elif name in known.breakdowns:
            made[name] = [category.label for category in known.breakdowns[name].categories]
        else:
            made[name] = [choice.label for choice in known.choices[name].values()]
    return made


def _lists_sheet(look: Look, lists: Mapping[str, list[str]]) -> None:
    sheet = look.sheet("Lists", "Lists", "The labels to use. Case and spaces do not matter.")
    for place, (name, labels) in enumerate(lists.items()):
        sheet.set_column(place, place, 30)
        sheet.write_string(_LISTED_FROM - 1, place, name.replace("_", " ").capitalize(), look["head"])
        for row, label in enumerate(labels, _LISTED_FROM):
            sheet.write_string(row, place, label, look["given"])
    titles = catalogue().indicators
    if "indicator" in lists:
        place = len(lists)
        sheet.set_column(place, place, 60)
        sheet.write_string(_LISTED_FROM - 1, place, "What each indicator is", look["head"])
        for row, name in enumerate(lists["indicator"], _LISTED_FROM):
            sheet.write_string(row, place, f"{name}  {titles[name].title}", look["given"])
    sheet.freeze_panes(_LISTED_FROM, 0)
