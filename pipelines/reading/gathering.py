"""Put a child's records together again: sheets of equal rows, and what was said at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.reading.columns import unpacked
from pipelines.reading.process import Stopped, Unanswered
from pipelines.reading.workbook import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.reading.workbook import Value

REFUSAL_LENGTH = 400


class Gathered(NamedTuple):
    """A whole answer."""

    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]


def gathered(records: Iterable[Any]) -> Gathered:
    """Sheets, notes and texts from the records in their order. Raises Unanswered for a refusal or nonsense."""
    sheets: list[Sheet] = []
    rows: list[list[Value]] = []
    opened: dict[str, Any] = {}
    done: dict[str, Any] = {"notes": [], "texts": []}
    try:
        for record in records:
            if "columns" in record:
                rows += unpacked(record)
            elif "sheet" in record:
                opened, rows = record, []
            elif "marks" in record:
                sheets.append(_sheet(opened, rows, record["marks"]))
            elif "refused" in record:
                raise Unanswered(str(record["refused"])[:REFUSAL_LENGTH])
            else:
                done = record["done"]
        return Gathered(tuple(sheets), tuple(done["notes"]), tuple((where, text) for where, text in done["texts"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Stopped from None


def _sheet(opened: dict[str, Any], rows: list[list[Value]], marks: dict[str, Any]) -> Sheet:
    """One sheet, its blank last rows dropped, its rows filled up to one length, its marks kept inside it."""
    while rows and not any(value is not None for value in rows[-1]):
        rows.pop()
    width = max(map(len, rows), default=0)
    for row in rows:
        if len(row) < width:
            row.extend([None] * (width - len(row)))
    return Sheet(
        name=str(opened["sheet"]),
        visible=bool(opened["visible"]),
        rows=rows,
        percent=frozenset((row, column) for row, column in marks["percent"] if row < len(rows) and column < width),
        merged=tuple((top, first, bottom, last) for top, first, bottom, last in marks["merged"] if top < len(rows)),
    )
