"""What is published of the Concerns Resolution Process beside its indicators: who with, about what, how far, how fast.

A concern is about one child's case, so every split is protected: with the year's totals, which the release shows as
figures (CR01, CR02), and with each other. Splits of a year come out once it is over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pipelines.publishing.logs.concern_lines import IN_TIME, LATE, TOTAL, Closed, late_lines, step_lines
from pipelines.publishing.logs.indicators import RAISED, RESOLVED, timed
from pipelines.publishing.logs.log import Log, inside
from pipelines.publishing.logs.splits import TOTAL_HIDDEN, Block, Pattern, all_hidden

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.logs.guarding import Guard
    from pipelines.publishing.logs.ticking import Ticking
    from schemas.catalogue import Catalogue
    from schemas.periods import Period

HIDDEN = "c"
NOT_SAID = ("", "Not said")
# Fewer days than this have no middle worth showing.
ENOUGH = 10


def concern_tables(inputs: Inputs, guard: Guard) -> dict[str, list[dict[str, Any]]]:
    """The rows of `concern_count` and `concern_step` for every year that is over."""
    log, concerns = Log(inputs, "concerns"), timed(inputs)
    counted: list[dict[str, Any]] = []
    stepped: list[dict[str, Any]] = []
    for year in log.years:
        raised = concerns[inside(concerns["raised_on"], year)]
        counted += _rows_of_raised(inputs.catalogue, raised, year, guard)
        closed = Closed.of(inputs, concerns[inside(concerns["closed_on"], year)])
        block, pattern = _closed_pattern(inputs.catalogue, closed, year, guard)
        counted += _count_rows(inputs.catalogue, block, pattern, year, ("step", "outcome"))
        stepped += _step_rows(inputs.catalogue, closed, block, pattern, year)
    return {"concern_count": counted, "concern_step": stepped}


def categories(catalogue: Catalogue, dimension: str) -> dict[str, str]:
    """The values of a split of concerns and what they are called, the one nobody gave at the end."""
    if dimension == "step":
        return {clock.id: clock.title for clock in catalogue.clocks.values() if clock.of == "concerns"}
    if dimension == "raised_with":
        return {each.id: each.label for each in catalogue.breakdowns["agency_about"].categories}
    listed = catalogue.choices[{"issue": "concern_issue", "outcome": "concern_outcome"}[dimension]]
    return {each.id: each.label for each in listed.values()} | dict([NOT_SAID])


def _rows_of_raised(catalogue: Catalogue, raised: pd.DataFrame, year: Period, guard: Guard) -> Iterator[dict[str, Any]]:
    """Who a year's concerns were raised with, and about what: two splits of one total."""
    block = Block()
    for dimension in ("issue", "raised_with"):
        _split(block, dimension, year, categories(catalogue, dimension), raised[dimension])
    total, _ = guard.shown(RAISED, year.id)
    pattern = _hung(block, total, len(raised), guard)
    return _count_rows(catalogue, block, pattern, year, ("issue", "raised_with"))


def _split(block: Block, dimension: str, year: Period, known: Mapping[str, str], values: pd.Series) -> None:
    names = [(dimension, category, year.id) for category in known]
    for name in names:
        block.count(name, int(values.eq(name[1]).sum()))
    block.sum(TOTAL, names)


def _hung(block: Block, total: float | None, counted: int, guard: Guard) -> Pattern:
    """The pattern of splits that hang on a total; all hidden where the total is not shown, or is another one."""
    if total is None or total != counted:
        return all_hidden(block.counts(), TOTAL_HIDDEN)
    block.figure(TOTAL, total, is_shown=True)
    return block.hidden(guard.policy, guard.earlier)


def _closed_pattern(catalogue: Catalogue, closed: Closed, year: Period, guard: Guard) -> tuple[Block, Pattern]:
    """Steps and outcomes of closed concerns, and how many kept each step's time: one block, as they share their total."""
    block = Block()
    steps, outcomes = categories(catalogue, "step"), categories(catalogue, "outcome")
    _split(block, "step", year, steps, closed.ended_at)
    _split(block, "outcome", year, outcomes, closed.concerns["outcome"])
    in_time, size = guard.shown(RESOLVED, year.id)
    kept = int(closed.concerns["in_time"].sum())
    step_lines(block, closed, year, list(steps))
    if size is None or size != len(closed.concerns):
        return block, all_hidden(block.counts(), TOTAL_HIDDEN)
    block.figure(TOTAL, size, is_shown=True)
    block.figure(IN_TIME, kept, is_shown=in_time is not None)
    block.figure(LATE, len(closed.concerns) - kept, is_shown=in_time is not None)
    block.sum(TOTAL, [IN_TIME, LATE])
    late_lines(block, year, list(steps))
    return block, block.hidden(guard.policy, guard.earlier)


def _count_rows(
    catalogue: Catalogue, block: Block, pattern: Pattern, year: Period, dimensions: tuple[str, ...]
) -> Iterator[dict[str, Any]]:
    for dimension in dimensions:
        for position, (category, label) in enumerate(categories(catalogue, dimension).items()):
            name = (dimension, category, year.id)
            shown = {"count": None, "marker": HIDDEN} if name in pattern.hidden else {"count": block.value(name)}
            where = {"dimension": dimension, "category": category, "year_id": year.id, "position": position}
            yield where | {"label": label, "marker": "", "note": pattern.note} | shown


def _step_rows(
    catalogue: Catalogue, closed: Closed, block: Block, pattern: Pattern, year: Period
) -> Iterator[dict[str, Any]]:
    for position, clock_id in enumerate(categories(catalogue, "step")):
        clock = catalogue.clocks[clock_id]
        reached, in_time = (("reached", clock_id, year.id), ("in_time", clock_id, year.id))
        hidden = {name: name in pattern.hidden for name in (reached, in_time)}
        yield {
            "clock_id": clock_id,
            "year_id": year.id,
            "position": position,
            "title": clock.title,
            "allowed": clock.allowed,
            "reached": None if hidden[reached] else block.value(reached),
            "reached_marker": HIDDEN if hidden[reached] else "",
            "in_time": None if hidden[in_time] else block.value(in_time),
            "in_time_marker": HIDDEN if hidden[in_time] else "",
            "median_days": None if any(hidden.values()) else _median(closed.at(clock_id)),
            "note": pattern.note,
        }


def _median(steps: list[Ticking]) -> float | None:
    """The middle of the working days taken; none of so few that it would be one concern's own.

    Shown only beside both counts: it tells on which side of the allowed days the half of them lie.
    """
    days = [step.run.used for step in steps if step.run]
    return float(np.median(days)) if len(days) >= ENOUGH else None
