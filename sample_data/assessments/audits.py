"""What audits.toml tells: the audit programme, what each audit graded and found, and why grades were changed."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from pydantic import Field, model_validator

from sample_data.assessments.register import FOLDER
from sample_data.logs.records import told
from schemas.catalogue.entry import Entry

# As many kinds of grade, age bands, and answers about the child's voice as the lists have, in their order.
Grades = tuple[int, int, int, int, int]
Ages = tuple[int, int, int, int, int]
Shaped = tuple[int, int, int]
# A report that led to no recommendation is sent when the sub-group has had two weeks with it.
_AFTER_THE_REPORT = timedelta(days=14)


class Grade(Entry):
    """The moderated grades of one domain, of all agencies together or of one."""

    domain: str
    counts: Grades
    whose: str = ""
    lowered: int = 0
    raised: int = 0


class Finding(Entry):
    """One thing that was found, and what became of it."""

    kind: str
    text: str
    strength: str
    domain: str
    answer: str
    theme: str = ""
    whose: str = ""
    recommendation_id: str = ""
    reason: str = ""


class Audit(Entry):
    """One audit of the programme, with its cases, grades and findings once it is reported."""

    ref: str
    title: str
    theme: str
    question: str
    method: str
    agency_id: str
    why_chosen: str
    planned_for: date
    begun_on: date | None = None
    reported_on: date | None = None
    sent_on: date | None = None
    re_audit_of: str = ""
    re_audit_due: date | None = None
    sample_basis: str = ""
    period_from: date | None = None
    period_to: date | None = None
    families_heard: str = ""
    conclusion: str = ""
    ages: Ages = (0, 0, 0, 0, 0)
    plans: dict[str, int] = Field(default_factory=dict)
    shaped: Shaped = (0, 0, 0)
    grade: tuple[Grade, ...] = ()
    finding: tuple[Finding, ...] = ()

    @property
    def cases(self) -> int:
        """How many cases were audited."""
        return sum(self.ages)

    @property
    def comes_on(self) -> date | None:
        """The day its workbook was sent; None while it is not reported."""
        return self.sent_on or (self.reported_on and self.reported_on + _AFTER_THE_REPORT)

    @model_validator(mode="after")
    def adds_up(self) -> Audit:
        """Every case has an age, a plan, and a joint grade in each domain; no agency has more than there are."""
        wholes = [sum(self.plans.values()), sum(self.shaped), *(sum(g.counts) for g in self.grade if not g.whose)]
        parts = [sum(g.counts) for g in self.grade if g.whose]
        if any(whole != self.cases for whole in wholes) or any(part > self.cases for part in parts):
            raise ValueError(f"{self.ref} has {self.cases} cases by age; by plan, voice and grade {wholes}, {parts}")
        return self


class Programme(Entry):
    """When each year's audits were agreed, and when stages were told in between."""

    agreed_on: tuple[date, ...]
    told_on: tuple[date, ...]


class Audits(Entry):
    """All of audits.toml."""

    lowered: dict[str, str]
    raised: dict[str, str]
    programme: Programme
    audit: tuple[Audit, ...]


@cache
def audits() -> Audits:
    """The audit programme of the sample."""
    return told("audits", Audits, beside=FOLDER)
