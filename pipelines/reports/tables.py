"""A table as csv, parquet or an accessible workbook, with its marking and nothing a spreadsheet would run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.reports.whole import whole
from schemas.problems import UserError
from schemas.returns.visible import visible

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

# A text that starts so is a formula to a spreadsheet (mistake 33); the wide forms are taken for the narrow by some.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - they look alike, as is meant


def write(out: Path, table: pd.DataFrame, *, title: str, marking: str) -> None:
    """Write the table in the form the file's ending names; UserError on another ending or a folder that is not there."""
    forms = {".csv": _csv, ".parquet": _parquet, ".xlsx": _workbook}
    form = forms.get(out.suffix.lower())
    if form is None:
        raise UserError(f"{out.name} is not a form Throughline writes. Use .xlsx, .csv or .parquet.")
    try:
        with whole(out) as part:
            form(part, seen(table), title, marking)
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
        if not isinstance(value, str):
            return value
        # A carriage return stands in a CSV without quotation marks, and what follows it would begin a row of its own.
        text = value.replace("\r\n", "\n").replace("\r", "\n")
        return f"'{text}" if text.startswith(_RUNS) else text

    texts = table.select_dtypes(exclude=["number", "bool", "datetime"]).columns
    return table.assign(**{name: table[name].map(told) for name in texts})


def _visible(value: Any) -> Any:  # noqa: ANN401 - a cell of any type
    return visible(value) if isinstance(value, str) else value


def _csv(out: Path, table: pd.DataFrame, _title: str, _marking: str) -> None:
    out.write_bytes(csv_bytes(table))


def _parquet(out: Path, table: pd.DataFrame, _title: str, _marking: str) -> None:
    table.to_parquet(out, index=False)


def _workbook(out: Path, table: pd.DataFrame, title: str, marking: str) -> None:
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}
    with xlsxwriter.Workbook(str(out), options) as book:
        sheet = book.add_worksheet(title[:31])
        head = book.add_format({"bold": True, "bg_color": "#12436D", "font_color": "#FFFFFF", "text_wrap": True})
        sheet.write_string(0, 0, marking, book.add_format({"bold": True}))
        for column, name in enumerate(table.columns):
            sheet.write_string(2, column, str(name), head)
            for row, value in enumerate(table[name].tolist()):
                if value is not None and value == value:  # noqa: PLR0124 - NaN is the one value unlike itself
                    _write(sheet, row + 3, column, value)
            sheet.set_column(column, column, min(48, max(10, len(str(name)) + 2)))
        sheet.freeze_panes(3, 1)
        sheet.autofilter(2, 0, 2 + len(table), max(0, len(table.columns) - 1))


def _write(sheet: Any, row: int, column: int, value: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
    if isinstance(value, bool | int | float):
        sheet.write(row, column, value)
    else:
        sheet.write_string(row, column, str(value))
