"""What a reminder is made from: what is still to come, to mend, to do and to answer, of one agency or one sector."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from pipelines.queries.respondents import Owes
    from schemas.catalogue.cycle import Days
    from schemas.periods import Period


# What an agency's figures are called among what it owes.
RETURN = "Return of figures"


@dataclass(frozen=True, slots=True)
class ToSend:
    """Something that has not come, or is not whole: what it is, for when, the day it is due, and its state in words."""

    what: str
    period: str
    due: date
    state: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ToMend:
    """What the check said of a return that came: rows left out, and by rule the cells, never what stands in them.

    `absent` names the figures owed that were not in it, empty where all were.
    """

    what: str
    period: str
    version: int
    received_on: date
    is_refused: bool
    rows_left_out: int
    errors: tuple[tuple[str, tuple[str, ...]], ...]
    queries: tuple[tuple[str, tuple[str, ...]], ...]
    absent: str = ""


@dataclass(frozen=True, slots=True)
class Overdue:
    """An action the agency owns whose day has passed."""

    action_id: str
    recommendation_id: str
    due: date


@dataclass(frozen=True, slots=True)
class Challenge:
    """The scrutineer's challenge of a recommendation the agency owns, which nothing sent since has answered."""

    recommendation_id: str
    viewed_on: date


@dataclass(frozen=True, slots=True)
class Reminder:
    """Everything one agency or respondent is to be reminded of, with the days of the quarter.

    `preview_open` and `preview_waiting`: how many sentences of the preview are about it, and how many have no account.
    """

    to: str
    title: str
    quarter: Period
    today: date
    days: Days
    send: tuple[ToSend, ...] = ()
    mend: tuple[ToMend, ...] = ()
    actions: tuple[Overdue, ...] = ()
    challenges: tuple[Challenge, ...] = ()
    preview_open: int = 0
    preview_waiting: int = 0

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to remind of; an open preview alone is, while a sentence has no account."""
        return bool(self.send or self.mend or self.actions or self.challenges or self.preview_waiting)

    @property
    def is_late(self) -> bool:
        """Whether the day of something not sent has passed."""
        return any(each.due < self.today for each in self.send)


@dataclass(frozen=True, slots=True)
class SectorReminder:
    """A sector of respondents of whom some have not replied in full; `waiting` names them, for the business unit alone."""

    sector_id: str
    title: str
    due: date
    year: str
    today: date
    owed: int
    waiting: tuple[Owes, ...]
