"""A self-assessment and an audit with many mistakes in one file each: each names the rule that must catch it, and where."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from sample_data.assessments.files import sheets
from sample_data.assessments.returns import assessment_returns
from sample_data.logs.files import write_book

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sample_data.assessments.returns import AssessmentReturn
    from sample_data.logs.records import Cells, Value
    from schemas.catalogue.whole import Catalogue

# The good returns that are spoilt: housing's self-assessment of the year under way, the audit of public referrals.
ORIGINALS = {
    "self_assessment": "SYNTHETIC_FY2026-27_lcc_housing_self_assessment_v1",
    "audit": "SYNTHETIC_2026-27-Q1_bu_audit_v1",
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One cell of a good return spoilt: on which sheet, in the row that holds `where`, and the rule that must say so."""

    rule: str
    kind: str
    sheet: str
    where: Mapping[str, Value]
    column: str
    wrong: Value | None


def _said(rule: str, statement_id: str, column: str, wrong: Value | None) -> Mistake:
    return Mistake(rule, "self_assessment", "Statements", {"statement_id": statement_id}, column, wrong)


def _graded(rule: str, case_no: int, domain: str, column: str, wrong: Value | None) -> Mistake:
    return Mistake(rule, "audit", "Grades", {"case_no": case_no, "domain": domain}, column, wrong)


def _found(rule: str, number: int, column: str, wrong: Value | None) -> Mistake:
    return Mistake(rule, "audit", "Findings", {"finding_ref": f"AU-2025-05.{number}"}, column, wrong)


MISTAKES = (
    _said("log_choice_is_not_in_the_list", "OS1.1", "self_score", "5"),
    _said("log_cell_is_empty", "OS1.2", "statement_id", None),
    _said("log_statement_is_not_known", "OS1.4", "statement_id", "OS1.9"),
    _said("does_not_apply_without_a_reason", "OS2.5", "self_score", "na"),
    _said("three_has_no_evidence_of_impact", "OS2.3", "impact_evidence", None),
    _said("low_score_has_no_action", "OS3.3", "action", None),
    _said("development_action_has_no_owner", "OS4.2", "owner_role", None),
    _said("development_action_has_no_due_date", "OS4.5", "due_date", None),
    _said("development_action_is_overdue", "OS5.3", "due_date", date(2026, 3, 31)),
    _said("in_place_without_evidence", "OS6.3", "evidence_ref", None),
    _said("evidence_has_no_date", "OS6.5", "evidence_date", None),
    _said("evidence_is_older_than_two_years", "OS7.1", "evidence_date", date(2023, 5, 4)),
    _said("answer_is_dated_in_the_future", "OS7.2", "evidence_date", date(2028, 5, 4)),
    _said("log_day_cannot_be_read", "OS7.4", "evidence_date", "last winter"),
    _said("log_words_name_somebody", "OS3.2", "impact_evidence", "Mrs Example says that children are safer."),
    _said("development_owner_is_a_name", "OS7.5", "owner_role", "J. Example"),
    Mistake("log_agency_is_not_known", "audit", "Grades", {"case_no": 2, "whose": "wyp_leeds"}, "whose", "Acme Ltd"),
    Mistake("log_number_cannot_be_read", "audit", "Cases", {"case_no": 3}, "case_no", "third"),
    Mistake("log_choice_is_not_in_the_list", "audit", "Cases", {"case_no": 4}, "age_band", "Teenager"),
    Mistake("case_number_may_be_a_systems", "audit", "Cases", {"case_no": 5}, "case_no", 80412277),
    Mistake("voice_is_not_said", "audit", "Cases", {"case_no": 6}, "voice_shaped", None),
    _graded("log_choice_is_not_in_the_list", 7, "recognition", "moderated_grade", "Satisfactory"),
    _graded("moderation_changed_a_grade_without_a_reason", 10, "assessment", "reason", None),
    _graded("grade_has_only_a_moderated_one", 11, "assessment", "self_grade", None),
    _found("log_words_name_somebody", 1, "text", "Jane Example asks callers what they have seen."),
    _found("log_cell_is_empty", 2, "answer", None),
    _found("finding_does_not_say_which_recommendation", 3, "answer", "recommendation"),
    _found("nothing_further_has_no_reason", 4, "reason", None),
)  # fmt: skip


def original(kind: str) -> AssessmentReturn:
    """The good return of a kind that is spoilt."""
    return next(sent for sent in assessment_returns() if sent.name == ORIGINALS[kind])


def faulty_assessment(out: Path, catalogue: Catalogue, kind: str, mistakes: Sequence[Mistake] = MISTAKES) -> Path:
    """Write the good return of a kind with the mistakes of that kind in it; without any, as it should be."""
    sent = original(kind)
    rows = {sheet: [dict(cells) for cells in found] for sheet, found in sent.rows.items()}
    spoil = [(rows[m.sheet][place(m) - 2], m) for m in mistakes if m.kind == kind]
    for cells, mistake in spoil:
        _spoil(cells, mistake)
    out.mkdir(parents=True, exist_ok=True)
    return write_book(out / f"SYNTHETIC_FAULTY_{kind}.xlsx", sheets(replace(sent, rows=rows), catalogue))


def place(mistake: Mistake) -> int:
    """The row of the file on which a record stands, below the headings."""
    rows = original(mistake.kind).rows[mistake.sheet]
    return next(row for row, cells in enumerate(rows, 2) if mistake.where.items() <= cells.items())


def _spoil(cells: Cells, mistake: Mistake) -> None:
    if mistake.wrong is None:
        cells.pop(mistake.column, None)
    else:
        cells[mistake.column] = mistake.wrong
