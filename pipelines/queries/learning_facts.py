"""What a publication says of each recommendation: how it stands, its actions, its evidence, who was told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

# The ladder, by level: 0 agreed to 5 sustained. Impact is shown from `practised` on.
STEPS = ("agreed", "done", "learned", "practised", "difference", "sustained")
IMPACT_FROM = 3


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommendation as it stands; `progress` is why it counts as little or no progress, else empty."""

    recommendation_id: str
    title: str
    text: str
    source: str
    source_words: str
    source_ref: str
    theme: str
    theme_words: str
    context_words: str
    accountable: str
    accountable_words: str
    owner_partner_words: str | None
    owner_words: str
    agency_id: str
    owner_role: str
    agreed_on: date | None
    agreed_year: str
    due_on: date | None
    due_reason: str
    state: str
    state_words: str
    level: int
    level_words: str
    level_why: str
    verdict: str
    verdict_words: str
    finding: str
    changed_on: date | None
    review_on: date | None
    settles_words: str
    not_measurable: str
    actions: int
    actions_done: int
    overdue_actions: int
    evidence_count: int
    progress: str
    progress_words: str
    progress_rank: int
    incident_on: date | None
    reviewed_on: date | None
    first_shared_on: date | None
    closed_on: date | None
    repeats_id: str | None
    repeats_words: str

    @property
    def name(self) -> str:
        """`R-14 Agree a family plan before a second plan starts`."""
        return f"{self.recommendation_id} {self.title}"

    @property
    def has_open_action(self) -> bool:
        """Whether something of it is still to be done, however far its evidence reaches."""
        return self.state != "done"

    @property
    def step(self) -> str:
        """The step of the ladder it has reached."""
        return STEPS[self.level]


@dataclass(frozen=True, slots=True)
class Action:
    """Something that is to be done about a recommendation; `overdue_days` is 0 unless it is late."""

    action_id: str
    recommendation_id: str
    action: str
    owner_words: str
    owner_role: str
    due_on: date | None
    due_reason: str
    status: str
    status_words: str
    done_on: date | None
    overdue_days: int
    has_evidence: bool
    note: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows something, the day it is true of, and the step it counts for, with why not more."""

    evidence_id: str
    recommendation_id: str
    action_id: str
    kind: str
    kind_words: str
    true_of: date
    received_on: date | None
    reference: str
    finding: str
    level_claimed: int | None
    level_counted: int
    counted_words: str


@dataclass(frozen=True, slots=True)
class Share:
    """One telling of the learning: how, in which sector, to how many."""

    share_id: str
    recommendation_id: str
    shared_on: date
    how_words: str
    sector_words: str
    people: int | None


@dataclass(frozen=True, slots=True)
class Account:
    """What its owner said of a recommendation before the release of a quarter."""

    recommendation_id: str
    agency_id: str
    period_id: str
    by_words: str
    account: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """What the scrutineer said of a claim, of which step, and when."""

    recommendation_id: str
    viewed_on: date
    view: str
    view_words: str
    reason: str
    of_level: int | None
    by_words: str
