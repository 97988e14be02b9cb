"""Put a child's records together again: sheets of columns, and what was said at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.reading.grid import Column, Grid, column, sheet_of
from pipelines.reading.parts import TEXT_CELLS_LIMIT
from pipelines.reading.process import Stopped, Unanswered
from pipelines.reading.workbook import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

REFUSAL_LENGTH = 400


class Gathered(NamedTuple):
    """A whole answer."""

    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]


def gathered(records: Iterable[Any]) -> Gathered:
    """Sheets, notes and texts from the records in their order. Raises Unanswered for a refusal or nonsense."""
    sheets: list[Sheet] = []
    columns: list[Column] = []
    values: list[Any] = []
    opened: dict[str, Any] = {}
    done: dict[str, Any] = {"notes": [], "texts": []}
    try:
        for record in records:
            if "values" in record:
                values += record["values"]
            elif "column" in record:
                columns.append(column({**record, "column": values + record["column"]}))
                values = []
                if len(columns) * record["rows"] > TEXT_CELLS_LIMIT:
                    raise Stopped
            elif "sheet" in record:
                opened, columns = record, []
            elif "marks" in record:
                sheets.append(_sheet(opened, sheet_of(columns), record["marks"]))
            elif "refused" in record:
                raise Unanswered(str(record["refused"])[:REFUSAL_LENGTH])
            else:
                done = record["done"]
        return Gathered(tuple(sheets), tuple(done["notes"]), tuple((where, text) for where, text in done["texts"]))
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise Stopped from None


def _sheet(opened: dict[str, Any], grid: Grid, marks: dict[str, Any]) -> Sheet:
    """One sheet, its marks kept inside it."""
    rows, width = len(grid), len(grid.columns)
    return Sheet(
        name=str(opened["sheet"]),
        visible=bool(opened["visible"]),
        rows=grid,
        percent=frozenset((row, column) for row, column in marks["percent"] if row < rows and column < width),
        merged=tuple((top, first, bottom, last) for top, first, bottom, last in marks["merged"] if top < rows),
        hidden_rows=frozenset(row for row in marks.get("hidden_rows", ()) if row < rows),
        hidden_columns=frozenset(
            column for first, last in marks.get("hidden_columns", ()) for column in range(first, min(last + 1, width))
        ),
    )
