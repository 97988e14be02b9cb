"""Parse one workbook and say what is in it, record by record, in the child process."""

from __future__ import annotations

import io
from itertools import islice

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from pipelines.reading.addresses import address
from pipelines.reading.layout import relations, sheet_parts
from pipelines.reading.old import is_locked
from pipelines.reading.parts import DAMAGED, Parts, Refusal
from pipelines.reading.scanning import Marks, exact_last_column, marks
from pipelines.reading.words import texts

TYPE_CHECKING = False  # importing typing would cost the child 7 ms a file
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from python_calamine import CalamineSheet

LOCKED = "is password-protected. Save a copy without a password and send that."
NO_SHEETS = "holds no sheet with cells. Send the workbook that holds the return."
CELLS_LIMIT = 5_000_000
BATCH = 1_000
LARGEST_WHOLE = 2.0**53  # beyond it a float no longer holds every whole number
NAMED_CELLS = 5
EMPTY = ""  # calamine's empty cell is this very object, so `is` tells it at a third of the price of `==`
Row = list[object]


def records(content: bytes, form: str, entries: dict[str, tuple[int, int, int, int]]) -> Iterator[object]:
    """Everything in a workbook of the format `form`, `entries` being its zip directory if it is a zip."""
    parts = Parts(content, entries)
    if is_locked(content) if form == "xls" else b"encryption-data" in parts.whole("meta-inf/manifest.xml"):
        raise Refusal(LOCKED)
    parts.check_xml()
    yield from _workbook(parts, form)


def _workbook(parts: Parts, form: str) -> Iterator[object]:
    """Each sheet in turn, then what stands outside the cells."""
    paths, percent_styles = sheet_parts(parts) if form == "xlsx" else ([], set[int]())
    notes = _blind_spots(form)
    words: list[tuple[str, str]] = []
    sheet_of: dict[str, str] = {}
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(parts.content))
        facts = book.sheets_metadata
        sheets = [number for number, sheet in enumerate(facts) if sheet.typ == SheetTypeEnum.WorkSheet]
        for number in sheets:
            name = facts[number].name
            path = paths[number] if len(paths) == len(facts) else ""
            found = marks(parts.blocks(path), percent_styles) if path else Marks()
            _refuse_far_cells(parts, path, name, found)
            yield {"sheet": name, "visible": facts[number].visible == SheetVisibleEnum.Visible}
            yield from _rows(book.get_sheet_by_index(number), name, {**found.errors, **found.uncalculated})
            yield {"marks": {"percent": found.percent, "merged": found.merged}}
            notes += _uncalculated_note(name, found)
            words += [(f"page heading of {name}", heading) for heading in found.headings]
            sheet_of |= {other: name for kind, other in relations(parts, path).values() if "omment" in kind}
    except PasswordError:
        raise Refusal(LOCKED) from None
    except CalamineError:
        raise Refusal(DAMAGED) from None
    if not sheets:
        raise Refusal(NO_SHEETS)
    more_words, more_notes = texts(parts, set(paths), sheet_of)
    yield {"done": {"notes": notes + more_notes, "texts": words + more_words}}


def _blind_spots(form: str) -> list[str]:
    """What cannot be seen in the older formats, so that nobody takes silence for absence."""
    if form == "xlsx":
        return []
    return [f"Percent formats, error cells and comments cannot be seen in .{form}; save as .xlsx if there are any."]


def _uncalculated_note(name: str, found: Marks) -> list[str]:
    """Name the first few formulas that nobody calculated."""
    if not found.uncalculated:
        return []
    cells = ", ".join(address(*place) for place in list(found.uncalculated)[:NAMED_CELLS])
    advice = "Open the file in Excel and save it."
    return [f"{name}: formulas without a saved result: {len(found.uncalculated):,} (first {cells}). {advice}"]


def _refuse_far_cells(parts: Parts, path: str, name: str, found: Marks) -> None:
    """Stop before calamine makes room for every cell between two that stand very far apart."""
    patched = [*found.errors, *found.uncalculated]
    last_row = max([found.last_row, *(row for row, _ in patched)])
    last_column = max([found.last_column, *(column for _, column in patched)])
    if path and last_column <= 25 and (last_row + 1) * (last_column + 1) > CELLS_LIMIT:
        last_column = exact_last_column(parts.blocks(path))
    if (last_row + 1) * (last_column + 1) > CELLS_LIMIT:
        corner = f"{name}!{address(last_row, last_column)}"
        raise Refusal(f"reaches out to {corner}. Delete the rows and columns beyond the table and send it again.")


def _rows(sheet: CalamineSheet, name: str, patches: dict[tuple[int, int], str]) -> Iterator[list[Row]]:
    """A sheet's rows from row 1 and column A on, in batches, with what calamine leaves blank filled in."""
    first, last = sheet.start or (0, 0), sheet.end or (-1, -1)
    height = max([last[0], *(row for row, _ in patches)]) + 1
    width = max([last[1], *(column for _, column in patches)]) + 1
    if height * width > CELLS_LIMIT:
        raise Refusal(f"has too many cells on {name}. Delete the rows and columns beyond the table and send it again.")
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in patches.items():
        by_row.setdefault(row, []).append((column, text))
    source = sheet.iter_rows()
    for start in range(0, height, BATCH):
        batch: list[Row] = [_values(first[1], row, width) for row in islice(source, BATCH)]
        batch += [list[object]([None]) * width for _ in range(min(BATCH, height - start) - len(batch))]
        for row in by_row.keys() & range(start, start + len(batch)):
            for column, text in by_row[row]:
                batch[row - start][column] = batch[row - start][column] or text
        yield batch


def _values(left: int, row: Iterable[Any], width: int) -> Row:
    """One row of plain values as wide as its sheet: an empty cell is None, a whole number an int."""
    values: Row = [
        (None if value is EMPTY else value)
        if value.__class__ is str
        else int(value)
        if value.__class__ is float and value.is_integer() and -LARGEST_WHOLE < value < LARGEST_WHOLE
        else value
        for value in row
    ]
    if left + len(values) < width:
        return [*[None] * left, *values, *[None] * (width - left - len(values))]
    return values
