"""What the queries of reviews answer with: clocks, years, settings, reviews, measures, figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock of one incident or review, as it stood when the release was made."""

    clock_id: str
    reference: str
    title: str
    started_on: date | None
    due_on: date | None
    done_on: date | None
    state: str
    state_words: str
    left_days: int | None
    is_close: bool
    year_id: str
    words: str
    late_reason: str


@dataclass(frozen=True, slots=True)
class ClockYear:
    """One clock over one financial year: how many were due, and what became of them; None where hidden or not counted."""

    clock_id: str
    title: str
    year: str
    due: int | None
    met: int | None
    missed: int | None
    running: int | None


@dataclass(frozen=True, slots=True)
class Setting:
    """How one clock is set."""

    clock_id: str
    title: str
    sentence: str
    of: str
    starts_words: str
    may_start_words: str
    ends_words: str
    source: str
    confirmed: bool
    indicator_id: str


@dataclass(frozen=True, slots=True)
class Review:
    """One review with its decision, and how long learning and action took after its incident."""

    review_ref: str
    type_words: str
    incident_ref: str
    started_on: date | None
    decided_on: date | None
    decision_words: str
    decision_reason: str
    has_legal_point: bool
    panel_words: str
    published_on: date | None
    late_reason: str
    recommendations: int
    shared_days: int | None
    closed_days: int | None


@dataclass(frozen=True, slots=True)
class Measure:
    """A middle number of days, of so many reviews."""

    title: str
    n: int
    median_days: float | None
    words: str


@dataclass(frozen=True, slots=True)
class TypeYear:
    """How many reviews of a type began in a financial year; None where hidden."""

    type_words: str
    year: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a financial year, as the release has it."""

    indicator_id: str
    year: str
    numerator: float | None
    denominator: float | None
    value: float | None
    marker: str


@dataclass(frozen=True, slots=True)
class Reviews:
    """Everything the release holds of incidents and reviews; `has_rows` where it shows them one by one."""

    has_rows: bool
    made_on: date
    year_id: str
    clocks: tuple[Clock, ...]
    years: tuple[ClockYear, ...]
    settings: tuple[Setting, ...]
    reviews: tuple[Review, ...]
    types: tuple[TypeYear, ...]
    measures: tuple[Measure, ...]
    deaths: tuple[Figure, ...]

    def those(self, state: str) -> tuple[Clock, ...]:
        """The clocks in one state, in the release's order."""
        return tuple(clock for clock in self.clocks if clock.state == state)

    @property
    def missed_this_year(self) -> tuple[Clock, ...]:
        """Clocks missed of those due in the financial year the release was made in."""
        return tuple(clock for clock in self.those("missed") if clock.year_id == self.year_id)

    @property
    def is_empty(self) -> bool:
        """Whether no log of incidents and reviews has come in."""
        return not self.clocks and not self.reviews and not self.years
