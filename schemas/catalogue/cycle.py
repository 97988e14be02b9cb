"""The days of a quarter: its end, returns due, queries closed, preview, release, papers out, meeting."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from schemas import working_days
from schemas.catalogue.entry import Entry
from schemas.catalogue.faults import CatalogueError, Fault
from schemas.periods import Period, PeriodError, day_words, parse
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas.catalogue.whole import Catalogue

FILE = "cycle.toml"
Stage = Literal["returns_due", "queries_closed", "preview", "release", "papers_out", "meeting"]
WorkingDays = Annotated[int, Field(ge=1, le=250)]
# What each day is called, in order, and whether it may be the day of the one before it.
STAGES: dict[str, tuple[str, bool]] = {
    "quarter_end": ("Quarter ends", False),
    "returns_due": ("Returns due", False),
    "queries_closed": ("Queries closed", True),
    "preview": ("Preview for agencies", True),
    "release": ("Release", False),
    "papers_out": ("Papers out", True),
    "meeting": ("Meeting", False),
}


class FixedDays(Entry):
    """The days of one quarter that the partnership has fixed by date; `on_a_day_off` names those meant to be on one."""

    returns_due: date | None = None
    queries_closed: date | None = None
    preview: date | None = None
    release: date | None = None
    papers_out: date | None = None
    meeting: date | None = None
    on_a_day_off: frozenset[Stage] = frozenset()


class Cycle(Entry):
    """How a quarter's days follow from its end, in working days of England, and which are fixed by date instead."""

    queries_close_after: WorkingDays
    meeting_after: WorkingDays
    papers_before: WorkingDays
    release_before: Annotated[int, Field(ge=0, le=250)]
    preview_before: WorkingDays
    quarters: dict[str, FixedDays] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Days:
    """The days of one quarter, in order; each the last on which what it names is in time."""

    quarter_end: date
    returns_due: date
    queries_closed: date
    preview: date
    release: date
    papers_out: date
    meeting: date

    @property
    def named(self) -> tuple[tuple[str, date], ...]:
        """Each day with what it is called, in order."""
        return tuple((STAGES[each.name][0], getattr(self, each.name)) for each in fields(self))


def cycle(catalogue: Catalogue, quarter: Period) -> Days:
    """The days of a quarter as agreed.

    CatalogueError where those fixed by date contradict one another or fall on a day off that is not said to be meant:
    bank holidays take a moment to work out, so they are looked at here and not whenever the catalogue is read.
    """
    if quarter.kind != "financial_quarter":
        raise UserError(f"{quarter.short} is not a quarter. Name one, such as 2026-27-Q2.")
    days = _worked_out(catalogue, quarter)
    faults = list(_faults(quarter, days, catalogue.cycle.quarters.get(quarter.id, FixedDays())))
    if faults:
        raise CatalogueError(faults)
    return days


def due_on(catalogue: Catalogue, period: Period, kind: str = "figures") -> date:
    """The last day a return of a kind is in time: that of the cycle for a quarter, for a year as the calendar says.

    A quarter's due day that is no working day moves to the next one, for nobody is there to send or to receive.
    """
    calendar = catalogue.calendar[kind]
    day = period.end + timedelta(days=calendar.due_days)
    if calendar.every == "year" or period.kind != "financial_quarter":
        return day
    if calendar.due_with == "release":
        return _worked_out(catalogue, period).release
    fixed = catalogue.cycle.quarters.get(period.id)
    if fixed is not None and fixed.returns_due and calendar.due_days == catalogue.calendar["figures"].due_days:
        return fixed.returns_due
    return _open_from(day)


def closed_on(catalogue: Catalogue, quarter: Period, today: date) -> date | None:
    """The day of the release, where it has passed: what comes later is not in it. None while the quarter is open.

    Every check of a return asks, and the bank holidays take a tenth of a second: they are not looked up where the release
    is fixed, nor while it cannot have passed.
    """
    known = catalogue.cycle
    earliest = quarter.end + timedelta(days=known.meeting_after - known.papers_before - known.release_before)
    if quarter.id not in known.quarters and today < earliest:
        return None
    release = known.quarters.get(quarter.id, FixedDays()).release or _worked_out(catalogue, quarter).release
    return release if today > release else None


def cycle_faults(catalogue: Catalogue) -> Iterator[Fault]:
    """What is wrong with the quarters that have days fixed by date, as far as a weekday shows it."""
    for name, fixed in catalogue.cycle.quarters.items():
        try:
            quarter = parse(name)
        except PeriodError as why:
            yield Fault(FILE, name, "", str(why))
            continue
        if quarter.id != name or quarter.kind != "financial_quarter":
            yield Fault(FILE, name, "", "is not the id of a quarter. Write it as 2026-27-Q2.")
            continue
        for stage in STAGES:
            day = getattr(fixed, stage, None)
            if day is not None and day.weekday() > 4 and stage not in fixed.on_a_day_off:
                yield _on_a_day_off(name, stage, day, "a Saturday" if day.weekday() == 5 else "a Sunday")


def _worked_out(catalogue: Catalogue, quarter: Period) -> Days:
    known, fixed = catalogue.cycle, catalogue.cycle.quarters.get(quarter.id, FixedDays())
    due = due_on(catalogue, quarter)
    meeting = fixed.meeting or _moved(quarter.end, known.meeting_after)
    papers = fixed.papers_out or _moved(meeting, -known.papers_before)
    release = fixed.release or _moved(papers, -known.release_before)
    return Days(
        quarter_end=quarter.end,
        returns_due=due,
        queries_closed=fixed.queries_closed or _moved(due, known.queries_close_after),
        preview=fixed.preview or _moved(release, -known.preview_before),
        release=release,
        papers_out=papers,
        meeting=meeting,
    )


def _faults(quarter: Period, days: Days, fixed: FixedDays) -> Iterator[Fault]:
    before = days.quarter_end
    for stage, (title, may_be_same) in list(STAGES.items())[1:]:
        day: date = getattr(days, stage)
        if day < before or (day == before and not may_be_same):
            words = f"is {day_words(day)}, which leaves no time after the day before it, {day_words(before)}. Mend it."
            yield Fault(FILE, quarter.id, stage, f"({title.lower()}) {words}")
        before = day
        if getattr(fixed, stage) is not None and stage not in fixed.on_a_day_off and not _is_open(day):
            yield _on_a_day_off(quarter.id, stage, day, "a weekend or a bank holiday")


def _on_a_day_off(entry: str, stage: str, day: date, what: str) -> Fault:
    said = f"is {day_words(day)}, {what}. Choose another day, or name it under on_a_day_off if it is meant."
    return Fault(FILE, entry, stage, said)


def _is_known(day: date) -> bool:
    """Whether bank holidays are worked out for the years around a day; a return may be dated outside: weekends alone count there."""
    return working_days.FIRST_YEAR + 1 < day.year < working_days.LAST_YEAR - 1


def _is_open(day: date) -> bool:
    return working_days.is_working_day(day) if _is_known(day) else day.weekday() < 5


def _open_from(day: date) -> date:
    if _is_known(day):
        return working_days.working_day_from(day)
    return day if day.weekday() < 5 else day + timedelta(days=7 - day.weekday())


def _moved(day: date, number: int) -> date:
    """So many working days after a day; before it where below nothing."""
    if _is_known(day):
        move = working_days.working_days_after if number >= 0 else working_days.working_days_before
        return move(day, abs(number))
    step = timedelta(days=1 if number > 0 else -1)
    for _ in range(abs(number)):
        day += step
        while day.weekday() > 4:
            day += step
    return day
