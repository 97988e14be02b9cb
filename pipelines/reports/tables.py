"""A table as csv, parquet or an accessible workbook, with its marking and nothing a spreadsheet would run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from schemas.problems import UserError
from schemas.returns.visible import visible

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from pipelines.reports.marked import Marked

ABOUT = "About this file"
_HEADER = 235  # letters, with what is before and after them
# A text that starts so is a formula to a spreadsheet (mistake 33).
_RUNS = ("=", "+", "-", "@", "\t", "\r")


def write(out: Path, table: pd.DataFrame, *, title: str, marked: Marked) -> None:
    """Write the table in the form the file's ending names; UserError on another ending or a folder that is not there.

    A workbook and a parquet file say in themselves how they are marked. A csv is read by programs, so it holds the table
    alone, and a file beside it (`figures.csv.about.json`) says the same.
    """
    forms = {".csv": _csv, ".parquet": _parquet, ".xlsx": _workbook}
    form = forms.get(out.suffix.lower())
    if form is None:
        raise UserError(f"{out.name} is not a form Throughline writes. Use .xlsx, .csv or .parquet.")
    try:
        form(out, seen(table), title, marked)
    except OSError as why:
        raise UserError(f"{out} cannot be written: {why.strerror}.") from why


def csv_bytes(table: pd.DataFrame) -> bytes:
    """The table as CSV that Excel opens as UTF-8, with no cell it would run."""
    return safe(seen(table)).to_csv(index=False).encode("utf-8-sig")


def seen(table: pd.DataFrame) -> pd.DataFrame:
    """The table without the signs nobody sees: no control characters, no marks that turn a text round."""
    texts = table.select_dtypes(exclude=["number", "bool", "datetime"]).columns
    return table.assign(**{name: table[name].map(_visible).astype(table[name].dtype) for name in texts})


def safe(table: pd.DataFrame) -> pd.DataFrame:
    """The table with an apostrophe before every text a spreadsheet would take for a formula."""

    def told(value: Any) -> Any:  # noqa: ANN401 - a cell of any type
        return f"'{value}" if isinstance(value, str) and value.startswith(_RUNS) else value

    texts = table.select_dtypes(exclude=["number", "bool", "datetime"]).columns
    return table.assign(**{name: table[name].map(told) for name in texts})


def _visible(value: Any) -> Any:  # noqa: ANN401 - a cell of any type
    return visible(value) if isinstance(value, str) else value


def _csv(out: Path, table: pd.DataFrame, title: str, marked: Marked) -> None:
    out.write_bytes(csv_bytes(table))
    about: dict[str, object] = {"file": out.name, "title": title, **marked.facts()}
    about |= {"data_owners": marked.owned()} if marked.owners else {}
    out.with_name(f"{out.name}.about.json").write_text(
        json.dumps(about, ensure_ascii=False, indent=1), encoding="utf-8"
    )


def _parquet(out: Path, table: pd.DataFrame, title: str, marked: Marked) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    made = pa.Table.from_pandas(table, preserve_index=False)
    own = {f"throughline.{name}": text for name, text in {"title": title, **marked.facts()}.items()}
    own |= {"throughline.data_owners": json.dumps(marked.owned(), ensure_ascii=False)} if marked.owners else {}
    parquet.write_table(made.replace_schema_metadata({**(made.schema.metadata or {}), **own}), out)


def _workbook(out: Path, table: pd.DataFrame, title: str, marked: Marked) -> None:
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}
    with xlsxwriter.Workbook(str(out), options) as book:
        book.set_properties({"title": title, "category": marked.level, "comments": marked.handling})
        sheet = book.add_worksheet(title[:31])
        head = book.add_format({"bold": True, "bg_color": "#12436D", "font_color": "#FFFFFF", "text_wrap": True})
        sheet.write_string(0, 0, marked.line, book.add_format({"bold": True}))
        sheet.write_string(1, 0, marked.handling)
        for column, name in enumerate(table.columns):
            sheet.write_string(2, column, str(name), head)
            for row, value in enumerate(table[name].tolist()):
                if value is not None and value == value:  # noqa: PLR0124 - NaN is the one value unlike itself
                    _write(sheet, row + 3, column, value)
            sheet.set_column(column, column, min(48, max(10, len(str(name)) + 2)))
        sheet.freeze_panes(3, 1)
        sheet.autofilter(2, 0, 2 + len(table), max(0, len(table.columns) - 1))
        about = book.add_worksheet(ABOUT)
        _about(about, title, marked, head, book.add_format({"text_wrap": True, "valign": "top"}))
        for each in (sheet, about):
            _on_paper(each, marked)


def _about(sheet: Any, title: str, marked: Marked, head: Any, wrapped: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
    """What the file says of itself, then a row for each owner."""
    said = {"title": title, **marked.facts()}
    for row, (name, text) in enumerate(said.items()):
        sheet.write_string(row, 0, name.replace("_", " ").capitalize(), wrapped)
        sheet.write_string(row, 1, text, wrapped)
    columns = ("Data owner", "Figures of", "Whom to ask", "Address", "Public authority")
    first = len(said) + 1
    if marked.owners:
        for column, name in enumerate(columns):
            sheet.write_string(first, column, name, head)
    for row, each in enumerate(marked.owners, first + 1):
        authority = "Yes" if each.is_public_authority else "No"
        told = (each.owner, "; ".join(each.agencies), each.contact, each.address, authority)
        for column, text in enumerate(told):
            sheet.write_string(row, column, text, wrapped)
    for column, width in enumerate((28, 70, 34, 34, 16)):
        sheet.set_column(column, column, width)


def _on_paper(sheet: Any, marked: Marked) -> None:  # noqa: ANN401 - as above
    """The marking at the head and foot of every printed page, with how to handle it."""
    line, handling = (text.replace("&", "&&") for text in (marked.line, marked.handling))
    sheet.set_header(f"&L&9{_short(line)}", {"margin": 0.3})
    sheet.set_footer(f"&L&8{_short(handling)}&R&9&P of &N")
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _short(text: str) -> str:
    """As much as a header takes: Excel refuses a file with one over 255 letters."""
    return text if len(text) <= _HEADER else f"{text[: _HEADER - 1].rstrip('&')}…"


def _write(sheet: Any, row: int, column: int, value: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
    if isinstance(value, bool | int | float):
        sheet.write(row, column, value)
    else:
        sheet.write_string(row, column, str(value))
