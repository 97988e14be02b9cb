"""Months across: what three of them make as one quarter, and where they make none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.checking.cells import as_text
from pipelines.checking.laid_out.measured import made
from pipelines.checking.laid_out.picking import grouped, picked_by, records
from pipelines.checking.laid_out.said import place, where
from pipelines.checking.rows import shown
from schemas.catalogue import catalogue
from schemas.periods import Period, day_words, of_kind
from schemas.returns.listed import listed
from schemas.returns.markers import marker_of
from schemas.returns.numbers import number_in
from schemas.rules import file_layout

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schemas.problems import Problem

FIGURE = ("indicator_id", "breakdown", "category", "area_id")
SIDE = (*FIGURE, "answer")
Cell = dict[str, Any]
# Numbers that differ by less are one number, added up in another order.
_SLACK = 1e-6


@dataclass(frozen=True)
class Quarters:
    """The cells with each three months as one cell of their quarter, and what could not be made of months.

    `contradicted`: a query for each figure whose months say another than the quarter's own column.
    """

    cells: pd.DataFrame
    problems: tuple[Problem, ...]
    contradicted: tuple[Problem, ...] = ()


def as_quarters(cells: pd.DataFrame, quarter: Period) -> Quarters:
    """The cells of the return's quarter; its months become one cell each figure, standing where the last of them stands.

    A quarter's own column goes before its months.
    """
    monthly = [period is not None and period.kind == "month" for period in cells["period"]]
    if not any(monthly):
        return Quarters(cells, ())
    others = picked_by(cells, (not each for each in monthly))
    have = grouped(records(others), *SIDE)
    made_up: list[Cell] = []
    problems: list[Problem] = []
    contradicted: list[Problem] = []
    for side, months in grouped(records(picked_by(cells, monthly)), *SIDE).items():
        for each in _rows(months):
            if side in have:
                contradicted += _contradicts(each, have[side], quarter)
                continue
            found, problem = _quarter(each, quarter)
            made_up += [found] if found else []
            problems += [problem] if problem else []
    together = pd.concat([others, pd.DataFrame(made_up, columns=cells.columns)]) if made_up else others
    together = together.sort_values(["order", "row", "column"], kind="stable")
    return Quarters(together, tuple(problems), tuple(contradicted))


def _rows(months: Sequence[Cell]) -> Iterator[list[Cell]]:
    """The months of one figure, once for each row that has it, so that the rules can say that it is given twice."""
    for row in grouped(months, "sheet", "row").values():
        yield sorted(row, key=lambda month: month["period"])


def _quarter(months: list[Cell], quarter: Period) -> tuple[Cell | None, Problem | None]:
    """One cell for the quarter, or the reason why there is none."""
    last = months[-1]
    how = made(last["indicator_id"], last["answer"])
    if last["answer"] in ("marker", "reason"):
        return _as(last, last["text"]), None
    if how == "official":
        return None, None
    missing = _missing(months, quarter, only_last=how == "last")
    if missing:
        words = {"indicator_id": last["indicator_id"], "missing": listed(missing), "where": where(last)}
        return None, file_layout.MONTHS_MISSING.problem(words, **place(last))
    if how == "last":
        return _as(last, last["text"]), None
    if how in ("recompute", "none") or any(cell["text"].endswith("%") for cell in months):
        return None, _asked(last, how)
    return _summed(months), None


def _contradicts(months: list[Cell], own: Sequence[Cell], quarter: Period) -> list[Problem]:
    """A query where a quarter's months say another figure than its own column does; nothing where either is no number.

    A hidden month could be worked out of the difference. Of shares and rates the months say nothing without their counts.
    """
    last = months[-1]
    how = made(last["indicator_id"], last["answer"])
    given = number_in(own[0]["text"])
    numbers = [number for month in months if (number := number_in(month["text"])) is not None]
    if how in ("recompute", "official") or given is None or len(numbers) < len(months):
        return []
    if _missing(months, quarter, only_last=how == "last"):
        return []
    # People counted once a quarter may each be in one month or in all three.
    least, most = {"last": (numbers[-1], numbers[-1]), "none": (max(numbers), sum(numbers))}.get(
        how, (sum(numbers),) * 2
    )
    if least - _SLACK <= given <= most + _SLACK:
        return []
    make = f"make {least:,.10g}" if least == most else f"make {least:,.10g} at least and {most:,.10g} at most"
    where_months = where(last) if how == "last" else f"{where(months[0])} to {place(last)['cell']}"
    words = {"indicator_id": last["indicator_id"], "period_id": quarter.short, "make": make, "months": where_months,
             "given": f"{given:,.10g}", "where": where(own[0])}  # fmt: skip
    return [file_layout.MONTHS_CONTRADICT.problem(words, value=shown(own[0]["text"]), **place(own[0]))]


def _summed(months: Sequence[Cell]) -> Cell:
    """The sum of a quarter's months; a month that is no number stands for all of them, so that the rules name its cell."""
    numbers = [number_in(cell["text"]) for cell in months]
    odd = [cell for cell, number in zip(months, numbers, strict=True) if number is None]
    if odd:
        # One hidden month hides the quarter, but a word that is no marker comes first: it has to be put right.
        one = min(odd, key=lambda cell: bool(marker_of(cell["text"])))
        return _as(one, one["text"])
    negative = next(
        (cell for cell, number in zip(months, numbers, strict=True) if number is not None and number < 0), None
    )
    if negative is not None:
        return _as(negative, negative["text"])
    return _as(months[-1], as_text(sum(number for number in numbers if number is not None)))


def _missing(months: Sequence[Cell], quarter: Period, *, only_last: bool) -> list[str]:
    """The months of the quarter that hold nothing, in words; of what stands on a day only the last counts."""
    there = {cell["period"] for cell in months}
    first = of_kind("month", quarter.start)
    every = [first.next.next] if only_last else [first, first.next, first.next.next]
    return [day_words(month.end).partition(" ")[2] for month in every if month not in there]


def _asked(cell: Cell, how: str) -> Problem:
    indicator = catalogue().indicators[cell["indicator_id"]]
    if how == "none":
        why = f"{indicator.title} counts each one once in the quarter, so the months cannot be added up"
    else:
        why = f"the mean or percentage of a quarter ({indicator.title}) cannot be made of its three months"
    words = {"indicator_id": indicator.id, "why": why, "where": where(cell)}
    return file_layout.MONTHS_NOT_SUMMED.problem(words, value=shown(cell["text"]), **place(cell))


def _as(cell: Cell, text: str) -> Cell:
    return {**cell, "text": text, "period": None}
