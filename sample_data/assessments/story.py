"""What the self-assessments and audits of the sample are there to tell, as those who wrote it mean it to be found."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads it
from functools import cache

from sample_data.assessments.register import FOLDER
from sample_data.logs.records import told
from schemas.catalogue.entry import Entry

Years = tuple[str, str]


class FullMarks(Entry):
    """Full marks of one agency, and what speaks against them."""

    agency_id: str
    year: str
    thread_id: str
    standard_id: str
    audit_domain: str
    sector: str
    survey_question: str


class NotMet(Entry):
    """A critical statement not met two years running, and the day its action was due by."""

    agency_id: str
    years: Years
    statement_id: str
    due_on: date


class MovedUp(Entry):
    """A standard that moved up from one year to the next, and the figure that rose with it."""

    agency_id: str
    standard_id: str
    years: Years
    percent: tuple[float, float]
    indicator_id: str
    periods: Years


class Claimed(Entry):
    """A standard all of 3s without what would show the difference, and what it counts."""

    agency_id: str
    year: str
    standard_id: str
    percent: float


class Honest(Entry):
    """A low score of one's own beside good grades."""

    agency_id: str
    year: str
    standard_id: str
    percent: float
    audit_ref: str
    audit_domain: str
    good_or_better: int
    graded: int


class Fell(Entry):
    """A sector whose median of a standard fell from one year to the next."""

    sector: str
    instrument_id: str
    standard_id: str
    years: Years


class Moderation(Entry):
    """Agencies whose scores were lowered, raised and confirmed, each with the year."""

    lowered: dict[str, str]
    raised: dict[str, str]
    confirmed: dict[str, str]


class Begun(Entry):
    """An agency that has answered so many statements and not signed off, and the year it was late in."""

    agency_id: str
    year: str
    answered: int
    late_in: str


class Hidden(Entry):
    """A sector too few of which replied for its scores to be shown."""

    sector: str
    instrument_id: str


class ReAudit(Entry):
    """The domains a re-audit found better, and those that have not moved beyond chance."""

    audit_ref: str
    before_ref: str
    rose: tuple[str, ...]
    unmoved: tuple[str, ...]


class Progress(Entry):
    """How far the audit programme has come, and what became of findings."""

    reported: tuple[str, ...]
    under_way: tuple[str, ...]
    planned: tuple[str, ...]
    re_audit_overdue: tuple[str, ...]
    became_recommendations: tuple[str, ...]


class Expectations(Entry):
    """All of expected.toml."""

    full_marks: FullMarks
    not_met: NotMet
    moved_up: MovedUp
    claimed: Claimed
    honest: Honest
    fell: Fell
    moderation: Moderation
    begun: Begun
    hidden: Hidden
    re_audit: ReAudit
    programme: Progress


@cache
def expected() -> Expectations:
    """The stories as written in expected.toml."""
    return told("expected", Expectations, beside=FOLDER)
