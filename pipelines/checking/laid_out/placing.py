"""Which cells are of the return's own quarter, which of earlier ones, and what is made of the earlier ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.checking.laid_out.months import FIGURE, as_quarters
from pipelines.checking.laid_out.picking import grouped, picked_by, records
from schemas.catalogue import catalogue
from schemas.catalogue.owed import periods_of
from schemas.periods import Period, quarter_of
from schemas.returns.listed import listed
from schemas.returns.markers import marker_of
from schemas.returns.numbers import number_in
from schemas.rules import file_layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from schemas.problems import Problem
    from schemas.rule import Rule

_MONTHS = ("financial_quarter", "month")


@dataclass(frozen=True)
class Placed:
    """The cells of the return's own quarter and of earlier ones, made quarters of, each with its `period_id`."""

    own: pd.DataFrame
    earlier: pd.DataFrame
    problems: tuple[Problem, ...]


def of_quarter(cells: pd.DataFrame, quarter: Period) -> pd.DataFrame:
    """The cells of one quarter, by its own columns or by its months."""
    return picked_by(cells, (end == quarter for end in _ends(cells)))


def placed(cells: pd.DataFrame, quarter: Period) -> Placed:
    """The figures of the return's quarter, and those of earlier ones, a figure a quarter; what is left out is said.

    A file without a number or marker of its own quarter is last year's, or another's: no earlier figure of it is taken.
    """
    own = of_quarter(cells, quarter)
    ends = _ends(cells)
    before = picked_by(cells, (end is not None and end < quarter for end in ends))
    after = picked_by(cells, (end is not None and end > quarter for end in ends))
    problems = _counted(file_layout.LATER_PERIODS, after["period"], quarter)
    if not any(number_in(text) is not None or marker_of(text) for text in own["text"]):
        if len(before) or len(after):
            words = {"period_id": quarter.short, "which": _shorts([*before["period"], *after["period"]])}
            problems.append(file_layout.NOTHING_OF_THE_QUARTER.problem(words))
        before = before.iloc[:0]
    made = as_quarters(own.assign(period_id=period_ids(own, quarter)), quarter)
    earlier, told = _earlier(before, quarter)
    return Placed(made.cells, earlier, (*problems, *made.problems, *made.contradicted, *told))


def period_ids(cells: pd.DataFrame, quarter: Period) -> list[str]:
    """Empty where a figure is of the return's own quarter: it then takes the period its indicator is sent for."""
    return ["" if period == quarter or period.kind in _MONTHS else period.id for period in cells["period"]]


def _ends(cells: pd.DataFrame) -> list[Period | None]:
    """The quarter each cell's period ends in, None where its period cannot be told."""
    return [quarter_of(period.end) if period is not None else None for period in cells["period"]]


def _earlier(cells: pd.DataFrame, own: Period) -> tuple[pd.DataFrame, list[Problem]]:
    """The figures of earlier quarters, each with the period it is of; what makes no figure is counted in one note.

    Each quarter's missing counts and months were asked for once, with its own return; two figures of one quarter that
    contradict each other are said for as long as they stand there.
    """
    made: list[pd.DataFrame] = []
    left_out: list[Period] = []
    told: list[Problem] = []
    ends = _ends(cells)
    for quarter in sorted({end for end in ends if end is not None}):
        mine = picked_by(cells, (end == quarter for end in ends))
        found = as_quarters(mine.assign(period_id=period_ids(mine, quarter)), quarter)
        whole = _whole_figures(found.cells)
        left_out += [quarter] * (len(found.problems) + len(found.cells) - len(whole))
        told += found.contradicted
        sent = [_sent_with(indicator_id, quarter) for indicator_id in whole["indicator_id"]]
        made.append(whole.assign(period_id=[said or at for said, at in zip(whole["period_id"], sent, strict=True)]))
    nothing = cells.iloc[:0].assign(period_id="")
    return pd.concat(made) if made else nothing, [*told, *_counted(file_layout.EARLIER_LEFT_OUT, left_out, own)]


def _whole_figures(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells of figures that have all the numbers they are judged by, or a marker in place of them."""
    whole = {key for key, sides in grouped(records(cells), *FIGURE, "period_id").items() if _is_whole(sides)}
    keys = zip(*(cells[name].tolist() for name in (*FIGURE, "period_id")), strict=True)
    return picked_by(cells, (key in whole for key in keys))


def _is_whole(sides: Sequence[Mapping[str, Any]]) -> bool:
    answers = {side["answer"] for side in sides}
    if "marker" in answers or any(marker_of(side["text"]) for side in sides):
        return True
    under = catalogue().indicators[sides[0]["indicator_id"]].denominator
    if under is None:
        return bool(answers & {"numerator", "value"})
    return "numerator" in answers and ("denominator" in answers or catalogue().quantities[under].official)


def _sent_with(indicator_id: str, quarter: Period) -> str:
    """The period of an indicator that its quarter's return is asked for: a cohort's, say, is a year older."""
    found = periods_of(catalogue().indicators[indicator_id], quarter)
    return found[0].id if len(found) == 1 else quarter.id


def _counted(fault: Rule, found: Iterable[Period], quarter: Period) -> list[Problem]:
    periods = list(found)
    words = {"count": len(periods), "which": _shorts(periods), "period_id": quarter.short}
    return [fault.problem(words)] if periods else []


def _shorts(found: Iterable[Period]) -> str:
    return listed([each.short for each in sorted(set(found))])
