"""A return's rows as they were read, for whoever is to mend some of them: what stands where, and where there is room."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from pipelines.reading import address
from schemas.returns.mends import Mend

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipelines.checking.rows import Rows
    from pipelines.checking.sheets import Tables
    from schemas.problems import Problem

_REASON = "Reason"


@dataclass(frozen=True, slots=True)
class Stands:
    """One answer of a figure: its cell, its column, and what stands there. `of`: the month it is of, where it is one of three."""

    sheet: str
    cell: str
    column: str
    text: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """Where the reason of a figure is given: its cell and column, and a heading that first makes it that column."""

    sheet: str
    cell: str
    column: str
    heading: Mend | None = None


class AsRead(Protocol):
    """What mending needs to know of the figure a problem is about."""

    def text(self, problem: Problem, column: str) -> str:
        """What the figure says in a column; "" where it says nothing there."""
        ...

    def own(self, problem: Problem) -> str | None:
        """The address of the one cell in which the problem's column can be mended; None where there is no such cell."""
        ...

    def answers(self, problem: Problem) -> Iterator[Stands]:
        """Every cell that answers for the figure, also where it is empty."""
        ...

    def room(self, problem: Problem) -> Room:
        """Where a reason for the figure is given."""
        ...


@dataclass(frozen=True)
class InRows:
    """A return whose every row is a figure.

    `ends`: for each sheet the row of its headings (1 = first) and the first column beyond it.
    """

    rows: Rows
    ends: Mapping[str, tuple[int, int]]

    def text(self, problem: Problem, column: str) -> str:
        """What stands in a column of the problem's row; "" where there is no such row."""
        at = self._rows.get((problem.sheet or "", problem.row or 0))
        return "" if at is None else self.rows.value(at, column)

    def own(self, problem: Problem) -> str | None:
        """The row's cell in the problem's column; where the sheet has no such column, the cell it names."""
        return self._cell(problem, problem.column or "") or problem.cell

    def answers(self, problem: Problem) -> Iterator[Stands]:
        """The cells of the row, column by column."""
        for column in self.rows.columns.get(problem.sheet or "", {}):
            cell = self._cell(problem, column)
            if cell is not None:
                yield Stands(problem.sheet or "", cell, column, self.text(problem, column))

    def room(self, problem: Problem) -> Room:
        """The row's cell under Reason; where the sheet has no such column, one is read as if it stood at its right."""
        sheet, cell = problem.sheet or "", self._cell(problem, "reason")
        if cell is not None:
            return Room(sheet, cell, "reason")
        head, width = self.ends[sheet]
        heading = Mend(sheet, address(head - 1, width), "reason", _REASON)
        return Room(sheet, address((problem.row or 0) - 1, width), "reason", heading)

    def _cell(self, problem: Problem, column: str) -> str | None:
        place = self.rows.columns.get(problem.sheet or "", {}).get(column)
        return None if place is None or problem.row is None else address(problem.row - 1, place)

    @cached_property
    def _rows(self) -> dict[tuple[str, int], int]:
        text = self.rows.text
        named = zip(text["sheet"].tolist(), text["row"].tolist(), text.index.tolist(), strict=True)
        return {(str(sheet), int(row)): int(at) for sheet, row, at in named}


def as_read(rows: Rows, where: Tables) -> InRows:
    """The rows with what is known of the sheets they stand on."""
    return InRows(rows, {sheet.name: (headings.first_row, len(sheet.columns)) for sheet, headings in where.found})
