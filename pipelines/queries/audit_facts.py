"""What a publication says of audits, row by row: the audit, its grades, what moved, its cases counted, its findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

JOINT = "all"
MODERATED = "moderated"
# In words and in order, as bars are drawn from zero: what is good stands first.
GRADES = ("outstanding", "good", "requires_improvement", "inadequate")
GRADE_WORDS = ("Outstanding", "Good", "Requires improvement", "Inadequate")


@dataclass(frozen=True, slots=True)
class Audit:
    """One audit of the programme, and in words what it came to."""

    audit_ref: str
    title: str
    theme: str
    theme_words: str
    question: str
    method_words: str
    stage: str
    stage_words: str
    lead_words: str
    why_chosen: str
    sample_basis: str
    cases: int | None
    cases_marker: str
    period_from: date | None
    period_to: date | None
    planned_for: date | None
    reported_on: date | None
    re_audit_of: str
    re_audit_due: date | None
    re_audit_words: str
    families_heard: str
    families_words: str
    voice_shaped: int | None
    voice_looked_at: int | None
    voice_marker: str
    voice_words: str
    conclusion: str
    words: str

    @property
    def is_reported(self) -> bool:
        """Whether its report is done."""
        return self.stage == "reported"

    @property
    def is_overdue(self) -> bool:
        """Whether its re-audit should have begun by now."""
        return "overdue" in self.re_audit_words


@dataclass(frozen=True, slots=True)
class Grade:
    """How one audit judged one domain, of one agency or all together, before or after moderation; None where hidden."""

    audit_ref: str
    domain: str
    whose: str
    basis: str
    domain_words: str
    whose_words: str
    n: int | None
    marker: str
    outstanding: int | None
    good: int | None
    requires_improvement: int | None
    inadequate: int | None
    not_judged: int | None
    good_or_better: int | None
    good_percent: float | None
    words: str

    @property
    def counts(self) -> tuple[int, ...] | None:
        """How many cases had each grade, outstanding first; None where the release gives no counts."""
        found = [getattr(self, name) for name in GRADES]
        return None if None in found else tuple(found)


@dataclass(frozen=True, slots=True)
class Moderation:
    """What moderation did to the grades of one domain, and why."""

    audit_ref: str
    domain: str
    domain_words: str
    n: int | None
    marker: str
    raised: int | None
    same: int | None
    lowered: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Shift:
    """One domain at the re-audit against the audit it repeats."""

    audit_ref: str
    before_ref: str
    domain: str
    domain_words: str
    n_before: int | None
    n_after: int | None
    marker: str
    percent_before: float | None
    percent_after: float | None
    difference: float | None
    lower: float | None
    upper: float | None
    direction: str
    words: str


@dataclass(frozen=True, slots=True)
class CaseCount:
    """How many of an audit's cases were of one kind; None where it is hidden."""

    audit_ref: str
    dimension: str
    category: str
    dimension_words: str
    label: str
    count: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing an audit found, and what became of it."""

    finding_ref: str
    audit_ref: str
    kind: str
    kind_words: str
    text: str
    strength_words: str
    domain_words: str
    theme: str
    theme_words: str
    whose: str
    whose_words: str
    answer: str
    answer_words: str
    recommendation_id: str
    recommendation_words: str
    recommendation_title: str | None
    reason: str

    @property
    def is_good_practice(self) -> bool:
        """Whether it is to be copied rather than mended."""
        return self.kind == "good_practice"
