"""Who has sent what: agencies by quarter, each state in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.html import Html, tag
from app.widgets.icons import mark
from app.widgets.tables import Column, Row, table, two_lines

if TYPE_CHECKING:
    from pipelines.queries.coverage import Coverage, CoverageCell

_ICONS = {"received": "done", "late": "missing", "refused": "missing", "due": "note"}


def matrix(coverage: Coverage, last: int = 4) -> Html:
    """The last quarters, the newest first, as a table that can be read aloud."""
    kept = list(range(len(coverage.periods)))[-last:][::-1]
    columns = [Column("Agency", width="32%"), *(Column(coverage.periods[n]) for n in kept)]
    rows = [Row(line.title, tuple(_cell(line.cells[n]) for n in kept)) for line in coverage.lines]
    return table("Each agency's return by quarter", columns, rows, cls="pairs matrix", hide_caption=True)


def _cell(cell: CoverageCell | None) -> Html:
    if cell is None:
        return tag("span", "Nothing owed", cls="second")
    name = next((icon for state, icon in _ICONS.items() if cell.state.startswith(state)), "note")
    figures = f"{cell.received:,} of {cell.owed:,} figures" if cell.owed else ""
    return two_lines(mark(name, cell.state.capitalize()), figures)
