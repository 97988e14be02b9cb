"""Figures of the return that stand where nobody who looks at the sheet sees them: in hidden rows and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.reading import column_letters
from schemas.periods import parse, quarter_of
from schemas.returns.listed import listed
from schemas.rules import file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.checking.rows import Rows
    from pipelines.reading import Sheet, Workbook
    from schemas.periods import Period
    from schemas.problems import Problem

_ANSWERS = ("numerator", "denominator", "value", "marker", "nil", "reason")


def about_hidden(workbook: Workbook, rows: Rows, quarter: Period) -> Iterator[Problem]:
    """A note for each sheet with figures of a quarter in rows or columns it hides; earlier quarters are hidden by many."""
    for sheet in workbook.sheets:
        if not (sheet.visible and (sheet.hidden_rows or sheet.hidden_columns)):
            continue
        places = set(_places(rows, sheet, quarter))
        lines = sorted({row for row, _ in places} & sheet.hidden_rows)
        columns = sorted({column for _, column in places} & sheet.hidden_columns)
        if not lines and not columns:
            continue
        what = [*(f"row {row + 1}" for row in lines), *(f"column {column_letters(column)}" for column in columns)]
        are, them = ("is", "it") if len(what) == 1 else ("are", "them")
        words = {"sheet": sheet.name, "what": f"{listed(what)} {are}", "them": them}
        yield file.HIDDEN_READ.problem(words, sheet=sheet.name)


def _places(rows: Rows, sheet: Sheet, quarter: Period) -> Iterator[tuple[int, int]]:
    """The cells (counted from 0) of a sheet in which a figure of the quarter is answered."""
    here = rows.columns.get(sheet.name, {})
    text = rows.text
    if rows.spots:
        own = [_is_of(period, quarter) for period in text["period_id"].tolist()]
        for at in text.index[own].tolist():
            spots = rows.spots[at].items()
            yield from ((row, column) for name, (on, row, column) in spots if name in _ANSWERS and on == sheet.name)
        return
    mine = text[text["sheet"].eq(sheet.name)]
    for name in (name for name in _ANSWERS if name in here):
        yield from ((int(row) - 1, here[name]) for row in mine.loc[mine[name].ne(""), "row"].tolist())


def _is_of(period_id: str, quarter: Period) -> bool:
    """Whether a row read by a layout is of the quarter; one of the quarter itself names no period."""
    return not period_id or quarter_of(parse(period_id).end) == quarter
