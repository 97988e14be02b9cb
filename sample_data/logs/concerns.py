"""The log of concerns of the sample: about three a quarter, step by step, drawn by chance that is the same each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from sample_data.counts import seeded
from sample_data.logs.records import Cells, Record, grown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from schemas.periods import Period

A_QUARTER = 3.2
RAISED_BY = {
    "education": 0.3,
    "health": 0.28,
    "council": 0.16,
    "police": 0.12,
    "third_sector": 0.1,
    "early_years": 0.04,
}
RAISED_WITH = {"council": 0.62, "health": 0.16, "police": 0.12, "education": 0.06, "justice": 0.04}
ISSUES = {"threshold": 0.3, "plan": 0.24, "closing": 0.18, "information": 0.12, "attendance": 0.08, "practice": 0.08}
OUTCOMES = {"changed": 0.46, "part_changed": 0.24, "unchanged": 0.24, "withdrawn": 0.06}
STEP_REACHED = {1: 0.52, 2: 0.3, 3: 0.14, 4: 0.04}
# Working days that a step takes when it keeps to its time, and when it does not.
IN_TIME = {1: (0, 2), 2: (2, 5), 3: (4, 10), 4: (5, 10)}
LATE = {1: (4, 9), 2: (8, 16), 3: (14, 25), 4: (13, 22)}
KEPT = {1: 0.86, 2: 0.76, 3: 0.62, 4: 0.6}


@dataclass(frozen=True, slots=True)
class _Steps:
    """On which days a concern went to each further step, and on which it was settled."""

    taken: Mapping[str, date]
    closed_on: date


def records(quarters: Sequence[Period]) -> Iterator[Record]:
    """Every concern raised in the quarters, numbered within its year."""
    numbers: dict[int, int] = {}
    for quarter in quarters:
        chance = seeded("concerns", quarter.id)
        for day in _days(quarter, chance):
            numbers[day.year] = numbers.get(day.year, 0) + 1
            yield _concern(f"CR-{day.year}-{numbers[day.year]:02d}", day, chance)


def _days(quarter: Period, chance: np.random.Generator) -> list[date]:
    """The working days on which concerns were raised, in order."""
    first, last = np.datetime64(quarter.start), np.datetime64(quarter.end)
    working = int(np.busday_count(first, last))
    found = chance.integers(0, working, size=int(chance.poisson(A_QUARTER)))
    return sorted(_later(quarter.start, int(offset)) for offset in found)


def _concern(ref: str, raised_on: date, chance: np.random.Generator) -> Record:
    raised_by = _one_of(RAISED_BY, chance)
    others = {sector: weight for sector, weight in RAISED_WITH.items() if sector != raised_by}
    steps = _steps(raised_on, chance)
    cells: Cells = {
        "concern_ref": ref,
        "raised_on": raised_on,
        "raised_by": raised_by,
        "raised_with": _one_of(others, chance),
        "issue": _one_of(ISSUES, chance),
        **steps.taken,
        "closed_on": steps.closed_on,
        "outcome": _one_of(OUTCOMES, chance),
    }
    since = {**steps.taken, "closed_on": steps.closed_on, "outcome": steps.closed_on}
    return grown("concerns", "Concerns", raised_on, cells, since)


def _steps(raised_on: date, chance: np.random.Generator) -> _Steps:
    """Each step in its time more often than not; the last one reached ends with the concern settled."""
    reached = int(_one_of({str(step): share for step, share in STEP_REACHED.items()}, chance))
    day, taken = raised_on, dict[str, date]()
    for step in range(1, reached + 1):
        shortest, longest = (IN_TIME if chance.random() < KEPT[step] else LATE)[step]
        day = _later(day, int(chance.integers(shortest, longest + 1)))
        if step < reached:
            taken[f"step_{step + 1}_on"] = day
    return _Steps(taken, day)


def _one_of(shares: Mapping[str, float], chance: np.random.Generator) -> str:
    weights = np.array(list(shares.values()))
    return list(shares)[int(chance.choice(len(weights), p=weights / weights.sum()))]


def _later(day: date, working_days: int) -> date:
    """That many working days on, from the first working day there is; bank holidays are left to those who count."""
    return np.busday_offset(np.datetime64(day), working_days, roll="forward").astype(date)
