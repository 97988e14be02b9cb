"""An agency's own spreadsheet as it was read, for whoever is to mend some of it: every cell of the figure a problem is about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pipelines.checking.as_read import Room, Stands
from pipelines.checking.laid_out.labelled import FIGURE
from pipelines.checking.laid_out.picking import grouped, records
from pipelines.checking.laid_out.reasons import of_figure, spot
from pipelines.checking.laid_out.spread import YEAR, spread
from pipelines.checking.laid_out.timing import Timing, periods
from pipelines.reading import address, place_of
from schemas.periods import day_words
from schemas.returns.mends import REASON_FOR
from schemas.rules.file_layout import LABEL_UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from pipelines.checking.laid_out.labelled import Known
    from pipelines.checking.laid_out.matching import Match, Table
    from schemas.problems import Problem

Cell = dict[str, Any]
_LABELS = ("area_id", "breakdown", "category")


@dataclass(frozen=True)
class InCells:
    """The cells a layout reads, each known by the figure it is an answer of; worked out once somebody is to mend one."""

    match: Match
    words: Known
    when: Timing

    def text(self, problem: Problem, column: str) -> str:
        """What the figure says in a column; "" where the problem is about no figure, or it says nothing there."""
        cell = self._at.get(_spot(problem)) or self._years.get(_spot(problem))
        if cell is None:
            return ""
        if column in (*_LABELS, "indicator_id"):
            return str(cell[column])
        if cell["role"] == YEAR:
            return ""
        return next((each.text for each in self.answers(problem) if each.column == column and each.text), "")

    def own(self, problem: Problem) -> str | None:
        """The problem's own cell; None where it names the figure's cell for want of one in its column."""
        cell = self._at.get(_spot(problem))
        if problem.column in _LABELS:
            return self._label(problem) if cell else None
        if cell is None:
            # The words of a row the layout does not know, or a cell of a sheet beside the tables.
            is_words = problem.rule == LABEL_UNKNOWN.name or problem.sheet not in self.match.sheets
            return problem.cell if is_words else None
        return problem.cell if cell["answer"] == problem.column else None

    def answers(self, problem: Problem) -> Iterator[Stands]:
        """The cells of the figure, also on other rows: the quarter's own, or its months; empty ones of the problem's row."""
        cell = self._at.get(_spot(problem))
        for side in grouped(self._figure(cell), "answer").values() if cell else ():
            mine = [each for each in side if each["text"] or spot(each)[:2] == _spot(problem)[:2]]
            filled = {each["period"].kind for each in mine if each["text"]}
            for each in mine:
                # Of an answer in months the quarter's empty column is none of its own, and the other way round.
                if each["text"] or not filled or each["period"].kind in filled:
                    yield _stands(each)

    def room(self, problem: Problem) -> Room:
        """The figure's own cell: a reason is given for it, and nothing written into it."""
        return Room(problem.sheet or "", problem.cell or "", REASON_FOR)

    def _figure(self, cell: Cell) -> list[Cell]:
        return self._figures[of_figure(cell)]

    def _label(self, problem: Problem) -> str | None:
        """The cell of the row that says which part it is; None where the heading or the layout says so."""
        sheet, row, _ = _spot(problem)
        table = next((each for each in self.match.tables if _holds(each, sheet, row)), None)
        at = table.head.names.get(problem.column or "") if table else None
        if table is None or at is None or table.sheet.rows[row][at] in (None, ""):
            return None
        return address(row, at)

    @cached_property
    def _every(self) -> pd.DataFrame:
        every = spread(self.match, self.words, empty=True)
        return every[every["state"].eq(FIGURE)]

    @cached_property
    def _years(self) -> dict[tuple[str, int, int], Cell]:
        return {spot(cell): cell for cell in records(self._every[self._every["role"].eq(YEAR)])}

    @cached_property
    def _cells(self) -> list[Cell]:
        mine = self._every[~self._every["role"].eq(YEAR)]
        return [cell for cell in records(mine.assign(period=periods(mine, self.when))) if cell["period"] is not None]

    @cached_property
    def _at(self) -> dict[tuple[str, int, int], Cell]:
        return {spot(cell): cell for cell in self._cells}

    @cached_property
    def _figures(self) -> dict[tuple[Any, ...], list[Cell]]:
        found: dict[tuple[Any, ...], list[Cell]] = {}
        for cell in self._cells:
            found.setdefault(of_figure(cell), []).append(cell)
        return found


def _stands(cell: Cell) -> Stands:
    period, where = cell["period"], address(int(cell["row"]), int(cell["column"]))
    month = day_words(period.end).partition(" ")[2] if period.kind == "month" else ""
    return Stands(str(cell["sheet"]), where, str(cell["answer"]), str(cell["text"]), month)


def _spot(problem: Problem) -> tuple[str, int, int]:
    return problem.sheet or "", *place_of(problem.cell or "A1")


def _holds(table: Table, sheet: str, row: int) -> bool:
    return table.sheet.name == sheet and table.head.first <= row < table.head.end
