"""How each problem of a log can be mended: a choice from its list, else the cell typed anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.checking.mending.fields import Field, Mendable, nearest_first
from pipelines.checking.mending.offered import of_column
from schemas.returns.meaning import meaning

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from schemas.problems import Problem
    from schemas.returns import Column, Kind

_WORDS = ("words", "body", "text")
# Where nothing is wrong with the cell itself: another row is to be mended, or this one should not be there.
NOT_HERE = frozenset(
    {
        "log_record_it_belongs_to_was_left_out",
        "log_record_is_another_agencys",
        "log_agency_needs_no_row_on_the_register",
    }
)


def alike(problem: Problem) -> Hashable:
    """What problems share that one choice mends: the same text in the same column; else each cell is its own."""
    if problem.value:
        return (problem.rule, problem.sheet, problem.column, meaning(problem.value))
    return (problem.rule, problem.sheet, problem.cell, problem.message)


def mended_by(problems: list[Problem], kind: Kind) -> Iterator[Mendable]:
    """The way to mend problems that are alike, one for each cell where nothing can be chosen."""
    column = _column(problems[0], kind)
    placed = [problem for problem in problems if problem.sheet and problem.cell]
    if column is None or not placed or placed[0].rule in NOT_HERE:
        return
    options = of_column(column)
    if options:
        ordered, nearest = nearest_first(placed[0].value or "", options)
        yield Mendable(tuple(placed), "choose", tuple(_field(each, column) for each in placed), ordered, nearest)
        return
    for problem in placed:
        how = "say" if column.holds in _WORDS else "type"
        yield Mendable((problem,), how, (_field(problem, column),))


def _field(problem: Problem, column: Column) -> Field:
    return Field(problem.sheet or "", problem.cell or "", column.name, column.heading, problem.value or "")


def _column(problem: Problem, kind: Kind) -> Column | None:
    """The column a problem is about, on the sheet it names before any other."""
    sheets = sorted(kind.sheets, key=lambda layout: meaning(layout.name) != meaning(problem.sheet or ""))
    return next((c for layout in sheets for c in layout.columns if c.name == problem.column and not c.given), None)
