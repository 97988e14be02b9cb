"""The assistant's first step: each sheet as a grid, the row of its headings, and what each column is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.widgets.html import tag
from app.widgets.mapping_grid import grid
from app.widgets.mapping_words import key_of, sure, use_of, use_words, uses
from app.widgets.mapping_words import said as said_words
from app.widgets.page import put
from pipelines.flows import unknown_files
from pipelines.flows.unknown_files import Said

if TYPE_CHECKING:
    from pipelines.flows.unknown_files import ColumnGuess, Guess, LayoutMatch, TableGuess, Unknown

_ACROSS = 3
_LINES = {1: "One line", 2: "Two lines"}


def sheets_said(unknown: Unknown, agency_id: str, file_id: str, before: LayoutMatch | None) -> Guess:
    """Show every sheet and ask what is not right; gives the guess as it stands with the answers.

    `before`: the layout the file is read by already, whose words stand until somebody changes them.
    """
    first = {table.sheet: table for table in unknown_files.guessed(unknown, agency_id).tables}
    heads = {sheet: _head(unknown, sheet, first.get(sheet), file_id, before) for sheet in unknown.sheets}
    return unknown_files.guessed(unknown, agency_id, heads)


def _head(unknown: Unknown, sheet: str, table: TableGuess | None, file_id: str, before: LayoutMatch | None) -> Said:
    """One sheet: where its headings stand, then the grid, then its columns."""
    put(tag("h4", f"Sheet {unknown_files.shown(sheet)}", cls="after"))
    shown = unknown_files.grid(unknown, sheet)
    row, lines = st.columns(2)
    guessed = table.head.last + 1 if table else 0
    with row:
        last = st.number_input(
            f"Row of the headings on {said_words(sheet)} (0: the sheet is not read)",
            min_value=0, max_value=unknown_files.last_head(unknown, sheet), value=guessed, step=1,
            key=f"mapping-head-{file_id}-{sheet}",
        )  # fmt: skip
    many = 1
    if last > 1:
        with lines:
            many = st.selectbox(
                f"Headings of {said_words(sheet)} stand on", list(_LINES), format_func=_LINES.__getitem__,
                index=int(table is not None and table.head.first < table.head.last), key=f"mapping-lines-{file_id}-{sheet}",
            )  # fmt: skip
    said = Said(head=int(last), lines=many or 1)
    found = unknown_files.guessed_sheet(unknown, sheet, said)
    if found is None:
        put(grid(sheet, shown, None, {}))
        return said
    if before is not None:
        kept = Said(said.head, said.lines, unknown_files.kept_uses(found, before))
        found = unknown_files.guessed_sheet(unknown, sheet, kept) or found
    # The columns come before the grid that shows them in the run, and after it on the page.
    picture = st.container()
    answered = Said(said.head, said.lines, _columns(found, file_id))
    again = unknown_files.guessed_sheet(unknown, sheet, answered)
    with picture:
        put(grid(sheet, shown, again, _left_out(again)))
    return answered


def _columns(table: TableGuess, file_id: str) -> dict[int, unknown_files.Use]:
    """A list for each column, with the guess chosen."""
    said: dict[int, unknown_files.Use] = {}
    for start in range(0, len(table.columns), _ACROSS):
        for place, column in zip(st.columns(_ACROSS), table.columns[start : start + _ACROSS], strict=False):
            options = uses(column.use)
            with place:
                chosen = st.selectbox(
                    _label(column), options, format_func=use_words,
                    key=f"mapping-use-{file_id}-{table.sheet}-{table.head.first}-{table.head.last}-{column.column}",
                )  # fmt: skip
            said[column.column] = column.use if chosen in (None, key_of(column.use)) else use_of(chosen)
    return said


def _label(column: ColumnGuess) -> str:
    heading = f"“{said_words(column.heading)}”" if column.heading else "no heading"
    return f"Column {unknown_files.letters(column.column)}, {heading} ({'as saved' if column.use.is_kept else sure(column.use.confidence)})"


def _left_out(table: TableGuess | None) -> dict[int, str]:
    return {row: each.left_out for each in table.rows if each.left_out for row in each.rows} if table else {}
