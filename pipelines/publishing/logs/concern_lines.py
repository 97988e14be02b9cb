"""How a year's closed concerns went from step to step, as sums of a block: what a reader knows of every such year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pipelines.publishing.logs.ticking import steps_of
from pipelines.publishing.rows import rows

if TYPE_CHECKING:
    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.logs.splits import Block
    from pipelines.publishing.logs.ticking import Ticking
    from schemas.periods import Period

# Of the year's closed concerns: all, those in time at every step, those late at one or more.
TOTAL, IN_TIME, LATE = ("total",), ("all in time",), ("some step late",)


@dataclass(frozen=True)
class Closed:
    """A year's closed concerns: each one's steps, and how it ended."""

    concerns: pd.DataFrame
    steps: tuple[tuple[Ticking, ...], ...]

    @classmethod
    def of(cls, inputs: Inputs, concerns: pd.DataFrame) -> Closed:
        """These concerns with the clock of every step they reached."""
        every = (tuple(steps_of(inputs.catalogue, row, inputs.today)) for row in rows(concerns))
        return cls(concerns, tuple(every))

    @property
    def ended_at(self) -> pd.Series:
        """The step at which each was settled."""
        return pd.Series([mine[-1].clock.id if mine else "" for mine in self.steps], dtype="str")

    def at(self, clock_id: str) -> list[Ticking]:
        """The clocks of one step."""
        return [step for mine in self.steps for step in mine if step.clock.id == clock_id]


def step_lines(block: Block, closed: Closed, year: Period, steps: list[str]) -> None:
    """Those who reached a step were in time there or late; they are all who were settled at it or further on.

    Where a concern was taken past a step, the others who were settled further on make up the difference.
    """
    for number, step in enumerate(steps):
        ran = closed.at(step)
        met = sum(each.state == "met" for each in ran)
        reached, in_time, late, past = ((name, step, year.id) for name in ("reached", "in_time", "late", "past"))
        block.count(reached, len(ran))
        block.count(in_time, met)
        block.people(late, len(ran) - met)
        block.sum(reached, [in_time, late])
        ended = [("step", each, year.id) for each in steps[number:]]
        passed = sum(int(block.value(name)) for name in ended) - len(ran)
        if passed:
            further = ("further", step, year.id)
            block.rest(past, passed)
            block.rest(further, passed + len(ran))
            block.sum(further, ended)
            block.sum(further, [reached, past])
        else:
            block.sum(reached, ended)


def late_lines(block: Block, year: Period, steps: list[str]) -> None:
    """What the shown number of concerns late at some step says of those late at each.

    None is late at a step who is not late at some step; and each who is late somewhere is so at one of the first
    steps, or went further.
    """
    for number, step in enumerate(steps, 1):
        late, others = ("late", step, year.id), ("late elsewhere only", step, year.id)
        block.rest(others, block.value(LATE) - block.value(late))
        block.sum(LATE, [late, others])
        parts = [("late", each, year.id) for each in steps[:number]]
        parts += [("step", each, year.id) for each in steps[number:]]
        at_most, twice = ("late here or further", step, year.id), ("counted twice", step, year.id)
        block.rest(at_most, sum(block.value(name) for name in parts))
        block.rest(twice, block.value(at_most) - block.value(LATE))
        block.sum(at_most, parts)
        block.sum(at_most, [LATE, twice])
