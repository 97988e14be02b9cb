"""The shapes of what may be chosen in a log, and of the clocks that run on its dates."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads it
from typing import Annotated, Literal

from pydantic import Field, model_validator

from schemas.catalogue.entry import Entry, Identifier, Text


class Choice(Entry):
    """One value of a list; `aliases` are other spellings seen in returns."""

    id: Identifier
    label: Text
    aliases: tuple[str, ...] = ()


class Source(Choice):
    """Where learning comes from; `from_incident` says that it was drawn from a serious incident or a death."""

    from_incident: bool = False


class EvidenceKind(Choice):
    """A kind of evidence: the highest step of the ladder it can reach by itself, and whether it speaks of families."""

    can_show: Annotated[int, Field(ge=1, le=4)]
    shows_difference: bool = False


class SurveyQuestion(Choice):
    """A question surveys ask; `indicator_id` is the indicator that practitioners' answers are counted in.

    `asked_of` are the respondents it makes sense to; none named means everybody.
    """

    indicator_id: str = ""
    asked_of: tuple[Identifier, ...] = ()


class ReviewDecision(Choice):
    """What a rapid review may lead to; `leads_to` is the type of review that begins with the decision."""

    leads_to: str = ""


class Points(Choice):
    """A score or a grade: what it counts (None: nothing, as it does not apply or could not be judged), and its words."""

    points: int | None = None
    words: Text


class Sector(Choice):
    """Who answers a self-assessment; `about` is the sector its replies are counted in.

    A `group` is people who answer for the partnership itself, not for an organisation.
    """

    about: Identifier
    group: bool = False


# Lists whose entries say more than their label, by file name.
SHAPES: dict[str, type[Choice]] = {
    "source": Source,
    "evidence_kind": EvidenceKind,
    "survey_question": SurveyQuestion,
    "review_decision": ReviewDecision,
    "score": Points,
    "grade": Points,
    "sector": Sector,
}

ClockDate = Literal[
    "happened_on", "known_on", "notified_on", "started_on", "sent_on", "decided_on", "published_on",
    "raised_on", "step_2_on", "step_3_on", "step_4_on", "closed_on",
]  # fmt: skip


_OF_INCIDENTS = ("happened_on", "known_on", "notified_on")
# A review may start from a date of its incident.
_DATES_OF: dict[str, tuple[str, ...]] = {
    "incidents": _OF_INCIDENTS,
    "reviews": (*_OF_INCIDENTS, "started_on", "sent_on", "decided_on", "published_on"),
    "concerns": ("raised_on", "step_2_on", "step_3_on", "step_4_on", "closed_on"),
}


class EarlierLength(Entry):
    """How long a clock was allowed to run when it started before a day."""

    started_before: date
    allowed: Annotated[int, Field(ge=1)]


class Clock(Entry):
    """A stretch of time within which something must be done; `starts` is a setting, as sources differ.

    `indicator_id` is the indicator that counts how often it is met, so that no other table counts it again.
    """

    id: Identifier
    title: Text
    sentence: Text
    of: Literal["incidents", "reviews", "concerns"]
    review_types: tuple[Identifier, ...] = ()
    starts: ClockDate
    may_start: tuple[ClockDate, ...] = ()
    ends: ClockDate
    allowed: Annotated[int, Field(ge=1)]
    unit: Literal["working_days", "months"]
    earlier: tuple[EarlierLength, ...] = ()
    warn_days: int = 0
    indicator_id: str = ""
    source: Text
    confirmed: bool = False

    def allowed_from(self, started_on: date) -> int:
        """How long it may run when it started on a day: a new length does not rewrite what was in time by the old one."""
        past = [each for each in self.earlier if started_on < each.started_before]
        return min(past, key=lambda each: each.started_before).allowed if past else self.allowed

    @model_validator(mode="after")
    def runs_forward(self) -> Clock:
        """Name a clock that ends where it starts, or runs on dates its records do not have."""
        if self.starts == self.ends:
            raise ValueError("starts and ends are the same date")
        foreign = [day for day in (self.starts, *self.may_start, self.ends) if day not in _DATES_OF[self.of]]
        if foreign:
            raise ValueError(f"{', '.join(foreign)} is no date of {self.of}")
        return self
