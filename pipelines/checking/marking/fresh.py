"""A new workbook of a file's rows, for files that are not marked in place: other formats, and workbooks oddly made."""

from __future__ import annotations

import io
import math
import re
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pipelines.reading import column_letters

if TYPE_CHECKING:
    from pipelines.reading import Sheet, Value, Workbook

_ROWS, _COLUMNS, _LETTERS = 1_048_576, 16_384, 32_000
_NAME_LETTERS = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_OLDEST = 1900
_HEADINGS, _ACROSS = 60, 300


def fresh(workbook: Workbook) -> tuple[bytes, dict[str, str], list[str]]:
    """The workbook, the name of each sheet in it by that in the file, and what it does not hold, in words.

    Only visible sheets are copied; every text stays text, a percent stays a percent, merged headings stay merged.
    """
    import xlsxwriter

    content = io.BytesIO()
    names: dict[str, str] = {}
    lost: list[str] = []
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(content, options)
    formats = {
        "text": book.add_format({"quote_prefix": True}),
        "percent": book.add_format({"num_format": "0.0%"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy"}),
        "time": book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
    }
    for sheet in workbook.sheets:
        if sheet.visible:
            names[sheet.name] = _name(sheet.name, set(names.values()))
            _write(book.add_worksheet(names[sheet.name]), sheet, formats)
            if len(sheet.rows) > _ROWS:
                lost.append(f"the rows of {names[sheet.name]} below {_ROWS:,}, where an Excel sheet ends")
            if sheet.rows and len(sheet.rows[0]) > _COLUMNS:
                lost.append(f"the columns of {names[sheet.name]} right of {column_letters(_COLUMNS - 1)}")
    book.close()
    hidden = [sheet.name for sheet in workbook.sheets if not sheet.visible]
    if hidden:
        lost.append(f"{len(hidden)} hidden {'sheet' if len(hidden) == 1 else 'sheets'}")
    return content.getvalue(), names, lost


def _write(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:  # noqa: ANN401 - xlsxwriter has no stubs
    from xlsxwriter.exceptions import OverlappingRange

    for top, left, bottom, right in sheet.merged:
        # Only headings are read across merged cells; a merged million of cells would fill memory.
        if top <= bottom < _HEADINGS and left < right < _ACROSS:
            with suppress(OverlappingRange):
                page.merge_range(top, left, bottom, right, "")
    for row, values in enumerate(sheet.rows[:_ROWS]):
        for column, value in enumerate(values[:_COLUMNS]):
            if value is not None:
                _put(page, row, column, value, formats, is_percent=(row, column) in sheet.percent)


def _put(page: Any, row: int, column: int, value: Value, formats: dict[str, Any], *, is_percent: bool) -> None:  # noqa: ANN401, PLR0913
    if isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, int | float) and math.isfinite(value):
        page.write_number(row, column, value, formats["percent"] if is_percent else None)
    elif isinstance(value, date) and value.year >= _OLDEST:
        page.write_datetime(row, column, value, formats["time" if isinstance(value, datetime) else "day"])
    else:
        # A text that looks like a formula is marked as text, so that typing in the cell does not make it run.
        is_like_formula = str(value).lstrip()[:1] in {"=", "+", "-", "@"}
        page.write_string(row, column, str(value)[:_LETTERS], formats["text"] if is_like_formula else None)


def _name(wanted: str, taken: set[str]) -> str:
    """A name Excel allows for a sheet, and that no other sheet has; capital letters do not count."""
    name = _NOT_IN_NAMES.sub(" ", wanted)[:_NAME_LETTERS].strip().strip("'").strip() or "Sheet"
    if name.lower() == "history":  # Excel keeps this name for itself
        name = "History sheet"
    number, new = 2, name
    while new.lower() in {other.lower() for other in taken}:
        tail = f" {number}"
        number, new = number + 1, name[: _NAME_LETTERS - len(tail)] + tail
    return new
