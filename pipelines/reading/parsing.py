"""Parse one workbook and say what is in it, record by record, in the child process."""

from __future__ import annotations

import io
from itertools import islice

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from pipelines.reading.addresses import address
from pipelines.reading.alongside import Search, sheet_and_marks, spent
from pipelines.reading.columns import Columns
from pipelines.reading.layout import relations, sheet_parts
from pipelines.reading.old import is_locked
from pipelines.reading.parts import CELLS_LIMIT, DAMAGED, Parts, Refusal
from pipelines.reading.swept import BYTES, printable
from pipelines.reading.trimming import trimmed
from pipelines.reading.unseen import unseen
from pipelines.reading.words import LENGTH_LIMIT, texts

TYPE_CHECKING = False  # importing typing would cost the child 7 ms a file
if TYPE_CHECKING:
    from collections.abc import Iterator

    from python_calamine import CalamineSheet

    from pipelines.reading.places import Place
    from pipelines.reading.scanning import Marks

LOCKED = "is password-protected. Save a copy without a password and send that."
NO_SHEETS = "holds no sheet with cells. Send the workbook that holds the return."
BATCH = 1_000
NAMED_CELLS = 5
RUNS_LIMIT = 20_000


def records(
    content: bytes, form: str, entries: dict[str, tuple[int, int, int, int]], *, is_careful: bool
) -> Iterator[object]:
    """Everything in a workbook of the format `form`, `entries` being its zip directory if it is a zip."""
    parts = Parts(content, entries)
    if is_locked(content) if form == "xls" else b"encryption-data" in parts.whole("meta-inf/manifest.xml"):
        raise Refusal(LOCKED)
    parts.check_xml()
    yield from _workbook(parts, form, is_careful=is_careful)


def _workbook(parts: Parts, form: str, *, is_careful: bool) -> Iterator[object]:
    """Each sheet in turn, then what stands outside the cells."""
    paths, percent_styles = sheet_parts(parts) if form == "xlsx" else ([], set[int]())
    for path in paths:
        parts = trimmed(parts, path)
    out_of_sight = unseen(parts, form)
    notes = _blind_spots(form, sees_hidden=out_of_sight is not None)
    words: list[tuple[str, str]] = []
    sheet_of: dict[str, str] = {}
    cells: set[str] = set()
    room = [CELLS_LIMIT]
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(parts.content))
        facts = book.sheets_metadata
        sheets = [number for number, sheet in enumerate(facts) if sheet.typ == SheetTypeEnum.WorkSheet]
        for number in sheets:
            name = facts[number].name
            path = paths[number] if len(paths) == len(facts) else ""
            search = Search(parts, path, percent_styles, is_careful=is_careful) if path else None
            sheet, found = sheet_and_marks(book, number, search, is_careful=is_careful)
            yield {"sheet": name, "visible": facts[number].visible == SheetVisibleEnum.Visible}
            columns = _columns(sheet, {**found.errors, **found.uncalculated}, room)
            if form == "xls":
                cells.update(text for known in columns.known for text in known if isinstance(text, str))
            yield from columns.records()
            if out_of_sight and number < len(out_of_sight):
                found.hidden_rows, found.hidden_columns = out_of_sight[number].rows, out_of_sight[number].columns
            hidden = {"hidden_rows": found.hidden_rows, "hidden_columns": found.hidden_columns}
            yield {"marks": {"percent": found.percent, "merged": found.merged, **hidden}}
            notes += _uncalculated_note(name, found)
            words += [(f"page heading of {name}", heading) for heading in found.headings]
            words += [(f"message or link of {name}", message) for message in found.messages]
            sheet_of |= {other: name for kind, other in relations(parts, path).values() if "omment" in kind}
    except PasswordError:
        raise Refusal(LOCKED) from None
    except CalamineError:
        raise Refusal(DAMAGED) from None
    if not sheets:
        raise Refusal(NO_SHEETS)
    more_words, more_notes = texts(parts, set(paths), sheet_of)
    if form == "xls":
        more_words += dict.fromkeys(
            (BYTES, text[:LENGTH_LIMIT]) for text in islice(printable(parts.content, cells), RUNS_LIMIT)
        )
    yield {"done": {"notes": notes + more_notes, "texts": words + more_words}}


def _blind_spots(form: str, *, sees_hidden: bool) -> list[str]:
    """What cannot be seen in the older formats, so that nobody takes silence for absence."""
    if form == "xlsx":
        return []
    things = (
        "Percent formats, error cells and comments"
        if sees_hidden
        else "Percent formats, error cells, comments and hidden rows"
    )
    return [f"{things} cannot be seen in .{form}; save as .xlsx if there are any."]


def _uncalculated_note(name: str, found: Marks) -> list[str]:
    """Name the first few formulas that nobody calculated."""
    if not found.uncalculated:
        return []
    cells = ", ".join(address(*place) for place in list(found.uncalculated)[:NAMED_CELLS])
    advice = "Open the file in Excel and save it."
    return [f"{name}: formulas without a saved result: {len(found.uncalculated):,} (first {cells}). {advice}"]


def _columns(sheet: CalamineSheet, patches: dict[Place, str], room: list[int]) -> Columns:
    """A sheet's cells from row 1 and column A on, with what calamine leaves blank filled in."""
    (_, left), (bottom, right) = sheet.start or (0, 0), sheet.end or (-1, -1)
    last_row = max([bottom, *(row for row, _ in patches)])
    last_column = max([right, *(column for _, column in patches)])
    room[0] = spent(last_row, last_column, room[0], sheet.name)
    found = Columns()
    for _ in range(left if right >= 0 else 0):
        found.widen()
    source = sheet.iter_rows()
    while batch := list(islice(source, BATCH)):
        found.add(batch, left)
    found.patch(patches)
    return found
