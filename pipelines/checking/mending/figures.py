"""How each problem of a return of figures can be mended: a label chosen, a number typed, a reason given."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pipelines.checking.mending import offered
from pipelines.checking.mending.fields import Field, Mendable, nearest_first
from pipelines.checking.rows import shown
from schemas.returns import kinds
from schemas.returns.meaning import meaning
from schemas.rule import rules_of
from schemas.rules.file_layout import LABEL_UNKNOWN, MONTHS_NOT_SUMMED

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from pipelines.checking.as_read import AsRead, Stands
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
        LABEL_UNKNOWN.name,
    }
)
# Where two things in one row cannot both be right, and only its sender knows which to change.
ANSWERS = frozenset({"figure_is_given_twice", "marker_stands_beside_a_number", "nil_is_ticked_beside_an_answer"})
# Where words are to be written anew.
SAID = frozenset({"reason_may_name_somebody", "text_may_name_somebody", "not_held_without_a_reason"})
# A month typed anew does not make the quarter's own count.
NOT_HERE = frozenset({MONTHS_NOT_SUMMED.name})
_UNCLEAR = "word_could_mean_zero_or_missing"
_REASON = "Reason"


def alike(problem: Problem, read: AsRead) -> Hashable:
    """What problems share that one answer mends: the same label in the same place, or the swings of one indicator."""
    at = problem.sheet, problem.row
    if problem.sheet is None or problem.row is None:
        return (problem.rule, problem.message)
    if problem.rule in CHOSEN:
        text = meaning(_stands(problem, read))
        beside = read.text(problem, "breakdown") if problem.column == "category" else ""
        of = read.text(problem, "indicator_id") if problem.column == "period_id" else ""
        column = "" if problem.rule == _UNCLEAR else problem.column
        return (problem.rule, column, text or at, beside, of)
    if asks_for_a_reason(problem):
        return (problem.rule, meaning(_indicator(problem, read)))
    return (problem.rule, *at, problem.column, problem.cell)


def mended_by(problems: list[Problem], read: AsRead, agency_id: str, period: Period) -> Iterator[Mendable]:
    """The ways to mend problems that are alike; none where the file itself has to be changed."""
    first = problems[0]
    if first.sheet is None or first.row is None or first.cell is None:
        return
    if first.rule in CHOSEN:
        yield from _chosen(problems, read, agency_id, period)
    elif asks_for_a_reason(first):
        yield _reason(problems, read)
        if len(problems) == 1:
            yield from _typed(problems, read, is_second=True)
    elif first.rule in SAID:
        yield _said(problems, read)
    elif first.rule not in NOT_HERE:
        yield from _typed(problems, read)


def asks_for_a_reason(problem: Problem) -> bool:
    """Whether a reason answers the problem: what the page then offers to give."""
    return problem.severity == "query" and problem.rule in _explained()


@cache
def _explained() -> frozenset[str]:
    """The rules whose remedy is a reason; that of a year's column is given on the page alone, as the year itself is not kept."""
    rules = rules_of("figures")
    return frozenset(rule.name for rule in rules if f"under {_REASON}" in rule.fix or rule.stage == "year")


def _chosen(problems: list[Problem], read: AsRead, agency_id: str, period: Period) -> Iterator[Mendable]:
    """One choice for every place; none where a place has no cell of its own, as where the heading says what is wrong."""
    first = problems[0]
    options = _options(first, read, agency_id, period)
    fields = [_field(problem, read) for problem in problems]
    if not options or None in fields:
        return
    ordered, nearest = nearest_first(_stands(first, read), options)
    if nearest is None and first.column == "indicator_id":  # the title beside a wrong ID says which was meant
        ordered, nearest = nearest_first(read.text(first, "indicator"), options)
    beside = tuple(_beside(problems, read)) if first.rule == _UNCLEAR else ()
    yield Mendable(tuple(problems), "choose", tuple(each for each in fields if each), ordered, nearest, beside=beside)


def _stands(problem: Problem, read: AsRead) -> str:
    """The text of the cell itself: it orders the choices and is shown to nobody."""
    return read.text(problem, problem.column or "") or problem.value or ""


def _indicator(problem: Problem, read: AsRead) -> str:
    return read.text(problem, "indicator_id") or read.text(problem, "indicator")


def _options(problem: Problem, read: AsRead, agency_id: str, period: Period) -> tuple[Option, ...]:
    if problem.rule == _UNCLEAR:
        return offered.UNCLEAR
    known = {
        "indicator_id": lambda: offered.indicators(agency_id),
        "area_id": offered.areas,
        "breakdown": offered.breakdowns,
        "category": lambda: offered.categories(read.text(problem, "breakdown")),
        "agency_id": lambda: offered.agencies(agency_id),
        "period_id": lambda: offered.periods_of(_indicator(problem, read), period),
        "marker": offered.markers,
        "nil": lambda: offered.TICK,
    }
    return known[problem.column]() if problem.column in known else ()


def _field(problem: Problem, read: AsRead) -> Field | None:
    """The problem's own cell, where it has one."""
    cell, column = read.own(problem), problem.column or ""
    return Field(problem.sheet or "", cell, column, _heading(column)) if cell else None


def _beside(problems: list[Problem], read: AsRead) -> Iterator[Field]:
    """The other numbers of the figures that some problems are about."""
    own = {(problem.sheet, read.own(problem)) for problem in problems}
    for problem in problems:
        for each in read.answers(problem):
            if each.column in _AMOUNTS and each.text and (each.sheet, each.cell) not in own:
                yield Field(each.sheet, each.cell, each.column, _heading(each.column))


def _reason(problems: list[Problem], read: AsRead) -> Mendable:
    """One reason for every figure; where a heading has to be made for it first, that goes with it."""
    rooms = [read.room(problem) for problem in problems]
    fields = tuple(Field(room.sheet, room.cell, room.column, _REASON) for room in rooms)
    headings = dict.fromkeys(room.heading for room in rooms if room.heading)
    return Mendable(tuple(problems), "say", fields, also=tuple(headings))


def _said(problems: list[Problem], read: AsRead) -> Mendable:
    """Words to be written anew: in their own cell, or for the figure where a whole line of figures shares one."""
    fields: list[Field] = []
    for problem in problems:
        field = _field(problem, read)
        if field is None:
            room = read.room(problem)
            field = Field(room.sheet, room.cell, room.column, _REASON)
        fields.append(field)
    return Mendable(tuple(problems), "say", tuple(fields))


def _typed(problems: list[Problem], read: AsRead, *, is_second: bool = False) -> Iterator[Mendable]:
    """The numbers of one figure; of an answer that contradicts itself, its marker and tick as well."""
    problem = problems[0]
    rule = next((each for each in rules_of("figures") if each.name == problem.rule), None)
    columns = set(rule.column.split()) if rule else {problem.column or ""}
    if not (columns & set(_AMOUNTS) or problem.rule in ANSWERS):
        return
    names = (*_AMOUNTS, "marker", "nil") if problem.rule in ANSWERS else _AMOUNTS
    stand = sorted(
        (each for each in read.answers(problem) if each.column in names), key=lambda a: names.index(a.column)
    )
    found = tuple(_cell_of(each) for each in stand if each.column != "value" or each.text or "value" in columns)
    if found:
        yield Mendable(tuple(problems), "type", found, is_second=is_second)


def _cell_of(each: Stands) -> Field:
    heading = f"{_heading(each.column)}, {each.of}" if each.of else _heading(each.column)
    return Field(each.sheet, each.cell, each.column, heading, each.text if shown(each.text) == each.text else "")


def _heading(column: str) -> str:
    layouts = (kinds()["figures"].data, *kinds()["figures"].notes)
    return next((c.heading for layout in layouts for c in layout.columns if c.name == column), column)
