"""A return's rows as they were read, for whoever is to mend some of them: what stands where, and where there is room."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pipelines.reading import address
from schemas.returns.mends import Mend

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.checking.rows import Rows
    from pipelines.checking.sheets import Tables


@dataclass(frozen=True)
class AsRead:
    """The rows of every sheet, and for each sheet the row of its headings (1 = first) and the first column beyond it."""

    rows: Rows
    room: Mapping[str, tuple[int, int]]

    def text(self, sheet: str, row: int, column: str) -> str:
        """What stands in a column of one row; "" where there is no such row."""
        at = self._rows.get((sheet, row))
        return "" if at is None else self.rows.value(at, column)

    def cell(self, sheet: str, row: int, column: str) -> str | None:
        """The address of a row's cell in a column; None where the sheet has no such column."""
        place = self.rows.columns.get(sheet, {}).get(column)
        return None if place is None else address(row - 1, place)

    def beyond(self, sheet: str, row: int, column: str, heading: str) -> tuple[str, Mend]:
        """The address of a row's cell in a new column at the right, and the heading that makes it that column."""
        head, width = self.room[sheet]
        return address(row - 1, width), Mend(sheet, address(head - 1, width), column, heading)

    @cached_property
    def _rows(self) -> dict[tuple[str, int], int]:
        text = self.rows.text
        named = zip(text["sheet"].tolist(), text["row"].tolist(), text.index.tolist(), strict=True)
        return {(str(sheet), int(row)): int(at) for sheet, row, at in named}


def as_read(rows: Rows, where: Tables) -> AsRead:
    """The rows with what is known of the sheets they stand on."""
    room = {sheet.name: (headings.first_row, len(sheet.columns)) for sheet, headings in where.found}
    return AsRead(rows, room)
