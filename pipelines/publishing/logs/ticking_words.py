"""How a clock stands, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.publishing.logs.ticking import NO_START
from schemas.periods import day_words
from schemas.returns import kinds

if TYPE_CHECKING:
    from pipelines.publishing.logs.ticking import Ticking
    from schemas.catalogue.models import Clock

STATES = {"running": "Running", "missed": "Missed", NO_START: "Not started", "met": "Met"}
_KINDS = {"incidents": "reviews", "reviews": "reviews", "concerns": "concerns"}


def clock_words(ticking: Ticking) -> str:
    """One sentence: due when and how long is left, done in how long, or how late.

    >>> days_words(1, "working_days"), days_words(1802, "months")
    ('1 working day', '1,802 days')
    """
    run, unit = ticking.run, ticking.clock.unit
    if run is None:
        return f"Not started: the day it runs from ({date_words(ticking.clock.starts).lower()}) is not given."
    if run.state == "running":
        left = f"{days_words(run.left, unit)} left" if run.left else "it ends today"
        return f"Due by {day_words(run.due_on)}: {left}."
    if run.state == "met":
        return f"Done in {days_words(run.used, unit)}, {days_words(run.left, unit)} before it was due."
    if ticking.is_done:
        return f"Done in {days_words(run.used, unit)}, {days_words(-run.left, unit)} late."
    return f"Was due by {day_words(run.due_on)} and is not done: {days_words(-run.left, unit)} over."


def days_words(number: int, unit: str) -> str:
    """A number of days with their kind; clocks of months are followed in days of the calendar."""
    return f"{number:,} {'working day' if unit == 'working_days' else 'day'}{'' if number == 1 else 's'}"


def allowed_words(clock: Clock) -> str:
    """How long a clock may run: `5 working days`, `6 months`."""
    one = clock.unit.replace("_", " ").removesuffix("s")
    return f"{clock.allowed} {one}{'' if clock.allowed == 1 else 's'}"


def date_words(name: str) -> str:
    """What the logs call a date, by the heading of its column."""
    layouts = (layout for kind in dict.fromkeys(_KINDS.values()) for layout in kinds()[kind].sheets)
    return next(column.heading for layout in layouts for column in layout.columns if column.name == name)
