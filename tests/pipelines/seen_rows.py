"""Answers, grades, replies and figures as the tables of a release hold them, for tests of what the eyes see."""

from __future__ import annotations

from datetime import date
from typing import Any

from pipelines.publishing.assessments.seen import Seen
from schemas.catalogue import catalogue

TODAY = date(2026, 11, 26)
YEAR, BEFORE = "FY2026-27", "FY2025-26"


def answer(agency_id: str, statement_id: str, score: int | None, **own: Any) -> dict[str, Any]:
    """One row of `answer`: a score of 0 to 3 that counts in full, None for what does not apply; `own` overrides."""
    return {
        "agency_id": agency_id, "year_id": YEAR, "statement_id": statement_id,
        "self_score": "na" if score is None else f"s{score}", "self_words": "", "self_points": score,
        "moderated_score": "", "moderated_words": "", "moderated_points": None, "points_words": "", "change": None,
        "is_critical_unmet": False, "na_reason": "", "evidence_ref": "Report", "evidence_on": date(2026, 6, 1),
        "evidence_words": "", "impact_evidence": "", "good_practice": "", "area_for_improvement": "",
        "moderator_comment": "",
    } | own  # fmt: skip


def answers(agency_id: str, standard_id: str, *scores: int | None, **own: Any) -> list[dict[str, Any]]:
    """The answers to a standard's statements, in order."""
    return [answer(agency_id, f"{standard_id}.{n}", score, **own) for n, score in enumerate(scores, 1)]


def audit(ref: str, reported_on: date | None = date(2026, 9, 10), **own: Any) -> dict[str, Any]:
    """One row of `audit`, reported unless told otherwise."""
    return {"audit_ref": ref, "stage": "reported", "reported_on": reported_on, "re_audit_of": "", "title": ref} | own


def grade(ref: str, domain: str, good: int | None, n: int | None, **own: Any) -> dict[str, Any]:
    """One row of `audit_grade`: so many of n good or better; of all agencies jointly and as moderated unless told."""
    return {
        "audit_ref": ref, "domain": domain, "whose": "all", "basis": "moderated", "n": n, "good_or_better": good,
        "marker": "c" if n is None else "",
    } | own  # fmt: skip


def reply(question: str, agreed: int | None, replied: int | None, **own: Any) -> dict[str, Any]:
    """One row of `survey_count`: practitioners of all sectors unless told otherwise."""
    listed = catalogue()
    row = {
        "survey_ref": "SV-2026-2", "question": question, "respondents": "practitioners", "sector": "all",
        "closed_on": date(2026, 9, 18), "asked": 200, "replied": replied, "agreed": agreed, "response_percent": None,
        "marker": "" if replied is not None else "c",
    } | own  # fmt: skip
    return row | {"respondents_words": listed.label("respondents", row["respondents"])}


def card(indicator_id: str, words: str, signal: str = "within its usual range", **own: Any) -> dict[str, Any]:
    """One row of `scorecard`."""
    return {
        "indicator_id": indicator_id, "period_id": "2026-27-Q2", "value": 1.0, "latest_words": words,
        "signal_words": signal, "variation": "usual", "comparison": "none", "comparison_words": "No national figure",
    } | own  # fmt: skip


def seen_of(*answers: dict[str, Any], **others: Any) -> Seen:
    """What a release shows of these answers, each agency's whole and signed off, and of whatever else is given."""
    others = {"replied": frozenset((row["agency_id"], row["year_id"]) for row in answers)} | others
    return Seen(catalogue(), others.pop("today", TODAY), list(answers), **others)
