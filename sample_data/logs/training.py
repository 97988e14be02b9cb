"""The return of training of the sample: twelve courses a quarter, who came, and what they did differently later."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from sample_data.counts import seeded
from sample_data.logs.records import Cells, Record, grown, told
from schemas.catalogue.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schemas.periods import Period

A_QUARTER = 12
# Of those who came: who rates before and after, and who answers three months on.
RATE_BOTH, ANSWER_LATER = 0.84, 0.57
BEFORE, GAIN = 3.02, 0.83  # mean confidence, 1 to 5, and how much it rises
# Of the replies three months on, how many tell of a change, by when the course was held: courses end with a task in
# the practitioner's own team since July 2025.
CHANGED = {
    date(2021, 1, 1): 0.473,
    date(2025, 7, 1): 0.535,
    date(2025, 10, 1): 0.575,
    date(2026, 1, 1): 0.6,
    date(2026, 4, 1): 0.62,
}


class Course(Entry):
    """A course of the programme; the learning it carries, and since when."""

    title: str
    level: str
    topic: str
    recommendation_id: str = ""
    since: date | None = None

    def carries(self, day: date) -> str:
        """The recommendation whose learning was part of the course on that day; "" for none."""
        return self.recommendation_id if self.since is not None and self.since <= day else ""


class Programme(Entry):
    """All of courses.toml."""

    sectors: dict[str, float]
    course: tuple[Course, ...]


def records(quarters: Sequence[Period]) -> Iterator[Record]:
    """A record for each sector that came to each course held in the quarters."""
    programme = told("courses", Programme)
    numbers: dict[int, int] = {}
    for place, quarter in enumerate(quarters):
        chance = seeded("training", quarter.id)
        turns = [programme.course[(place * A_QUARTER + n) % len(programme.course)] for n in range(A_QUARTER)]
        for course, day in zip(turns, _days(quarter, chance), strict=True):
            numbers[day.year] = numbers.get(day.year, 0) + 1
            ref = f"T-{day.year}-{numbers[day.year]:02d}"
            yield from _held(ref, course, day, programme.sectors, chance)


def _days(quarter: Period, chance: np.random.Generator) -> list[date]:
    """Working days outside August, when nobody is trained, in order."""
    days = [quarter.start + timedelta(days=n) for n in range((quarter.end - quarter.start).days + 1)]
    open_days = [day for day in days if day.weekday() < 5 and day.month != 8]
    return sorted(open_days[n] for n in chance.choice(len(open_days), A_QUARTER, replace=False))


def _held(
    ref: str, course: Course, held_on: date, sectors: dict[str, float], chance: np.random.Generator
) -> Iterator[Record]:
    cells: Cells = {"course_ref": ref, "course": course.title, "course_level": course.level, "topic": course.topic}
    if course.carries(held_on):
        cells["recommendation_id"] = course.carries(held_on)
    follow_up_on = held_on + timedelta(days=91)
    for sector, usual in sectors.items():
        attended = int(chance.poisson(usual))
        answers = _answers(attended, held_on, chance)
        if attended:
            came: Cells = {"held_on": held_on, "sector": sector, "places": attended + int(chance.integers(0, 4))}
            late: Cells = {"follow_up_on": follow_up_on, **answers}
            known_later = dict.fromkeys(late, follow_up_on)
            felt = _felt(attended, chance)
            yield grown(
                "training", "Courses", held_on, cells | came | {"attended": attended} | felt | late, known_later
            )


def _felt(attended: int, chance: np.random.Generator) -> Cells:
    """How many rated both before and after, and their means; nothing where nobody did."""
    paired = int(chance.binomial(attended, RATE_BOTH))
    if not paired:
        return {"paired": 0}
    before = float(np.clip(chance.normal(BEFORE, 0.7 / np.sqrt(paired)), 1, 4.5))
    after = float(np.clip(before + chance.normal(GAIN, 0.6 / np.sqrt(paired)), 1, 5))
    return {"paired": paired, "before_mean": round(before, 2), "after_mean": round(after, 2)}


def _answers(attended: int, held_on: date, chance: np.random.Generator) -> Cells:
    """Replies three months on, and how many tell of a change that the manager confirms."""
    replies = int(chance.binomial(attended, ANSWER_LATER))
    share = [value for since, value in CHANGED.items() if since <= held_on][-1]
    return {"follow_up_replies": replies, "follow_up_changed": int(chance.binomial(replies, share))}
