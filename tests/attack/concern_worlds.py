"""Invented years of concerns, and a reader who tries every possible year that fits what a release says of one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import chain, combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from pipelines.publishing.releasing import measured
from schemas.catalogue import catalogue
from schemas.working_days import working_days_after
from tests.pipelines.log_records import concern, logged, records, returns
from tests.pipelines.releases import order

if TYPE_CHECKING:
    from pipelines.queries.pointer import Pointer

YEAR = "FY2025-26"
STEPS = [clock.id for clock in catalogue().clocks.values() if clock.of == "concerns"]
ISSUES, OUTCOMES = (list(catalogue().choices[name]) for name in ("concern_issue", "concern_outcome"))
SECTORS = [category.id for category in catalogue().breakdowns["agency_about"].categories]
DATES = ("raised_on", "step_2_on", "step_3_on", "step_4_on", "closed_on")
FIRST = date(2025, 4, 1)
SMALL = (1, 5)


def year_of(random: np.random.Generator, size: int, first: int = 0) -> list[dict[str, Any]]:
    """So many concerns of one year, most of them settled at the first step."""
    return [_one(random, first + number) for number in range(size)]


def _one(random: np.random.Generator, number: int) -> dict[str, Any]:
    day = FIRST + timedelta(days=int(random.integers(0, 300)))
    said: dict[str, Any] = {"raised_on": day.isoformat()}
    for name in ("step_2_on", "step_3_on", "step_4_on"):
        if random.random() > 0.4:
            break
        day += timedelta(days=int(random.integers(1, 9)))
        said[name] = day.isoformat()
    said["closed_on"] = (day + timedelta(days=int(random.integers(0, 7)))).isoformat()
    picked = {"issue": ISSUES, "outcome": OUTCOMES, "raised_by": SECTORS, "raised_with": SECTORS}
    for name, every in picked.items():
        said[name] = every[min(int(random.geometric(0.35)) - 1, len(every) - 1)]
    return concern(number, **said)


def released(
    rows: list[dict[str, Any]], audience: str = "partnership", before: dict[str, list[Pointer]] | None = None
) -> dict[str, pd.DataFrame]:
    """The tables of a release of these concerns, made after the year was over."""
    found = logged(
        {"concerns": {"Concerns": records("concerns", "Concerns", *rows)}}, returns("2025-26-Q1", "2025-26-Q4")
    )
    return measured(found, replace(order(), audience=audience), {}, lambda _: None, before)


Name = tuple[str, str]


@dataclass
class Told:
    """What the tables of a release say of one year: the value of each count, None where it is hidden."""

    counts: dict[Name, float | None]
    totals: dict[str, float | None] = field(default_factory=dict)

    @classmethod
    def by(cls, tables: dict[str, pd.DataFrame]) -> Told:
        """Read them as a stranger would."""
        counted = tables["concern_count"][tables["concern_count"]["year_id"].eq(YEAR)]
        counts = {(row.dimension, row.category): _number(row.count) for row in _rows(counted)}
        for row in _rows(tables["concern_step"][tables["concern_step"]["year_id"].eq(YEAR)]):
            counts["reached", row.clock_id], counts["in_time", row.clock_id] = (
                _number(row.reached),
                _number(row.in_time),
            )
        figures = tables["figure"][tables["figure"]["period_id"].eq(YEAR)]
        totals = {
            f"{row.indicator_id} {row.category} {side}": _number(getattr(row, side))
            for row in _rows(figures)
            for side in ("numerator", "denominator")
            if row.indicator_id.startswith("CR")
        }
        return cls(counts, totals)


@dataclass(frozen=True)
class _Row:
    """One row by the names of its columns; `count` is a method of every tuple."""

    said: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.said[name]


def _rows(frame: pd.DataFrame) -> list[_Row]:
    return [_Row({str(k): v for k, v in row.items()}) for row in frame.to_dict("records")]


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def truth_of(rows: list[dict[str, Any]]) -> dict[Name, float]:
    """Every count of the year, from the concerns themselves, by a way of its own."""
    found: Counter[Name] = Counter()
    for row in rows:
        found.update((name, row[name]) for name in ("issue", "raised_with", "outcome"))
        days = [date.fromisoformat(row[name]) for name in DATES if row.get(name)]
        found["step", STEPS[len(days) - 2]] += 1
        kept = [end <= due_of(step, start) for step, start, end in zip(STEPS, days, days[1:], strict=False)]
        found[NEVER_LATE if all(kept) else EVER_LATE] += 1
        for step, start, end in zip(STEPS, days, days[1:], strict=False):
            in_time = end <= due_of(step, start)
            found.update([("reached", step), ("in_time" if in_time else "late", step)])
    return {name: float(count) for name, count in found.items()}


def due_of(step: str, start: date) -> date:
    """The last day in time of a step."""
    return working_days_after(start, catalogue().clocks[step].allowed)


# What the indicator counts and its complement: hidden there, they must not be told by the steps.
EVER_LATE, NEVER_LATE = ("ever", "late"), ("never", "late")
# A kind of closed concern: the step it ended at, and the steps it was late at.
Path = tuple[int, frozenset[int]]
PATHS: list[Path] = [
    (last, frozenset(late))
    for last in range(len(STEPS))
    for late in chain.from_iterable(combinations(range(last + 1), n) for n in range(last + 2))
]


class Reader:
    """All years of closed concerns that fit what a release says: each kind of concern so many times.

    Closed concerns only: who raised one, with whom, about what is known by one split each, which is a sum.
    """

    def __init__(self, told: Told) -> None:
        self.lines: list[tuple[np.ndarray, float]] = []
        for name, value in told.counts.items():
            row = _row(name)
            if row is not None and value is not None:
                self.lines.append((row, value))
        for key, row in (("CR02 all numerator", _on_time()), ("CR02 all denominator", np.ones(len(PATHS)))):
            if told.totals.get(key) is not None:
                self.lines.append((row, told.totals[key] or 0.0))

    def interval(self, name: Name) -> tuple[float, float]:
        """The least and the greatest that a count can be, in whole concerns."""
        target = _row(name)
        assert target is not None
        ends: list[float] = []
        for sign in (1, -1):
            matrix = np.array([row for row, _ in self.lines]) if self.lines else np.zeros((0, len(PATHS)))
            values = np.array([value for _, value in self.lines])
            known = [LinearConstraint(matrix, values, values)] if len(values) else []
            found = milp(sign * target, constraints=known, integrality=np.ones(len(PATHS)), bounds=Bounds(0, 400))
            assert found.success, found.message
            ends.append(sign * float(found.fun))
        return round(ends[0]), round(ends[1])


def _row(name: Name) -> np.ndarray | None:
    """Which kinds of closed concern a count takes in; None of a split that steps say nothing of."""
    kind, step = name
    if name in (EVER_LATE, NEVER_LATE):
        return _on_time() if name == NEVER_LATE else 1 - _on_time()
    if kind not in ("step", "reached", "in_time", "late"):
        return None
    at = STEPS.index(step)
    reached = np.array([last >= at for last, _ in PATHS])
    ended, late = (np.array(list(of)) for of in ([p[0] == at for p in PATHS], [at in p[1] for p in PATHS]))
    return {"step": ended, "reached": reached, "in_time": reached & ~late, "late": late}[kind].astype(float)


def _on_time() -> np.ndarray:
    return np.array([float(not late) for _, late in PATHS])


def split_interval(told: Told, dimension: str, name: Name) -> tuple[float, float]:
    """What one split under its total says of one of its counts."""
    total = told.totals.get("CR01 all numerator" if dimension in ("issue", "raised_with") else "CR02 all denominator")
    others = [
        value for (kind, category), value in told.counts.items() if kind == dimension and (kind, category) != name
    ]
    shown = sum(value for value in others if value is not None)
    if total is None:
        return 0.0, np.inf
    return (0.0 if None in others else total - shown), total - shown


def leaks(told: Told, truth: dict[Name, float]) -> list[str]:
    """Hidden small counts a reader can narrow below the need, further than the year's totals alone would.

    Those late at a step are in no table, and can be counted all the same.
    """
    nothing = replace(told, counts=dict.fromkeys(told.counts))
    reader, least = Reader(told), Reader(nothing)
    hidden = [name for name, value in told.counts.items() if value is None]
    late = [("late", step) for step in STEPS if told.counts.get(("in_time", step)) is None]
    if told.totals.get("CR02 all numerator") is None and told.totals.get("CR02 all denominator") is not None:
        late += [EVER_LATE, NEVER_LATE]
    found: list[str] = []
    for name in (name for name in (*hidden, *late) if SMALL[0] <= truth.get(name, 0.0) <= SMALL[1]):
        if _row(name) is None:
            (low, high), (low_0, high_0) = (split_interval(one, name[0], name) for one in (told, nothing))
        else:
            (low, high), (low_0, high_0) = reader.interval(name), least.interval(name)
        true = truth[name]
        narrow = low > max(min(true - 1, SMALL[0]), low_0) or high < min(true + SMALL[1], high_0)
        if narrow or low == high:
            found.append(f"{name} is {true:g}: known to lie in {low:g} to {high:g}")
    return found
