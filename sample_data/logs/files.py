"""Returns of logs as workbooks: the sheets and headings of their kind, labels as people read them, and the cover."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from sample_data.generator import chosen
from sample_data.logs.returns import LogReturn, log_returns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from sample_data.logs.records import Cells, Value
    from schemas.catalogue.whole import Catalogue
    from schemas.returns.kind import Column, Kind, SheetLayout

Line = tuple["Value | None", ...]
SYNTHETIC = "SYNTHETIC: every record in this file is invented."
PREPARED_BY = {"bu": "Business support officer", "scrutineer": "Independent scrutineer"}
APPROVED_BY = {"bu": "Business unit manager", "scrutineer": "Independent scrutineer"}
# A file made twice must be the same twice, so it does not say when it was made.
MADE_AT = datetime(2026, 1, 1, tzinfo=None)  # noqa: DTZ001 - Excel's properties know no time zone


def write_logs(out: Path, catalogue: Catalogue, *, quarters: int = 20) -> list[Path]:
    """Write every return of a log for so many quarters to a folder, and name the files in the order they came in."""
    out.mkdir(parents=True, exist_ok=True)
    return [write(sent, catalogue, out / f"{sent.name}.xlsx") for sent in log_returns(chosen(quarters))]


def write(sent: LogReturn, catalogue: Catalogue, path: Path) -> Path:
    """Write one return as a workbook."""
    return write_book(path, sheets(sent, catalogue))


def write_book(path: Path, tables: Mapping[str, Sequence[Line]]) -> Path:
    """Write tables as the sheets of a workbook, the same bytes every time."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"in_memory": True, "strings_to_urls": False}) as book:
        book.set_properties({"title": path.stem, "created": MADE_AT})
        day = book.add_format({"num_format": "d mmm yyyy"})
        for name, table in tables.items():
            _fill(book.add_worksheet(name), table, day)
    return path


def sheets(sent: LogReturn, catalogue: Catalogue) -> dict[str, list[Line]]:
    """The workbook's sheets as tables, the cover first."""
    kind = kind_of(sent.kind)
    tables: dict[str, list[Line]] = {"Cover": cover(sent, catalogue), "Instructions": [(SYNTHETIC,), *_in_short(kind)]}
    for layout in kind.sheets:
        tables[layout.name] = sheet_table(layout, sent.rows.get(layout.name, ()), catalogue)
    return tables


def sheet_table(layout: SheetLayout, rows: Iterable[Cells], catalogue: Catalogue) -> list[Line]:
    """The headings of a sheet as its template has them, and its rows as people write them."""
    shown = (tuple(_shown(column, cells.get(column.name), catalogue) for column in layout.printed) for cells in rows)
    return [tuple(column.heading for column in layout.printed), *shown]


def cover(sent: LogReturn, catalogue: Catalogue) -> list[Line]:
    """The cover's questions and answers: roles, never names."""
    answers = {
        "template_version": kind_of(sent.kind).template_version,
        "kind": sent.kind,
        "agency": catalogue.agencies[sent.agency_id].title,
        "period": sent.period.id,
        "prepared_by_role": PREPARED_BY.get(sent.agency_id, "Safeguarding administrator"),
        "approved_by_role": APPROVED_BY.get(sent.agency_id, "Head of safeguarding"),
        "approved_on": sent.period.next.start.replace(day=21).isoformat(),
    }
    return [
        (SYNTHETIC,),
        *((question.replace("_", " ").capitalize(), answer) for question, answer in answers.items()),
    ]


@cache
def kind_of(kind_id: str) -> Kind:
    """The kind of return of that id, from its own module."""
    return import_module(f"schemas.returns.{kind_id}").KIND


def _in_short(kind: Kind) -> Iterable[Line]:
    return ((line,) for line in kind.in_short)


def _shown(column: Column, value: Value | None, catalogue: Catalogue) -> Value | None:
    """A cell as people write it: a list's label, an agency's name; what is in no list as it stands."""
    if value is None or not isinstance(value, str):
        return value
    if column.holds == "choice":
        return catalogue.label(column.choices, value)
    agency = catalogue.agencies.get(value) if column.holds == "agency" else None
    return agency.title if agency else value


def _fill(sheet: Worksheet, table: Sequence[Line], day: Format) -> None:
    for number, line in enumerate(table):
        for place, value in enumerate(line):
            if isinstance(value, date):
                sheet.write_datetime(number, place, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001 - a day has no time zone
            elif value is not None:
                sheet.write(number, place, value)
