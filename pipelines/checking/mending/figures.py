"""How each problem of a return of figures can be mended: a label chosen, a number typed, a reason given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.checking.mending import offered
from pipelines.checking.mending.fields import Field, Mendable, nearest_first
from pipelines.checking.rows import shown
from pipelines.reading import place_of
from schemas.returns import kinds
from schemas.returns.meaning import meaning
from schemas.rule import rules_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from pipelines.checking.as_read import AsRead
    from pipelines.checking.mending.fields import Option
    from schemas.periods import Period
    from schemas.problems import Problem

_AMOUNTS = ("numerator", "denominator", "value")
# Where the cell holds a label that is not on a list, and the right one can be chosen.
CHOSEN = frozenset(
    {
        "indicator_is_not_known",
        "area_is_not_known",
        "breakdown_is_not_known",
        "agency_is_not_known",
        "category_is_not_known",
        "category_is_missing",
        "period_cannot_be_read",
        "period_is_not_the_returns",
        "period_is_of_another_length",
        "marker_is_not_known",
        "nil_is_not_a_tick",
        "word_could_mean_zero_or_missing",
        "commentary_on_an_unknown_indicator",
    }
)
# Where two things in one row cannot both be right, and only its sender knows which to change.
ANSWERS = frozenset({"figure_is_given_twice", "marker_stands_beside_a_number", "nil_is_ticked_beside_an_answer"})
# Where words are to be written anew.
SAID = frozenset({"reason_may_name_somebody", "text_may_name_somebody", "not_held_without_a_reason"})
_UNCLEAR = "word_could_mean_zero_or_missing"
_REASON = "Reason"


def alike(problem: Problem, read: AsRead) -> Hashable:
    """What problems share that one answer mends: the same label in the same place, or the swings of one indicator."""
    at = problem.sheet, problem.row
    if problem.sheet is None or problem.row is None:
        return (problem.rule, problem.message)
    if problem.rule in CHOSEN:
        text = meaning(_stands(problem, read))
        beside = _says(problem, read, "breakdown") if problem.column == "category" else ""
        of = _says(problem, read, "indicator_id") if problem.column == "period_id" else ""
        column = "" if problem.rule == _UNCLEAR else problem.column
        return (problem.rule, column, text or at, beside, of)
    if asks_for_a_reason(problem):
        return (problem.rule, meaning(_says(problem, read, "indicator_id") or _says(problem, read, "indicator")))
    return (problem.rule, *at, problem.column)


def mended_by(problems: list[Problem], read: AsRead, agency_id: str, period: Period) -> Iterator[Mendable]:
    """The ways to mend problems that are alike; none where the file itself has to be changed."""
    first = problems[0]
    if first.sheet is None or first.row is None or first.cell is None:
        return
    if first.rule in CHOSEN:
        options = _options(first, read, agency_id, period)
        if options:
            ordered, nearest = nearest_first(_stands(first, read), options)
            if nearest is None and first.column == "indicator_id":  # the title beside a wrong ID says which was meant
                ordered, nearest = nearest_first(_says(first, read, "indicator"), options)
            fields = tuple(_field(problem, read) for problem in problems)
            beside = tuple(_beside(fields, read)) if first.rule == _UNCLEAR else ()
            yield Mendable(tuple(problems), "choose", fields, ordered, nearest, beside=beside)
    elif asks_for_a_reason(first):
        yield _reason(problems, read)
        if len(problems) == 1:
            yield from _typed(problems, read)
    elif first.rule in SAID:
        yield Mendable(tuple(problems), "say", tuple(_field(problem, read) for problem in problems))
    else:
        yield from _typed(problems, read)


def asks_for_a_reason(problem: Problem) -> bool:
    """Whether the remedy is to write something under Reason: what the page then offers to do."""
    return problem.severity == "query" and f"under {_REASON}" in problem.fix


def _stands(problem: Problem, read: AsRead) -> str:
    """The text of the cell itself: it orders the choices and is shown to nobody."""
    return read.text(problem.sheet or "", problem.row or 0, problem.column or "") or problem.value or ""


def _says(problem: Problem, read: AsRead, column: str) -> str:
    return read.text(problem.sheet or "", problem.row or 0, column)


def _options(problem: Problem, read: AsRead, agency_id: str, period: Period) -> tuple[Option, ...]:
    if problem.rule == _UNCLEAR:
        return offered.UNCLEAR
    known = {
        "indicator_id": lambda: offered.indicators(agency_id),
        "area_id": offered.areas,
        "breakdown": offered.breakdowns,
        "category": lambda: offered.categories(_says(problem, read, "breakdown")),
        "agency_id": lambda: offered.agencies(agency_id),
        "period_id": lambda: offered.periods_of(
            _says(problem, read, "indicator_id") or _says(problem, read, "indicator"), period
        ),
        "marker": offered.markers,
        "nil": lambda: offered.TICK,
    }
    return known[problem.column]() if problem.column in known else ()


def _field(problem: Problem, read: AsRead) -> Field:
    """The problem's own cell."""
    sheet, row, column = problem.sheet or "", problem.row or 0, problem.column or ""
    cell = read.cell(sheet, row, column) or problem.cell or ""
    return Field(sheet, cell, column, _heading(column))


def _beside(fields: tuple[Field, ...], read: AsRead) -> Iterator[Field]:
    """The other numbers that stand in the rows of some fields."""
    own = {field.cell for field in fields}
    for field in fields:
        row = place_of(field.cell)[0] + 1
        for name in _AMOUNTS:
            cell = read.cell(field.sheet, row, name)
            if cell is not None and cell not in own and read.text(field.sheet, row, name):
                yield Field(field.sheet, cell, name, _heading(name))


def _reason(problems: list[Problem], read: AsRead) -> Mendable:
    """One reason for every row; where the sheet has no column for it, one is read as if it stood at its right."""
    fields: list[Field] = []
    also = None
    for problem in problems:
        sheet, row = problem.sheet or "", problem.row or 0
        cell = read.cell(sheet, row, "reason")
        if cell is None:
            cell, also = read.beyond(sheet, row, "reason", _REASON)
        fields.append(Field(sheet, cell, "reason", _REASON))
    return Mendable(tuple(problems), "say", tuple(fields), also=(also,) if also else ())


def _typed(problems: list[Problem], read: AsRead) -> Iterator[Mendable]:
    """The numbers of one row; of an answer that contradicts itself, its marker and tick as well."""
    problem = problems[0]
    rule = next((each for each in rules_of("figures") if each.name == problem.rule), None)
    columns = set(rule.column.split()) if rule else {problem.column or ""}
    if not (columns & set(_AMOUNTS) or problem.rule in ANSWERS):
        return
    sheet, row = problem.sheet or "", problem.row or 0
    names = (*_AMOUNTS, "marker", "nil") if problem.rule in ANSWERS else _AMOUNTS
    found: list[Field] = []
    for name in names:
        cell, text = read.cell(sheet, row, name), read.text(sheet, row, name)
        if cell is not None and (name != "value" or text or name in columns):
            found.append(Field(sheet, cell, name, _heading(name), text if shown(text) == text else ""))
    if found:
        yield Mendable(tuple(problems), "type", tuple(found))


def _heading(column: str) -> str:
    layouts = (kinds()["figures"].data, *kinds()["figures"].notes)
    return next((c.heading for layout in layouts for c in layout.columns if c.name == column), column)
