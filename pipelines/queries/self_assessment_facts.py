"""What the queries of self-assessments answer with: replies, answers, scores, spreads, actions, views of the event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

ALL = "all"
REPLIED, OVERDUE, UNSAID, DONE = "replied", "overdue", "unsaid", "done"


@dataclass(frozen=True, slots=True)
class Asked:
    """One statement of a year."""

    statement_id: str
    year_id: str
    instrument_id: str
    instrument: str
    standard_id: str
    standard: str
    text: str
    critical: bool


@dataclass(frozen=True, slots=True)
class Replies:
    """How many of a sector owe a self-assessment and how many have replied; sector `all` is everybody.

    Begun and late are None where the release tells them of everybody only.
    """

    instrument_id: str
    year_id: str
    sector: str
    sector_words: str
    is_group: bool
    owed: int
    replied: int
    begun: int | None
    late: int | None
    due_on: date
    words: str


@dataclass(frozen=True, slots=True)
class AgencyReply:
    """How far one agency has come."""

    agency_id: str
    instrument_id: str
    year_id: str
    agency: str
    sector: str
    sector_words: str
    state: str
    state_words: str
    answered: int
    asked: int
    received_on: date | None
    signed_off: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """One agency's answer to one statement, and what it counts."""

    agency_id: str
    year_id: str
    statement_id: str
    self_score: str
    self_words: str
    self_points: float | None
    moderated_score: str
    moderated_words: str
    moderated_points: float | None
    points_words: str
    change: float | None
    is_critical_unmet: bool
    na_reason: str
    evidence_ref: str
    evidence_words: str
    impact_evidence: str
    good_practice: str
    area_for_improvement: str
    moderator_comment: str


@dataclass(frozen=True, slots=True)
class Score:
    """One agency's standard: its own score in % of the most it could be, the moderated one and the gap, and the move."""

    agency_id: str
    instrument_id: str
    year_id: str
    standard_id: str
    standard: str
    asked: int
    answered: int
    applicable: int
    self_percent: float | None
    moderated: int
    moderated_percent: float | None
    gap: float | None
    before_percent: float | None
    change: float | None
    critical_unmet: int
    critical_unmet_ids: str
    words: str


@dataclass(frozen=True, slots=True)
class Action:
    """What an agency said it would do about a statement."""

    agency_id: str
    year_id: str
    statement_id: str
    agency: str
    standard: str
    action: str
    owner_role: str
    due_on: date | None
    done_on: date | None
    state: str
    state_words: str
    overdue_days: int


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of a sector's or group's scores of one standard; None where hidden."""

    instrument_id: str
    year_id: str
    sector: str
    standard_id: str
    sector_words: str
    standard: str
    is_group: bool
    replied: int | None
    marker: str
    median: float | None
    lower_quartile: float | None
    upper_quartile: float | None
    critical_unmet: int | None
    before_median: float | None
    words: str


@dataclass(frozen=True, slots=True)
class View:
    """What one group said of one theme at the partnership's event."""

    year_id: str
    group_words: str
    standard_id: str
    theme_words: str
    where_we_are: str
    impact: str
    gap: str
    opportunity: str
